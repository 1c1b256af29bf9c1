"""A life at play: its clock, how it moves on screen, and what the panel beside it says."""
