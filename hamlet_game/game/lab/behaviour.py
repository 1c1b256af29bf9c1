"""How both agents of a trial behave in the same towns: pairs of bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.lab.page import draw_bar
from hamlet_game.game.theme import Rgb
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import SMALL
from hamlet_game.town.names import Action, Meter

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.lab.exam import Lived
    from hamlet_game.game.lab.trial import Trial
    from hamlet_game.town.level import Level

_NUMBER = 0.92  # of the small text size
_BAR = 9.0
_GAP = 18.0


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that both are compared by; `values` of yours and the standard agent."""

    name: str
    icon: str
    values: tuple[float | None, float | None]
    full: float
    form: str = "{:.0f}"


def measures(level: Level, yours: Lived | None, standard: Lived | None) -> list[Measure]:
    """Return what both are compared by, the most telling first."""
    both = (yours, standard)

    def of(value: str, index: int) -> tuple[float | None, float | None]:
        found = [None if lived is None else float(getattr(lived, value)[index]) for lived in both]
        return found[0], found[1]

    uses = [
        Measure(f"{kind.key.title()} uses", kind.key, of("uses", kind), 1.0, "{:.1f}")
        for kind in level.kinds
    ]
    most = max([1.0, *(v for use in uses for v in use.values if v is not None)])
    uses = [Measure(u.name, u.icon, u.values, most, u.form) for u in uses]
    meters = [
        Measure(meter.key.title(), meter.key, of("meters", meter), 100.0)
        for meter in Meter
        if meter in level.shown
    ]
    idle = [None if lived is None else _walks(lived) for lived in both]
    walks = Measure("Walks, %", "step", (idle[0], idle[1]), 100.0)
    return [*uses, *meters, walks]


def _walks(lived: Lived) -> float:
    return 100.0 * float(lived.mix[: Action.INTERACT].sum())


def draw_behaviour(painter: Painter, box: pygame.FRect, trial: Trial) -> None:
    """Draw as many pairs as there is room for, in rows."""
    latest = [side.latest for side in trial.sides]
    lives = [reading.lived if reading else None for reading in latest]
    found = measures(trial.level, lives[0], lives[1])
    colors = painter.palette
    line = painter.line_height(SMALL, font="bold")
    number = painter.line_height(SMALL * _NUMBER)
    row = max(number, _BAR) + 1
    cell = line + 4 + 2 * row
    title = "In the same towns: uses in 100 steps, mean of each meter"
    top = box.y
    if box.h >= line + 6 + cell:
        _draw_title(painter, box, title)
        top += line + 6
    rows = max(1, int((box.bottom - top + 8) // (cell + 8)))
    widest = max(painter.measure(m.name, SMALL, font="bold")[0] for m in found) + line + 8
    columns = min(len(found), max(1, int((box.w + _GAP) // (max(widest, 96.0) + _GAP))))
    if rows > 1:
        columns = min(columns, -(-len(found) // rows))
    wide = (box.w - _GAP * (columns - 1)) / columns
    for index, measure in enumerate(found[: rows * columns]):
        place = pygame.FRect(
            box.x + index % columns * (wide + _GAP),
            top + index // columns * (cell + 8), wide, cell,
        )  # fmt: skip
        _draw_measure(painter, place, measure, (colors.accent, colors.ghost), row)


def _draw_title(painter: Painter, box: pygame.FRect, title: str) -> None:
    """Draw the title, and whose bar is whose at the right."""
    colors, right = painter.palette, box.right
    high = painter.line_height(SMALL)
    for name, color in (("Standard", colors.ghost), ("Yours", colors.accent)):
        left = painter.text(name, (right, box.y), SMALL, colors.text, anchor="topright").left
        painter.circle((left - 10, box.y + high / 2), 5.5, color)
        right = left - 28
    painter.text(title, box.topleft, SMALL, colors.muted, fit=right - box.x)


def _draw_measure(
    painter: Painter, box: pygame.FRect, measure: Measure, hues: tuple[Rgb, Rgb], row: float
) -> None:
    """Draw name and two bars with their numbers."""
    colors = painter.palette
    line = painter.line_height(SMALL, font="bold")
    painter.sprite(icon_sprite(measure.icon), (box.x + line / 2, box.y + line / 2), (line, line))
    at = (box.x + line + 6, box.y + line / 2)
    room = box.w - line - 6
    painter.text(measure.name, at, SMALL, colors.text, anchor="midleft", font="bold", fit=room)
    numbers = [measure.form.format(v) if v is not None else "…" for v in measure.values]
    widest = max(painter.measure(text, SMALL * _NUMBER)[0] for text in ("100", *numbers)) + 8
    top = box.y + line + 4
    for value, hue, text in zip(measure.values, hues, numbers, strict=True):
        bar = pygame.FRect(box.x, top + (row - _BAR) / 2, max(10.0, box.w - widest), _BAR)
        draw_bar(painter, bar, 0.0, (value or 0.0) / measure.full, hue)
        spot = (box.right, top + row / 2)
        painter.text(text, spot, SMALL * _NUMBER, colors.text, anchor="midright")
        top += row
