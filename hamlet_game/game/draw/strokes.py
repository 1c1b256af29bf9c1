"""Polygons and lines in pixels: drawn several times larger, shrunk, and kept by their shape."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import pygame

from hamlet_game.game.draw.shapes import Ink, Pixel, Rgb, masks, stamp

_HUGE = 250_000  # px of bounding box; polygons above it get edge lines, not supersampling


def _bounds(points: Sequence[Pixel], margin: int) -> pygame.Rect:
    """Return the pixel box around `points`, `margin` wider on every side."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    left, top = math.floor(min(xs)) - margin, math.floor(min(ys)) - margin
    return pygame.Rect(
        left, top, math.ceil(max(xs)) + margin - left, math.ceil(max(ys)) + margin - top
    )


def _samples(box: pygame.Rect) -> int:
    """Return how many times larger a shape is drawn before it is shrunk: fewer for large ones."""
    return 4 if box.w * box.h < 60_000 else 3 if box.w * box.h < 200_000 else 2


def _path(points: Sequence[Pixel], box: pygame.Rect) -> tuple[tuple[int, int], ...]:
    """Return `points` relative to `box`, in supersampled pixels."""
    times = _samples(box)
    return tuple((round((x - box.x) * times), round((y - box.y) * times)) for x, y in points)


def _large(box: pygame.Rect, rgb: Rgb) -> pygame.Surface:
    """Return a clear supersampled canvas, already tinted so that shrinking adds no dark rim."""
    times = _samples(box)
    surface = pygame.Surface((box.w * times, box.h * times), pygame.SRCALPHA)
    surface.fill((*rgb, 0))
    return surface


def polygon(surface: pygame.Surface, points: Sequence[Pixel], ink: Ink) -> None:
    """Draw a filled polygon of three or more points. Its picture is kept by its shape."""
    rgb, alpha = ink
    box = _bounds(points, 1)
    if box.w * box.h > _HUGE:
        _huge_polygon(surface, points, box, ink)
        return
    path = _path(points, box)

    def make() -> pygame.Surface:
        large = _large(box, rgb)
        pygame.draw.polygon(large, rgb, path)
        return pygame.transform.smoothscale(large, box.size)

    stamp(surface, masks.get(("polygon", path, box.size, rgb), make), box.topleft, alpha)


def _huge_polygon(
    surface: pygame.Surface, points: Sequence[Pixel], box: pygame.Rect, ink: Ink
) -> None:
    rgb, alpha = ink
    seen = box.clip(surface.get_clip())
    if alpha >= 255:
        pygame.draw.polygon(surface, rgb, points)
        pygame.draw.aalines(surface, rgb, True, points)
    elif alpha > 0 and seen.w > 0 and seen.h > 0:
        layer = pygame.Surface(seen.size, pygame.SRCALPHA)
        layer.fill((*rgb, 0))
        pygame.draw.polygon(layer, rgb, [(x - seen.x, y - seen.y) for x, y in points])
        stamp(surface, layer, seen.topleft, alpha)


def polyline(surface: pygame.Surface, points: Sequence[Pixel], ink: Ink, width: float) -> None:
    """Draw a line through `points`, `width` pixels thick with round joints and ends.

    Kept by its shape: redrawing the same line is one blit, a new one costs a
    supersampled drawing of its bounding box.
    """
    rgb, alpha = ink
    box = _bounds(points, math.ceil(width / 2) + 1)
    path = _path(points, box)
    thick = max(1, round(width * _samples(box)))

    def make() -> pygame.Surface:
        large = _large(box, rgb)
        for start, end in pairwise(path):
            pygame.draw.polygon(large, rgb, ribbon(start, end, thick))
        if thick > 2:
            for point in path:
                pygame.draw.circle(large, rgb, point, thick / 2)
        return pygame.transform.smoothscale(large, box.size)

    key = ("line", path, thick, box.size, rgb)
    stamp(surface, masks.get(key, make), box.topleft, alpha)


def ribbon(start: Pixel, end: Pixel, width: float) -> list[Pixel]:
    """Return the four corners of a straight line `width` thick."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    nx, ny = -dy / length * width / 2, dx / length * width / 2
    return [
        (start[0] + nx, start[1] + ny),
        (end[0] + nx, end[1] + ny),
        (end[0] - nx, end[1] - ny),
        (start[0] - nx, start[1] - ny),
    ]
