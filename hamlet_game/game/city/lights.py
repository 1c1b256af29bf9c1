"""Day and night over the city: the light of the hour, lamps, lit windows, and life in houses."""

from __future__ import annotations

from math import sin
from typing import TYPE_CHECKING

import numpy as np
import pygame

from hamlet_game.game.draw import daylight
from hamlet_game.game.draw.scenery import Thing, house
from hamlet_game.game.draw.sprites import Sprites
from hamlet_game.town.names import NONE, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hamlet_game.game.city.camera import Lens
    from hamlet_game.game.city.city import Moment
    from hamlet_game.game.city.plan import Plan

_LAMPLIGHT = (255, 190, 160)  # of a pool: with full green, lit grass would look like neon
_LEVELS = 12  # of lamplight between day and night
_LAMP, _WINDOW = 2.6, 2.1  # cells, how wide their light falls
_SIGNS_FROM = 26  # pixels a cell; from here on a house shows that it is in use
_SIGNS = {
    Kind.BED: "effects/zzz",
    Kind.SHOWER: "effects/drop",
    Kind.FRIDGE: "icons/satiation",
    Kind.JOB: "effects/coin",
}
_RISE_S = 1.1  # seconds in which a sign rises and fades
_KEPT = 400  # pictures of lights


class Lights:
    """Draws what the hour does to the city, and what goes on in its houses."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._standing = [house(one.kind.key, (one.x, one.y)) for one in plan.houses]
        self._number = {(one.x, one.y): k for k, one in enumerate(plan.houses)}
        self._sprites = Sprites(keep_bytes=16 * 2**20)
        self._kept: dict[tuple[object, ...], pygame.Surface] = {}
        self._map: pygame.Surface | None = None  # the light on all that is in view

    def draw(self, surface: pygame.Surface, lens: Lens, day: float) -> None:
        """Put the light of the hour (0..1, 0 is 6:00) on everything drawn so far."""
        light = daylight.light(day)
        night = round(daylight.lamps(day) * _LEVELS)
        if not night:
            if min(light) < 254:
                surface.fill(light, lens.area, pygame.BLEND_RGB_MULT)
            return
        lamps, houses = self._in_view(lens, self._plan.lamps), self._in_view(lens, self._standing)
        pools = [self._pool(lens, thing, _LAMP, night) for thing in lamps]
        pools += [self._pool(lens, thing, _WINDOW, night) for thing in houses]
        if self._map is None or self._map.get_size() != lens.area.size:
            self._map = pygame.Surface(lens.area.size, 0, surface)
        self._map.fill(light)
        self._map.fblits(pools, pygame.BLEND_RGB_ADD)
        surface.blit(self._map, lens.area, special_flags=pygame.BLEND_RGB_MULT)
        surface.fblits([self._lit(lens, thing, night) for thing in (*houses, *lamps)])

    def signs(
        self,
        surface: pygame.Surface,
        lens: Lens,
        moment: Moment,
        part: float,
        *,
        reduced_motion: bool = False,
    ) -> None:
        """Let signs rise from the houses that serve somebody in this tick."""
        if lens.px < _SIGNS_FROM:
            return
        left, top, right, bottom = lens.seen()
        state = moment.state
        inside = (moment.used != NONE) & (state.x >= left - 1) & (state.x <= right)
        inside &= (state.y >= top - 1) & (state.y <= bottom)
        cells = state.y[inside].astype(np.intp) * self._plan.width + state.x[inside]
        size = max(8, round(lens.px * 0.34))
        for cell in np.unique(cells):
            y, x = divmod(int(cell), self._plan.width)
            number = self._number.get((x, y))
            if number is None:
                continue
            rise = 0.5 if reduced_motion else part
            sway = 0.0 if reduced_motion else 0.08 * sin(part * 6 + number)
            at = lens.at(x + 0.5 + sway, y - 0.2 - 0.25 * rise)
            picture = self._sprites.get(_SIGNS[self._plan.houses[number].kind], size, size)
            surface.blit(picture, (at[0] - size // 2, at[1] - size // 2))

    @staticmethod
    def _in_view(lens: Lens, things: Sequence[Thing]) -> list[Thing]:
        left, top, right, bottom = lens.seen()
        return [
            thing
            for thing in things
            if left - 2 < thing.x < right + 2 and top - 2 < thing.y < bottom + 2
        ]

    def _pool(
        self, lens: Lens, thing: Thing, reach: float, night: int
    ) -> tuple[pygame.Surface, tuple[int, int]]:
        wide = max(4, round(lens.px * reach))
        pool = self._keep(("pool", wide, night), lambda: self._glow(wide, night))
        x, y = lens.at(thing.x, thing.y - 0.05)
        x, y = x - lens.area.x, y - lens.area.y  # on the map of light
        return pool, (x - wide // 2, y - pool.get_height() // 2)

    def _glow(self, wide: int, night: int) -> pygame.Surface:
        """Return a pool of light, black where there is none."""
        drawn = self._sprites.get("effects/pool", wide, wide)
        drawn = pygame.transform.smoothscale(drawn, (wide, max(2, round(wide * 0.78))))
        pool = pygame.Surface(drawn.get_size())
        pool.blit(drawn, (0, 0))
        tint = [part * night // _LEVELS for part in _LAMPLIGHT]
        pool.fill(tint, special_flags=pygame.BLEND_RGB_MULT)
        return pool

    def _lit(self, lens: Lens, thing: Thing, night: int) -> tuple[pygame.Surface, tuple[int, int]]:
        wide, high = max(1, round(thing.width * lens.px)), max(1, round(thing.height * lens.px))

        def made() -> pygame.Surface:
            picture = self._sprites.get(f"{thing.sprite}_lit", wide, high).copy()
            picture.set_alpha(255 * night // _LEVELS)
            return picture

        x, y = lens.at(*thing.center)
        picture = self._keep((thing.sprite, wide, high, night), made)
        return picture, (x - wide // 2, y - high // 2)

    def _keep(self, key: tuple[object, ...], make: Callable[[], pygame.Surface]) -> pygame.Surface:
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[key] = make()
        return found
