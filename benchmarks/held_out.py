"""Judging a policy in towns that nobody trains in, and giving up early on a poor one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.evaluation import live
from hamlet_game.town.level import Level
from hamlet_game.town.policies import Policy
from hamlet_game.training.seeds import held_out_towns

# The trainer itself decides in towns 900,001 and up, and measures final results in 1 and up.
JUDGED = held_out_towns(1_000, 1)  # a claim is about these
AFRESH = held_out_towns(1_000, 10_001)  # a second opinion on a policy that was chosen by `JUDGED`
PROBED = held_out_towns(200, 20_001)  # looks along the way

_CHUNK = 250  # towns at once


def alive(level: Level, policy: Policy, towns: NDArray[np.int64]) -> float:
    """Return the share of towns in which it is alive after the last step, one life each."""
    return float(live(level, policy, towns).alive.mean())


def alive_if_enough(
    level: Level, policy: Policy, towns: NDArray[np.int64], share: float
) -> float | None:
    """Return the share of towns it lives through, or None as soon as it can't be `share`."""
    may_die = int(np.floor((1 - share) * len(towns) + 1e-9))
    dead = 0
    for start in range(0, len(towns), _CHUNK):
        dead += int((~live(level, policy, towns[start : start + _CHUNK]).alive).sum())
        if dead > may_die:
            return None
    return 1 - dead / len(towns)
