"""The level map's land: hills, a meadow, and a path that winds from station to station."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from hamlet_game.game.draw.backdrop import LAYERS, WIDTH
from hamlet_game.game.draw.noise import between, chance
from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.theme import mix

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter, Point
    from hamlet_game.game.theme import Rgb

LEAST_GAP = 252.0  # canvas units from station to station
EDGE = 170.0  # from the land's end to the first and the last one
HORIZON = 330.0  # where the meadow begins
HOUSES = ("bed", "shower", "fridge", "job")  # what stands at the stations, in turn
HOUSE = (124.0, 144.67)
_PIECES = 10  # straight pieces of path between two stations
_SAND, _KERB = (237, 215, 168), (205, 172, 116)
_GRASS = ((134, 199, 106), (117, 186, 95), (99, 170, 84), (82, 152, 75))  # far to near
_HILLS_UP = 105.0  # how much higher than on the title the hills stand
_TREES = ("tree_round", "tree_pine", "tree_blossom")
_LOW = ("bush", "rock", "flower_daisy", "flower_tulip", "flower_lavender", "stump", "mushroom")
_SIZES = {
    "tree_round": (80, 110), "tree_pine": (78, 107), "tree_blossom": (80, 110),
    "bush": (56, 41), "rock": (42, 31), "stump": (38, 29), "mushroom": (24, 24),
    "flower_daisy": (40, 40), "flower_tulip": (40, 40), "flower_lavender": (40, 40),
    "tuft": (22, 18), "tuft2": (22, 18), "pond": (120, 80), "hay": (48, 41), "well": (66, 82),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plant:
    """A tree, a bush or a pond on the meadow; (x, y) is its foot in land units."""

    name: str
    x: float
    y: float
    grow: float


@dataclass(frozen=True)
class Land:
    """Where everything on the map is, for a number of stations. x runs along the whole land."""

    stations: tuple[Point, ...]
    width: float

    @classmethod
    def plan(cls, count: int, top: float, bottom: float) -> Land:
        """Wind the path of `count` stations up and down between `top` and `bottom`."""
        gap = LEAST_GAP
        if count > 1:
            gap = max(gap, (CANVAS[0] - 2 * EDGE) / (count - 1))
        width = max(float(CANVAS[0]), 2 * EDGE + gap * (count - 1))
        first = EDGE if count > 1 else width / 2
        middle, swing = (top + bottom) / 2, (bottom - top) / 2
        stations = tuple(
            (first + gap * k, middle + swing * (0.9 if k % 2 == 0 else -0.9)) for k in range(count)
        )
        return cls(stations, width)

    @property
    def path(self) -> tuple[tuple[Point, ...], ...]:
        """Return the stretches of path: into the first station, between two, out of the last."""
        return _stretches(self.stations, self.width)

    def along(self, place: float) -> Point:
        """Return the point at station `place`, fractions lying on the path between two."""
        low = min(max(0, int(place)), len(self.stations) - 1)
        if place <= low or low + 1 >= len(self.stations):
            return self.stations[low]
        stretch = self.path[low + 1]
        far = (place - low) * (len(stretch) - 1)
        k = min(int(far), len(stretch) - 2)
        (x0, y0), (x1, y1) = stretch[k], stretch[k + 1]
        return x0 + (x1 - x0) * (far - k), y0 + (y1 - y0) * (far - k)

    def plants(self) -> tuple[Plant, ...]:
        """Return what grows on the meadow, farthest first."""
        return _plants(self.stations, self.width)


@lru_cache(maxsize=8)
def _stretches(stations: tuple[Point, ...], width: float) -> tuple[tuple[Point, ...], ...]:
    first, last = stations[0], stations[-1]
    ends = (-80.0, first[1] - 46), (width + 80, last[1] - 46)
    knots = [(ends[0][0] - 200, ends[0][1]), ends[0], *stations, ends[1], (width + 300, ends[1][1])]
    return tuple(
        tuple(_curve(knots[k : k + 4], part / _PIECES) for part in range(_PIECES + 1))
        for k in range(len(knots) - 3)
    )


def _curve(knots: list[Point], t: float) -> Point:
    """Return the point at `t` (0..1) between the middle two of four knots.

    Catmull & Rom 1974, the uniform spline.
    """
    x, y = (
        0.5
        * (
            2 * q
            + (r - p) * t
            + (2 * p - 5 * q + 4 * r - s) * t**2
            + (3 * q - p - 3 * r + s) * t**3
        )
        for p, q, r, s in zip(*knots, strict=True)
    )
    return x, y


@lru_cache(maxsize=8)
def _plants(stations: tuple[Point, ...], width: float) -> tuple[Plant, ...]:
    taken = [point for stretch in _stretches(stations, width) for point in stretch]
    found = []
    rows, columns = 9, int(width / 62) + 1
    for row in range(rows):
        for column in range(columns):
            roll = chance(5, row, column)
            x = column * 62 + between(-24, 24, 6, row, column)
            y = HORIZON + 22 + row * 44 + between(-14, 14, 7, row, column)
            name = _species(roll, row, column)
            if not name:
                continue
            tall = name in _TREES or name in ("pond", "well")
            if any(math.dist((x, y), point) < (64 if tall else 46) for point in taken):
                continue
            if any(_hides(x, y, tall, station) for station in stations):
                continue
            depth = 0.62 + 0.46 * (y - HORIZON) / 390
            found.append(Plant(name, x, y, depth * between(0.9, 1.1, 8, row, column)))
    return tuple(sorted(found, key=lambda plant: plant.y))


def _species(roll: float, row: int, column: int) -> str:
    """Return what grows at a place: mostly grass, sometimes nothing."""
    if roll < 0.17:
        grove = int(chance(9, row // 3, column // 4) * 3)
        kind = grove if chance(10, row, column) < 0.7 else int(chance(11, row, column) * 3)
        return _TREES[kind]
    if roll < 0.36:
        return _LOW[int(chance(12, row, column) * len(_LOW))]
    if roll < 0.385:
        return ("pond", "hay", "well")[int(chance(13, row, column) * 3)]
    return ("tuft", "tuft2")[int(chance(14, row, column) * 2)] if roll < 0.75 else ""


def _hides(x: float, y: float, tall: bool, station: Point) -> bool:
    """Return whether something here would stand before a station, its house or its plate."""
    dx, dy = abs(x - station[0]), y - station[1]
    return dx < (130 if tall else 105) and -150 < dy < (250 if tall else 170)


def draw_land(painter: Painter, land: Land, camera: float, open_until: int) -> None:
    """Draw the land seen from `camera` (land x at the canvas's left edge).

    The path is sandy up to station `open_until` and overgrown beyond.
    """
    painter.sprite("backdrop/sky", (640, 300), (1280, 720))
    for layer in LAYERS[:3]:
        shift = 40.0 if layer.name.endswith("clouds") else _HILLS_UP
        left = -(camera * layer.speed / 60 % WIDTH)
        while left < CANVAS[0]:
            center = (left + WIDTH / 2, layer.top - shift + layer.height / 2)
            painter.sprite(layer.name, center, (WIDTH, layer.height))
            left += WIDTH
    with painter.shifted(-camera, 0):
        _draw_meadow(painter, camera)
        _draw_path(painter, land, camera, open_until)
        for plant in land.plants():
            if camera - 80 < plant.x < camera + CANVAS[0] + 80:
                _draw_plant(painter, plant)


def _draw_meadow(painter: Painter, camera: float) -> None:
    """Draw rolling bands of grass, each a little deeper than the one behind it."""
    first = int(camera // 40) - 1
    for band, color in enumerate(_GRASS):
        level = HORIZON + band * 96.0
        crest = []
        for k in range(first, first + CANVAS[0] // 40 + 4):
            x = k * 40.0
            rise = 13 * math.sin(x / 170 + band * 2.1) + 7 * math.sin(x / 71 + band * 1.3)
            crest.append((x, level + rise))
        floor = float(CANVAS[1] + 4)
        painter.polygon([(crest[0][0], floor), *crest, (crest[-1][0], floor)], color)


def _draw_path(painter: Painter, land: Land, camera: float, open_until: int) -> None:
    for sand, width in ((False, 44.0), (True, 34.0)):
        # The last stretch first, so that sand lies over grass where they meet.
        for k, stretch in reversed([*enumerate(land.path)]):
            if stretch[-1][0] < camera - 60 or stretch[0][0] > camera + CANVAS[0] + 60:
                continue
            tone = _tone(_SAND if sand else _KERB, k > open_until)
            for start, end in pairwise(stretch):
                painter.lines((start, end), tone, width=width)


def _tone(color: Rgb, overgrown: bool) -> Rgb:
    """Return the path's colour; where nobody has walked yet, grass has grown over it."""
    return mix(color, _GRASS[1], 0.62) if overgrown else color


def _draw_plant(painter: Painter, plant: Plant) -> None:
    wide, high = _SIZES[plant.name]
    size = (wide * plant.grow, high * plant.grow)
    painter.sprite(f"scenery/{plant.name}", (plant.x, plant.y - size[1] * 0.43), size)
