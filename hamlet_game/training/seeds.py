"""Which towns are for whom.

People's towns are 1..999,999. Some of them are held out for judging agents;
training draws from 2³² upwards, so it never meets a town that is played or
judged in.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hamlet_game.town.hashing import mix, uniform

LAST_TOWN = 999_999  # of those that people play in
GATE_FIRST = 900_001  # towns that decide about graduation and the best checkpoint
FINAL_FIRST = 1  # towns that final results are measured in: no choice was made in them
TRAINING_FIRST = 2**32
TRAINING_END = 2**53  # so that every seed is exact as a JSON number

_TOWN, _AGENT, _EXPLORE, _START = 1001, 1002, 1003, 1004  # what a hash is for


def training_towns(run_seed: int, agent: ArrayLike, count: ArrayLike) -> NDArray[np.int64]:
    """Return the seed of an agent's training town number `count`, broadcast together."""
    drawn = mix(run_seed, _TOWN, agent, count) >> np.uint64(11)  # 0..2⁵³
    towns: NDArray[np.int64] = (drawn | np.uint64(TRAINING_FIRST)).astype(np.int64)
    return towns


def gate_towns(count: int) -> NDArray[np.int64]:
    """Return held-out towns for the evaluations during training."""
    return held_out_towns(count, GATE_FIRST)


def final_towns(count: int) -> NDArray[np.int64]:
    """Return held-out towns for final results. Never those of `gate_towns`."""
    if count >= GATE_FIRST:
        raise ValueError(f"{count} towns are too many; at most {GATE_FIRST - 1} are left for this")
    return held_out_towns(count, FINAL_FIRST)


def held_out_towns(count: int, first: int = FINAL_FIRST) -> NDArray[np.int64]:
    """Return towns that training never draws. Raises ValueError outside 1..999,999."""
    last = first + count - 1
    if count < 1 or first < 1 or last > LAST_TOWN:
        raise ValueError(f"towns {first} to {last}: choose from 1 to {LAST_TOWN}")
    return np.arange(first, last + 1, dtype=np.int64)


def agent_seed(run_seed: int, agent: int) -> int:
    """Return the seed of an agent's weights and choices, 0..2⁶³."""
    return int(mix(run_seed, _AGENT, agent) >> np.uint64(1))


def exploration_seed(run_seed: int) -> int:
    """Return the seed of what the trainer itself draws."""
    return int(mix(run_seed, _EXPLORE) >> np.uint64(1))


def start_luck(town_seeds: NDArray[np.int64], draws: int) -> NDArray[np.float64]:
    """Return numbers in [0, 1) for how lives in towns (…) begin, (draws, …)."""
    which = np.arange(draws).reshape(-1, *(1 for _ in town_seeds.shape))
    return uniform(town_seeds[None], _START, which)
