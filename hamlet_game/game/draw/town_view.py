"""The town seen from above: ground, houses, scenery, people, and the light of the hour.

The town is a little diorama: a framed plot with a margin around the cells. All
that stands still is drawn once into a picture for each pixel size; a frame
blits that picture and draws people, light and life on top of it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from math import pi, sin
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw import ambience, daylight
from hamlet_game.game.draw.effects import Effects
from hamlet_game.game.draw.lanes import plan_lanes
from hamlet_game.game.draw.people import INDOORS, Person, draw_indoors, draw_person
from hamlet_game.game.draw.scenery import Thing, furnish, house
from hamlet_game.game.draw.stage import FRAME, MARGINS, Stage

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Painter, Point

Layer = Callable[["Painter"], None]  # draws in canvas units, clipped to the town

_KEEP_STAGES = 2  # pixel sizes kept at once


@dataclass(frozen=True, slots=True)
class Place:
    """A building: its kind ('bed', 'shower', 'fridge', 'job') and its cell."""

    kind: str
    x: int
    y: int


class TownView:
    """Draws one town of `width` × `height` cells; `seed` decides lanes and scenery."""

    def __init__(self, width: int, height: int, places: Sequence[Place], seed: int) -> None:
        self.width, self.height, self.seed = width, height, seed
        self.places = tuple(places)
        cells = [(place.x, place.y) for place in places]
        self._lanes = plan_lanes(width, height, cells, seed)
        self._houses = [house(place.kind, (place.x, place.y)) for place in places]
        scenery = furnish(width, height, cells, self._lanes, seed)
        self._things = sorted([*scenery, *self._houses], key=lambda thing: thing.y)
        self._lamps = [thing for thing in scenery if thing.sprite == "scenery/lamp"]
        self._near: dict[tuple[int, int], list[Thing]] = {}  # tall things by the cell they touch
        for thing in self._things:
            if thing.height > 0.4:
                for i in range(int(thing.x - 0.6), int(thing.x + 0.6) + 1):
                    self._near.setdefault((i, int(thing.y)), []).append(thing)
        self._stages: OrderedDict[tuple[int, int, float], Stage] = OrderedDict()
        self._coming: tuple[tuple[int, int, float], Stage] | None = None  # see `prepare`

    def cell_side(self, box: Box) -> float:
        """Return a cell's side in canvas units."""
        return self._layout(box)[2]

    def cell_center(self, box: Box, x: float, y: float) -> Point:
        """Return the middle of a cell in canvas units."""
        left, top, side = self._layout(box)
        return left + (x + 0.5) * side, top + (y + 0.5) * side

    def cell_at(self, box: Box, point: Point) -> tuple[int, int] | None:
        """Return the cell at a point in canvas units, None beside the grid."""
        left, top, side = self._layout(box)
        x, y = int((point[0] - left) // side), int((point[1] - top) // side)
        return (x, y) if 0 <= x < self.width and 0 <= y < self.height else None

    def draw(
        self,
        painter: Painter,
        box: Box,
        *,
        people: Sequence[Person],
        day: float,
        usable: Collection[int] = (),
        wanted: int | None = None,
        effects: Effects | None = None,
        time: float = 0.0,
        reduced_motion: bool = False,
        under: Layer | None = None,
        over: Layer | None = None,
    ) -> None:
        """Draw the town inside `box` at time of day `day` (0 = 6:00, .5 = 18:00).

        `usable` and `wanted` are indices of places: the first glow, the last is
        pointed at. `time` in seconds moves what lives on its own. `under` is drawn on
        the ground beneath all people, `over` above them and the light of the hour.
        """
        stage = self._stage(painter, box)
        night = daylight.lamps(day)
        time = 0.0 if reduced_motion else time
        side, size = self.cell_side(box), (self.width, self.height)

        def where(x: float, y: float) -> Point:
            return self.cell_center(box, x, y)

        painter.image(stage.ground, stage.inner)
        with painter.clip(stage.inner):
            if under is not None:
                under(painter)
            self._draw_halos(painter, box, usable, time)
            self._draw_people(painter, box, people, reduced_motion)
            if not reduced_motion and night < 1:
                ambience.draw_clouds(painter, where, side, size=size, time=time, night=night)
            lanterns = [(someone.x + 0.5, someone.y + 0.6) for someone in people]
            stage.shine(painter, daylight.light(day), night, lanterns)
            self._draw_lit(painter, box, night)
            if not reduced_motion:
                vents = [(place.kind, place.x, place.y) for place in self.places]
                ambience.draw_smoke(painter, where, side, houses=vents, time=time)
                ambience.draw_creatures(
                    painter, where, side, size=size, seed=self.seed, time=time, night=night
                )
            for person in people:
                if person.pose in INDOORS:
                    middle = where(person.x, person.y)
                    draw_indoors(painter, person, middle, side, reduced_motion=reduced_motion)
            if over is not None:
                over(painter)
            self._draw_marker(painter, box, wanted, time)
        stage.draw_frame(painter)
        if effects is not None:
            effects.draw(painter, self, box, reduced_motion=reduced_motion)

    def prepare(self, painter: Painter, box: Box) -> bool:
        """Draw a part of what stands still, ahead of `draw`; return whether all is there.

        A whole town takes longer than a frame has: call this frame by frame beforehand.
        """
        key = _size(painter, box)
        if (kept := self._stages.get(key)) is not None and kept.fits(box):
            return True
        if self._coming is None or self._coming[0] != key or not self._coming[1].fits(box):
            self._coming = key, self._new_stage(painter, box, at_once=False)
        if not self._coming[1].work():
            return False
        self._keep(*self._coming)
        self._coming = None
        return True

    def _layout(self, box: Box) -> tuple[float, float, float]:
        """Return the grid's left and top edge and the cells' side, in canvas units."""
        x, y, wide, high = box
        left, top, right, bottom = MARGINS
        wide, high = wide - 2 * FRAME, high - 2 * FRAME
        side = min(wide / (self.width + left + right), high / (self.height + top + bottom))
        spare_x, spare_y = wide - self.width * side, high - self.height * side
        return (
            x + FRAME + spare_x * left / (left + right),
            y + FRAME + spare_y * top / (top + bottom),
            side,
        )

    def _stage(self, painter: Painter, box: Box) -> Stage:
        """Return the still picture of the town at this box's pixel size."""
        key = _size(painter, box)
        stage = self._stages.get(key)
        if stage is None or not stage.fits(box):
            stage = self._new_stage(painter, box)
            self._keep(key, stage)
        return stage

    def _keep(self, key: tuple[int, int, float], stage: Stage) -> None:
        self._stages[key] = stage
        while len(self._stages) > _KEEP_STAGES:
            self._stages.popitem(last=False)

    def _new_stage(self, painter: Painter, box: Box, *, at_once: bool = True) -> Stage:
        return Stage(
            painter,
            pygame.FRect(box),
            layout=self._layout(box),
            size=(self.width, self.height),
            houses=[(place.x, place.y) for place in self.places],
            things=self._things,
            pools=[(thing.x, thing.y, 2.7) for thing in self._lamps]
            + [(thing.x, thing.y - 0.1, 2.0) for thing in self._houses],
            lanes=self._lanes,
            seed=self.seed,
            at_once=at_once,
        )

    def _stamp(self, painter: Painter, box: Box, thing: Thing, sprite: str, alpha: int) -> None:
        left, top, side = self._layout(box)
        x, y = thing.center
        painter.sprite(
            sprite,
            (left + x * side, top + y * side),
            (thing.width * side, thing.height * side),
            alpha=alpha,
        )

    def _draw_halos(self, painter: Painter, box: Box, usable: Collection[int], time: float) -> None:
        side = self.cell_side(box)
        pulse = 0.5 + 0.5 * sin(time * 2 * pi / 1.6)
        for index in usable:
            place, thing = self.places[index], self._houses[index]
            x, y = self.cell_center(box, place.x, place.y)
            reach = side * (1.78, 1.86, 1.94)[round(pulse * 2)]
            alpha = round(170 + 85 * pulse)
            painter.sprite("effects/halo", (x, y - side * 0.08), (reach, reach), alpha=alpha)
            self._stamp(painter, box, thing, thing.sprite, 255)

    def _draw_people(
        self, painter: Painter, box: Box, people: Sequence[Person], reduced_motion: bool
    ) -> None:
        side = self.cell_side(box)
        homes = {(place.x, place.y) for place in self.places}
        for person in sorted(people, key=lambda someone: (not someone.ghost, someone.y)):
            if person.pose in INDOORS:
                continue
            center = self.cell_center(box, person.x, person.y)
            foot = person.foot
            if (round(person.x), round(person.y)) in homes:
                # On the doorstep, before the house.
                near = abs(person.x - round(person.x)) + abs(person.y - round(person.y))
                step = 0.09 * max(0.0, 1 - 2 * near)
                center = center[0], center[1] + step * side
                foot += step + 0.06
            draw_person(painter, person, center, side, reduced_motion=reduced_motion)
            for row in range(int(foot), int(foot) + 3):
                for thing in self._near.get((int(person.x + 0.5), row), ()):
                    if thing.y > foot and thing.top < foot:
                        self._stamp(painter, box, thing, thing.sprite, 255)

    def _draw_lit(self, painter: Painter, box: Box, night: float) -> None:
        if night <= 0:
            return
        left, top, side = self._layout(box)
        for thing in (*self._houses, *self._lamps):
            self._stamp(painter, box, thing, f"{thing.sprite}_lit", round(255 * night))
        for lamp in self._lamps:
            head = left + lamp.x * side, top + (lamp.top + lamp.height * 0.21) * side
            painter.sprite("effects/light", head, (side, side), alpha=round(150 * night))

    def _draw_marker(self, painter: Painter, box: Box, wanted: int | None, time: float) -> None:
        if wanted is None:
            return
        place, side = self.places[wanted], self.cell_side(box)
        x, y = self.cell_center(box, place.x, place.y)
        size = max(20.0, side * 0.42)
        bounce = side * 0.07 * abs(sin(time * pi * 1.4))
        top = max(y - side * 0.98 - bounce, float(box[1]) + FRAME + size / 2)
        painter.sprite("effects/marker", (x, top), (size, size))


def _size(painter: Painter, box: Box) -> tuple[int, int, float]:
    """Return what a stage is kept by: its size in pixels."""
    return round(box[2] * painter.scale), round(box[3] * painter.scale), painter.scale
