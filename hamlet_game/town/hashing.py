"""Stateless randomness: a hash of (town seed, episode, draw) instead of a generator.

A draw depends on its numbers alone, never on what was drawn before, so state
is arrays and nothing else. The mixer is splitmix64 (Steele, Lea and Flood,
"Fast splittable pseudorandom number generators", 2014).
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Arrays, not scalars: NumPy spends more on converting a scalar than on 64 products.
_GOLDEN, _MIX1, _MIX2 = (
    np.array(number, dtype=np.uint64)
    for number in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
)
_SHIFT1, _SHIFT2, _SHIFT3 = (np.array(bits, dtype=np.uint64) for bits in (30, 27, 31))


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
    for number in numbers:
        word = np.asarray(number, dtype=np.int64).view(np.uint64)
        state = np.asarray(np.bitwise_xor(state, word))
        np.multiply(state, _GOLDEN, out=state)
        np.add(state, _GOLDEN, out=state)
        shifted = np.asarray(np.right_shift(state, _SHIFT1))
        np.bitwise_xor(state, shifted, out=state)
        np.multiply(state, _MIX1, out=state)
        np.right_shift(state, _SHIFT2, out=shifted)
        np.bitwise_xor(state, shifted, out=state)
        np.multiply(state, _MIX2, out=state)
        np.right_shift(state, _SHIFT3, out=shifted)
        np.bitwise_xor(state, shifted, out=state)
    return state


def uniform(*numbers: ArrayLike) -> NDArray[np.float64]:
    """Return numbers in [0, 1) hashed from integers."""
    return (mix(*numbers) >> np.uint64(11)).astype(np.float64) * (1.0 / (1 << 53))
