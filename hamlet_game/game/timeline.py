"""A timeline to scrub: the meters as thin lines, what happened as pins, and a handle to drag."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Pointer, PointerKind
from hamlet_game.game.theme import mix
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.panel import draw_panel
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.moments import Moment
    from hamlet_game.town.record import Record

_HEIGHT = 120.0  # canvas units, card included
_SLIM = 84.0  # without room for the lines
_SLIM_FROM = 1.5  # text scale
_INSET = 14.0
_SIDE = 20.0  # free left and right, so that the handle stays on the card
_PIN = 11.0  # radius
_RAIL = 8.0
_HANDLE = 10.0  # radius
_LOWEST = 20.0  # a plot lower than this has no lines
_POINTS = 240  # of a line; more can't be told apart


def timeline_height(painter: Painter) -> float:
    """Return the height of a timeline's card; where text is large, the lines give way to it."""
    return _HEIGHT if painter.text_scale < _SLIM_FROM else _SLIM


class Timeline:
    """Shows a whole life under a cursor. Boxes are canvas units."""

    def __init__(self, record: Record, moments: Sequence[Moment]) -> None:
        self.box = pygame.FRect(0, 0, 0, 0)
        self.moments = list(moments)
        self.dragging = False
        self._record = record
        self._last = max(1, record.survival)
        self._hover: float | None = None  # step under the pointer
        every = max(1, len(record.frames) // _POINTS)
        self._steps = [*range(0, record.survival, every), record.survival]
        self._red = _red_spans(record)

    # Places.
    @property
    def plot(self) -> pygame.FRect:
        """Return where the lines are."""
        top = self.box.y + _INSET + 2 * _PIN + 8
        bottom = self.box.bottom - _INSET - 2 * _HANDLE
        return pygame.FRect(self.box.x + _SIDE, top, self.box.w - 2 * _SIDE, bottom - top)

    def x(self, step: float) -> float:
        """Return the canvas x of a step."""
        return self.plot.x + self.plot.w * step / self._last

    def xs(self, steps: Sequence[int]) -> list[float]:
        """Return the canvas x of many steps."""
        plot = self.plot
        each = plot.w / self._last
        return [plot.x + each * step for step in steps]

    def step_at(self, x: float) -> int:
        """Return the step at a canvas x, kept on the timeline."""
        share = (x - self.plot.x) / max(1.0, self.plot.w)
        return round(min(1.0, max(0.0, share)) * self._record.survival)

    def hide(self) -> None:
        """Be nowhere: it is not shown."""
        self.box, self.dragging = pygame.FRect(0, 0, 0, 0), False

    # Events.
    def pointer(self, event: Pointer) -> int | None:
        """Answer the pointer; return the step it drags or clicks to. Clicks on pins go to them."""
        inside = self.box.collidepoint(event.x, event.y)
        if event.kind is PointerKind.UP or (event.kind is PointerKind.MOVE and not event.held):
            self.dragging = False
        if event.kind is PointerKind.DOWN and inside:
            self.dragging = True
            pin = self._pin_at(event)
            return pin.step if pin else self.step_at(event.x)
        if event.kind is PointerKind.MOVE:
            self._hover = event.x if inside or self.dragging else None
            return self.step_at(event.x) if self.dragging else None
        return None

    def _pin_at(self, event: Pointer) -> Moment | None:
        if event.y > self.plot.y or not self.moments:
            return None
        nearest = min(self.moments, key=lambda moment: abs(self.x(moment.step) - event.x))
        return nearest if abs(self.x(nearest.step) - event.x) <= _PIN else None

    # Drawing.
    def draw(self, painter: Painter, at: float) -> None:
        """Draw the timeline with its cursor at a step."""
        draw_panel(painter, self.box, radius=18)
        self._draw_plot(painter)
        if self.plot.h > _LOWEST:
            self._draw_lines(painter)
        self._draw_rail(painter, at)
        self._draw_pins(painter, at)
        if self._hover is not None:
            self._draw_tip(painter, self._hover)

    def _draw_plot(self, painter: Painter) -> None:
        colors, plot = painter.palette, self.plot
        painter.rect(plot, colors.track, radius=6)
        for start, end in self._red:
            box = (self.x(start), plot.y, max(2.0, self.x(end) - self.x(start)), plot.h)
            painter.rect(box, (*colors.danger, 44))

    def _draw_lines(self, painter: Painter) -> None:
        plot, frames = self.plot.inflate(0, -6), self._record.frames
        places = self.xs(self._steps)
        for meter in self._record.level.shown:
            color = painter.palette.named(meter.key)
            heights = [plot.bottom - plot.h * frames[k].meters[meter] / 100 for k in self._steps]
            painter.lines(list(zip(places, heights, strict=True)), color, width=2)

    def _draw_rail(self, painter: Painter, at: float) -> None:
        colors, plot, x = painter.palette, self.plot, self.x(at)
        y = plot.bottom + _HANDLE + 2
        rail = pygame.FRect(plot.x, y - _RAIL / 2, plot.w, _RAIL)
        painter.rect(rail, colors.track, radius=_RAIL / 2)
        if x > rail.x + 1:
            painter.rect((rail.x, rail.y, x - rail.x, rail.h), colors.accent, radius=_RAIL / 2)
        painter.line((x, plot.y - 4), (x, y), (*colors.text, 220), width=2)
        painter.circle((x, y + 1.5), _HANDLE, (0, 0, 0, 90))
        painter.circle((x, y), _HANDLE, colors.text)
        painter.circle((x, y), _HANDLE - 4, colors.accent)

    def _draw_pins(self, painter: Painter, at: float) -> None:
        colors, plot = painter.palette, self.plot
        y, taken = plot.y - _PIN - 5, -1e9
        for moment in self.moments:
            x, color = self.x(moment.step), colors.named(moment.color)
            now = abs(at - moment.step) < 0.5
            if x - _PIN < taken and not now:
                painter.circle((x, plot.y - 3), 2.5, color)
                continue
            taken = x + _PIN + 1
            radius = _PIN + (2 if now else 0)
            painter.line((x, y), (x, plot.bottom), (*color, 70), width=1.5)
            painter.circle((x, y), radius, colors.text if now else color)
            painter.circle((x, y), radius - 2, mix(colors.panel, color, 0.35))
            painter.sprite(icon_sprite(moment.icon), (x, y), (radius * 1.35, radius * 1.35))

    def _draw_tip(self, painter: Painter, x: float) -> None:
        """Write what is under the pointer on a chip above the card."""
        step = self.step_at(x)
        near = [m for m in self.moments if abs(self.x(m.step) - x) <= _PIN]
        what = min(near, key=lambda m: abs(self.x(m.step) - x)) if near else None
        text = f"Step {what.step} · {what.text}" if what else f"Step {step}"
        wide, high = painter.measure(text, SMALL, font="bold")
        chip = pygame.FRect(0, 0, min(wide + 24, self.box.w), high + 10)
        chip.midbottom = (x, self.box.y - 4)
        chip.left = max(self.box.x, min(chip.left, self.box.right - chip.w))
        colors = painter.palette
        painter.rect(chip, colors.panel_raised, radius=chip.h / 2)
        painter.rect(chip, colors.panel_edge, radius=chip.h / 2, width=1.5)
        painter.text(
            text, chip.center, SMALL, colors.text, anchor="center", font="bold", fit=chip.w - 20
        )


def _red_spans(record: Record) -> list[tuple[int, int]]:
    """Return the stretches of steps in which a deadly meter is critical."""
    level = record.level
    edges = [(meter, level.meters.of(meter).critical) for meter in level.deadly]
    red = [any(frame.meters[m] < edge for m, edge in edges) for frame in record.frames]
    changes = [0, *(k for k, (a, b) in enumerate(pairwise(red), start=1) if a != b), len(red) - 1]
    return [(start, end) for start, end in pairwise(changes) if red[start]]
