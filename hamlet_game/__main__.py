"""`python -m hamlet_game` is `hamlet-game`."""

import sys


def main() -> None:
    """Run the command line; Ctrl-C ends it quietly, even before it is all there."""
    if getattr(sys, "frozen", False):  # an executable is its own trainer process: before all else
        import multiprocessing  # noqa: PLC0415 - costs time that a checkout need not spend

        multiprocessing.freeze_support()
    try:
        from hamlet_game import cli  # noqa: PLC0415 - Ctrl-C may come while it loads

        cli.main()
    except KeyboardInterrupt:
        sys.exit(130)  # as shells expect of an interrupted program


if __name__ == "__main__":
    main()
