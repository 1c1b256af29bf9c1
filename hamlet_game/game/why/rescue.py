"""A little film: the last steps of a life as they were, and the ghost that would have lived."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.play.neighbours import neighbours, stand_apart
from hamlet_game.game.play.walker import person_at
from hamlet_game.game.why.trail import NOON, draw_trail
from hamlet_game.town.record import Record

if TYPE_CHECKING:
    import pygame

    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.why.case import Case

_STEPS_PER_S = 4.0
_LONGEST_S = 14.0  # a longer stretch is shown faster
_AFTER_S = 1.6  # the end is looked at so long before it starts over
_BACK = 25  # steps before the end shown where no point of no return is known


class Rescue:
    """Plays from the point of no return to the end, over and over."""

    def __init__(self, case: Case) -> None:
        self._case = case
        record = case.record
        places = [Place(kind.key, x, y) for kind, x, y in record.town.places()]
        level = record.level
        self._view = TownView(level.width, level.height, places, record.town_seed)
        self._time = 0.0  # seconds of the film
        self._now = 0.0  # seconds in all

    @property
    def way(self) -> Record | None:
        """Return the life that was saved, once it is known."""
        return self._case.way if self._case.ready else None

    @property
    def start(self) -> int:
        """Return the step the film starts at."""
        case = self._case
        if case.inquest.done and case.safe is not None:
            return case.safe
        return max(0, case.record.survival - _BACK)

    @property
    def _at(self) -> float:
        """Return the step shown, with fractions."""
        return min(float(self._case.record.survival), self.start + self._time * self._speed)

    @property
    def _speed(self) -> float:
        length = self._case.record.survival - self.start
        return max(_STEPS_PER_S, length / _LONGEST_S)

    def step(self, painter: Painter) -> int:
        """Return the step shown: where motion is reduced, always the first."""
        return self.start if painter.reduced_motion else ceil(self._at - 1e-9)

    def restart(self) -> None:
        """Show it from its start."""
        self._time = 0.0

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        self._now += dt
        self._time += dt
        length = (self._case.record.survival - self.start) / self._speed
        if self._time > length + _AFTER_S:
            self.restart()

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw the town with both lives in it; where motion is reduced, the start of the film."""
        record, way = self._case.record, self.way
        at = float(self.start) if painter.reduced_motion else self._at
        step = self.step(painter)
        part = 1.0 if step == 0 else min(1.0, at - (step - 1))
        rest = max(0.0, self._time - (record.survival - self.start) / self._speed)
        own, look = person_at(record, step, part, time=self._now, rest=rest), self._case.look
        own.look = look
        others = neighbours(record, step, part, time=self._now, rest=rest, first=look)
        people = [*(other for other, _ in others), own]
        stand_apart(people)
        if way is not None and not painter.reduced_motion:
            there = min(step, way.survival)
            partly = part if there == step else 1.0
            people.append(person_at(way, there, partly, time=self._now, ghost=True))
        self._view.draw(
            painter,
            box,
            people=people,
            day=NOON,
            time=self._now,
            reduced_motion=painter.reduced_motion,
            under=lambda p: self._trails(p, box),
        )

    def _trails(self, painter: Painter, box: pygame.FRect) -> None:
        record, way, colors = self._case.record, self.way, painter.palette
        where, start = (self._view, box), self.start
        if way is not None:
            span = (start, way.survival)
            draw_trail(painter, where, way, span, color=colors.ghost, aside=-0.07)
        span = (start, record.survival)
        draw_trail(painter, where, record, span, color=colors.danger, aside=0.07)
