"""Blocks: pieces of the panel that know their height before they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.theme import lighter

PAD = 16.0  # from a card's edge to its content
GAP = 10.0  # between blocks
RADIUS = 18.0


@dataclass(frozen=True, slots=True)
class Block:
    """Something `height` canvas units tall at the width it was measured for."""

    height: float
    draw: Callable[[pygame.FRect], None]


def stack(blocks: Sequence[Block], gap: float = GAP) -> Block:
    """Return blocks one below the other."""

    def draw(box: pygame.FRect) -> None:
        top = box.y
        for block in blocks:
            block.draw(pygame.FRect(box.x, top, box.w, block.height))
            top += block.height + gap

    return Block(sum(b.height for b in blocks) + gap * max(0, len(blocks) - 1), draw)


def card(painter: Painter, content: Block) -> Block:
    """Return a block on a card of its own, as tall as the box it is given."""

    def draw(box: pygame.FRect) -> None:
        draw_card(painter, box)
        content.draw(box.inflate(-2 * PAD, -2 * PAD))

    return Block(content.height + 2 * PAD, draw)


def draw_card(painter: Painter, box: pygame.FRect) -> None:
    """Draw a quiet card."""
    colors = painter.palette
    painter.shadow(box.move(0, 5), colors.shadow, radius=RADIUS, blur=14)
    painter.rect(box, lighter(colors.panel_edge, 0.05), radius=RADIUS)
    painter.rect(box.inflate(-3, -3), colors.panel, radius=RADIUS - 1.5)
