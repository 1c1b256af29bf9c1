"""The demo's camera: drifts slowly over a town, and goes close to somebody in trouble."""

from __future__ import annotations

from math import exp, sin
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.draw.stage import FRAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from hamlet_game.game.draw.painter import Box, Point

CLOSE = 1.85  # times as near in a close-up
WIDE = 1.04  # times as near otherwise: room to drift in
EASE_S = 0.55  # seconds in which the camera covers most of its way
DRIFT = 0.016  # of the picture's side, how far it sways
SHARPER = 1.3  # pixels of the film for each pixel of the picture; a close-up wants more
LARGEST_FILM = 1100  # pixels; a larger one takes too long to draw

_RADIUS = 18.0
_WOOD = ((138, 95, 60), (185, 134, 85), (217, 171, 119))  # of the frame, from outside


class Camera:
    """Looks at a picture of 1 × 1 from a place in it; `zoom` 1 shows all."""

    def __init__(self) -> None:
        self.x, self.y, self.zoom = 0.5, 0.5, 1.0
        self._time = 0.0

    def update(self, dt: float, target: Point | None) -> None:
        """Move on by `dt` seconds, towards a close-up of `target` or back to the whole."""
        self._time += dt
        wanted = CLOSE if target else WIDE
        x, y = target or (
            0.5 + DRIFT * sin(self._time * 0.31),
            0.5 + DRIFT * sin(self._time * 0.23 + 1.0),
        )
        part = 1 - exp(-dt / EASE_S)
        self.zoom += (wanted - self.zoom) * part
        self.x += (x - self.x) * part
        self.y += (y - self.y) * part

    def crop(self, wide: int, high: int) -> pygame.Rect:
        """Return what of a film of so many pixels is seen; it never leaves the film."""
        across, down = round(wide / self.zoom), round(high / self.zoom)
        left = round(self.x * wide - across / 2)
        top = round(self.y * high - down / 2)
        return pygame.Rect(
            min(max(left, 0), wide - across), min(max(top, 0), high - down), across, down
        )


class Film:
    """What a camera looks at: a picture drawn sharper than it is shown."""

    def __init__(self) -> None:
        self._painter: Painter | None = None

    def show(
        self,
        painter: Painter,
        box: Box,
        camera: Camera,
        draw: Callable[[Painter, pygame.FRect], None],
    ) -> None:
        """Draw a town in a wooden frame; `draw` is given a painter and the town's box."""
        place = pygame.FRect(box)
        if painter.reduced_motion:
            draw(painter, place)
            return
        film = self._film(painter, place)
        draw(film, pygame.FRect(0, 0, place.w, place.h))
        edge = round(FRAME * film.scale)  # the town's own frame stays out of the picture
        wide, high = film.surface.get_size()
        crop = camera.crop(wide - 2 * edge, high - 2 * edge).move(edge, edge)
        inner = place.inflate(-2 * FRAME, -2 * FRAME)
        _project(film.surface.subsurface(crop), painter, inner)
        _draw_frame(painter, place)

    def _film(self, painter: Painter, box: pygame.FRect) -> Painter:
        """Return the painter of a film for a box of this size."""
        most = LARGEST_FILM / max(box.w, box.h)
        scale = max(painter.scale, min(painter.scale * SHARPER, most))
        size = round(box.w * scale), round(box.h * scale)
        film = self._painter
        if film is None or film.surface.get_size() != size:
            film = self._painter = Painter(pygame.Surface(size, 0, painter.surface))
        film.scale = scale
        film.text_scale, film.palette = painter.text_scale, painter.palette
        film.now = painter.now
        return film


def _project(picture: pygame.Surface, painter: Painter, box: pygame.FRect) -> None:
    """Draw a picture that changes every frame, scaled to a box."""
    left, top = round(box.x * painter.scale), round(box.y * painter.scale)
    size = round(box.right * painter.scale) - left, round(box.bottom * painter.scale) - top
    room = painter.surface.get_rect().clip(pygame.Rect((left, top), size))
    if room.size == size:
        pygame.transform.smoothscale(picture, size, painter.surface.subsurface(room))


def _draw_frame(painter: Painter, box: pygame.FRect) -> None:
    """Draw the moulding that towns have."""
    outer, middle, light = _WOOD
    painter.rect(box, outer, radius=_RADIUS + 4, width=FRAME + 2)
    painter.rect(box.inflate(-3, -3), middle, radius=_RADIUS + 2.5, width=FRAME - 2)
    painter.rect(box.inflate(-5, -5), light, radius=_RADIUS + 1.5, width=2)
