"""Weights that follow other weights: target networks and running averages."""

from __future__ import annotations

from typing import Literal

from hamlet_game.learn.parameters import Parameters


class TargetUpdate:
    """How a target network follows the online network after an update."""

    def __init__(self, kind: Literal["soft", "hard"], tau: float, every: int) -> None:
        self._is_soft, self._tau, self._every = kind == "soft", tau, every

    def __call__(self, target: Parameters, online: Parameters, updates: int) -> None:
        """Go the share τ of the way (Lillicrap et al. 2016), or jump (Mnih et al. 2015)."""
        if self._is_soft:
            target.vector.lerp_(online.vector, self._tau)
        elif updates % self._every == 0:
            target.vector.copy_(online.vector)


class Average:
    """An exponential running average of weights (Polyak & Juditsky 1992), quick at the start."""

    def __init__(self, decay: float) -> None:
        self._decay = decay

    def __call__(self, average: Parameters, online: Parameters, updates: int) -> None:
        """Take in the weights after update number `updates`, from 1 on.

        While few weights are known the average spans a tenth of them, so that
        the initial random weights are soon forgotten.
        """
        decay = min(self._decay, (updates - 1) / (updates + 9))
        average.vector.lerp_(online.vector, 1 - decay)
