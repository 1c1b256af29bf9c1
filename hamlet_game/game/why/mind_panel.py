"""What a brain thinks of the frame on screen: its numbers, and the same in a line of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import stream
from hamlet_game.game.insight.q_panel import draw_q
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.settings import Settings
    from hamlet_game.game.why.reading import Reading
    from hamlet_game.town.record import Record

_ROWS = 4.9  # lines of numbers and their title, in text heights
_GAP = 10.0
_LINES = ((1.2, 2), (1.6, 1), (9.0, 0))  # up to which text scale, how many lines below


def draw_mind(
    painter: Painter, box: pygame.FRect, reading: Reading, frame: int, settings: Settings
) -> float:
    """Draw at the top of `box`; return how much of its height that took, the gap included.

    Below the thought stands what the rules gave for the step before it, by reward terms.
    """
    colors, line = painter.palette, painter.line_height(SMALL)
    lines = next(count for upto, count in _LINES if painter.text_scale <= upto)
    high = min(box.h * (0.5 if lines > 1 else 0.4), line * _ROWS + 34)
    numbers = pygame.FRect(box.x, box.y, box.w, high)
    draw_q(painter, numbers, reading.at(frame), none=why_none(reading))
    words = reading.words(frame)
    thought = f"{reading.player.name}: {words}" if words else reading.player.name
    top = box.y + high + 4
    if lines:
        under = pygame.FRect(box.x, top - 2, box.w, lines * line + 4)
        stream.under(painter, settings, under)
    for text in (thought, rewarded(reading.record, frame))[:lines]:
        painter.text(text, (box.x + 6, top), SMALL, colors.muted, fit=box.w - 12)
        top += line
    return top - box.y + _GAP


def why_none(reading: Reading) -> str:
    """Return why there are no numbers where there are none."""
    if not reading.done:
        return f"{reading.player.name} reads the whole life…"
    if not reading.record.over:
        return "The recording ends here."
    return "The life has ended: nothing is left to choose."


def rewarded(record: Record, frame: int) -> str:
    """Return a step's reward and the terms it is made of."""
    step = record.frames[frame]
    terms = [f"{name.replace('_', ' ')} {_exact(v)}" for name, v in step.terms.items() if v]
    told = f": {', '.join(terms)}" if len(terms) > 1 else ""
    return f"Reward {_exact(step.reward)}{told}"


def _exact(value: float) -> str:
    return "0" if not value else f"{'+' if value > 0 else '−'}{abs(value):.2f}"
