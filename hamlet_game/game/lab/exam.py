"""An exam: a policy lives in a handful of towns, a few milliseconds a frame.

Reward terms are summed at weight 1 and uses noted with how low the meter was, so
that the return under any weights is worked out afterwards, with nothing to live again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.level import Level, RewardWeights
from hamlet_game.town.names import NONE, Action, Kind, Meter
from hamlet_game.town.policies import Policy
from hamlet_game.town.rewards import TERMS
from hamlet_game.town.town import Town

BUDGET_S = 0.003  # of living, a frame
_ONES = RewardWeights(**dict.fromkeys(TERMS, 1.0))
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lived:
    """How L lives went, with all that behaviour is compared by."""

    level: Level
    town_seeds: tuple[int, ...]
    survival: Floats  # (L,) steps lived
    alive: NDArray[np.bool_]  # (L,) who reached the last step
    terms: dict[str, Floats]  # (L,) each, summed at weight 1; ask `sums` for these
    users: NDArray[np.intp]  # (U,) which life it was, of every use of a building
    levels: Floats  # (U,) how full the meter was that the building serves
    actions: tuple[bytes, ...]  # of each life, one `Action` a byte
    mix: Floats  # (5,) share of each action, of all steps lived
    uses: Floats  # (4,) uses of each kind in 100 steps lived
    meters: Floats  # (4,) mean of each meter over all steps lived

    def sums(self, weights: RewardWeights) -> dict[str, Floats]:
        """Return what each term adds up to at weight 1, (L,) each; the weights say what is low."""
        needed = self.users[self.levels < weights.needed_below]
        bonus = np.bincount(needed, minlength=len(self.survival)).astype(np.float64)
        return {**self.terms, "affordance_bonus": bonus}

    def totals(self, weights: RewardWeights) -> Floats:
        """Return the return of each life under these weights, (L,)."""
        total = np.zeros(len(self.survival))
        for name, value in self.sums(weights).items():
            total += float(getattr(weights, name)) * value
        return total

    def earned(self, weights: RewardWeights) -> dict[str, float]:
        """Return what each term with a weight brings a life on average."""
        return {
            name: weight * float(value.mean())
            for name, value in self.sums(weights).items()
            if (weight := float(getattr(weights, name)))
        }


class Exam:
    """Lives one life in each town; `work` until it is `done`."""

    def __init__(self, level: Level, policy: Policy, town_seeds: Sequence[int]) -> None:
        self._level, self._policy = level, policy
        self._seeds = tuple(int(seed) for seed in town_seeds)
        self._town = Town(level, self._seeds, rewards=_ONES)
        lives = len(self._seeds)
        self._terms = {name: np.zeros(lives) for name in TERMS}
        self._log = np.zeros((lives, level.steps), dtype=np.int8)
        self._mix, self._uses = np.zeros(len(Action)), np.zeros(len(Kind))
        self._users: list[NDArray[np.intp]] = []
        self._levels: list[Floats] = []
        rules = [level.buildings.of(kind) for kind in Kind]
        self._serves = np.array([rule.serves if rule else 0 for rule in rules])
        self._meters, self._died = np.zeros(len(Meter)), np.zeros(lives, dtype=np.bool_)

    @property
    def done(self) -> bool:
        """Return whether every life is over."""
        return bool(self._town.state.over.all())

    def work(self, budget_s: float = BUDGET_S) -> None:
        """Live on for about so long, one step at least."""
        end = perf_counter() + budget_s
        while not self.done:
            self._step()
            if perf_counter() >= end:
                return

    def finished(self) -> Lived:
        """Return how it went; lives that are not over count as far as they came."""
        state = self._town.state
        ages = state.age.tolist()
        lived = max(1, sum(ages))
        return Lived(
            self._level,
            self._seeds,
            state.age.astype(np.float64),
            ~self._died,
            self._terms,
            np.concatenate([np.zeros(0, dtype=np.intp), *self._users]),
            np.concatenate([np.zeros(0), *self._levels]),
            tuple(row[:age].tobytes() for row, age in zip(self._log, ages, strict=True)),
            self._mix / lived,
            self._uses * (100 / lived),
            self._meters / lived,
        )

    def _step(self) -> None:
        town = self._town
        living = np.flatnonzero(~town.state.over)
        actions = self._policy(town)
        self._log[living, town.state.age[living]] = actions[living]
        before = town.state.meters  # replaced by a step, not written to
        step = town.step(actions)
        for name, value in step.terms.items():
            self._terms[name] += value
        self._died |= step.died
        self._mix += np.bincount(actions[living], minlength=len(Action))
        users = np.flatnonzero(step.used != NONE)
        if len(users):
            used = step.used[users]
            self._uses += np.bincount(used, minlength=len(Kind))
            self._users.append(users)
            self._levels.append(before[self._serves[used], users].astype(np.float64))
        self._meters += town.state.meters[:, living].sum(axis=1)
