"""A line chart drawn directly: a few lines over steps, with pins on top for what happened."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.theme import Rgb
from hamlet_game.game.ui.chart_labels import Pin, draw_end_labels, draw_pins, label_width, pin_room
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Painter, Point

_TEXT = SMALL * 0.9
_STROKE = 3.0


@dataclass(frozen=True, slots=True)
class Series:
    """One line: `values[k]` is its height at x = k."""

    name: str
    icon: str
    color: Rgb
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Band:
    """A tinted stretch behind the lines: from `low` to `high` on the "x" or "y" axis."""

    low: float
    high: float
    color: Rgb
    axis: str = "y"
    alpha: int = 26


@dataclass(frozen=True, slots=True)
class Plot:
    """Where values lie on the canvas."""

    area: pygame.FRect
    x_max: float
    low: float
    high: float

    def x(self, value: float) -> float:
        """Return the canvas x of a step."""
        return self.area.x + self.area.w * value / self.x_max

    def y(self, value: float) -> float:
        """Return the canvas y of a height."""
        return self.area.bottom - self.area.h * (value - self.low) / (self.high - self.low)


def nice_step(span: float, most: int) -> float:
    """Return the smallest 1, 2 or 5 times a power of ten that divides `span` into ≤ `most`."""
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(float(m * power) for m in (1, 2, 5, 10) if span / (m * power) <= most + 1e-9)


def draw_chart(
    painter: Painter,
    box: Box,
    series: Sequence[Series],
    *,
    x_max: float,
    y_range: tuple[float, float] = (0.0, 100.0),
    x_name: str = "step",
    pins: Sequence[Pin] = (),
    cursor: float | None = None,
    bands: Sequence[Band] = (),
) -> pygame.FRect:
    """Draw the chart inside `box`; return the plot's area, for pointing at steps.

    A line above `y_range` raises it. With a `cursor`, labels show each line's
    value there and the pin nearest to it its text.
    """
    whole = pygame.FRect(box)
    low = y_range[0]
    top_value = max([y_range[1], *(max(s.values) for s in series if s.values)])
    high = painter.line_height(_TEXT)
    numbers = max(painter.measure(f"{v:g}", _TEXT)[0] for v in (low, round(top_value))) + 10
    labels = label_width(painter, [s.name for s in series], valued=cursor is not None)
    top = pin_room(painter) if pins else high / 2
    area = pygame.FRect(
        whole.x + numbers, whole.y + top, whole.w - numbers - labels, whole.h - top - high - 8
    )
    plot = Plot(area, max(1.0, x_max), low, top_value)
    _bands(painter, plot, bands)
    _grid(painter, plot, x_name)
    if cursor is not None:
        x = plot.x(cursor)
        painter.line((x, area.top), (x, area.bottom), (*painter.palette.text, 190), width=2)
    for line in series:
        _line(painter, plot, line)
    for line in series:
        _marks(painter, plot, line, cursor)
    ends = [
        (s.name, s.icon, s.color, plot.y(_at(s, len(s.values))), _value(s, cursor))
        for s in series
        if s.values
    ]
    draw_end_labels(painter, area, ends)
    draw_pins(painter, area, [(plot.x(pin.x), pin) for pin in pins], at=_x(plot, cursor))
    return area


def _x(plot: Plot, cursor: float | None) -> float | None:
    return None if cursor is None else plot.x(cursor)


def _at(series: Series, step: float) -> float:
    """Return a line's height at the whole step nearest within its length."""
    return series.values[min(len(series.values) - 1, max(0, round(step)))]


def _value(series: Series, cursor: float | None) -> str:
    return "" if cursor is None else f"{_at(series, cursor):.0f}"


def _bands(painter: Painter, plot: Plot, bands: Sequence[Band]) -> None:
    area = plot.area
    for band in bands:
        if band.axis == "y":
            top = plot.y(band.high)
            box = pygame.FRect(area.x, top, area.w, plot.y(band.low) - top)
        else:
            left = plot.x(band.low)
            box = pygame.FRect(left, area.y, plot.x(min(band.high, plot.x_max)) - left, area.h)
        painter.rect(box, (*band.color, band.alpha))


def _grid(painter: Painter, plot: Plot, x_name: str) -> None:
    """Draw faint rules with their numbers: heights at the left, steps below."""
    colors, area = painter.palette, plot.area
    high = painter.line_height(_TEXT)
    step = nice_step(plot.high - plot.low, max(2, min(5, int(area.h / (high * 1.6)))))
    for k in range(math.ceil(plot.low / step), math.floor(plot.high / step) + 1):
        y = plot.y(k * step)
        base = k * step == plot.low
        rule = colors.muted if base else (*colors.faint, 80)
        painter.line((area.left, y), (area.right, y), rule, width=1.5 if base else 1)
        at = (area.left - 10, y)
        painter.text(f"{k * step:g}", at, _TEXT, colors.muted, anchor="midright")
    room = painter.measure("0000", _TEXT)[0] * 1.8
    step = max(1.0, nice_step(plot.x_max, max(1, int(area.w / room))))
    last = math.floor(plot.x_max / step)
    for k in range(last + 1):
        x = plot.x(k * step)
        painter.line((x, area.bottom), (x, area.bottom + 5), colors.muted, width=1.5)
        words = f"{x_name} {k * step:g}" if k == last and last else f"{k * step:g}"
        anchor = "midtop" if k < last or not last else "topright"
        at = (min(x + 14, area.right) if anchor == "topright" else x, area.bottom + 7)
        painter.text(words, at, _TEXT, colors.muted, anchor=anchor)


def _line(painter: Painter, plot: Plot, series: Series) -> None:
    """Draw a line on a casing of the panel's colour, so that crossings stay legible."""
    points: list[Point] = [(plot.x(k), plot.y(v)) for k, v in enumerate(series.values)]
    points = _thinned(points, 1.5 / painter.scale)
    painter.lines(points, painter.palette.panel, width=_STROKE + 3)
    painter.lines(points, series.color, width=_STROKE)


def _thinned(points: list[Point], apart: float) -> list[Point]:
    """Drop points closer than `apart` along x, except where the line jumps."""
    kept = points[:1]
    for before, point in pairwise(points):
        jump = abs(point[1] - before[1]) > 4
        if jump and kept[-1] != before:
            kept.append(before)
        if jump or point[0] - kept[-1][0] >= apart or point is points[-1]:
            kept.append(point)
    return kept


def _marks(painter: Painter, plot: Plot, series: Series, cursor: float | None) -> None:
    """Draw a dot at the line's end and one under the cursor."""
    if not series.values:
        return
    end = len(series.values) - 1
    steps = [end] if cursor is None else [end, min(end, max(0, round(cursor)))]
    for step in steps:
        at = (plot.x(step), plot.y(series.values[step]))
        painter.circle(at, 6.5, painter.palette.panel)
        painter.circle(at, 4.5, series.color)
