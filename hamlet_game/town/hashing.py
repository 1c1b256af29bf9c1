"""Stateless randomness: a hash of (town seed, episode, draw) instead of a generator.

A draw depends on its numbers alone, never on what was drawn before, so state
is arrays and nothing else. The mixer is splitmix64 (Steele, Lea and Flood,
"Fast splittable pseudorandom number generators", 2014).
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX2 = np.uint64(0x94D049BB133111EB)


class Draw(IntEnum):
    """What a random number is for; keeps draws apart."""

    LAYOUT = 1
    START_CELL = 2
    START_METERS = 3
    TURN = 4  # who is served first at a full building
    POLICY = 5
    SCENERY = 6


def mix(*numbers: ArrayLike) -> NDArray[np.uint64]:
    """Return a 64-bit hash of integers, broadcast together."""
    state: NDArray[np.uint64] = np.zeros((), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for number in numbers:
            word = np.asarray(number).astype(np.int64).astype(np.uint64)
            state = (state ^ word) * _GOLDEN + _GOLDEN
            state = (state ^ (state >> np.uint64(30))) * _MIX1
            state = (state ^ (state >> np.uint64(27))) * _MIX2
            state = state ^ (state >> np.uint64(31))
    return state


def uniform(*numbers: ArrayLike) -> NDArray[np.float64]:
    """Return numbers in [0, 1) hashed from integers."""
    return (mix(*numbers) >> np.uint64(11)).astype(np.float64) * (1.0 / (1 << 53))
