"""Many lines at once with smooth edges, at a cost that hardly depends on how many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.painter import Painter

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Point
    from hamlet_game.game.theme import Rgb

_FINER = 2  # times


class FinePaper:
    """Paper twice as fine as a painter's surface; `put` shrinks it onto that."""

    def __init__(self, painter: Painter, box: Box, ground: Rgb) -> None:
        self._target, self._box = painter, pygame.FRect(box)
        self._size = (
            max(1, round(self._box.w * painter.scale)),
            max(1, round(self._box.h * painter.scale)),
        )
        self._surface = pygame.Surface((self._size[0] * _FINER, self._size[1] * _FINER), 0, 32)
        self._surface.fill(ground)
        self._painter = Painter(self._surface, palette=painter.palette)
        self._painter.scale = painter.scale * _FINER

    def rect(self, box: Box, color: tuple[int, int, int, int]) -> None:
        """Draw a rectangle, translucent as its colour says."""
        with self._painter.shifted(-self._box.x, -self._box.y):
            self._painter.rect(box, color)

    def lines(self, points: Sequence[Point], color: Rgb, width: float) -> None:
        """Draw a line through points with round joints; `width` in canvas units."""
        if len(points) < 2:
            return
        path, thick = self._path(points), max(1, round(width * self._painter.scale))
        pygame.draw.lines(self._surface, color, False, path, thick)
        if thick > 2:
            for point in path:
                pygame.draw.circle(self._surface, color, point, thick / 2)

    def polygon(self, points: Sequence[Point], color: Rgb) -> None:
        """Draw a filled polygon of three or more points."""
        if len(points) > 2:
            pygame.draw.polygon(self._surface, color, self._path(points))

    def put(self) -> None:
        """Show it on the painter's surface."""
        self._target.image(pygame.transform.smoothscale(self._surface, self._size), self._box)

    def _path(self, points: Sequence[Point]) -> list[Point]:
        scale = self._painter.scale
        return [((x - self._box.x) * scale, (y - self._box.y) * scale) for x, y in points]
