"""The still city in cached tiles, each rasterised once for a size, a few milliseconds a frame."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from time import perf_counter

import pygame

from hamlet_game.game.city.camera import Lens
from hamlet_game.game.city.ground import TILE, GroundPlan
from hamlet_game.game.city.plan import WOODS, Plan
from hamlet_game.game.draw.scenery import Thing
from hamlet_game.game.draw.sprites import Sprites, rasterise

BUDGET_S = 0.003  # a frame, for tiles not made yet
_MOVING_S = 0.001  # the same while the size changes, which is dear enough
_KEEP = 30_000_000  # pixels of tiles kept, 4 bytes each
_COARSE = 6  # pixels a cell of the picture that stands in for what is not made yet
_MEADOW = (120, 185, 95)
_Tile = tuple[int, int]


class Tiles:
    """Draws all of the city that stands still."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._ground = GroundPlan(plan)
        self._things: dict[_Tile, list[Thing]] = defaultdict(list)
        for thing in plan.things:
            left, right = thing.x - thing.width / 2, thing.x + thing.width / 2
            for j in range(int(thing.top // TILE), int((thing.top + thing.height) // TILE) + 1):
                for i in range(int(left // TILE), int(right // TILE) + 1):
                    self._things[i, j].append(thing)
        self._made: OrderedDict[tuple[int, int, int], pygame.Surface] = OrderedDict()
        self._weight = 0
        self._sprites = Sprites(keep_bytes=24 * 2**20)
        self._coarse: pygame.Surface | None = None

    def overview(self, surface: pygame.Surface) -> pygame.Surface:
        """Return the whole city in little, in the format of `surface`."""
        if self._coarse is None:
            cells = max(self._plan.width, self._plan.height)
            side = cells * _COARSE
            flat = rasterise(self._ground.svg((0, 0), cells), side, side, name="city")
            self._coarse = pygame.Surface((side, side), 0, surface)
            self._coarse.blit(flat, (0, 0))
            for thing in self._plan.things:
                if 0 <= thing.x <= self._plan.width and 0 <= thing.y <= self._plan.height:
                    self._stamp(self._coarse, thing, 0, 0, _COARSE)
        return self._coarse

    def draw(self, surface: pygame.Surface, lens: Lens, *, patient: bool = False) -> None:
        """Draw what is in view. `patient`: make everything now, however long it takes."""
        wanted = self._seen(lens)
        whole = lens.px == round(lens.px)
        px = round(lens.px)
        self._make(surface, wanted, lens.goal, BUDGET_S if whole else _MOVING_S, patient=patient)
        missing = [tile for tile in wanted if (px, *tile) not in self._made]
        if not whole or missing:
            self._stand_in(surface, lens)
        if not whole:
            return
        surface.fblits(
            [
                (made, lens.at(tile[0] * TILE, tile[1] * TILE))
                for tile in wanted
                if (made := self._made.get((px, *tile))) is not None
            ]
        )

    def _seen(self, lens: Lens) -> list[_Tile]:
        """Return the tiles in view, those in the middle first."""
        left, top, right, bottom = lens.seen()
        first = max(left, -WOODS), max(top, -TILE)
        last = min(right, self._plan.width + WOODS), min(bottom, self._plan.height + TILE)
        tiles = [
            (i, j)
            for j in range(int(first[1] // TILE), int(last[1] // TILE) + 1)
            for i in range(int(first[0] // TILE), int(last[0] // TILE) + 1)
        ]
        x, y = (left + right) / 2 / TILE, (top + bottom) / 2 / TILE
        return sorted(tiles, key=lambda tile: abs(tile[0] + 0.5 - x) + abs(tile[1] + 0.5 - y))

    def _make(
        self, surface: pygame.Surface, wanted: list[_Tile], px: int, budget: float, *, patient: bool
    ) -> None:
        end = perf_counter() + (1e9 if patient else budget)
        for tile in wanted:
            key = (px, *tile)
            if key in self._made:
                self._made.move_to_end(key)
            elif perf_counter() < end:
                made = self._made[key] = self._tile(surface, tile, px)
                self._weight += made.get_width() * made.get_height()
        while self._weight > _KEEP and len(self._made) > len(wanted):
            _, gone = self._made.popitem(last=False)
            self._weight -= gone.get_width() * gone.get_height()

    def _tile(self, surface: pygame.Surface, tile: _Tile, px: int) -> pygame.Surface:
        side = TILE * px
        made = pygame.Surface((side, side), 0, surface)
        made.blit(rasterise(self._ground.svg(tile), side, side, name="city"), (0, 0))
        for thing in self._things[tile]:
            self._stamp(made, thing, tile[0] * TILE, tile[1] * TILE, px)
        return made

    def _stamp(self, made: pygame.Surface, thing: Thing, left: int, top: int, px: int) -> None:
        wide, high = max(1, round(thing.width * px)), max(1, round(thing.height * px))
        x, y = thing.center
        at = (round((x - left) * px - wide / 2), round((y - top) * px - high / 2))
        made.blit(self._sprites.get(thing.sprite, wide, high), at)

    def _stand_in(self, surface: pygame.Surface, lens: Lens) -> None:
        """Draw the sharpest tiles there are, scaled, over the coarse picture."""
        seen = self._seen(lens)
        sizes = sorted({key[0] for key in self._made})
        fit = {size: sum((size, *tile) in self._made for tile in seen) for size in sizes}
        best = max(sizes, key=lambda size: (fit[size], -abs(size - lens.px)), default=0)
        if not best or fit[best] < len(seen):
            self._coarsely(surface, lens)
        for tile in seen:
            made = self._made.get((best, *tile))
            if made is not None:
                self._fit(
                    surface, lens, made, pygame.Rect(tile[0] * TILE, tile[1] * TILE, TILE, TILE)
                )

    def _coarsely(self, surface: pygame.Surface, lens: Lens) -> None:
        """Draw what is in view from the picture of the whole city."""
        surface.fill(_MEADOW, lens.area)
        coarse = self.overview(surface)
        left, top, right, bottom = lens.seen()
        first = max(0, int(left)), max(0, int(top))
        last = min(self._plan.width, int(right) + 1), min(self._plan.height, int(bottom) + 1)
        if first[0] < last[0] and first[1] < last[1]:
            part = pygame.Rect(first[0], first[1], last[0] - first[0], last[1] - first[1])
            scaled = pygame.Rect(*(edge * _COARSE for edge in part))
            self._fit(surface, lens, coarse.subsurface(scaled), part)

    @staticmethod
    def _fit(
        surface: pygame.Surface, lens: Lens, picture: pygame.Surface, cells: pygame.Rect
    ) -> None:
        """Blit a picture of some cells, quickly scaled to where they are."""
        (left, top), (right, bottom) = lens.at(*cells.topleft), lens.at(*cells.bottomright)
        if right > left and bottom > top:
            surface.blit(pygame.transform.scale(picture, (right - left, bottom - top)), (left, top))
