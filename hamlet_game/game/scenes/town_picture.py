"""A picture of a town before anyone has moved: its real layout, and someone at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.draw.people import Person
from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.town.record import Record

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Painter
    from hamlet_game.town.level import Level


class TownPicture:
    """Draws a level's town by its number."""

    def __init__(self, level: Level, town_seed: int) -> None:
        self.record = Record(level, town_seed)
        places = [Place(kind.key, x, y) for kind, x, y in self.record.town.places()]
        self._view = TownView(level.width, level.height, places, town_seed)
        start = self.record.frames[0]
        self.person = Person(start.x, start.y)
        self._time = 0.0  # seconds it has been looked at

    def update(self, dt: float) -> None:
        """Let clouds drift and eyes blink."""
        self._time += dt
        self.person.phase += dt

    def draw(self, painter: Painter, box: Box) -> None:
        """Draw the town inside `box`, at the hour in which its lives begin."""
        self._view.draw(
            painter,
            box,
            people=[self.person],
            day=time_at(self.record.level, 0).share,
            time=self._time,
            reduced_motion=painter.reduced_motion,
        )
