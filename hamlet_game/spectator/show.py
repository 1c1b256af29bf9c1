"""The shown life and its clock: simulated here, whatever the trainer does."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from hamlet_game.game.agents.life import AgentLife
from hamlet_game.game.agents.players import Player, Thought
from hamlet_game.game.insight.thought_text import thought_text
from hamlet_game.game.watch.pace import end_seconds, step_seconds
from hamlet_game.town.level import Level
from hamlet_game.town.record import Frame, Record

SPEEDS: Final = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)  # times the normal tempo
MOST_STEPS: Final = 64  # done in one go: after a pause of the machine nobody needs all of them
_MOST_TOWN = 999_999  # towns up to here are never trained in


@dataclass(frozen=True, slots=True)
class Told:
    """A step as it is told: what happened, why, and how long it is shown."""

    step: int
    frame: Frame
    thought: Thought | None
    words: str  # the thought
    seconds: float


class Show:
    """Plays life after life in new towns."""

    def __init__(self, level: Level, player: Player, town_seed: int | None = None) -> None:
        self.speed = 1.0
        self.frozen = False
        self.number = 0  # of lives shown
        self.begin(level, player, town_seed)

    def begin(self, level: Level, player: Player, town_seed: int | None = None) -> None:
        """Start a new life."""
        seed = town_seed or 1 + secrets.randbelow(_MOST_TOWN)
        self.level = level
        self.life = AgentLife(level, seed, player)
        self.last: Told | None = None  # the newest step
        self.number += 1
        self._debt_s = 0.0  # shown time that is due
        self._rest_s = 0.0  # since the end of this life

    @property
    def record(self) -> Record:
        """Return the life so far."""
        return self.life.record

    @property
    def finished(self) -> bool:
        """Return whether the end has been shown long enough."""
        return self.life.over and self._rest_s >= end_seconds(self.speed)

    def take_over(self, player: Player) -> None:
        """Let another player go on from here, such as a newer brain."""
        self.life.player = player

    def advance(self, seconds: float) -> list[Told]:
        """Let so much time pass; return the steps that begin in it."""
        if self.frozen:
            return []
        if self.life.over:
            self._rest_s += seconds
            return []
        told: list[Told] = []
        self._debt_s += seconds
        while self._debt_s > 0 and not self.life.over:
            if not self.life.player.ready:
                self.life.player.prepare()
                self._debt_s = 0.0
            elif len(told) == MOST_STEPS:
                self._debt_s = 0.0
            else:
                told.append(self._step())
                self._debt_s -= told[-1].seconds
        return told

    def _step(self) -> Told:
        thought, town = self.life.thought, self.record.town
        words = thought_text(town, thought) if thought is not None else ""
        frame = self.life.step()
        length = step_seconds(frame, self.speed)
        self.last = Told(self.record.survival, frame, thought, words, length)
        return self.last
