"""The painter: draws in canvas units (1280 × 720, or 720 × 1280 upright) on any surface.

Everything on screen goes through it, so the same scene is sharp in a small
window and on a large screen. Shapes are anti-aliased; text and sprites are
rasterised at the size they are shown at, and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pygame

from hamlet_game.game.draw import fonts, shapes, strokes
from hamlet_game.game.draw.cache import Cache, pictures
from hamlet_game.game.draw.sprites import Sprites
from hamlet_game.game.theme import STANDARD, Palette

CANVAS = (1280, 720)
UPRIGHT = (720, 1280)  # the canvas of a surface that is taller than wide

Color = tuple[int, int, int] | tuple[int, int, int, int]
Point = tuple[float, float]
Box = pygame.Rect | pygame.FRect | tuple[float, float, float, float]

_sprites = Sprites()
_tinted = pictures(2)
_scaled: Cache[tuple[pygame.Surface, pygame.Surface]] = Cache(
    8_000_000, lambda pair: pair[1].get_width() * pair[1].get_height()
)
_ANGLE_STEP = 3  # degrees; turning sprites share pictures within this


def _ink(color: Color) -> tuple[tuple[int, int, int], int]:
    """Return a colour's RGB and its alpha."""
    return (color[0], color[1], color[2]), color[3] if len(color) == 4 else 255


class Painter:
    """Draws in canvas units. `scale` is surface pixels per canvas unit.

    `now` is the window's clock in seconds, for what pulses; it stands still
    unless the app moves it, so that a picture can be drawn again exactly.
    """

    def __init__(
        self,
        surface: pygame.Surface,
        *,
        text_scale: float = 1.0,
        palette: Palette = STANDARD,
        reduced_motion: bool = False,
    ) -> None:
        self.text_scale = text_scale  # the user's text size, 0.75..2
        self.palette = palette
        self.reduced_motion = reduced_motion
        self.now = 0.0
        self.quiet: pygame.FRect | None = None  # where the scene leaves room for toasts
        self._origin = (0.0, 0.0)  # where (0, 0) is drawn, canvas units
        self.resize(surface)

    def resize(self, surface: pygame.Surface) -> None:
        """Draw on another surface from now on."""
        self.surface = surface
        wide, high = surface.get_size()
        self.size = UPRIGHT if high > wide else CANVAS  # canvas units
        self.scale = wide / self.size[0]

    # Pixels.
    def _px(self, length: float) -> int:
        """Return a length in pixels; anything above nothing is at least one."""
        return max(1, round(length * self.scale)) if length > 0 else 0

    def _rect(self, box: Box) -> pygame.Rect:
        """Return the pixels of `box`, its edges snapped so that neighbours touch."""
        x, y, w, h = box
        x, y = x + self._origin[0], y + self._origin[1]
        left, top = round(x * self.scale), round(y * self.scale)
        return pygame.Rect(
            left, top, round((x + w) * self.scale) - left, round((y + h) * self.scale) - top
        )

    def _points(self, points: Sequence[Point]) -> list[Point]:
        ox, oy = self._origin
        return [((x + ox) * self.scale, (y + oy) * self.scale) for x, y in points]

    # Shapes. `color` may carry alpha. Coordinates and widths are canvas units.
    def fill(self, color: Color) -> None:
        """Cover the whole surface."""
        shapes.blend(self.surface, self.surface.get_rect(), _ink(color))

    def rect(self, box: Box, color: Color, *, radius: float = 0, width: float = 0) -> None:
        """Draw a rectangle, rounded by `radius`; an outline inside it if `width` is given."""
        radius_px, width_px = self._px(radius), self._px(width)
        shapes.rounded(self.surface, self._rect(box), _ink(color), radius=radius_px, width=width_px)

    def shadow(self, box: Box, color: Color, *, radius: float = 0, blur: float = 16) -> None:
        """Draw the soft shadow of a rounded box. What lies on `box` covers its middle."""
        radius_px, blur_px = self._px(radius), self._px(blur)
        shapes.shadow(self.surface, self._rect(box), _ink(color), radius=radius_px, blur=blur_px)

    def circle(self, center: Point, radius: float, color: Color, *, width: float = 0) -> None:
        """Draw a circle; a ring inside its radius if `width` is given."""
        ((x, y),) = self._points([center])
        thick = max(1.0, width * self.scale) if width > 0 else 0.0
        shapes.disc(self.surface, (x, y), _ink(color), radius=radius * self.scale, width=thick)

    def line(self, start: Point, end: Point, color: Color, *, width: float = 1) -> None:
        """Draw a straight line; level and upright ones are kept crisp."""
        (x0, y0), (x1, y1) = self._points([start, end])
        ink, thick = _ink(color), max(1.0, width * self.scale)
        half = round(thick) / 2
        if start[1] == end[1]:
            left, right = sorted((round(x0), round(x1)))
            rect = pygame.Rect(left, round(y0 - half), right - left, round(thick))
            shapes.blend(self.surface, rect, ink)
        elif start[0] == end[0]:
            top, bottom = sorted((round(y0), round(y1)))
            rect = pygame.Rect(round(x0 - half), top, round(thick), bottom - top)
            shapes.blend(self.surface, rect, ink)
        else:
            corners = strokes.ribbon((x0, y0), (x1, y1), thick)
            strokes.polygon(self.surface, corners, ink)

    def lines(self, points: Sequence[Point], color: Color, *, width: float = 1) -> None:
        """Draw a line through two or more points, with round joints and ends."""
        if len(points) < 2:
            return
        thick = max(1.0, width * self.scale)
        strokes.polyline(self.surface, self._points(points), _ink(color), thick)

    def polygon(self, points: Sequence[Point], color: Color) -> None:
        """Draw a filled polygon."""
        strokes.polygon(self.surface, self._points(points), _ink(color))

    # Sprites: 'name' is a path under assets/sprites without '.svg'.
    def sprite(
        self,
        name: str,
        center: Point,
        size: tuple[float, float],
        *,
        alpha: int = 255,
        angle: float = 0,
        flip: bool = False,
        tint: tuple[int, int, int] | None = None,
    ) -> None:
        """Draw a sprite around `center`; `angle` turns it anticlockwise, in degrees.

        `tint` multiplies its colours, so that a white icon takes that colour.
        """
        wide, high = self._px(size[0]), self._px(size[1])
        if not wide or not high or alpha <= 0:
            return
        turn = round(angle / _ANGLE_STEP) * _ANGLE_STEP % 360
        picture = _sprites.get(name, wide, high, angle=turn, flip=flip)
        if tint is not None:
            plain = picture
            key = (name, wide, high, turn, flip, tint)
            picture = _tinted.get(key, lambda: shapes.tinted(plain, tint))
        ((x, y),) = self._points([center])
        corner = round(x - picture.get_width() / 2), round(y - picture.get_height() / 2)
        shapes.stamp(self.surface, picture, corner, alpha)

    def image(self, surface: pygame.Surface, box: Box) -> None:
        """Draw any surface scaled to `box`. It is kept, so its pixels must not change later."""
        rect = self._rect(box)
        if rect.w <= 0 or rect.h <= 0:
            return
        if surface.get_size() == rect.size:
            self.surface.blit(surface, rect)
            return
        # The source is kept beside its copy: while it lives, no other surface has its id.
        _, scaled = _scaled.get(
            (id(surface), rect.size),
            lambda: (surface, pygame.transform.smoothscale(surface, rect.size)),
        )
        self.surface.blit(scaled, rect)

    # Text. `size` is the line's font size at 100 % text size; text_scale multiplies it
    # unless `fixed` is set. `wrap` breaks lines at that width; `fit` shrinks to that width.
    def text(
        self,
        text: str,
        at: Point,
        size: float,
        color: Color,
        *,
        anchor: str = "topleft",
        font: str = "sans",
        wrap: float | None = None,
        fit: float | None = None,
        align: str = "left",
        fixed: bool = False,
    ) -> pygame.FRect:
        """Draw text with its `anchor` (a Rect attribute: midright, ...) at `at`; return its box."""
        rgb, alpha = _ink(color)
        px = self._em(size, fixed)
        room = None if wrap is None else int(wrap * self.scale)
        if fit is not None:
            text, px = fonts.fitted(text, font, px, max(1, int(fit * self.scale)))
        wide, high = fonts.size(text, font, px, room)
        box = pygame.FRect(0, 0, wide / self.scale, high / self.scale)
        setattr(box, anchor, at)
        if text.strip():
            picture = fonts.picture(text, font, px, rgb, wrap=room, align=align)
            ((x, y),) = self._points([box.topleft])
            corner = round(x), round(y)
            shapes.stamp(self.surface, picture, corner, alpha)
        return box

    def measure(
        self,
        text: str,
        size: float,
        *,
        font: str = "sans",
        wrap: float | None = None,
        fixed: bool = False,
    ) -> tuple[float, float]:
        """Return the width and height `text` would take, in canvas units."""
        room = None if wrap is None else int(wrap * self.scale)
        wide, high = fonts.size(text, font, self._em(size, fixed), room)
        return wide / self.scale, high / self.scale

    def line_height(self, size: float, *, font: str = "sans", fixed: bool = False) -> float:
        """Return the height of one line of text, in canvas units."""
        return fonts.height(font, self._em(size, fixed)) / self.scale

    def _em(self, size: float, fixed: bool) -> int:
        """Return a text size in pixels."""
        return max(1, round(size * self.scale * (1.0 if fixed else self.text_scale)))

    @contextmanager
    def clip(self, box: Box) -> Iterator[None]:
        """Draw only inside `box`."""
        before = self.surface.get_clip()
        self.surface.set_clip(self._rect(box).clip(before))
        try:
            yield
        finally:
            self.surface.set_clip(before)

    @contextmanager
    def shifted(self, dx: float, dy: float) -> Iterator[None]:
        """Draw everything moved by (dx, dy): scrolled lists, shaken towns, sliding scenes."""
        before = self._origin
        self._origin = (before[0] + dx, before[1] + dy)
        try:
            yield
        finally:
            self._origin = before
