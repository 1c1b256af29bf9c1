"""Where the lanes of a split screen lie: side by side, or one above the other if upright."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.versus.meters import columns_for, meters_height
from hamlet_game.town.level import Level

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter

EDGE = 20.0  # canvas units, from the canvas's edge
GAP = 16.0  # between lanes
_AIR = 8.0  # between the parts of a lane
_STACKED_FROM = 470.0  # an upright lane this tall has its meters below the town
_TOWN_SHARE = 0.56  # of an upright lane's width, where they are beside it
_COVER = 0.94  # of a lane's width: a town that nearly fills it does


@dataclass(frozen=True, slots=True)
class Pane:
    """The boxes of one lane."""

    head: pygame.FRect
    town: pygame.FRect
    meters: pygame.FRect
    columns: int  # of meters


def upright(painter: Painter) -> bool:
    """Return whether the canvas is taller than wide."""
    return painter.size[1] > painter.size[0]


def panes(
    painter: Painter,
    level: Level,
    count: int,
    area: pygame.FRect,
    head: float,
    *,
    bare: bool = False,
) -> list[Pane]:
    """Return the boxes of `count` lanes inside `area`; `head` is the height above each town.

    All towns are of the same size. `bare`: towns alone, the other boxes are empty.
    """
    if upright(painter):
        high = (area.h - GAP * (count - 1)) / count
        rows = [pygame.FRect(area.x, area.y + k * (high + GAP), area.w, high) for k in range(count)]
        return [_bare(level, row) if bare else _row(painter, level, row, head) for row in rows]
    wide = (area.w - GAP * (count - 1)) / count
    boxes = [pygame.FRect(area.x + k * (wide + GAP), area.y, wide, area.h) for k in range(count)]
    return [_bare(level, box) if bare else _stacked(painter, level, box, head) for box in boxes]


def _bare(level: Level, box: pygame.FRect) -> Pane:
    """Return the boxes of a lane that is nothing but its town, as large as its shape allows."""
    shape = level.width / level.height
    town = pygame.FRect(0, 0, min(box.w, box.h * shape * 1.3), min(box.h, box.w / shape * 1.1))
    town.center = box.center
    nothing = pygame.FRect(box.x, box.y, 0, 0)
    return Pane(nothing, town, nothing, 1)


def _stacked(painter: Painter, level: Level, box: pygame.FRect, head: float) -> Pane:
    """Return head, town and meters one below the other."""
    columns = columns_for(level)
    low = meters_height(painter, level, columns)
    top = box.y + (head + _AIR if head else 0.0)
    town = pygame.FRect(box.x, top, box.w, box.bottom - low - _AIR - top)
    shape = max(0.7, level.width / level.height) * 1.3
    if town.w > town.h * shape and town.h * shape < _COVER * town.w:
        town.w, town.centerx = town.h * shape, box.centerx
    return Pane(
        pygame.FRect(box.x, box.y, box.w, head),
        town,
        pygame.FRect(box.x, box.bottom - low, box.w, low),
        columns,
    )


def _row(painter: Painter, level: Level, box: pygame.FRect, head: float) -> Pane:
    """Return the boxes of a lane as wide as the canvas."""
    if box.h >= _STACKED_FROM:
        return _stacked(painter, level, box, head)
    low = meters_height(painter, level, 1)
    town = pygame.FRect(box.x, box.y, min(box.w * _TOWN_SHARE, box.h * 1.1), box.h)
    left = town.right + GAP
    side = pygame.FRect(left, box.y, box.right - left, head)
    meters = pygame.FRect(left, 0, box.right - left, low)
    meters.bottom = box.bottom
    return Pane(side, town, meters, 1)
