"""Training beside the window: the trainer's process at the window's end, and what it has said."""
