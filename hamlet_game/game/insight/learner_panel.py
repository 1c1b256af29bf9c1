"""The learner's gauges: exploring, loss, memory, speed, each with what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.insight.learner_data import Gauge, gauges
from hamlet_game.game.insight.sheet import INSET, Sheet, kept_sheet, open_sheet, say_nothing_yet
from hamlet_game.game.theme import lighter

if TYPE_CHECKING:
    from hamlet_game.game.desk.history import History
    from hamlet_game.game.draw.painter import Box, Painter

_BAR = 4.0  # times the text size that a bar keeps at least beside a hint
_READABLE = 12.0  # text size that the last gauges are dropped for
_HINT = 0.84  # of the text size
_BELOW = 2.05  # lines a gauge takes with its hint below


@dataclass(frozen=True, slots=True)
class _Columns:
    """Widths of what stands in a line."""

    names: float
    texts: float
    hints: float  # 0: no hints beside
    below: bool  # hints stand below


def draw_learner(painter: Painter, box: Box, history: History) -> None:
    """Draw the learner's numbers; where there is little room, without hints or the last ones."""
    last = history.progress[-1].step if history.progress else None
    begun = bool(history.levels)
    key = (id(history), last, len(history.progress), begun)
    kept_sheet(painter, box, key, lambda part: _draw(part, box, gauges(history), begun))


def _draw(painter: Painter, box: Box, known: tuple[Gauge, ...], begun: bool = True) -> None:
    fits = int((box[3] - 2 * INSET) / (_READABLE * 1.38) - 1.4)
    rows = max(3.0, min(len(known), fits))
    sheet = open_sheet(painter, box, "Learner", "gear", rows=rows, card=False)
    if not known:
        soon = "Waiting for its first report: it is still filling its memory."
        say_nothing_yet(sheet, soon if begun else "Its numbers begin as soon as training does.")
        return
    known = known[: max(1, int((sheet.box.h + 2) / sheet.line))]
    names = max(sheet.width(g.name, bold=True) for g in known) + sheet.em * 0.8
    texts = max(sheet.width(g.text) for g in known)
    hints = max(sheet.width(g.hint, size=_HINT) for g in known) + sheet.em
    beside = names + texts + hints + sheet.em * _BAR <= sheet.box.w
    below = not beside and sheet.box.h >= len(known) * sheet.line * _BELOW
    columns = _Columns(names, texts, hints if beside else 0.0, below)
    high = sheet.box.h / len(known)
    for index, gauge in enumerate(known):
        place = pygame.FRect(sheet.box.x, sheet.box.y + index * high, sheet.box.w, high)
        _draw_gauge(sheet, place, gauge, columns)


def _draw_gauge(sheet: Sheet, box: pygame.FRect, gauge: Gauge, columns: _Columns) -> None:
    colors = sheet.painter.palette
    tall = sheet.line * (1.9 if columns.below else 1.0)
    middle = box.y + (box.h - tall) / 2 + sheet.line / 2
    sheet.write(gauge.name, (box.x, middle), colors.text, bold=True, fit=columns.names)
    right = box.right - columns.hints
    room = right - box.x - columns.names - sheet.em * 0.5
    sheet.write(gauge.text, (right, middle), colors.text, anchor="midright", fit=room)
    left, right = box.x + columns.names, right - columns.texts - sheet.em * 0.7
    track = pygame.FRect(left, middle - sheet.em * 0.36, right - left, sheet.em * 0.72)
    if track.w > sheet.em * 2:
        if gauge.spark:
            _draw_spark(sheet.painter, track.inflate(0, sheet.em * 0.6), gauge.spark)
        elif gauge.share is not None:
            _draw_bar(sheet.painter, track, gauge.share, gauge.mark)
    if columns.below:
        spot = (box.x, middle + sheet.line * 0.88)
        sheet.write(gauge.hint, spot, colors.muted, size=_HINT, fit=box.w)
    elif columns.hints:
        spot = (box.right - columns.hints + sheet.em, middle)
        sheet.write(gauge.hint, spot, colors.muted, size=_HINT)


def _draw_bar(painter: Painter, track: pygame.FRect, share: float, mark: float | None) -> None:
    colors, radius = painter.palette, track.h / 2
    painter.rect(track, colors.track, radius=radius)
    if share > 0:
        filled = pygame.FRect(track.x, track.y, max(track.h, track.w * min(1.0, share)), track.h)
        painter.rect(filled, colors.energy, radius=radius)
    if mark is not None:
        x = track.x + radius + (track.w - 2 * radius) * min(1.0, mark)
        painter.line((x, track.y - 2), (x, track.bottom + 2), lighter(colors.accent, 0.2), width=3)


def _draw_spark(painter: Painter, box: pygame.FRect, spark: tuple[float, ...]) -> None:
    colors = painter.palette
    painter.rect(box, colors.track, radius=4)
    inner = box.inflate(-8, -6)
    last = max(1, len(spark) - 1)
    points = [
        (inner.x + inner.w * k / last, inner.bottom - inner.h * v) for k, v in enumerate(spark)
    ]
    painter.lines(points, colors.warn, width=2)
    painter.circle(points[-1], 3.2, colors.text)
