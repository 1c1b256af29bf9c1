"""Telling reward hacking from bad luck: the return goes up while life gets shorter.

An agent is measured again and again, each time in the same held-out towns, under
the lab's weights. One measurement proves nothing: a flag needs several in a row,
each beyond both a fixed margin and what the spread between towns explains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from hamlet_game.game.lab.exam import Lived
from hamlet_game.game.lab.terms import BY_NAME
from hamlet_game.town.level import RewardWeights

IN_A_ROW = 3  # measurements
SIGMAS = 2.0  # standard errors of the difference
SHORTER = 0.1  # of the level's steps, that a life must be shorter at least
RICHER = 0.05  # of the standard's return, that it must pay more at least


@dataclass(frozen=True, slots=True)
class Reading:
    """One measurement: how the agent of `step` lives and what the lab's weights pay for it."""

    step: int  # of training
    lived: Lived
    survival: float  # mean
    survival_error: float  # standard error of the mean
    total: float  # mean return under the lab's weights
    total_error: float


@dataclass(frozen=True, slots=True)
class Flag:
    """Reward hacking, with what gives it away."""

    against: Literal["standard", "earlier"]
    step: int  # of training, when it was noticed
    term: str  # the suspected one, as in `TERMS`
    shorter: float  # steps of life lost
    richer: float  # return gained

    @property
    def text(self) -> str:
        """Return the finding as a sentence."""
        other = "the standard agent" if self.against == "standard" else "before"
        return (
            f"Reward hacking after {self.step // 1000:,} thousand steps: paid {self.richer:.0f} "
            f"more than {other}, yet it lived {self.shorter:.0f} steps less. "
            f"Suspect: “{BY_NAME[self.term].label}”."
        )


def read(step: int, lived: Lived, weights: RewardWeights) -> Reading:
    """Return the measurement of some lives under the lab's weights."""
    totals, root = lived.totals(weights), max(1.0, len(lived.survival)) ** 0.5
    return Reading(
        step,
        lived,
        float(lived.survival.mean()),
        float(np.std(lived.survival)) / root,
        float(totals.mean()),
        float(np.std(totals)) / root,
    )


def detect(
    yours: Sequence[Reading], standard: Sequence[Reading], weights: RewardWeights
) -> Flag | None:
    """Return what is wrong with the agent of the lab's weights, None while it looks fair."""
    return _against_standard(yours, standard, weights) or _against_itself(yours, weights)


def _against_standard(
    yours: Sequence[Reading], standard: Sequence[Reading], weights: RewardWeights
) -> Flag | None:
    latest = pairs(yours, standard)[-IN_A_ROW:]
    if len(latest) < IN_A_ROW or not all(_worse(mine, other) for mine, other in latest):
        return None
    return _flag("standard", [p[0] for p in latest], [p[1] for p in latest], weights)


def _against_itself(yours: Sequence[Reading], weights: RewardWeights) -> Flag | None:
    """Compare the latest readings with the stretch in which the agent lived longest."""
    latest, before = yours[-IN_A_ROW:], yours[:-IN_A_ROW]
    if len(before) < IN_A_ROW:
        return None
    starts = range(len(before) - IN_A_ROW + 1)
    windows = [before[start : start + IN_A_ROW] for start in starts]
    best = max(windows, key=lambda window: min(reading.survival for reading in window))
    if not all(_worse(mine, other) for mine in latest for other in best):
        return None
    return _flag("earlier", latest, best, weights)


def pairs(yours: Sequence[Reading], standard: Sequence[Reading]) -> list[tuple[Reading, Reading]]:
    """Return the readings of both after equally many steps of training."""
    others = {reading.step: reading for reading in standard}
    return [(mine, others[mine.step]) for mine in yours if mine.step in others]


def _worse(mine: Reading, other: Reading) -> bool:
    """Return whether one is paid more for less life, beyond chance."""
    shorter, richer = other.survival - mine.survival, mine.total - other.total
    chance = SIGMAS * float(np.hypot(mine.survival_error, other.survival_error))
    luck = SIGMAS * float(np.hypot(mine.total_error, other.total_error))
    steps = mine.lived.level.steps
    return shorter > max(chance, SHORTER * steps) and richer > max(luck, RICHER * abs(other.total))


def _flag(
    against: Literal["standard", "earlier"],
    mine: Sequence[Reading],
    other: Sequence[Reading],
    weights: RewardWeights,
) -> Flag:
    shorter = np.mean([r.survival for r in other]) - np.mean([r.survival for r in mine])
    richer = np.mean([r.total for r in mine]) - np.mean([r.total for r in other])
    term = suspect(mine, other, weights)
    return Flag(against, mine[-1].step, term, float(shorter), float(richer))


def suspect(mine: Sequence[Reading], other: Sequence[Reading], weights: RewardWeights) -> str:
    """Return the term that pays these lives most above the others."""
    gains = dict.fromkeys((n for n in BY_NAME if getattr(weights, n)), 0.0)
    for readings, sign in ((mine, 1 / len(mine)), (other, -1 / len(other))):
        for reading in readings:
            for name, earned in reading.lived.earned(weights).items():
                gains[name] += sign * earned
    return max(gains, key=lambda name: gains[name])
