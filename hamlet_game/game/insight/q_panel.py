"""The Q-value panel: five raw numbers, what each is above or below their mean, and the choice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command
from hamlet_game.game.insight.axis import Axis, axes
from hamlet_game.game.insight.sheet import Sheet, kept_sheet, open_sheet, say_nothing_yet
from hamlet_game.game.insight.words import action_name, decimals_for, number, percent, signed
from hamlet_game.game.theme import mix
from hamlet_game.game.ui.look import arrow
from hamlet_game.town.names import Action

if TYPE_CHECKING:
    from hamlet_game.game.agents.players import Thought
    from hamlet_game.game.draw.painter import Box, Painter

RULES = "No numbers to show: who plays now follows rules, not values."
_ROWS = len(Action)
_BAR = 0.56  # of a row's height
_THICKEST = 1.6  # widths of a letter or so, a bar's height
_TALLEST = 2.6  # likewise, the frame around a row
_GROWN = 0.34  # of a row's height: as large letters may become where there is room,
_MOST_GROWN = 1.4  # times the usual size
_WIDE = 27.0  # widths of a letter or so; from there on the values have bars of their own
_DIRECTIONS = {
    Action.UP: Command.UP,
    Action.DOWN: Command.DOWN,
    Action.LEFT: Command.LEFT,
    Action.RIGHT: Command.RIGHT,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One action as the panel says it."""

    action: Action
    value: float  # Q, or the probability
    text: str  # the same as words
    beside: float  # the advantage, or the log-probability
    note: str  # the same as words
    best: bool
    chosen: bool


def rows(thought: Thought) -> tuple[Row, ...]:
    """Return what the panel says of each action."""
    told: list[tuple[float, str, float, str]]
    if thought.measures == "log_probability":
        told = [(exp(v), percent(v), v, f"log p {number(v)}") for v in thought.values]
    else:
        digits = min(2, decimals_for(thought.values))
        told = [
            (v, number(v, digits), a, signed(a, 2))
            for v, a in zip(thought.values, thought.advantage, strict=True)
        ]
    return tuple(
        Row(action, *told[action], action is thought.best, action is thought.chosen)
        for action in Action
    )


def badge(thought: Thought) -> str:
    """Return what is said of a move that the player would not have made."""
    own = action_name(thought.best)
    if thought.random:
        return f"random move (would have: {own})"
    return "" if thought.chosen is thought.best else f"driven (would have: {own})"


def draw_q(painter: Painter, box: Box, thought: Thought | None, *, none: str = RULES) -> None:
    """Draw the numbers behind a choice, raw; where there are none say why, which is `none`.

    Bars start at zero: of a value, or of how far it is above or below the mean of all five.
    """
    ends = () if thought is None else _axes(painter, box, thought)
    kept_sheet(
        painter, box, (thought, ends, none), lambda part: _draw(part, box, thought, ends, none)
    )


Ends = tuple[tuple[float, float], ...]  # of the axes: of the values, of what stands beside


def _axes(painter: Painter, box: Box, thought: Thought) -> Ends:
    """Return the ends of both bars' axes, which follow the values smoothly."""
    if thought.measures == "log_probability":
        return ((0.0, 1.0), (0.0, 1.0))
    card, most = pygame.FRect(box), max(abs(value) for value in thought.advantage)
    values = axes.of(painter, card, thought.values)
    beside = axes.of(painter, card.move(0, card.h), (-most, most))
    return ((values.low, values.high), (beside.low, beside.high))


def _draw(
    painter: Painter, box: Box, thought: Thought | None, ends: Ends, none: str = RULES
) -> None:
    if thought is None:
        sheet = open_sheet(painter, box, "Q-values", "help", rows=_ROWS, card=False)
        say_nothing_yet(sheet, none)
        return
    probable = thought.measures == "log_probability"
    title, note = ("Chances", "p, log p") if probable else ("Q-values", "raw Q, advantage")
    said = badge(thought)
    sheet = open_sheet(painter, box, title, "help", rows=_ROWS, note=note, badge=said, card=False)
    table = rows(thought)
    high = sheet.box.h / _ROWS
    sheet = _grown(sheet, high)
    columns = _bars(sheet, table, ends, probable=probable)
    for index, row in enumerate(table):
        line = pygame.FRect(sheet.box.x, sheet.box.y + index * high, sheet.box.w, high)
        _draw_name(sheet, line, row)
        for column in columns:
            column.draw(sheet, line, row)


def _grown(sheet: Sheet, high: float) -> Sheet:
    """Return the sheet with larger letters where rows are so high that they would look lost."""
    wished = min(high * _GROWN, sheet.em * _MOST_GROWN, sheet.box.w / _WIDE)
    return replace(sheet, em=max(sheet.em, wished))


@dataclass(frozen=True, slots=True)
class _Column:
    """A number and perhaps its bar, from `left` to `right`."""

    left: float
    right: float
    beside: bool  # shows the advantage instead of the value
    axis: Axis | None  # None: the number alone
    words: float  # width of the widest number

    def draw(self, sheet: Sheet, line: pygame.FRect, row: Row) -> None:
        colors, middle = sheet.painter.palette, line.centery
        value, text = (row.beside, row.note) if self.beside else (row.value, row.text)
        ink = colors.text if row.best or row.chosen else colors.muted
        if self.beside and row.best:
            ink = colors.good
        sheet.write(text, (self.right, middle), ink, anchor="midright", bold=not self.beside)
        if self.axis is None:
            return
        track = pygame.FRect(self.left, 0, self.right - self.words - self.left, 0)
        track.h = min(line.h * _BAR, sheet.em * _THICKEST)
        track.w -= sheet.em * 0.6
        track.centery = middle
        _draw_bar(sheet, track, self.axis, value, best=row.best)


def _bars(
    sheet: Sheet, table: tuple[Row, ...], ends: Ends, *, probable: bool
) -> tuple[_Column, ...]:
    """Return the columns that fit: numbers always, bars where there is room."""
    em, value_axis, axis = sheet.em, Axis(*ends[0]), Axis(*ends[1])
    values = max(sheet.width(row.text, bold=True) for row in table)
    notes = max(sheet.width(row.note) for row in table)
    left, right, gap = sheet.box.x + em * 4.5, sheet.box.right, em * 0.9
    if probable:
        roomy = right - left - notes - gap - values > em * 3
        edge = right - (notes + gap if roomy else 0.0)
        found = [_Column(left, edge, False, value_axis, values)]
        return (*found, _Column(edge, right, True, None, notes)) if roomy else tuple(found)
    if sheet.box.w >= em * _WIDE:
        middle = left + (right - left) * 0.52
        return (
            _Column(left, middle - gap, False, value_axis, values),
            _Column(middle, right, True, axis, notes),
        )
    edge = left + values
    return (
        _Column(left, edge, False, None, values),
        _Column(edge + gap, right, True, axis, notes),
    )


def _draw_name(sheet: Sheet, line: pygame.FRect, row: Row) -> None:
    painter, colors, middle = sheet.painter, sheet.painter.palette, line.centery
    if row.chosen:
        frame, radius = line.inflate(8, -1), min(9, line.h / 2)
        frame.h = min(frame.h, sheet.em * _TALLEST)
        frame.centery = middle
        painter.rect(frame, (*colors.accent, 40), radius=radius)
        painter.rect(frame, (*colors.accent, 210), radius=radius, width=2)
    ink = colors.text if row.best or row.chosen else colors.muted
    size = min(sheet.em, line.h * 0.8)
    at = (line.x + size * 0.7, middle)
    if row.action in _DIRECTIONS:
        arrow(painter, at, size * 0.82, _DIRECTIONS[row.action], ink)
    else:
        painter.circle(at, size * 0.42, ink, width=size * 0.16)
        painter.circle(at, size * 0.14, ink)
    spot, room = (line.x + size * 1.6, middle), sheet.em * 2.8
    sheet.write(action_name(row.action).capitalize(), spot, ink, fit=room, size=0.9, bold=row.best)


def _draw_bar(sheet: Sheet, track: pygame.FRect, axis: Axis, value: float, *, best: bool) -> None:
    painter, colors = sheet.painter, sheet.painter.palette
    if track.w < 12:
        return
    radius = min(5.0, track.h / 2)
    painter.rect(track, colors.track, radius=radius)
    zero = axis.place(0.0, track.left, track.right)
    end = axis.place(value, track.left, track.right)
    color = colors.good if best else mix(colors.ghost, colors.panel, 0.42)
    filled = pygame.FRect(min(zero, end), track.y, max(2.0, abs(end - zero)), track.h)
    painter.rect(filled, color, radius=min(radius, filled.w / 2))
    if track.left + 1 < zero < track.right - 1:
        line = (*colors.text, 170)
        painter.line((zero, track.y - 3), (zero, track.bottom + 3), line, width=1.5)
