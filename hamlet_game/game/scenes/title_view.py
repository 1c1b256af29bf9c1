"""The title's living picture: the village street from afternoon to night, and who walks there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.backdrop import LAYERS, WIDTH
from hamlet_game.game.draw.daylight import lamps, light
from hamlet_game.game.draw.noise import between
from hamlet_game.game.draw.people import Person, draw_person

if TYPE_CHECKING:
    from hamlet_game.game.draw.backdrop import Layer
    from hamlet_game.game.draw.painter import Painter

DAY_S = 150.0  # seconds of a whole day and night
FIRST_LIGHT = 0.40  # the time of day the game opens in: a warm late afternoon
STILL = 0.47  # the time of day shown when motion is reduced

_STREET = next(layer for layer in LAYERS if layer.name.endswith("village"))
_SUN = (1010.0, 150.0)  # where the sky's sun stands
_HOUSES = (  # sprite, centre and scale in the village layer, whose lit windows these are
    ("buildings/bed_lit", 210.0, 191.5, 1.55),
    ("buildings/fridge_lit", 540.0, 197.2, 1.5833),
    ("buildings/shower_lit", 1030.0, 203.5, 1.55),
    ("buildings/job_lit", 1340.0, 185.3, 1.6667),
)
_LAMPS = ((420.0, 245.5), (830.0, 261.5), (1520.0, 247.5))  # the lamps' centres there
_LAMP_SCALE = 1.1
_STARS = 46
_FLIES = 22
_STRIDE = 60.0  # canvas units walked in a second of the walk cycle


@dataclass(frozen=True, slots=True)
class Walker:
    """Somebody out for a walk, up and down the street."""

    look: int
    speed: float  # canvas units a second on the ground, negative to the left
    start: float  # canvas x when the game opens
    foot: float  # canvas y
    cell: float  # canvas units, the size of a cell that would fit them


_WALKERS = (
    Walker(3, -34.0, 1560.0, 588.0, 100.0),
    Walker(0, 46.0, 780.0, 604.0, 108.0),
    Walker(1, 30.0, -260.0, 594.0, 102.0),
)
_LAP = 1800.0  # canvas units from leaving the picture to coming back


def time_of_day(time: float, *, reduced_motion: bool) -> float:
    """Return 0..1 (0 = 6:00) after `time` seconds of the title; nights pass twice as fast."""
    if reduced_motion:
        return STILL
    return (FIRST_LIGHT + time / DAY_S) % 1.0


def draw_village(painter: Painter, time: float, *, reduced_motion: bool) -> None:
    """Cover the canvas with the village at `time` seconds."""
    day = time_of_day(time, reduced_motion=reduced_motion)
    moved = 0.0 if reduced_motion else time
    night = lamps(day)
    painter.sprite("backdrop/sky", (640, 360), (1280, 720))
    for layer in LAYERS:
        alpha = round(255 * (1 - 0.9 * night)) if layer.name.endswith("clouds") else 255
        if layer.name.endswith("foreground"):
            for walker in _WALKERS:
                _draw_walker(painter, walker, moved)
        for left in _lefts(layer, moved):
            center = (left + WIDTH / 2, layer.top + layer.height / 2)
            painter.sprite(layer.name, center, (WIDTH, layer.height), alpha=alpha)
    painter.surface.fill(light(day), special_flags=pygame.BLEND_RGB_MULT)
    if night > 0:
        _draw_sky_lights(painter, night, moved)
        for left in _lefts(_STREET, moved):
            _draw_windows(painter, left, night)
        _draw_fireflies(painter, night, moved)


def _lefts(layer: Layer, moved: float) -> list[float]:
    """Return where the copies of a layer begin that are in the picture."""
    first = -(moved * layer.speed % WIDTH)
    return [left for left in (first, first + WIDTH) if left < 1280]


def _draw_windows(painter: Painter, left: float, night: float) -> None:
    alpha = round(255 * night)
    for name, x, y, scale in _HOUSES:
        center = (left + x, _STREET.top + y)
        painter.sprite(name, center, (120 * scale, 140 * scale), alpha=alpha)
    for x, y in _LAMPS:
        center = (left + x, _STREET.top + y)
        size = (40 * _LAMP_SCALE, 110 * _LAMP_SCALE)
        painter.sprite("effects/light", (center[0], center[1] - 34), (190, 190), alpha=alpha // 2)
        painter.sprite("scenery/lamp_lit", center, size, alpha=alpha)


def _draw_sky_lights(painter: Painter, night: float, moved: float) -> None:
    """Draw the moon over the sun, and stars that twinkle."""
    alpha = round(255 * night)
    painter.sprite("effects/halo", _SUN, (330, 330), alpha=alpha // 4)
    painter.circle(_SUN, 59, (238, 240, 250, alpha))
    for dx, dy, size in ((-18, -12, 13), (16, 14, 9), (20, -22, 6), (-10, 24, 7)):
        painter.circle((_SUN[0] + dx, _SUN[1] + dy), size, (212, 217, 236, alpha))
    for k in range(_STARS):
        x, y = between(4, 1276, 1, k), between(6, 290, 2, k)
        if math.dist((x, y), _SUN) < 90:
            continue
        twinkle = 0.65 + 0.35 * math.sin(moved * (0.8 + k % 5 * 0.3) + k)
        painter.circle((x, y), 1.0 + k % 3 * 0.45, (255, 250, 230, round(alpha * twinkle)))


def _draw_fireflies(painter: Painter, night: float, moved: float) -> None:
    for k in range(_FLIES):
        x = (k * 211 % 1280) + 40 * math.sin(moved * 0.31 + k * 1.7)
        y = 500 + (k * 137 % 190) + 16 * math.sin(moved * 0.53 + k * 2.3)
        glow = max(0.0, math.sin(moved * 0.9 + k * 2.1)) if moved else 0.8
        side = 13 + k % 3 * 4
        painter.sprite("effects/firefly", (x, y), (side, side), alpha=round(230 * night * glow))


def _draw_walker(painter: Painter, walker: Walker, moved: float) -> None:
    """Draw somebody where they are; the street glides to the left beneath them."""
    x = (walker.start + moved * (walker.speed - _STREET.speed) + 260) % _LAP - 260
    person = Person(
        0,
        0,
        facing="right" if walker.speed > 0 else "left",
        pose="walk" if moved else "idle",
        phase=moved * abs(walker.speed) / _STRIDE,
        look=walker.look,
    )
    draw_person(painter, person, (x, walker.foot - walker.cell / 3), walker.cell)
