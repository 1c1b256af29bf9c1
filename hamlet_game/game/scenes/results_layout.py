"""Where the results put their cards and buttons, at every text size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.ui import layout

if TYPE_CHECKING:
    import pygame

    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scenes.results_cards import Card, HeadCard
    from hamlet_game.game.scenes.results_chart import ChartCard
    from hamlet_game.game.ui.button import Button

LEFT, WIDE = 36.0, CANVAS[0] - 72.0  # canvas units
SIDE = 400.0  # the width of score and stars beside the chart
TOP, GAP = 20.0, 14.0
CROWDED = 1.1  # buttons may ask for so much more than a line before they take another
BESIDE = 10.0  # between buttons
TWO_COLUMNS_UP_TO = 1.3  # text scale


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of the results."""

    head: HeadCard
    sides: Sequence[Card]  # score and stars
    chart: ChartCard

    @property
    def all(self) -> list[Card]:
        """Return them in the order one reads them."""
        return [self.head, *self.sides, self.chart]


def place_buttons(painter: Painter, buttons: Sequence[Button], floor: float) -> float:
    """Put the buttons above `floor`, in as many lines as they need; return their top edge."""
    wanted = sum(button.preferred(painter)[0] + BESIDE for button in buttons)
    lines = max(1, math.ceil(wanted / (WIDE * CROWDED)))
    high = buttons[0].preferred(painter)[1]
    top = floor - lines * high - (lines - 1) * BESIDE
    each, more = divmod(len(buttons), lines)
    first = 0
    for line in range(lines):
        last = first + each + (line < more)
        box = (LEFT, top + line * (high + BESIDE), WIDE, high)
        layout.row(painter, box, buttons[first:last], gap=BESIDE)
        first = last
    return top


def place_cards(painter: Painter, cards: Cards, view: pygame.FRect) -> None:
    """Put the cards side by side, or one below the other where text is large."""
    chart, sides = cards.chart, cards.sides
    two = painter.text_scale <= TWO_COLUMNS_UP_TO
    side = SIDE if two else view.w
    cards.head.wide = view.w
    top = layout.column(painter, (*view.topleft, view.w, 0), [cards.head]).bottom + GAP
    for card in sides:
        card.wide = side
    left = layout.column(painter, (view.x, top, side, 0), sides, gap=GAP)
    if two:
        chart.wide, chart.tall = view.w - side - GAP, max(left.h, view.bottom - top)
        layout.column(painter, (left.right + GAP, top, chart.wide, 0), [chart])
        sides[-1].box.h = chart.box.bottom - sides[-1].box.y
    else:
        chart.wide, chart.tall = view.w, 0.0
        layout.column(painter, (view.x, left.bottom + GAP, view.w, 0), [chart])
    scrolls = chart.box.bottom > view.bottom
    for card in (cards.head, *sides):
        card.focusable = scrolls  # so that keys can scroll to it
