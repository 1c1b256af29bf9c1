"""Ghosts: other lives in the same town, lived step for step beside the new one."""

from __future__ import annotations

from hamlet_game.game.agents.company import company_of
from hamlet_game.game.agents.players import Player
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record

AT_ONCE = 6  # steps an agent lives when it is asked for: a frame is short


class Ghost:
    """A recorded life that keeps up with another; each step is lived when first asked for."""

    def __init__(
        self, level: Level, town_seed: int, actions: bytes, name: str = "Ghost", tint: str = ""
    ) -> None:
        """Take what was done; `tint` is how it looks, see `Person.tint`."""
        self.record = Record(level, town_seed, company_of(level))
        self.name, self.tint = name, tint
        self._actions = actions

    @property
    def steps(self) -> int:
        """Return how many steps the ghost lives at most."""
        return len(self._actions)

    @property
    def _at_once(self) -> int:
        """Return how many steps may be lived at a time."""
        return self.steps

    def _next(self) -> Action:
        return Action(self._actions[self.record.survival])

    def at(self, step: int) -> int:
        """Return the ghost's own step while a life is at `step`: the same, or its last."""
        record = self.record
        for _ in range(self._at_once):
            if record.over or record.survival >= min(step, self.steps):
                break
            record.act(self._next())
        return min(step, record.survival)

    def gone(self, step: int) -> bool:
        """Return whether the ghost's life has ended before `step`."""
        ended = self.at(step) < step
        return ended and (self.record.over or self.record.survival >= self.steps)


class AgentGhost(Ghost):
    """An agent that lives beside a person, a few steps at a time until it has caught up."""

    def __init__(self, level: Level, town_seed: int, player: Player, name: str, tint: str) -> None:
        super().__init__(level, town_seed, b"", name, tint)
        self._player = player
        player.begin(level, town_seed)

    @property
    def steps(self) -> int:
        """Return how many steps the ghost lives at most."""
        return self.record.level.steps

    @property
    def _at_once(self) -> int:
        return AT_ONCE

    def _next(self) -> Action:
        return self._player.act(self.record.town)
