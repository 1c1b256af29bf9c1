"""Chance for pictures: a stateless hash, so the same town always looks the same."""

from __future__ import annotations

_MASK = (1 << 64) - 1


def chance(*keys: int) -> float:
    """Return a number in 0..1 that depends on the keys and on nothing else (splitmix64)."""
    state = 0x9E3779B97F4A7C15
    for key in keys:
        state = (state ^ (key & _MASK)) * 0xBF58476D1CE4E5B9 & _MASK
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB & _MASK
        state ^= state >> 31
    return (state >> 11) / (1 << 53)


def between(low: float, high: float, *keys: int) -> float:
    """Return a number from `low` to `high` that depends on the keys alone."""
    return low + (high - low) * chance(*keys)
