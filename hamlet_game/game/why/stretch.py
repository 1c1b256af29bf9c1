"""The last stretch of a life as a chart: its meters, and the step from which nothing helped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.theme import Rgb
from hamlet_game.game.ui.chart import nice_step
from hamlet_game.game.ui.chart_labels import draw_end_labels, label_width
from hamlet_game.game.ui.widget import SMALL
from hamlet_game.town.names import FULL
from hamlet_game.town.record import Record

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter

_TEXT = SMALL * 0.9
_LEAST, _MOST = 30, 140  # steps shown
_BEFORE = 12  # steps shown before the point of no return


@dataclass(frozen=True, slots=True)
class Mark:
    """A step with a name on a flag."""

    step: int
    text: str
    color: Rgb


def first_shown(record: Record, marks: Sequence[Mark]) -> int:
    """Return where the last stretch begins: before the marks, unless they are long ago."""
    end = record.survival
    near = [m.step for m in marks if end - m.step + _BEFORE <= _MOST]
    return max(0, min([end - _LEAST, *(step - _BEFORE for step in near)]))


class Stretch:
    """Draws it, and says which step is under the pointer."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.first = 0  # step at the left edge, as last drawn
        self._area = pygame.FRect(0, 0, 0, 0)

    def step_at(self, x: float, y: float) -> int | None:
        """Return the step at a place on the canvas, None beside the chart."""
        if not self._area.inflate(8, 40).collidepoint(x, y):
            return None
        share = min(1.0, max(0.0, (x - self._area.x) / self._area.w))
        return round(self.first + share * (self._record.survival - self.first))

    def draw(
        self,
        painter: Painter,
        box: pygame.FRect,
        marks: Sequence[Mark],
        cursor: int | None = None,
    ) -> None:
        """Draw the chart inside `box`, with a step under the cursor."""
        record, colors = self._record, painter.palette
        self.first = first_shown(record, marks)
        names = [meter.key.capitalize() for meter in record.level.shown]
        high = painter.line_height(_TEXT)
        flags = painter.line_height(SMALL, font="bold") + 12
        left = painter.measure("100", _TEXT)[0] + 10
        wide = box.w - left - label_width(painter, names, valued=False)
        self._area = pygame.FRect(box.x + left, box.y + flags, wide, box.h - flags - high - 10)
        self._ground(painter, marks)
        self._lines(painter)
        ends = [
            (m.key.capitalize(), m.key, colors.named(m.key), self._y(record.last.meters[m]), "")
            for m in record.level.shown
        ]
        draw_end_labels(painter, self._area, ends)
        self._flags(painter, marks, box)
        if cursor is not None:
            self._cursor(painter, cursor)

    def _x(self, step: float) -> float:
        span = max(1, self._record.survival - self.first)
        return self._area.x + self._area.w * (step - self.first) / span

    def _y(self, value: float) -> float:
        return self._area.bottom - self._area.h * min(FULL, value) / FULL

    def _ground(self, painter: Painter, marks: Sequence[Mark]) -> None:
        """Draw the red of danger, what comes after the first mark, and the rules."""
        colors, area, level = painter.palette, self._area, self._record.level
        edge = max(level.meters.of(meter).critical for meter in level.deadly)
        painter.rect(area, colors.track, radius=6)
        low = pygame.FRect(area.x, self._y(edge), area.w, area.bottom - self._y(edge))
        painter.rect(low, (*colors.danger, 34))
        if marks and marks[0].step >= self.first:
            x = self._x(marks[0].step)
            painter.rect((x, area.y, area.right - x, area.h), (*colors.danger, 30))
        for value in (0, 50, 100):
            y = self._y(value)
            painter.line((area.x, y), (area.right, y), (*colors.faint, 90))
            at = (area.x - 8, y)
            painter.text(f"{value}", at, _TEXT, colors.muted, anchor="midright")
        span = max(1, self._record.survival - self.first)
        room = painter.measure("00000", _TEXT)[0] * 1.8
        every = max(1, int(nice_step(span, max(1, int(area.w / room)))))
        for step in range(-(-self.first // every) * every, self._record.survival + 1, every):
            x = self._x(step)
            painter.line((x, area.bottom), (x, area.bottom + 5), colors.muted, width=1.5)
            at = (x, area.bottom + 7)
            painter.text(f"{step}", at, _TEXT, colors.muted, anchor="midtop")

    def _lines(self, painter: Painter) -> None:
        frames, colors = self._record.frames, painter.palette
        shown = range(self.first, len(frames))
        for meter in self._record.level.shown:
            fatal = meter is self._record.last.cause
            points = [(self._x(k), self._y(frames[k].meters[meter])) for k in shown]
            painter.lines(points, colors.panel, width=7 if fatal else 5)
            painter.lines(points, colors.named(meter.key), width=4.5 if fatal else 2.5)
        end = self._x(len(frames) - 1), self._y(0)
        side = 26.0
        painter.circle(end, side * 0.62, colors.panel)
        painter.sprite("icons/faint", end, (side, side))

    def _cursor(self, painter: Painter, step: int) -> None:
        """Draw a line at a step, with its number at the foot."""
        colors, x = painter.palette, self._x(step)
        painter.line((x, self._area.y), (x, self._area.bottom), colors.text, width=2)
        wide = painter.measure(f"{step}", SMALL, font="bold")[0] + 16
        chip = pygame.FRect(x - wide / 2, self._area.bottom + 3, wide, painter.line_height(SMALL))
        painter.rect(chip, colors.text, radius=chip.h / 2)
        painter.text(f"{step}", chip.center, SMALL, colors.night, anchor="center", font="bold")

    def _flags(self, painter: Painter, marks: Sequence[Mark], box: pygame.FRect) -> None:
        """Draw a pole and a flag for each mark; one long ago points to the left."""
        taken: list[pygame.FRect] = []
        for mark in marks:
            x = max(self._area.x, self._x(mark.step))
            text = mark.text if mark.step >= self.first else f"← {mark.text}"
            wide = painter.measure(text, SMALL, font="bold")[0] + 18
            high = painter.line_height(SMALL, font="bold") + 4
            flag = pygame.FRect(0, box.y, min(wide, box.w), high)
            flag.centerx = x
            flag.left = max(box.x, min(flag.left, box.right - flag.w))
            top = flag.bottom
            if any(flag.inflate(6, 0).colliderect(other) for other in taken):
                flag.y = self._area.y + 6
                flag.right = x - 6 if x - 6 - flag.w > self._area.x else x + 6 + flag.w
                top = self._area.y
            taken.append(flag)
            painter.line((x, top), (x, self._area.bottom), mark.color, width=2.5)
            painter.rect(flag, mark.color, radius=7)
            painter.text(
                text, flag.center, SMALL, painter.palette.accent_text,
                anchor="center", font="bold", fit=flag.w - 10,
            )  # fmt: skip
