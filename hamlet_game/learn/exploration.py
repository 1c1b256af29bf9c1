"""ε-greedy exploration that knows which actions were random."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LADDER_STEEPNESS = 7.0  # Horgan et al. 2018, section 4.1


def ladder(epsilon: float, lives: int) -> NDArray[np.float64]:
    """ε^(1 + 7 i / (L − 1)) for life i, (L,): some explore, others play. Horgan et al. 2018."""
    share = np.arange(lives) / max(lives - 1, 1)
    rungs: NDArray[np.float64] = epsilon ** (1 + LADDER_STEEPNESS * share)
    return rungs


def epsilon_greedy(
    greedy: NDArray[np.int64],
    actions: int,
    epsilon: float | NDArray[np.float64],
    mask: NDArray[np.bool_] | None,
    rng: np.random.Generator,
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return actions and which of them were drawn at random, (L,) each.

    A random action is uniform over all, or over those that `mask` (L, A) allows,
    and so may happen to be the greedy one.
    """
    is_random = rng.random(len(greedy)) < epsilon
    if mask is None:
        drawn = rng.integers(0, actions, len(greedy))
    else:
        drawn = np.where(mask, rng.random(mask.shape), -1.0).argmax(1)
    return np.where(is_random, drawn, greedy), is_random
