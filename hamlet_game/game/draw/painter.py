"""The painter: draws in canvas units (1280 × 720) on a surface of any size.

Everything on screen goes through it, so the same scene is sharp in a small
window and on a large screen. Shapes are anti-aliased; text and sprites are
rasterised at the size they are shown at, and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pygame

CANVAS = (1280, 720)

Color = tuple[int, int, int] | tuple[int, int, int, int]
Point = tuple[float, float]
Box = pygame.Rect | pygame.FRect | tuple[float, float, float, float]


class Painter:
    """Draws in canvas units. `scale` is surface pixels per canvas unit."""

    def __init__(self, surface: pygame.Surface, *, text_scale: float = 1.0) -> None:
        self.surface = surface
        self.scale = surface.get_width() / CANVAS[0]
        self.text_scale = text_scale  # the user's text size, 0.75..2

    # Shapes. `color` may carry alpha. Coordinates and widths are canvas units.
    def fill(self, color: Color) -> None: ...
    def rect(self, box: Box, color: Color, *, radius: float = 0, width: float = 0) -> None: ...
    def circle(self, center: Point, radius: float, color: Color, *, width: float = 0) -> None: ...
    def line(self, start: Point, end: Point, color: Color, *, width: float = 1) -> None: ...
    def lines(self, points: Sequence[Point], color: Color, *, width: float = 1) -> None: ...
    def polygon(self, points: Sequence[Point], color: Color) -> None: ...

    # Sprites: 'name' is a path under assets/sprites without '.svg'.
    def sprite(
        self, name: str, center: Point, size: tuple[float, float],
        *, alpha: int = 255, angle: float = 0, flip: bool = False,
    ) -> None: ...
    def image(self, surface: pygame.Surface, box: Box) -> None: ...  # any surface, scaled & kept

    # Text. `size` is the line's font size at 100 % text size; text_scale multiplies it
    # unless `fixed` is set. `wrap` breaks lines at that width; `fit` shrinks to that width.
    def text(
        self, text: str, at: Point, size: float, color: Color,
        *, anchor: str = "topleft", font: str = "sans", wrap: float | None = None,
        fit: float | None = None, align: str = "left", fixed: bool = False,
    ) -> pygame.FRect: ...
    def measure(
        self, text: str, size: float,
        *, font: str = "sans", wrap: float | None = None, fixed: bool = False,
    ) -> tuple[float, float]: ...
    def line_height(self, size: float, *, font: str = "sans", fixed: bool = False) -> float: ...

    @contextmanager
    def clip(self, box: Box) -> Iterator[None]:
        """Draw only inside `box`."""
        yield
