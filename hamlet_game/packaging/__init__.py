"""Building the executable. Nothing of this goes into it."""
