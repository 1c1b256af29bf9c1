"""The window: everything a person sees, hears and presses. Pygame; never torch."""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # `--json` prints JSON and nothing else
