"""A town in a terminal: how it is drawn, and a player at play in it."""
