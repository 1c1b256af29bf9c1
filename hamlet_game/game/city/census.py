"""The city's books: how many live there, how wealth is spread, and what lives ended of."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.names import NONE, VITAL

KEPT = 240  # samples of a curve; beyond that every other one goes
AGE = len(VITAL)  # the cause beyond the meters: a whole lifetime was lived
CAUSES = ("Exhaustion", "Never washed", "Hunger", "Moved away")  # by vital meter, then AGE
CAUSE_ICONS = ("energy", "hygiene", "satiation", "home")
BINS = 10  # of the purse, $10 each
_EVERY = 4  # ticks between samples at first


@dataclass(slots=True)
class Wealth:
    """How the money of those alive is spread."""

    bins: NDArray[np.intp]  # (BINS,) people by the tens of dollars in their purse
    median: float
    gini: float  # 0: all have the same, towards 1: one has it all


def wealth_of(money: NDArray[np.float32]) -> Wealth:
    """Return how amounts (N,) of 0..100 are spread."""
    if not len(money):
        return Wealth(np.zeros(BINS, dtype=np.intp), 0.0, 0.0)
    tens = np.minimum((money / (100 / BINS)).astype(np.intp), BINS - 1)
    return Wealth(np.bincount(tens, minlength=BINS), float(np.median(money)), gini(money))


def gini(amounts: NDArray[np.float32]) -> float:
    """Return the Gini coefficient of amounts (N,): mean difference of two over twice the mean."""
    ordered = np.sort(amounts.astype(np.float64))
    total, number = float(ordered.sum()), len(ordered)
    if total <= 0:
        return 0.0
    ranks = np.arange(1, number + 1)
    return float(2 * (ranks * ordered).sum() / (number * total) - (number + 1) / number)


@dataclass(slots=True)
class Census:
    """What has been counted since the city was founded."""

    population: list[int] = field(default_factory=list)  # samples, `every` ticks apart
    median: list[float] = field(default_factory=list)  # dollars, at the same ticks
    every: int = _EVERY
    ended: list[int] = field(default_factory=lambda: [0] * (AGE + 1))  # lives, by cause
    arrived: int = 0  # newcomers
    turned_away: float = 0.0  # a tick, lately: uses refused because the house was full
    wealth: Wealth = field(default_factory=lambda: wealth_of(np.zeros(0, dtype=np.float32)))

    def count(self, tick: int, money: NDArray[np.float32], refused: int) -> None:
        """Write down a tick; `money` (N,) of those alive."""
        self.turned_away += (refused - self.turned_away) * 0.05
        if tick % _EVERY == 0:
            self.wealth = wealth_of(money)
        if tick % self.every:
            return
        self.population.append(len(money))
        self.median.append(self.wealth.median)
        if len(self.population) > KEPT:
            self.population, self.median = self.population[::2], self.median[::2]
            self.every *= 2

    def end(self, causes: NDArray[np.int8]) -> None:
        """Write down lives that ended, by meter; NONE: a lifetime was lived."""
        for cause in causes:
            self.ended[AGE if cause == NONE else int(cause)] += 1

    @property
    def deaths(self) -> int:
        """Return how many lives ended too early."""
        return sum(self.ended[:AGE])
