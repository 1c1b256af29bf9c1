"""The village at night, standing still: a backdrop for cards, drawn once for each pixel size."""

from __future__ import annotations

from functools import lru_cache

import pygame

from hamlet_game.game.draw.backdrop import draw_backdrop
from hamlet_game.game.draw.painter import CANVAS, Painter
from hamlet_game.game.theme import Rgb

DIM = 222  # alpha of the night over the village


def draw_still(painter: Painter) -> None:
    """Cover the canvas with the village, far darker than anything on the cards."""
    picture = _picture(painter.surface.get_size(), painter.palette.night)
    painter.image(picture, (0, 0, *CANVAS))


@lru_cache(maxsize=2)
def _picture(size: tuple[int, int], night: Rgb) -> pygame.Surface:
    """Return the picture in `size` pixels."""
    surface = pygame.Surface(size)
    painter = Painter(surface)
    draw_backdrop(painter, 0.0, reduced_motion=True)
    painter.fill((*night, DIM))
    return surface
