"""Panels: rounded cards with a soft shadow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.theme import lighter
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import HEADING

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Painter

RADIUS = 22.0
INSET = 24.0  # from the card's edge to its content


def draw_panel(
    painter: Painter,
    box: Box,
    *,
    title: str = "",
    icon: str = "",
    radius: float = RADIUS,
    raised: bool = False,
) -> pygame.FRect:
    """Draw a card, perhaps titled; return the box left for its content."""
    colors = painter.palette
    card = pygame.FRect(box)
    ground = colors.panel_raised if raised else colors.panel
    painter.shadow(card.move(0, 8), colors.shadow, radius=radius, blur=18)
    painter.rect(card, lighter(colors.panel_edge, 0.08), radius=radius)
    painter.rect(card.inflate(-3, -3), ground, radius=radius - 1.5)
    inner = card.inflate(-2 * INSET, -2 * INSET)
    if not title:
        return inner
    high = painter.line_height(HEADING, font="display")
    left = inner.x
    if icon:
        painter.sprite(icon_sprite(icon), (left + high / 2, inner.y + high / 2), (high, high))
        left += high + 10
    painter.text(
        title,
        (left, inner.y),
        HEADING,
        colors.text,
        font="display",
        fit=inner.right - left,
    )
    used = high + 12
    return pygame.FRect(inner.x, inner.y + used, inner.w, inner.h - used)


def draw_dim(painter: Painter, strength: float = 0.62) -> None:
    """Darken everything drawn so far, under a card that asks for attention."""
    painter.fill((*painter.palette.night, int(255 * strength)))
