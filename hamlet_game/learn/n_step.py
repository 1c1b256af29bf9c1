"""Gathering n rewards in a row, for L lives at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamlet_game.learn.base import Transitions
from hamlet_game.learn.replay_buffer import Experience
from hamlet_game.learn.states import State, fetch, restore


class NStepWindow:
    """The last n steps of L lives, whose returns are still growing.

    Every step opens a row and adds its reward to all open rows. A row is handed
    out once it spans n steps. When a life ends its open rows are handed out too,
    shorter, each with the discount of its own length. Sutton & Barto 2018, eq. 7.1.
    """

    def __init__(self, steps: int, discount: float, lives: int, width: int) -> None:
        self._steps, self._gamma = steps, np.float32(discount)
        self._clock = 0
        self._obs = np.zeros((steps, lives, width), dtype=np.float32)
        self._action = np.zeros((steps, lives), dtype=np.int64)
        self._total = np.zeros((steps, lives), dtype=np.float32)
        self._discount = np.zeros((steps, lives), dtype=np.float32)  # γ to the rewards in total
        self._open = np.zeros((steps, lives), dtype=np.bool_)

    def __len__(self) -> int:
        """Return L."""
        return self._open.shape[1]

    def push(self, t: Transitions, reward_scale: float) -> Experience | None:
        """Take in one step of all lives; return the experience it completes, if any.

        The arrays returned may be views that hold until the next push.
        """
        newest, oldest = self._clock % self._steps, (self._clock + 1) % self._steps
        self._clock += 1
        self._obs[newest], self._action[newest] = t.obs, t.action
        self._total[newest], self._discount[newest], self._open[newest] = 0, 1, True
        self._total += self._discount * (t.reward * np.float32(reward_scale))
        self._discount *= self._gamma
        ended = t.died | t.timed_out
        if not ended.any() and self._open[oldest].all():
            self._open[oldest] = False
            return self._experience(oldest, t.next_obs, t.next_mask)
        ready = self._open & ended
        ready[oldest] = self._open[oldest]
        rows, lives = np.nonzero(ready)
        self._open[ready] = False
        if not len(rows):
            return None
        self._discount[:, t.died] = 0  # a time limit is not a death
        mask = None if t.next_mask is None else t.next_mask[lives]
        return self._experience((rows, lives), t.next_obs[lives], mask)

    def _experience(
        self, which: Any, next_obs: NDArray[np.float32], next_mask: NDArray[np.bool_] | None
    ) -> Experience:
        return Experience(
            self._obs[which], self._action[which], self._total[which],
            next_obs, self._discount[which], next_mask,
        )  # fmt: skip

    def state(self) -> State:
        """Return copies of the open rows."""
        return {name: array.copy() for name, array in self._arrays()} | {"clock": self._clock}

    def load_state(self, state: State) -> None:
        """Go on from a saved state. Raises StateError if it doesn't fit."""
        for name, array in self._arrays():
            restore(array, state, name)
        self._clock = int(fetch(state, "clock"))

    def _arrays(self) -> list[tuple[str, NDArray[Any]]]:
        return [
            ("obs", self._obs),
            ("action", self._action),
            ("total", self._total),
            ("discount", self._discount),
            ("open", self._open),
        ]
