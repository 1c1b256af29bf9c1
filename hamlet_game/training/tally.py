"""What lives do and where they are, counted between two progress reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.level import Level
from hamlet_game.town.names import Action
from hamlet_game.training import events as say


class Tally:
    """Counts actions of all lives, and visits of those in the level that is trained."""

    def __init__(self, agents: int) -> None:
        self._agents = agents
        self._shape = (0, 0)  # (rows, columns) of the level
        self._actions = np.zeros((agents, len(Action)), dtype=np.int64)
        self._visits = np.zeros(0, dtype=np.int64)  # (N · rows · columns)
        self._offset = np.zeros((agents, 1), dtype=np.intp)  # of each agent's first cell

    def count(
        self,
        actions: NDArray[np.int64],
        places: tuple[NDArray[np.int16], NDArray[np.int16]],
        level: Level,
    ) -> None:
        """Take note of actions (N, L), and of the columns and rows, (N, …) each, of lives."""
        if self._shape != (level.height, level.width):
            self._begin(level)
        for agent, chosen in enumerate(actions):
            self._actions[agent] += np.bincount(chosen, minlength=len(Action))
        columns, rows = places
        cells = self._offset + rows.astype(np.intp) * level.width + columns
        self._visits += np.bincount(cells.reshape(-1), minlength=len(self._visits))

    def tell(
        self, level: str, q: Sequence[NDArray[np.float32] | None], step: int, seconds: float
    ) -> Iterator[say.Played]:
        """Tell what every agent's lives did, with the Q-values of where they are; start anew."""
        visits = self._visits.reshape(self._agents, *self._shape)
        for agent in range(self._agents):
            yield say.Played(
                step=step,
                seconds=seconds,
                level=level,
                agent=agent,
                actions=tuple(self._actions[agent].tolist()),
                visits=visits[agent].astype(np.int32),
                q=q[agent],
            )
        self.forget()

    def forget(self) -> None:
        """Count from nothing: other lives begin."""
        self._actions[:] = 0
        self._visits[:] = 0

    def _begin(self, level: Level) -> None:
        self._shape = (level.height, level.width)
        cells = level.height * level.width
        self._offset = np.arange(self._agents, dtype=np.intp)[:, None] * cells
        self._visits = np.zeros(self._agents * cells, dtype=np.int64)
