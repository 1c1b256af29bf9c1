"""The minimap: the whole city in little, where people are, and what is in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pygame

from hamlet_game.game.draw import daylight

if TYPE_CHECKING:
    from hamlet_game.game.city.camera import Lens
    from hamlet_game.game.city.city import Moment
    from hamlet_game.game.city.crowd import Places
    from hamlet_game.game.draw.painter import Painter, Point

_PEOPLE = (255, 244, 214)
_TROUBLE = (255, 92, 80)
_EDGE = 4.0


class Minimap:
    """Draws the map and knows which place of the city was pointed at."""

    def __init__(self, width: int, height: int) -> None:
        self._size = (width, height)
        self.box = pygame.FRect(0, 0, 0, 0)  # canvas units, as drawn last
        self._still: pygame.Surface | None = None
        self._key: tuple[object, ...] = ()
        self._drawn: pygame.Surface | None = None

    def hide(self) -> None:
        """Forget where the map was: it is not shown."""
        self.box = pygame.FRect(0, 0, 0, 0)

    def place(self, at: Point) -> tuple[float, float] | None:
        """Return the cell at a point of the canvas, None beside the map."""
        if not self.box.collidepoint(at):
            return None
        x, y = (at[0] - self.box.x) / self.box.w, (at[1] - self.box.y) / self.box.h
        return x * self._size[0], y * self._size[1]

    def draw(
        self,
        painter: Painter,
        box: pygame.FRect,
        overview: pygame.Surface,
        lens: Lens,
        *,
        moment: Moment,
        at: Places,
        day: float,
    ) -> None:
        """Draw the map into `box`; people are drawn anew once a tick."""
        self.box = box
        painter.shadow(box.move(0, 3), (8, 9, 16, 150), radius=6, blur=8)
        painter.rect(box.inflate(2 * _EDGE, 2 * _EDGE), painter.palette.panel, radius=8)
        side = max(8, round(box.w * painter.scale))
        key = (side, moment.tick, round(day * 40))
        if key != self._key or self._drawn is None:
            self._key = key
            self._drawn = self._picture(overview, side, moment, at, day)
        surface = painter.surface
        corner = round(box.x * painter.scale), round(box.y * painter.scale)
        surface.blit(self._drawn, corner)
        left, top, right, bottom = lens.seen()
        across, down = side / self._size[0], side / self._size[1]
        frame = pygame.Rect(
            corner[0] + round(left * across), corner[1] + round(top * down),
            round((right - left) * across), round((bottom - top) * down),
        ).clip(pygame.Rect(corner, (side, side)))  # fmt: skip
        pygame.draw.rect(surface, painter.palette.focus, frame, max(1, round(2 * painter.scale)))

    def _picture(
        self, overview: pygame.Surface, side: int, moment: Moment, at: Places, day: float
    ) -> pygame.Surface:
        if self._still is None or self._still.get_width() != side:
            self._still = pygame.transform.smoothscale(overview, (side, side))
        picture = self._still.copy()
        picture.fill(daylight.light(day), special_flags=pygame.BLEND_RGB_MULT)
        fine = max(1, side // 90)
        alive = moment.alive
        for chosen, color in ((alive & ~at.tired, _PEOPLE), (alive & at.tired, _TROUBLE)):
            xs = (at.x[chosen] * side / self._size[0]).astype(np.intp)
            ys = (at.y[chosen] * side / self._size[1]).astype(np.intp)
            pixels = pygame.surfarray.pixels3d(picture)
            for dx in range(fine):
                for dy in range(fine):
                    x, y = np.clip(xs + dx, 0, side - 1), np.clip(ys + dy, 0, side - 1)
                    pixels[x, y] = color
            del pixels  # unlocks the surface
        return picture
