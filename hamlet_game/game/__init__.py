"""The window: everything a person sees, hears and presses. Pygame; never torch."""
