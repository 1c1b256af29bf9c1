"""A life that lives itself, over and over, as a picture that moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.play.clock import period
from hamlet_game.game.play.motion import USE_S
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.play.walker import person_at
from hamlet_game.town.names import Action
from hamlet_game.town.policies import sensible
from hamlet_game.town.record import Record

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Painter
    from hamlet_game.town.level import Level

STEPS = 120  # shown before it starts over
_SPEED = 1.0  # of the live tempo


class Demo:
    """A sensible townsperson in one town; `ghost_ahead` steps ahead of them walks a ghost."""

    def __init__(self, level: Level, town_seed: int, *, ghost_ahead: int = 0) -> None:
        self.record = Record(level, town_seed)
        self.step, self.part = 0, 1.0
        self._ghost_ahead = ghost_ahead
        self._time = 0.0  # seconds
        places = [Place(kind.key, x, y) for kind, x, y in self.record.town.places()]
        self._view = TownView(level.width, level.height, places, town_seed)

    def update(self, dt: float) -> None:
        """Live on; the steps are done as they are first needed."""
        self._time += dt
        frame = self.record.frames[self.step]
        self.part += dt / (USE_S if frame.used is not None else period(_SPEED))
        if self.part < 1.0:
            return
        if self.step >= STEPS or (self.record.over and self.step == self.record.survival):
            self.step = 0
            return
        self.step, self.part = self.step + 1, 0.0
        while self.record.survival < self.step + self._ghost_ahead and not self.record.over:
            self.record.act(Action(int(sensible(self.record.town)[0])))

    @property
    def said(self) -> int:
        """Return the step at which a house was last used, 0 if none was yet."""
        frames = self.record.frames
        return next((k for k in range(self.step, 0, -1) if frames[k].used is not None), 0)

    def draw(self, painter: Painter, box: Box) -> None:
        """Draw the town inside `box`."""
        part = min(1.0, self.part)
        if painter.reduced_motion and self.record.frames[self.step].moved:
            part = 1.0  # from cell to cell without gliding
        people = [person_at(self.record, self.step, part, time=self._time)]
        if self._ghost_ahead:
            ahead = min(self.step + self._ghost_ahead, self.record.survival)
            people.append(person_at(self.record, ahead, part, time=self._time, ghost=True))
        self._view.draw(
            painter,
            box,
            people=people,
            day=time_at(self.record.level, self.step + part).share,
            time=self._time,
            reduced_motion=painter.reduced_motion,
        )
