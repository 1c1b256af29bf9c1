"""Agents at play in the window: who plays, what they think, and the life they live."""
