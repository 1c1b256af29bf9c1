"""New lives for training: where, and with what."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.names import Meter
from hamlet_game.training.sections import StartSpread
from hamlet_game.training.seeds import start_luck, training_towns


class Dealer:
    """Deals out new lives: training towns, each agent's in a sequence of its own, and starts."""

    def __init__(self, run_seed: int, agents: int, spread: StartSpread) -> None:
        self._run_seed, self._share = run_seed, spread.share
        self.dealt = np.zeros(agents, dtype=np.int64)  # (N,)
        spans = [spread.money if meter is Meter.MONEY else spread.vital for meter in Meter]
        self._low, high = np.array(spans, dtype=np.float64).T[:, :, None]  # (4, 1) each
        self._width = high - self._low

    def towns(self, agents: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return a new town for each life of the (K,) agents, which come in order."""
        rank = np.arange(len(agents)) - np.searchsorted(agents, agents)
        seeds = training_towns(self._run_seed, agents, self.dealt[agents] + rank)
        self.dealt += np.bincount(agents, minlength=len(self.dealt))
        return seeds

    def starts(
        self, town_seeds: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Return which of K lives begin with other meters than the level says, and those (4, K)."""
        luck = start_luck(town_seeds, 1 + len(Meter))
        return luck[0] < self._share, np.round(self._low + self._width * luck[1:])
