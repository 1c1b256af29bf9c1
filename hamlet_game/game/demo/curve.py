"""A learning curve with a few named stops, drawn as far as the story has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.theme import mix
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter, Point
    from hamlet_game.town.level import Level

_MOST_TEXT = 1.5  # times the normal size


@dataclass(frozen=True, slots=True)
class Stop:
    """A moment of the training: a name, the practice so far, and the steps lived."""

    name: str
    practice: str
    survival: float


def draw_curve(
    painter: Painter, box: pygame.FRect, stops: list[Stop], grown: float, level: Level
) -> None:
    """Draw the steps lived at each stop; `grown` stops of the line have been drawn so far."""
    colors = painter.palette
    size = SMALL * min(_MOST_TEXT, painter.text_scale)
    high = painter.line_height(size, fixed=True)
    heading = f"Steps lived in {level.name}, of {level.steps}"
    painter.text(heading, box.topleft, size, colors.muted, fit=box.w, fixed=True)
    left = box.x + painter.measure(str(level.steps), size, fixed=True)[0] + 12
    plot = pygame.FRect(left, box.y + high * 1.9, box.right - left - 10, 0)
    plot.h = box.bottom - high - 12 - plot.y
    _draw_rules(painter, plot, level, size)
    points = [
        (
            plot.x + plot.w * (k + 0.5) / len(stops),
            plot.bottom - plot.h * stop.survival / level.steps,
        )
        for k, stop in enumerate(stops)
    ]
    _draw_line(painter, plot, points, grown)
    for k, (stop, point) in enumerate(zip(stops, points, strict=True)):
        if k <= grown + 1e-6:
            _draw_stop(painter, stop, point, size, newest=k + 1 > grown)
            room = plot.w / len(stops) - 6
            ink = colors.accent if k + 1 > grown else colors.text
            below = (point[0], plot.bottom + 8)
            painter.text(stop.name, below, size, ink, anchor="midtop", fit=room, fixed=True)


def _draw_rules(painter: Painter, plot: pygame.FRect, level: Level, size: float) -> None:
    colors = painter.palette
    for share in (0.0, 0.5, 1.0):
        y = plot.bottom - plot.h * share
        ink = colors.muted if share == 0 else (*colors.faint, 120)
        painter.line((plot.left, y), (plot.right, y), ink, width=1.5)
        number = f"{level.steps * share:.0f}"
        at = (plot.left - 8, y)
        painter.text(number, at, size, colors.muted, anchor="midright", fixed=True)


def _draw_line(painter: Painter, plot: pygame.FRect, points: list[Point], grown: float) -> None:
    """Draw the line up to where it has grown, on a tinted ground."""
    colors, whole = painter.palette, int(grown)
    drawn = points[: whole + 1]
    if whole + 1 < len(points) and grown > whole:
        (x0, y0), (x1, y1) = points[whole], points[whole + 1]
        part = grown - whole
        drawn = [*drawn, (x0 + (x1 - x0) * part, y0 + (y1 - y0) * part)]
    if len(drawn) < 2:
        return
    ground = [(drawn[0][0], plot.bottom), *drawn, (drawn[-1][0], plot.bottom)]
    painter.polygon(ground, (*colors.good, 34))
    painter.lines(drawn, mix(colors.night, colors.panel, 0.85), width=8)
    painter.lines(drawn, colors.good, width=5)


def _draw_stop(painter: Painter, stop: Stop, point: Point, size: float, *, newest: bool) -> None:
    """Draw a dot with its number above."""
    colors = painter.palette
    ink = colors.accent if newest else colors.text
    if newest:
        painter.circle(point, 15, (*colors.accent, 70))
    painter.circle(point, 8, colors.accent if newest else colors.good)
    at = (point[0], point[1] - 13)
    number = f"{stop.survival:.0f}"
    painter.text(number, at, size * 1.15, ink, anchor="midbottom", font="bold", fixed=True)
