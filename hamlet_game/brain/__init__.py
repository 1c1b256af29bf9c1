"""A trained policy at play: weights in, Q-values out, NumPy only."""
