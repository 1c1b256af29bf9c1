"""Where one looks: a smooth camera over the city, at sizes on which pictures are sharp."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, log

import pygame

from hamlet_game.game.city.ground import TILE
from hamlet_game.game.city.plan import WOODS

Point = tuple[float, float]

MARGIN = 3.0  # cells of woods that may be looked at beyond the city's edge
_SIDES = (20.0, 28.0, 40.0, 56.0, 80.0)  # canvas units a cell; before them, what shows all
_EAGER = 9.0  # how fast size and place follow, a second
_NEAR = 0.006  # of a size: as good as there


@dataclass(frozen=True, slots=True)
class Lens:
    """How one frame maps cells to pixels. Exact pictures fit where `px` is whole."""

    px: float  # pixels a cell
    goal: int  # pixels a cell that the zoom is going to
    left: int  # where the city's corner is, pixels
    top: int
    area: pygame.Rect  # what is seen, pixels
    scale: float  # pixels a canvas unit

    def at(self, x: float, y: float) -> tuple[int, int]:
        """Return the pixel of a place in cells."""
        return self.left + round(x * self.px), self.top + round(y * self.px)

    def canvas(self, x: float, y: float) -> Point:
        """Return the canvas units of a place in cells."""
        return (self.left + x * self.px) / self.scale, (self.top + y * self.px) / self.scale

    def seen(self) -> tuple[float, float, float, float]:
        """Return the cells in view: left, top, right, bottom."""
        x, y = self.area.x - self.left, self.area.y - self.top
        return (
            x / self.px, y / self.px, (x + self.area.w) / self.px, (y + self.area.h) / self.px,
        )  # fmt: skip


class Camera:
    """Glides to where it is sent; still at once under reduced motion."""

    def __init__(self, width: int, height: int, view: pygame.FRect) -> None:
        self.size = (width, height)
        self.view = view  # canvas units
        self.scale = 1.0  # pixels a canvas unit, of the surface drawn on last
        self.stop = 0  # which of `sides` it is at, or going to
        self.x, self.y = width / 2, height / 2  # the middle of the view, cells
        self.side = self.sides[0]  # canvas units a cell, now
        self._goal: Point = (self.x, self.y)
        self.still = False  # reduced motion

    @property
    def sides(self) -> tuple[float, ...]:
        """Return the sizes of a cell to stop at, canvas units.

        The first shows the whole city, or as much of it as fills a view much wider or taller
        than the city and its woods. All are whole pixels, so that pictures made for them are
        sharp.
        """
        room = min(self.view.w / self.size[0], self.view.h / (self.size[1] + 1))
        filled = max(
            self.view.w / (self.size[0] + 2 * WOODS), self.view.h / (self.size[1] + 2 * TILE)
        )
        whole = max(2, int(room * self.scale), ceil(filled * self.scale)) / self.scale
        near = (round(side * self.scale) / self.scale for side in _SIDES if side > whole * 1.2)
        return (whole, *near)

    @property
    def moving(self) -> bool:
        """Return whether the size is changing."""
        return self.side != self._wanted

    @property
    def _wanted(self) -> float:
        """Return the size it is at or going to; a larger view may have fewer stops."""
        return self.sides[min(self.stop, len(self.sides) - 1)]

    def look(self, x: float, y: float, *, stop: int | None = None) -> None:
        """Go to a place in cells, perhaps nearer or farther."""
        self._goal = (x, y)
        if stop is not None:
            self.stop = min(max(stop, 0), len(self.sides) - 1)

    def pan(self, dx: float, dy: float) -> None:
        """Move by canvas units, at once."""
        self.x, self.y = self.x + dx / self.side, self.y + dy / self.side
        self._goal = (self.x, self.y)
        self._bound()
        self._goal = (self.x, self.y)

    def zoom(self, by: int, at: Point | None = None) -> None:
        """Go `by` stops nearer; what is at the point `at` (canvas) stays there."""
        before = self.stop = min(self.stop, len(self.sides) - 1)
        self.stop = min(max(self.stop + by, 0), len(self.sides) - 1)
        if at is None or self.stop == before:
            return
        x, y = self.cell_at(at)
        side = self._wanted
        center = self.view.center
        self._goal = (x - (at[0] - center[0]) / side, y - (at[1] - center[1]) / side)

    def cell_at(self, at: Point) -> Point:
        """Return the place under a point of the canvas, in cells."""
        return (
            self.x + (at[0] - self.view.centerx) / self.side,
            self.y + (at[1] - self.view.centery) / self.side,
        )

    def update(self, dt: float) -> None:
        """Glide on by `dt` seconds."""
        share = 1.0 if self.still else 1 - exp(-_EAGER * dt)
        goal = self._wanted
        far = log(goal / self.side)
        self.side = goal if abs(far) < _NEAR else self.side * exp(far * share)
        self.x += (self._goal[0] - self.x) * share
        self.y += (self._goal[1] - self.y) * share
        self._bound()

    def settle(self) -> None:
        """Be where it was sent, at once."""
        still, self.still = self.still, True
        self.update(0)
        self.still = still

    def lens(self) -> Lens:
        """Return this moment's mapping of cells to pixels."""
        view, scale = self.view, self.scale
        px = self.side * scale
        px = px if self.moving else float(round(px))
        left, top = round(view.x * scale), round(view.y * scale)
        area = pygame.Rect(
            left, top, round(view.right * scale) - left, round(view.bottom * scale) - top
        )
        return Lens(
            px,
            round(self._wanted * scale),
            round(view.centerx * scale - self.x * px),
            round(view.centery * scale - self.y * px),
            area,
            scale,
        )

    def _bound(self) -> None:
        """Keep the view over the city; where all of it fits, in its middle."""
        self.x = _within(self.x, self.size[0], self.view.w / self.side)
        self.y = _within(self.y, self.size[1], self.view.h / self.side)


def _within(middle: float, cells: int, seen: float) -> float:
    low, high = seen / 2 - MARGIN, cells + MARGIN - seen / 2
    return cells / 2 if low >= high else min(max(middle, low), high)
