"""Part of the window drawn once and shown again until what it shows has changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import pygame

from hamlet_game.game.draw.cache import Cache
from hamlet_game.game.draw.painter import Painter

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box
    from hamlet_game.game.theme import Rgb


class Picture:
    """Keeps one surface. `ground` is its colour, None leaves it clear."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._surface: pygame.Surface | None = None

    def draw(
        self,
        painter: Painter,
        box: Box,
        key: Hashable,
        paint: Callable[[Painter], None],
        ground: Rgb | None = None,
    ) -> None:
        """Show the picture at `box`; `paint` makes it anew when `key` or the look changed."""
        x, y, wide, high = box
        left, top = round(x * painter.scale), round(y * painter.scale)
        size = (
            max(1, round((x + wide) * painter.scale) - left),
            max(1, round((y + high) * painter.scale) - top),
        )
        look = (tuple(box), size, painter.scale, painter.text_scale, painter.palette, ground)
        if self._surface is None or (key, look) != self._key:
            self._key = (key, look)
            surface = pygame.Surface(size, 0 if ground else pygame.SRCALPHA, 32)
            if ground:
                surface.fill(ground)
            part = Painter(
                surface,
                text_scale=painter.text_scale,
                palette=painter.palette,
                reduced_motion=painter.reduced_motion,
            )
            part.size, part.scale = painter.size, painter.scale
            with part.shifted(-left / painter.scale, -top / painter.scale):
                paint(part)
            self._surface = surface
        painter.image(self._surface, box)


_PANELS = 12  # pictures kept for one painter
_kept: WeakKeyDictionary[Painter, Cache[Picture]] = WeakKeyDictionary()


def kept_picture(painter: Painter, box: Box) -> Picture:
    """Return the picture that is kept for a place on a painter's surface."""
    mine = _kept.setdefault(painter, Cache(_PANELS))
    return mine.get(tuple(box), Picture)
