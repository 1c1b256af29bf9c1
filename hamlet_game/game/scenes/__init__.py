"""The screens of the game, one scene each."""
