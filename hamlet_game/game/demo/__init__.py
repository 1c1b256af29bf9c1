"""The demo: a director that tells the whole story by itself, again and again."""
