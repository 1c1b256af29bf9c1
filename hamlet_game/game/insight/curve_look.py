"""How a learning curve is drawn: bands of stages, marks, lines, pins, and what is pointed at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.insight.fine import FinePaper
from hamlet_game.game.insight.words import clock as clock_words
from hamlet_game.game.insight.words import number, short
from hamlet_game.game.theme import Rgb, lighter, mix
from hamlet_game.game.ui.chart import nice_step

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.insight.curve_data import Clock, Curve, Exam, Stretch
    from hamlet_game.game.insight.sheet import Sheet

_SIDE_BY_SIDE = 27.0  # widths of a letter or so; in lower, wide panels return stands beside
_STAGE_ALPHA = 34
_MOST_DOTS = 40  # in one stretch; then the line alone is clearer
_TWO_PLOTS = 7.5  # lines of text; in lower panels only survival is drawn
_STAGES = ("bed", "job", "shower", "fridge")  # names of the palette, by the level's number


@dataclass(frozen=True, slots=True)
class Plot:
    """Where values lie on the canvas."""

    whole: pygame.FRect  # survival, and return if it is below
    area: pygame.FRect  # of survival
    other: pygame.FRect | None  # of return, below or beside, where there is room
    end: float  # of the x axis
    low: float  # return
    high: float

    def x(self, value: float, box: pygame.FRect | None = None) -> float:
        """Return the canvas x of a step or second, on the survival plot or on another."""
        box = box or self.area
        return box.x + box.w * min(1.0, value / self.end)

    def value(self, x: float) -> float:
        """Return the step or second at a canvas x."""
        return min(1.0, max(0.0, (x - self.area.x) / self.area.w)) * self.end

    @property
    def stacked(self) -> bool:
        """Return whether the return is below the survival, on the same x axis."""
        return self.whole.h > self.area.h

    def share(self, share: float) -> float:
        """Return the canvas y of a survival share."""
        return self.area.bottom - self.area.h * share

    def total(self, value: float) -> float:
        """Return the canvas y of a return."""
        box = self.other or self.area
        return box.bottom - box.h * (value - self.low) / (self.high - self.low)


def stage_color(painter: Painter, number_: int) -> Rgb:
    """Return the colour of the level with that number in its run."""
    return lighter(painter.palette.named(_STAGES[number_ % len(_STAGES)]), 0.18)


def layout(sheet: Sheet, curve: Curve, end: float) -> Plot:
    """Return where everything lies on a sheet."""
    box, line = sheet.box, sheet.line * 0.9
    left = sheet.width("100 %", size=0.85) + 6
    top = line * 1.05
    area = pygame.FRect(box.x + left, box.y + top, box.w - left - 4, box.h - top - line)
    totals = [exam.total for exam in curve.exams]
    low, high = min([0.0, *totals]), max([1.0, *totals])
    other, whole = None, area.copy()
    if box.h >= sheet.line * _TWO_PLOTS and totals:
        tall = area.h * 0.3
        other = pygame.FRect(area.x, area.bottom - tall, area.w, tall)
        area.h -= tall + line * 0.75
    elif box.w >= sheet.em * _SIDE_BY_SIDE and totals:
        wide = area.w * 0.3
        other = pygame.FRect(area.right - wide, area.y, wide, area.h)
        area.w -= wide + left
        whole = area.copy()
    return Plot(whole, area, other, end, low - (high - low) * 0.06, high + (high - low) * 0.06)


def draw_curve(sheet: Sheet, plot: Plot, curve: Curve, clock: Clock) -> None:
    """Draw all that stands still."""
    painter, colors = sheet.painter, sheet.painter.palette
    everything = plot.whole if plot.other is None else plot.whole.union(plot.other)
    paper = FinePaper(painter, everything.inflate(8, 8), colors.panel)
    for stretch in curve.stretches:
        _tint(paper, plot, stretch, stage_color(painter, stretch.number))
    _rules(paper, plot, sheet)
    for stretch in curve.stretches:
        _draw_lines(paper, plot, stretch, painter)
    paper.put()
    for stretch in curve.stretches:
        _draw_name(sheet, plot, stretch)
        _draw_dots(sheet, plot, stretch)
    for x in curve.brains:
        at, bottom = plot.x(x), plot.whole.bottom
        painter.line((at, bottom - 4), (at, bottom), (*colors.ghost, 190))
    for x, _ in curve.graduations:
        _draw_pin(sheet, plot, x)
    _draw_heights(sheet, plot, curve)
    _draw_times(sheet, plot, clock)


def _tint(paper: FinePaper, plot: Plot, stretch: Stretch, color: Rgb) -> None:
    for box in (plot.area, plot.other):
        if box is not None:
            left, right = plot.x(stretch.start, box), plot.x(stretch.end, box)
            paper.rect((left, box.y, max(1.0, right - left), box.h), (*color, _STAGE_ALPHA))


def _rules(paper: FinePaper, plot: Plot, sheet: Sheet) -> None:
    color, area = sheet.painter.palette.faint, plot.area
    parts = _parts(sheet, plot)
    for k in range(parts + 1):
        y = plot.share(k / parts)
        paper.rect((area.x, y - 0.5, area.w, 1), (*color, 150 if k == 0 else 80))
    if (other := plot.other) is not None:
        paper.rect((other.x, plot.total(0.0) - 0.5, other.w, 1), (*color, 150))


def _parts(sheet: Sheet, plot: Plot) -> int:
    """Return into how many parts the survival axis is divided."""
    high = plot.area.h
    return 4 if high > sheet.line * 5 else 2 if high > sheet.line * 2.2 else 1


def _draw_name(sheet: Sheet, plot: Plot, stretch: Stretch) -> None:
    """Draw a stage's strip with its name, or its number where that is too long."""
    painter = sheet.painter
    left, right = plot.x(stretch.start), plot.x(stretch.end)
    color = stage_color(painter, stretch.number)
    painter.rect((left, plot.area.y - 4, max(1.0, right - left - 1), 3.5), color)
    room, at = right - left - 6, (left + 3, plot.area.y - 4 - sheet.line * 0.42)
    for words in (stretch.name, str(stretch.number + 1)):
        if sheet.width(words, size=0.85) <= room:
            sheet.write(words, at, mix(color, painter.palette.text, 0.45), size=0.85)
            break


def _draw_heights(sheet: Sheet, plot: Plot, curve: Curve) -> None:
    """Write the numbers beside the rules."""
    ink, x = sheet.painter.palette.muted, plot.area.x - 5
    parts = _parts(sheet, plot)
    for k in range(parts + 1):
        at = (x, plot.share(k / parts))
        sheet.write(f"{100 * k // parts} %", at, ink, anchor="midright", size=0.8)
    if plot.other is None:
        return
    top, x = max(exam.total for exam in curve.exams), plot.other.x - 5
    zero = plot.total(0.0)
    sheet.write("0", (x, zero), ink, anchor="midright", size=0.8)
    if zero - plot.total(top) > sheet.line * 0.8:
        sheet.write(number(top, 0), (x, plot.total(top)), ink, anchor="midright", size=0.8)
    at = (plot.other.x + 4, plot.other.y - sheet.line * (0.3 if plot.stacked else 0.45))
    sheet.write("return", at, ink, size=0.8)


def _draw_times(sheet: Sheet, plot: Plot, clock: Clock) -> None:
    painter, colors, bottom = sheet.painter, sheet.painter.palette, plot.whole.bottom
    most = max(1, int(plot.area.w / (sheet.em * 6.5)))
    step = nice_step(plot.end, most)
    y = bottom + sheet.line * 0.5
    for k in range(math.floor(plot.end / step) + 1):
        x = plot.x(k * step)
        painter.line((x, bottom), (x, bottom + 4), colors.muted)
        words = short(k * step) if clock == "steps" else clock_words(k * step)
        wide = sheet.width(words, size=0.8)
        x = min(max(x, plot.area.x + wide / 2 - 6), plot.area.right - wide / 2 + 4)
        sheet.write(words, (x, y), colors.muted, anchor="center", size=0.8)


def _draw_lines(paper: FinePaper, plot: Plot, stretch: Stretch, painter: Painter) -> None:
    """Draw one stretch: quartiles as a band, training lives faint, exams on top."""
    colors, exams = painter.palette, stretch.exams
    stage = stage_color(painter, stretch.number)
    color, ground = mix(stage, colors.text, 0.25), mix(colors.panel, stage, _STAGE_ALPHA / 255)
    upper = [(plot.x(e.x), plot.share(e.high)) for e in exams]
    lower = [(plot.x(e.x), plot.share(e.low)) for e in exams]
    paper.polygon([*upper, *reversed(lower)], mix(ground, color, 0.26))
    lives = [(plot.x(x), plot.share(y)) for x, y in stretch.lives]
    paper.lines(lives, colors.faint, 1.5)
    paper.lines([(plot.x(e.x), plot.share(e.share)) for e in exams], color, 2.6)
    if plot.other is not None:
        totals = [(plot.x(e.x, plot.other), plot.total(e.total)) for e in exams]
        paper.lines(totals, color, 2.2)


def _draw_dots(sheet: Sheet, plot: Plot, stretch: Stretch) -> None:
    painter, colors, exams = sheet.painter, sheet.painter.palette, stretch.exams
    if stretch.mark is not None:
        _dashed(painter, plot.x(stretch.start), plot.x(stretch.end), plot.share(stretch.mark))
    color = mix(stage_color(painter, stretch.number), colors.text, 0.25)
    for exam in exams if len(exams) <= _MOST_DOTS else exams[-1:]:
        at = plot.x(exam.x), plot.share(exam.share)
        painter.circle(at, 3.6, colors.panel)
        painter.circle(at, 2.6, colors.good if exam.passed else color)


def _dashed(painter: Painter, left: float, right: float, y: float) -> None:
    x = left
    while x < right:
        painter.line((x, y), (min(x + 6, right), y), (*painter.palette.text, 200), width=1.5)
        x += 10


def _draw_pin(sheet: Sheet, plot: Plot, x: float) -> None:
    at, color = plot.x(x), sheet.painter.palette.star
    sheet.painter.line((at, plot.area.y), (at, plot.whole.bottom), (*color, 150), width=1.5)
    sheet.icon("star_full", (at, plot.area.y + sheet.em * 0.4), 1.15)


def draw_picked(sheet: Sheet, plot: Plot, x: float) -> None:
    """Mark the moment whose brain is shown."""
    at, colors = plot.x(x), sheet.painter.palette
    sheet.painter.line((at, plot.area.y), (at, plot.whole.bottom), colors.accent, width=2)
    size, y = 6.5, plot.whole.bottom
    sheet.painter.polygon(
        [(at, y - size), (at + size, y), (at, y + size), (at - size, y)], colors.accent
    )


def draw_hover(sheet: Sheet, plot: Plot, exam: Exam, words: str) -> None:
    """Point at one evaluation and write its numbers."""
    painter, colors = sheet.painter, sheet.painter.palette
    at = (plot.x(exam.x), plot.share(exam.share))
    painter.line((at[0], plot.area.y), (at[0], plot.whole.bottom), (*colors.text, 130))
    painter.circle(at, 6, colors.panel)
    painter.circle(at, 4.5, colors.accent)
    wide = min(sheet.width(words, size=0.9) + 18, sheet.box.w)
    chip = pygame.FRect(0, 0, wide, sheet.line * 1.15)
    chip.midbottom = (at[0], at[1] - 10)
    if chip.y < plot.area.y:
        chip.top = at[1] + 12
    chip.clamp_ip(sheet.box)
    painter.rect(chip, colors.panel_edge, radius=8)
    painter.rect(chip.inflate(-2, -2), colors.night, radius=7)
    sheet.write(words, chip.center, colors.text, anchor="center", fit=wide - 12, size=0.9)
