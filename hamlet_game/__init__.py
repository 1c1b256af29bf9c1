"""Hamlet: a little town in which people and deep-RL agents learn to stay alive."""

__version__ = "0.1.0"
