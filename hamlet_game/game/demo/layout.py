"""Where things are in the demo, on a wide canvas and on an upright one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.painter import CANVAS

if TYPE_CHECKING:
    from hamlet_game.game.stream import Feed

EDGE = 26.0  # from the canvas's edge
GAP = 20.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A town and the card that tells about it."""

    town: pygame.FRect
    card: pygame.FRect


class Layout:
    """Boxes in canvas units for a canvas of `size` that shows `feed`.

    `keyed`: behind everything is the key colour, on which no bare words can be read.
    """

    def __init__(self, size: tuple[int, int], feed: Feed, *, keyed: bool = False) -> None:
        self.wide, self.high = size
        self.feed, self.keyed = feed, keyed
        self.upright = size != CANVAS

    @property
    def whole(self) -> pygame.FRect:
        """Return the canvas."""
        return pygame.FRect(0, 0, self.wide, self.high)

    def single(self) -> Spot:
        """Return the boxes of one town and its story."""
        if self.upright:
            side = self.wide - 2 * EDGE
            town = pygame.FRect(EDGE, EDGE, side, side)
            if self.feed.clean:
                town.center = self.whole.center
            top = town.bottom + GAP
            return Spot(town, pygame.FRect(EDGE, top, side, self.high - EDGE - top))
        side = self.high - 2 * EDGE
        town = pygame.FRect(EDGE, EDGE, side, side)
        if self.feed.clean:
            town = town.inflate(24, 24)
            town.center = self.whole.center
        left = EDGE + side + GAP + 4
        return Spot(town, pygame.FRect(left, EDGE, self.wide - EDGE - left, side))

    @property
    def head(self) -> pygame.FRect:
        """Return the box above several towns."""
        return pygame.FRect(EDGE, 16, self.wide - 2 * EDGE, 172 if self.upright else 116)

    @property
    def foot(self) -> pygame.FRect:
        """Return the box below several towns."""
        high = 88 if self.upright else 62
        return pygame.FRect(EDGE, self.high - 14 - high, self.wide - 2 * EDGE, high)

    def several(self, count: int) -> list[Spot]:
        """Return the boxes of a few towns: side by side, or one below the other."""
        top, bottom = self.head.bottom + 10, self.foot.y - 10
        if self.feed.clean:
            top, bottom = EDGE, self.high - EDGE
        return self._rows(count, top, bottom) if self.upright else self._columns(count, top, bottom)

    def _columns(self, count: int, top: float, bottom: float) -> list[Spot]:
        """Put towns side by side: two with cards at their outer sides, more with cards below."""
        if count == 2:
            return self._pair(top, bottom)
        card = 0.0 if self.feed.clean else 84.0
        across = (self.wide - 2 * EDGE - (count - 1) * GAP) / count
        side = min(across, bottom - top - card - 8)
        top += (bottom - top - card - 8 - side) / 2
        left = (self.wide - count * side - (count - 1) * GAP) / 2
        spots = []
        for k in range(count):
            x = left + k * (side + GAP)
            town = pygame.FRect(x, top, side, side)
            spots.append(Spot(town, pygame.FRect(x, town.bottom + 8, side, card)))
        return spots

    def _pair(self, top: float, bottom: float) -> list[Spot]:
        side = min(bottom - top, self.wide / 2 - EDGE - GAP)
        middle = self.wide / 2
        card = 0.0 if self.feed.clean else middle - GAP / 2 - side - 10 - EDGE
        left = pygame.FRect(middle - GAP / 2 - side, top, side, side)
        right = pygame.FRect(middle + GAP / 2, top, side, side)
        return [
            Spot(left, pygame.FRect(EDGE, top, card, side)),
            Spot(right, pygame.FRect(right.right + 10, top, card, side)),
        ]

    def _rows(self, count: int, top: float, bottom: float) -> list[Spot]:
        room = self.wide - 2 * EDGE
        card = 0.0 if self.feed.clean else 226.0
        side = min((bottom - top - (count - 1) * 14) / count, room - card)
        left = (self.wide - side) / 2 if self.feed.clean else EDGE
        spots = []
        for k in range(count):
            town = pygame.FRect(left, top + k * (side + 14), side, side)
            beside = town.right + 14
            spots.append(Spot(town, pygame.FRect(beside, town.y, self.wide - EDGE - beside, side)))
        return spots
