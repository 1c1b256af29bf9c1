"""Measuring a policy over many towns, first episode only: one life each, or all who share it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hamlet_game.town.level import Level
from hamlet_game.town.names import NONE, Meter
from hamlet_game.town.policies import Policy
from hamlet_game.town.town import Town


@dataclass(frozen=True, slots=True)
class Lives:
    """How L lives went, (L,) each."""

    survival: NDArray[np.int32]  # steps lived
    total: NDArray[np.float64]  # sum of rewards
    score: NDArray[np.float64]  # 0..1000
    cause: NDArray[np.int8]  # meter that ended the life, or NONE

    def take(self, which: slice) -> Lives:
        """Return some of the lives."""
        return Lives(self.survival[which], self.total[which], self.score[which], self.cause[which])

    @property
    def alive(self) -> NDArray[np.bool_]:
        """Who reached the last step."""
        reached: NDArray[np.bool_] = self.cause == NONE
        return reached

    def measures(self, par: ArrayLike | None = None) -> dict[str, float]:
        """Return the means that star conditions ask for; `par` one score per life."""
        means = {
            "survival": float(self.survival.mean()),
            "return": float(self.total.mean()),
            "alive": float(self.alive.mean()),
            "score": float(self.score.mean()),
        }
        if par is not None:
            means["par"] = float(self.score.mean() / np.asarray(par, dtype=np.float64).mean())
        return means

    def causes(self) -> dict[str, int]:
        """Return how many lives each meter ended."""
        return {m.key: int((self.cause == m).sum()) for m in Meter if (self.cause == m).any()}


def live(level: Level, policy: Policy, town_seeds: ArrayLike) -> Lives:
    """Run `policy` through one whole episode in each town, for all of its people.

    Lives come town by town: those of a town of four are four in a row.
    """
    town = Town(level, town_seeds, level.people)
    total = np.zeros(len(town))
    cause = np.full(len(town), NONE, dtype=np.int8)
    while not town.state.over.all():
        step = town.step(policy(town))
        total += step.reward
        cause = np.where(step.died, step.cause, cause)
    return Lives(town.state.age.copy(), total, town.state.points.copy(), cause)
