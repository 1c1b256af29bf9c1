"""A ghost: an earlier life in the same town, lived again step for step beside the new one."""

from __future__ import annotations

from hamlet_game.town.level import Level
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record


class Ghost:
    """Keeps up with a life; lives each step only when it is first asked for."""

    def __init__(self, level: Level, town_seed: int, actions: bytes) -> None:
        self.record = Record(level, town_seed)
        self._actions = actions

    @property
    def steps(self) -> int:
        """Return how many steps the ghost lives at most."""
        return len(self._actions)

    def at(self, step: int) -> int:
        """Return the ghost's own step while a life is at `step`: the same, or its last."""
        record = self.record
        while record.survival < min(step, self.steps) and not record.over:
            record.act(Action(self._actions[record.survival]))
        return min(step, record.survival)

    def gone(self, step: int) -> bool:
        """Return whether the ghost's life has ended before `step`."""
        return self.at(step) < step
