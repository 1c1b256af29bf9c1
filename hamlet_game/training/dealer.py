"""New lives for training: where, and with what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.names import Meter
from hamlet_game.training.sections import StartSpread
from hamlet_game.training.seeds import start_luck, training_towns

AHEAD = 256  # lives drawn at a time: hashing one costs as much as hashing hundreds


@dataclass(frozen=True, slots=True)
class Deal:
    """K new lives."""

    town_seeds: NDArray[np.int64]  # (K,)
    is_spread: NDArray[np.bool_]  # (K,) whether they begin with `meters`, not as the level says
    meters: NDArray[np.float32]  # (4, K)


class Dealer:
    """Deals out new lives, each agent's in a sequence of its own, numbered from 0."""

    def __init__(self, run_seed: int, agents: int, spread: StartSpread) -> None:
        self._run_seed, self._share = run_seed, spread.share
        spans = [spread.money if meter is Meter.MONEY else spread.vital for meter in Meter]
        self._low, high = np.array(spans, dtype=np.float64).T[:, :, None, None]  # (4, 1, 1) each
        self._width = high - self._low
        self.dealt = np.zeros(agents, dtype=np.int64)  # (N,) lives so far
        self._look_ahead(0)

    def __call__(self, agents: NDArray[np.int64]) -> Deal:
        """Return a new life for each of the (K,) agents, which come in order."""
        rank = np.arange(len(agents)) - np.searchsorted(agents, agents)
        column = self.dealt[agents] - self._first[agents] + rank
        if len(column) and column.max() >= self._seeds.shape[1]:
            self._look_ahead(int(rank.max()) + 1)
            column = rank
        self.dealt += np.bincount(agents, minlength=len(self.dealt))
        at = agents, column
        return Deal(self._seeds[at], self._is_spread[at], self._meters[:, agents, column])

    def go_on(self, dealt: NDArray[np.int64]) -> None:
        """Deal as if so many lives of each agent, (N,), were dealt."""
        self.dealt[...] = dealt
        self._look_ahead(0)

    def _look_ahead(self, least: int) -> None:
        """Draw every agent's next lives, `least` or more: (N, AHEAD) each."""
        agents = np.arange(len(self.dealt))[:, None]
        self._first = self.dealt.copy()
        counts = self._first[:, None] + np.arange(max(AHEAD, least))
        self._seeds = training_towns(self._run_seed, agents, counts)
        luck = start_luck(self._seeds, 1 + len(Meter))  # (5, N, AHEAD)
        self._is_spread = luck[0] < self._share
        self._meters = np.round(self._low + self._width * luck[1:]).astype(np.float32)
