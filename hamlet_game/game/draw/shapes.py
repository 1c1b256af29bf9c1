"""Anti-aliased shapes in pixels: coverage masks computed once, blitted ever after.

A mask is made from the exact distance to the shape's edge, so corners are
smooth at every size. Masks are kept per shape and RGB; alpha is applied when
blitting, so that a fading shape costs no new mask.
"""

from __future__ import annotations

import math

import numpy as np
import pygame

from hamlet_game.game.draw.cache import Cache, pictures

Rgb = tuple[int, int, int]
Ink = tuple[Rgb, int]  # a colour and its alpha
Pixel = tuple[float, float]

masks = pictures(6)  # shared with strokes
_shadows: Cache[tuple[pygame.Surface, ...]] = Cache(
    4_000_000, lambda parts: sum(p.get_width() * p.get_height() for p in parts)
)


def _tinted(coverage: np.ndarray, rgb: Rgb) -> pygame.Surface:
    """Return a surface of colour `rgb` whose alpha is `coverage` (W, H), 0..1."""
    surface = pygame.Surface(coverage.shape, pygame.SRCALPHA)
    surface.fill(rgb)
    alpha = pygame.surfarray.pixels_alpha(surface)
    alpha[:] = np.rint(np.clip(coverage, 0, 1) * 255).astype(np.uint8)
    del alpha  # unlocks the surface
    return surface


def _box_distance(size: int, inset: float, radius: float) -> np.ndarray:
    """Return each pixel centre's distance (size, size) to a rounded square inset in a tile."""
    centre = np.abs(np.arange(size) + 0.5 - size / 2)
    half = size / 2 - inset - radius
    qx, qy = np.meshgrid(centre - half, centre - half, indexing="ij")
    outside = np.hypot(np.maximum(qx, 0), np.maximum(qy, 0))
    distance: np.ndarray = outside + np.minimum(np.maximum(qx, qy), 0) - radius
    return distance


def _corners(radius: int, width: int, rgb: Rgb) -> pygame.Surface:
    """Return a tile of four rounded corners; a ring `width` wide where that is not 0."""
    corner = max(radius, width)

    def make() -> pygame.Surface:
        coverage = np.clip(0.5 - _box_distance(corner * 2, 0, radius), 0, 1)
        if width:
            hole = _box_distance(corner * 2, width, max(0, radius - width))
            coverage = coverage * np.clip(0.5 + hole, 0, 1)
        return _tinted(coverage, rgb)

    return masks.get(("corners", radius, width, rgb), make)


def blend(surface: pygame.Surface, rect: pygame.Rect, ink: Ink) -> None:
    """Fill `rect`, translucent where the ink is."""
    rgb, alpha = ink
    if alpha >= 255:
        surface.fill(rgb, rect)
    elif alpha > 0:
        area = rect.clip(surface.get_clip())
        if area.w <= 0 or area.h <= 0:
            return
        if surface.get_flags() & pygame.SRCALPHA:
            layer = pygame.Surface(area.size, pygame.SRCALPHA)
            layer.fill((*rgb, alpha))
            surface.blit(layer, area)
        else:
            keep, put = 255 - alpha, [c * alpha // 255 for c in rgb]
            surface.fill((keep, keep, keep), area, pygame.BLEND_RGB_MULT)
            surface.fill(put, area, pygame.BLEND_RGB_ADD)


def stamp(
    surface: pygame.Surface,
    picture: pygame.Surface,
    at: tuple[int, int],
    alpha: int,
    area: pygame.Rect | None = None,
) -> None:
    """Blit a kept picture at `alpha`, leaving the picture itself as it was."""
    if alpha >= 255:
        surface.blit(picture, at, area)
    elif alpha > 0:
        picture.set_alpha(alpha)
        surface.blit(picture, at, area)
        picture.set_alpha(255)


def rounded(
    surface: pygame.Surface, rect: pygame.Rect, ink: Ink, *, radius: int, width: int
) -> None:
    """Draw a rounded rectangle, filled (`width` 0) or as an outline inside `rect`."""
    if rect.w <= 0 or rect.h <= 0:
        return
    rgb, alpha = ink
    short = min(rect.w, rect.h)
    width = 0 if width * 2 >= short else width
    radius = min(radius, short // 2)
    corner = max(radius, width)
    if corner:
        tile = _corners(radius, width, rgb)
        for right in (False, True):
            for bottom in (False, True):
                area = pygame.Rect(right * corner, bottom * corner, corner, corner)
                at = (rect.right - corner if right else rect.x,
                      rect.bottom - corner if bottom else rect.y)  # fmt: skip
                stamp(surface, tile, at, alpha, area)
    across, along = rect.w - 2 * corner, rect.h - 2 * corner
    if width:
        for y in (rect.y, rect.bottom - width):
            blend(surface, pygame.Rect(rect.x + corner, y, across, width), ink)
        for x in (rect.x, rect.right - width):
            blend(surface, pygame.Rect(x, rect.y + corner, width, along), ink)
        return
    blend(surface, pygame.Rect(rect.x, rect.y + corner, rect.w, along), ink)
    for y in (rect.y, rect.bottom - corner):
        blend(surface, pygame.Rect(rect.x + corner, y, across, corner), ink)


def disc(surface: pygame.Surface, centre: Pixel, ink: Ink, *, radius: float, width: float) -> None:
    """Draw a circle, filled (`width` 0) or as a ring inside its radius."""
    rgb, alpha = ink
    step = 4 if radius < 24 else 1  # small discs keep quarter pixels
    radius = max(0.5, round(radius * step) / step)
    size = 2 * math.ceil(radius) + 2

    def make() -> pygame.Surface:
        place = np.arange(size) + 0.5 - size / 2
        distance = np.hypot(place[:, None], place[None, :])
        coverage = np.clip(radius - distance + 0.5, 0, 1)
        if width:
            coverage = coverage * np.clip(distance - (radius - width) + 0.5, 0, 1)
        return _tinted(coverage, rgb)

    mask = masks.get(("disc", radius, round(width * 4), rgb), make)
    at = round(centre[0] - size / 2), round(centre[1] - size / 2)
    stamp(surface, mask, at, alpha)


def shadow(surface: pygame.Surface, rect: pygame.Rect, ink: Ink, *, radius: int, blur: int) -> None:
    """Draw a soft shadow around and under `rect`; its middle is left to what covers it."""
    rgb, alpha = ink
    blur = max(1, blur)
    corner = blur + max(radius, blur)
    outer = rect.inflate(2 * blur, 2 * blur)
    corner = min(corner, outer.w // 2, outer.h // 2)
    if corner <= 0:
        return
    along, down = outer.w - 2 * corner, outer.h - 2 * corner

    def make() -> tuple[pygame.Surface, ...]:
        depth = _box_distance(corner * 2 + 1, blur, min(radius, corner - blur))
        share = np.clip((blur - depth) / (2 * blur), 0, 1)
        tile = _tinted(share * share * (3 - 2 * share), rgb)
        top = tile.subsurface((corner, 0, 1, corner))
        left = tile.subsurface((0, corner, corner, 1))
        wide = pygame.transform.scale(top, (max(1, along), corner))
        tall = pygame.transform.scale(left, (corner, max(1, down)))
        flip = pygame.transform.flip
        return tile, wide, flip(wide, False, True), tall, flip(tall, True, False)

    key = ("shadow", along, down, corner, radius, blur, rgb)
    tile, top, bottom, left, right = _shadows.get(key, make)
    for dx in (0, 1):
        for dy in (0, 1):
            area = pygame.Rect(dx * (corner + 1), dy * (corner + 1), corner, corner)
            at = (outer.x + dx * (corner + along), outer.y + dy * (corner + down))
            stamp(surface, tile, at, alpha, area)
    if along > 0:
        stamp(surface, top, (outer.x + corner, outer.y), alpha)
        stamp(surface, bottom, (outer.x + corner, outer.bottom - corner), alpha)
    if down > 0:
        stamp(surface, left, (outer.x, outer.y + corner), alpha)
        stamp(surface, right, (outer.right - corner, outer.y + corner), alpha)


def tinted(picture: pygame.Surface, rgb: Rgb) -> pygame.Surface:
    """Return a copy whose colours are multiplied by `rgb`."""
    copy = picture.copy()
    copy.fill(rgb, special_flags=pygame.BLEND_RGB_MULT)
    return copy
