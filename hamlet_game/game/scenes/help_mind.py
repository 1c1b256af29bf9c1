"""An agent that lives on a help page: a shipped brain at play, with the numbers it goes by."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import BrainPlayer, Thought
from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.play.clock import period
from hamlet_game.game.play.motion import USE_S
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.play.walker import person_at
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record

if TYPE_CHECKING:
    from hamlet_game.brain.brain import Brain
    from hamlet_game.game.draw.painter import Box, Painter
    from hamlet_game.town.level import Level

SPEED: Final = 0.6  # of the live tempo: there is something to read
REST_S: Final = 1.5  # after a life
_SEED: Final = 3


class Mind:
    """A brain living in one town, life after life; a share `epsilon` of its moves is random."""

    def __init__(self, level: Level, town_seed: int, word: str = roster.MASTER) -> None:
        """Begin a first life. Raises RosterError where the brain can't be read."""
        player = roster.player(word)
        if not isinstance(player, BrainPlayer):
            raise roster.RosterError(f"{word} is no brain")
        self.player = player
        self.level, self._seed = level, town_seed
        self.record = Record(level, town_seed)
        self.thought: Thought | None = None  # behind the step that is shown
        self.epsilon = 0.0
        self.part = 1.0  # of the step that has been shown
        self.moves = self.random_moves = 0  # in all lives
        self._rested = 0.0
        self._time = 0.0
        self._random = random.Random(_SEED)
        places = [Place(kind.key, x, y) for kind, x, y in self.record.town.places()]
        self._view = TownView(level.width, level.height, places, town_seed)

    @property
    def brain(self) -> Brain:
        """Return the network that plays."""
        return self.player.brain

    def update(self, dt: float) -> bool:
        """Live on; return whether a step was made."""
        self._time += dt
        frame = self.record.last
        self.part += dt / (USE_S if frame.used is not None else period(SPEED))
        if self.part < 1.0:
            return False
        if self.record.over:
            self._rested += dt
            if self._rested < REST_S:
                return False
            self.record, self._rested = Record(self.level, self._seed), 0.0
        self._step()
        return True

    def _step(self) -> None:
        thought = self.player.think(self.record.town)
        chance = self._random.random() < self.epsilon
        chosen = Action(self._random.randrange(len(Action))) if chance else thought.best
        self.thought = Thought(thought.values, thought.measures, thought.best, chosen, chance)
        self.record.act(chosen)
        self.moves += 1
        self.random_moves += chance
        self.part = 0.0

    def draw(self, painter: Painter, box: Box) -> None:
        """Draw the town inside `box`."""
        part, step = min(1.0, self.part), self.record.survival
        if painter.reduced_motion and self.record.last.moved:
            part = 1.0  # from cell to cell without gliding
        person = person_at(self.record, step, part, time=self._time, rest=self._rested)
        person.look = self.player.look
        self._view.draw(
            painter,
            box,
            people=[person],
            day=time_at(self.level, step).share,
            time=self._time,
            reduced_motion=painter.reduced_motion,
        )
