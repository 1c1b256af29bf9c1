"""The lanes' towns. They are the same town, so one picture of it is made and drawn for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.play import needs, overlays
from hamlet_game.game.play.neighbours import neighbours, stand_apart
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.versus.curtain import draw_end
from hamlet_game.town.level import Level
from hamlet_game.town.town import Town

if TYPE_CHECKING:
    import pygame

    from hamlet_game.game.draw.painter import Painter, Point
    from hamlet_game.game.versus.lane import Lane


class Towns:
    """Draws the same town several times, with somebody else living in each."""

    def __init__(self, level: Level, town_seed: int) -> None:
        self._level = level
        self._spots = Town(level, [town_seed]).places()
        places = [Place(kind.key, x, y) for kind, x, y in self._spots]
        self._view = TownView(level.width, level.height, places, town_seed)
        self._home: pygame.FRect | None = None  # the box that the picture was made for
        self._shifts: list[Point] = []  # from there to each lane's box, whole pixels

    def cell_at(self, index: int, point: Point) -> tuple[int, int] | None:
        """Return the cell of a lane's town at a point, None beside its grid."""
        if self._home is None or index >= len(self._shifts):
            return None
        dx, dy = self._shifts[index]
        if not self._home.move(dx, dy).collidepoint(point):
            return None
        return self._view.cell_at(self._home, (point[0] - dx, point[1] - dy))

    def draw(
        self,
        painter: Painter,
        boxes: Sequence[pygame.FRect],
        lanes: Sequence[Lane],
        *,
        shown: float,
        time: float,
        helped: bool = True,
    ) -> None:
        """Draw every lane's town at the step `shown`; `helped`: mark what a person needs."""
        home = self._home = boxes[0]
        self._shifts = [
            (_whole(painter, box.x - home.x), _whole(painter, box.y - home.y)) for box in boxes
        ]
        day = time_at(self._level, shown).share
        for lane, (dx, dy) in zip(lanes, self._shifts, strict=True):
            with painter.shifted(dx, dy):
                self._draw_one(painter, home, lane, day=day, time=time, helped=helped)

    def _draw_one(
        self,
        painter: Painter,
        box: pygame.FRect,
        lane: Lane,
        *,
        day: float,
        time: float,
        helped: bool,
    ) -> None:
        record, step = lane.record, lane.record.survival
        own, motion = lane.person(time), lane.motion
        others = neighbours(
            record, step, motion.part, time=time, rest=motion.rest, first=lane.who.look
        )
        people = [*(other for other, _ in others), own]
        stand_apart(people)
        marked = helped and lane.who.person and not record.over
        self._view.draw(
            painter,
            box,
            people=people,
            day=day,
            usable=needs.usable(record, step, self._spots) if marked else (),
            wanted=needs.wanted(record, step, self._spots) if marked else None,
            effects=lane.effects,
            time=time,
            reduced_motion=painter.reduced_motion,
        )
        if record.over:
            if lane.motion.done:
                _draw_end(painter, box, lane)
        elif step and needs.critical(record, step):
            overlays.draw_danger(painter, box)


def _draw_end(painter: Painter, box: pygame.FRect, lane: Lane) -> None:
    """Write across a town how the life there ended."""
    last = lane.record.last
    low = last.y < lane.record.level.height * 0.6
    if last.cause is None:
        draw_end(painter, box, "Alive!", "trophy", cheerful=True, low=low)
        return
    text = f"{last.cause.key.capitalize()} ran out"
    draw_end(painter, box, text, "faint", cheerful=False, low=low)


def _whole(painter: Painter, length: float) -> float:
    """Return a length moved to whole pixels, so that the same picture fits."""
    return round(length * painter.scale) / painter.scale
