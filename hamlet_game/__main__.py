"""`python -m hamlet_game` is `hamlet-game`."""

from hamlet_game.cli import main

if __name__ == "__main__":
    main()
