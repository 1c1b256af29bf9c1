"""How a policy spends its lives: what evaluation measures, and what its lives do all day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.evaluation import Lives
from hamlet_game.town.level import Level
from hamlet_game.town.names import NONE, Action, Kind
from hamlet_game.town.outcome import Refusal
from hamlet_game.town.policies import Policy
from hamlet_game.town.record import Record
from hamlet_game.town.town import Town


class Doing(Enum):
    """What a step was spent on."""

    WALK = "walking"
    BED = "sleeping"
    SHOWER = "showering"
    FRIDGE = "eating"
    JOB = "working"
    WAIT = "waiting"
    WASTE = "wasted"  # walked into the edge, or a use was refused


_USES = {
    Kind.BED: Doing.BED,
    Kind.SHOWER: Doing.SHOWER,
    Kind.FRIDGE: Doing.FRIDGE,
    Kind.JOB: Doing.JOB,
}


@dataclass(frozen=True, slots=True)
class Study:
    """L lives of one policy in one level."""

    level: Level
    town_seeds: NDArray[np.int64]  # (L,)
    lives: Lives
    doings: dict[Doing, int]  # steps of all lives together

    @property
    def shares(self) -> dict[Doing, float]:
        """The share of all living steps that each doing takes."""
        total = sum(self.doings.values())
        return {doing: count / total for doing, count in self.doings.items()}

    @property
    def typical(self) -> int:
        """The life with the middle score, by number; ties by survival.

        Of towns that several share, one of their first people's lives.
        """
        people = self.level.people
        order = np.lexsort((self.lives.survival[::people], self.lives.score[::people]))
        return int(order[len(order) // 2]) * people

    def still_alive(self) -> NDArray[np.float64]:
        """Return the share of lives not dead after 0, 1, … steps, (level.steps + 1,)."""
        deaths = self.lives.survival[~self.lives.alive]
        gone = np.bincount(deaths, minlength=self.level.steps + 1).cumsum()
        share: NDArray[np.float64] = 1 - gone / len(self.lives.survival)
        return share

    def record(self, policy: Policy) -> Record:
        """Live the typical life again, step by step."""
        record = Record(self.level, int(self.town_seeds[self.typical]), policy)
        while not record.over:
            record.act(Action(int(policy(record.town)[0])))
        return record


def study(level: Level, policy: Policy, town_seeds: NDArray[np.int64]) -> Study:
    """Run `policy` through one life in each town, for all of its people, and note its steps."""
    town = Town(level, town_seeds, level.people)
    total = np.zeros(len(town))
    cause = np.full(len(town), NONE, dtype=np.int8)
    doings = dict.fromkeys(Doing, 0)
    while True:
        live = ~town.state.over
        if not live.any():
            break
        actions = policy(town)
        step = town.step(actions)
        total += step.reward
        cause = np.where(step.died, step.cause, cause)
        for kind, doing in _USES.items():
            doings[doing] += int((live & (step.used == kind)).sum())
        waits = live & (actions == Action.INTERACT) & (step.used == NONE)
        refused = waits & (step.refused > Refusal.NOTHING_HERE)
        moves = live & (actions != Action.INTERACT)
        doings[Doing.WALK] += int((moves & step.moved).sum())
        doings[Doing.WASTE] += int((moves & ~step.moved).sum() + refused.sum())
        doings[Doing.WAIT] += int((waits & ~refused).sum())
    lives = Lives(town.state.age.copy(), total, town.state.points.copy(), cause)
    return Study(level, np.repeat(town_seeds, level.people), lives, doings)
