"""The thought bubble: beside a head, inside the town, pointing at who thinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.theme import darker, mix
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Painter, Point
    from hamlet_game.game.theme import Rgb

_PAD = 12.0
_RADIUS = 16.0
_TAIL = 22.0  # from the bubble to the head
_HALF_TAIL = 9.0
_MARGIN = 8.0  # to the edge of what it lies within
_MOST_TEXT = 1.5  # times the normal text size
_HALVINGS = 5  # towards lines of equal length
_SHARE = 0.56  # of the width it lies within
_PAPER: Rgb = (252, 248, 238)
_INK: Rgb = (44, 42, 56)


def draw_bubble(painter: Painter, text: str, at: Point, within: Box, random: bool) -> pygame.FRect:
    """Draw a thought; return its box without the tail.

    `at` is the top of the head; a random move's bubble carries a die. Where the town has
    little room, the words shrink; the bubble never leaves `within`.
    """
    room = pygame.FRect(within).inflate(-2 * _MARGIN, -2 * _MARGIN)
    size, wrap, words, badge = _measured(painter, text, room, random)
    card = pygame.FRect(0, 0, words[0] + 2 * _PAD + badge, words[1] + 2 * _PAD - 6)
    above = _place(card, at, room)
    colors = painter.palette
    edge = darker(colors.warn, 0.15) if random else mix(_INK, _PAPER, 0.55)
    paper = mix(_PAPER, colors.warn, 0.24) if random else _PAPER
    painter.shadow(card.move(0, 4), colors.shadow, radius=_RADIUS, blur=10)
    _tail(painter, card, at, edge, above=above, grown=2.5)
    painter.rect(card.inflate(4, 4), edge, radius=_RADIUS + 2)
    painter.rect(card, paper, radius=_RADIUS)
    _tail(painter, card, at, paper, above=above, grown=0.0)
    if random:
        side = badge * 0.82
        center = (card.x + _PAD + side / 2, card.centery)
        painter.circle(center, side * 0.66, edge)
        painter.sprite("icons/dice", center, (side * 0.86, side * 0.86))
    spot = (card.x + _PAD + badge, card.centery)
    painter.text(text, spot, size, _INK, anchor="midleft", font="bold", wrap=wrap, fixed=True)
    return card


def _measured(
    painter: Painter, text: str, room: pygame.FRect, random: bool
) -> tuple[float, float, tuple[float, float], float]:
    """Return text size, wrapping width, the words' size, and the width of the badge."""
    size = SMALL * 1.06 * min(painter.text_scale, _MOST_TEXT)
    while True:
        badge = size * 2.0 if random else 0.0
        wrap = max(60.0, min(max(room.w * _SHARE, size * 13), room.w) - 2 * _PAD - badge)
        words = painter.measure(text, size, font="bold", wrap=wrap, fixed=True)
        if size <= SMALL * 0.7 or words[1] + 2 * _PAD <= room.h * 0.42:
            wrap = _balanced(painter, text, size, wrap, words[1])
            words = painter.measure(text, size, font="bold", wrap=wrap, fixed=True)
            return size, wrap, words, badge
        size -= 1


def _balanced(painter: Painter, text: str, size: float, wrap: float, high: float) -> float:
    """Return the least width at which the words take no more lines: those are of equal length."""
    low = wrap * 0.5
    for _ in range(_HALVINGS):
        middle = (low + wrap) / 2
        if painter.measure(text, size, font="bold", wrap=middle, fixed=True)[1] > high:
            low = middle
        else:
            wrap = middle
    return wrap


def _place(card: pygame.FRect, at: Point, room: pygame.FRect) -> bool:
    """Move the card above the head, or below where there is no room; return whether above."""
    above = at[1] - _TAIL - card.h >= room.top
    # Off the head's own column, so that the way ahead is seen.
    lean = 0.24 if at[0] < room.centerx else 0.76
    card.x = at[0] - card.w * lean
    card.y = at[1] - _TAIL - card.h if above else at[1] + 3.4 * _TAIL
    card.clamp_ip(room)
    return above


def _tail(
    painter: Painter, card: pygame.FRect, at: Point, color: Rgb, *, above: bool, grown: float
) -> None:
    """Draw the tail from the card towards the head, `grown` wider for its edge."""
    low, high = card.left + _RADIUS + _HALF_TAIL, card.right - _RADIUS - _HALF_TAIL
    foot = min(max(at[0], low), max(low, high))
    half = _HALF_TAIL + grown
    if above:
        edge, tip = card.bottom - 1, min(at[1] - 3, card.bottom + _TAIL)
        tip = max(tip, card.bottom + 4) + grown
    else:
        edge, tip = card.top + 1, card.top - _TAIL * 0.8 - grown
    lean = max(-_TAIL, min(_TAIL, at[0] - foot))
    painter.polygon([(foot - half, edge), (foot + half, edge), (foot + lean, tip)], color)
