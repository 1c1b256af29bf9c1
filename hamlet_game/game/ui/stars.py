"""A row of stars, some of them earned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.theme import darker, lighter
from hamlet_game.game.ui.look import star_points

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter, Point

STARS = 3


def draw_stars(
    painter: Painter,
    center: Point,
    size: float,
    earned: int,
    *,
    total: int = STARS,
    pops: float | None = None,
) -> pygame.FRect:
    """Draw `earned` of `total` stars of diameter `size` around `center`; return their box.

    `pops` (0..earned) lets them arrive one after another: 1.5 is one whole star
    and one half-way in.
    """
    step = size * 1.16
    box = pygame.FRect(0, 0, step * (total - 1) + size, size)
    box.center = center
    for index in range(total):
        x = box.x + size / 2 + index * step
        _socket(painter, (x, center[1]), size)
        shown = 1.0 if pops is None else min(1.0, max(0.0, pops - index))
        if index < earned and shown > 0:
            # Overshoots by a fifth before it settles.
            grown = shown if pops is None else shown * (1 + 0.8 * (1 - shown))
            _star(painter, (x, center[1]), size * grown)
    return box


def _socket(painter: Painter, center: Point, size: float) -> None:
    colors = painter.palette
    painter.polygon(star_points(center, size * 0.52), colors.panel_edge)
    painter.polygon(star_points(center, size * 0.42), colors.track)


def _star(painter: Painter, center: Point, size: float) -> None:
    color = painter.palette.star
    painter.polygon(
        star_points((center[0], center[1] + size * 0.05), size * 0.56), darker(color, 0.45)
    )
    painter.polygon(star_points(center, size * 0.54), color)
    painter.polygon(
        star_points((center[0], center[1] - size * 0.02), size * 0.33), lighter(color, 0.42)
    )
