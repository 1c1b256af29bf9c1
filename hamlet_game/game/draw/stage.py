"""The stage: all of a town that stands still, rasterised once for one pixel size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.ground import Field, ground_svg
from hamlet_game.game.draw.lanes import Cell, Lanes
from hamlet_game.game.draw.scenery import Thing
from hamlet_game.game.draw.sprites import Sprites, rasterise

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Painter

FRAME = 9.0  # canvas units, the diorama's border
MARGINS = (0.22, 0.5, 0.22, 0.2)  # cells of grass around the grid: left, top, right, bottom
_OUTER, _INNER = 22, 14  # canvas units, corner radii of the border
_LIGHT_STEP = 3  # the light moves in steps of this many colour levels
_LAMPLIGHT = (255, 176, 150)  # of a pool: with full green, lit grass would look like neon
_LANTERN = 1.9  # cells, the width of the light that a person carries
_MOST_LANTERNS = 32

_BANDS = 6  # in which the ground is drawn: one takes a few milliseconds
_BAKED = 24  # things at a go
_SIZE = re.compile(rb'viewBox="0 0 ([\d.]+) ([\d.]+)" width="[\d.]+" height="[\d.]+">')

_sprites = Sprites()


class Stage:
    """The still picture of a town and its light. Places in canvas units, things in cells."""

    def __init__(
        self,
        painter: Painter,
        box: pygame.FRect,
        *,
        layout: tuple[float, float, float],
        size: tuple[int, int],
        houses: Sequence[Cell],
        things: Sequence[Thing],
        pools: Sequence[tuple[float, float, float]],
        lanes: Lanes,
        seed: int,
        at_once: bool = True,
    ) -> None:
        """Draw it all, or, if not `at_once`, as `work` is called."""
        self._box = box
        self._scale = painter.scale
        self.inner = box.inflate(-2 * FRAME, -2 * FRAME)
        self._corner = round(self.inner.x * self._scale), round(self.inner.y * self._scale)
        self._layout = layout
        self._pools = pools
        self._light_key: tuple[int, ...] = ()
        left, top, side = layout
        field = Field(
            *size,
            left=(left - self.inner.x) / side,
            top=(top - self.inner.y) / side,
            right=(self.inner.right - left) / side - size[0],
            bottom=(self.inner.bottom - top) / side - size[1],
        )
        pixels = (
            round(self.inner.right * self._scale) - self._corner[0],
            round(self.inner.bottom * self._scale) - self._corner[1],
        )
        self.ground = pygame.Surface(pixels, 0, painter.surface)
        self._still_light = self._light = self._pool = self.ground  # made at first nightfall
        self._strips: list[tuple[pygame.Surface, pygame.FRect]] = []
        self._left = self._build(ground_svg(field, houses, lanes, seed), things)
        while at_once and not self.work():
            pass

    def work(self) -> bool:
        """Draw a little more, some milliseconds' worth; return whether all is there."""
        return next(self._left, True)

    def _build(self, flat: bytes, things: Sequence[Thing]) -> Iterator[bool]:
        """Draw the ground in bands, then what stands on it, then the border."""
        wide, high = self.ground.get_size()
        for number in range(_BANDS):
            top, bottom = (high * k // _BANDS for k in (number, number + 1))
            band = rasterise(
                _band(flat, top / high, (bottom - top) / high), wide, bottom - top, name="ground"
            )
            self.ground.blit(band, (0, top))
            yield False
        for number, thing in enumerate(things):
            self._bake(thing)
            if number % _BAKED == _BAKED - 1:
                yield False
        self._strips = self._frame()

    def fits(self, box: Box) -> bool:
        """Return whether this stage was made for a box at this very place."""
        return self._box == pygame.FRect(box)

    def shine(
        self,
        painter: Painter,
        light: tuple[int, int, int],
        night: float,
        lanterns: Sequence[tuple[float, float]],
    ) -> None:
        """Multiply what is drawn by the light of the hour, with pools of lamplight at night.

        `lanterns` are the places of people, in cells, who light their own way.
        Expects the painter to be clipped to `inner`.
        """
        if min(light) >= 254:
            return
        seen = painter.surface.get_clip()
        if night <= 0 or seen.size != self.ground.get_size():
            painter.surface.fill(light, special_flags=pygame.BLEND_RGB_MULT)
            return
        key = (*(level // _LIGHT_STEP for level in light), round(night * 32))
        if key != self._light_key:
            self._light_key = key
            self._still_light = self._lit(light, night)
            self._light = self._still_light.copy()
            self._pool = self._glow(_LANTERN, night)
        marks = [self._add(self._light, self._pool, x, y) for x, y in lanterns[:_MOST_LANTERNS]]
        painter.surface.blit(self._light, seen, special_flags=pygame.BLEND_RGB_MULT)
        for mark in marks:
            self._light.blit(self._still_light, mark, mark)

    def draw_frame(self, painter: Painter) -> None:
        """Draw the border, whose inside covers the ground's square corners."""
        for strip, box in self._strips:
            painter.image(strip, box)

    def _bake(self, thing: Thing) -> None:
        left, top, side = self._layout
        x, y = thing.center
        wide = max(1, round(thing.width * side * self._scale))
        high = max(1, round(thing.height * side * self._scale))
        picture = _sprites.get(thing.sprite, wide, high)
        at = (
            round((left + x * side) * self._scale - wide / 2) - self._corner[0],
            round((top + y * side) * self._scale - high / 2) - self._corner[1],
        )
        self.ground.blit(picture, at)

    def _lit(self, light: tuple[int, int, int], night: float) -> pygame.Surface:
        """Return the light on the ground from the sky and from what stands still."""
        lightmap = pygame.Surface(self.ground.get_size(), 0, self.ground)
        lightmap.fill(light)
        for reach in sorted({reach for _, _, reach in self._pools}):
            pool = self._glow(reach, night)
            for x, y, _ in (pool for pool in self._pools if pool[2] == reach):
                self._add(lightmap, pool, x, y)
        return lightmap

    def _glow(self, reach: float, night: float) -> pygame.Surface:
        """Return a pool of light `reach` cells wide, as strong as the night is dark."""
        wide = max(2, round(self._layout[2] * reach * self._scale))
        pool = _sprites.get("effects/pool", wide, wide)
        pool = pygame.transform.smoothscale(pool, (wide, max(1, round(wide * 0.78))))
        tint = [round(part * night) for part in _LAMPLIGHT]
        pool.fill(tint, special_flags=pygame.BLEND_RGB_MULT)
        return pool

    def _add(
        self, lightmap: pygame.Surface, pool: pygame.Surface, x: float, y: float
    ) -> pygame.Rect:
        """Add a pool of light around (x, y) in cells; return the pixels it changed."""
        left, top, side = self._layout
        at = (
            round((left + x * side) * self._scale) - pool.get_width() // 2 - self._corner[0],
            round((top + y * side) * self._scale) - pool.get_height() // 2 - self._corner[1],
        )
        return lightmap.blit(pool, at, special_flags=pygame.BLEND_RGB_ADD)

    def _frame(self) -> list[tuple[pygame.Surface, pygame.FRect]]:
        """Return the border as four strips with their places, so that blitting it is cheap."""
        box = self._box
        left, top = round(box.x * self._scale), round(box.y * self._scale)
        wide = round(box.right * self._scale) - left
        high = round(box.bottom * self._scale) - top
        picture = _frame_picture(box.w, box.h, wide, high)
        thick = round((FRAME + _INNER) * self._scale)
        areas = (
            pygame.Rect(0, 0, wide, thick),
            pygame.Rect(0, high - thick, wide, thick),
            pygame.Rect(0, thick, thick, high - 2 * thick),
            pygame.Rect(wide - thick, thick, thick, high - 2 * thick),
        )
        return [
            (
                picture.subsurface(area).copy(),
                pygame.FRect(
                    (left + area.x) / self._scale,
                    (top + area.y) / self._scale,
                    area.w / self._scale,
                    area.h / self._scale,
                ),
            )
            for area in areas
        ]


def _band(source: bytes, top: float, share: float) -> bytes:
    """Return the part of an SVG that begins at `top` and is `share` of its height (0..1)."""
    match = _SIZE.search(source)
    if match is None:
        raise ValueError("the ground's SVG has no size")
    wide, high = float(match[1]), float(match[2])
    y, tall = top * high, share * high
    head = f'viewBox="0 {y:.3f} {wide} {tall:.3f}" width="{wide}" height="{tall:.3f}">'
    return source[: match.start()] + head.encode() + source[match.end() :]


@lru_cache(maxsize=4)
def _frame_picture(wide: float, high: float, wide_px: int, high_px: int) -> pygame.Surface:
    """Return the whole border, which is the same for every town of a size."""
    return rasterise(_frame_svg(wide, high), wide_px, high_px, name="frame")


def _frame_svg(wide: float, high: float) -> bytes:
    """Return the border of the diorama: a light wooden moulding with a soft inner shade."""

    def ring(inset: float, radius: float) -> str:
        w, h = wide - 2 * inset, high - 2 * inset
        r = radius
        return (
            f"M{inset + r} {inset}h{w - 2 * r}a{r} {r} 0 0 1 {r} {r}v{h - 2 * r}"
            f"a{r} {r} 0 0 1 -{r} {r}h-{w - 2 * r}a{r} {r} 0 0 1 -{r} -{r}v-{h - 2 * r}"
            f"a{r} {r} 0 0 1 {r} -{r}z"
        )

    bands = (
        (0, _OUTER, FRAME, _INNER, "#8a5f3c", 1.0),
        (1.5, _OUTER - 1.5, FRAME - 2.5, _INNER + 2.5, "#b98655", 1.0),
        (1.5, _OUTER - 1.5, 3.5, _OUTER - 3.5, "#d9ab77", 0.9),
        (FRAME, _INNER, FRAME + 3, _INNER - 3, "#1d3a1c", 0.22),
        (FRAME + 3, _INNER - 3, FRAME + 6, _INNER - 6, "#1d3a1c", 0.1),
    )
    paths = "".join(
        f'<path fill-rule="evenodd" fill="{color}" fill-opacity="{opacity}" '
        f'd="{ring(a, ra)}{ring(b, rb)}"/>'
        for a, ra, b, rb, color, opacity in bands
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" '
        f'width="{wide}" height="{high}">{paths}</svg>'
    ).encode()
