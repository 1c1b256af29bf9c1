"""A little diagram: what pays, step by step, and round again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command
from hamlet_game.game.lab.page import draw_bar
from hamlet_game.game.theme import mix
from hamlet_game.game.ui.look import arrow, icon_sprite
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter

_LEAST = 44.0  # a tile's side, below which the diagram says nothing
_MOST = 112.0
_BACK = 18.0  # below the words, for the way back


@dataclass(frozen=True, slots=True)
class Station:
    """One tile: an icon, a word, and perhaps how full a meter is there, 0..1."""

    icon: str
    word: str
    full: float | None = None
    tone: str = "accent"


FARMING = (
    Station("energy", "Run it down", 0.06, "danger"),
    Station("bed", "Refill it"),
    Station("star_full", "Cash in", None, "star"),
)
LIVING = (
    Station("energy", "Keep it full", 0.85, "good"),
    Station("heart", "Live on", None, "good"),
    Station("star_full", "Cash in", None, "star"),
)


def loop_height(painter: Painter) -> float:
    """Return the least height the diagram needs."""
    return _LEAST + painter.line_height(SMALL) + _BACK + 10


def draw_loop(painter: Painter, box: pygame.FRect, stations: tuple[Station, ...]) -> None:
    """Draw tiles with arrows between, and the way back below."""
    words = painter.line_height(SMALL) + 6
    count = len(stations)
    side = min(_MOST, box.h - words - _BACK - 4, box.w / (count + (count - 1) * 0.7))
    if side < _LEAST:
        return
    widest = max(painter.measure(s.word, SMALL, font="bold")[0] for s in stations)
    gap = min(max(side * 0.9, widest + 16 - side), (box.w - side * count) / (count - 1))
    left = box.centerx - (side * count + gap * (count - 1)) / 2
    top = box.centery - (side + words + _BACK) / 2
    for index, station in enumerate(stations):
        tile = pygame.FRect(left + index * (side + gap), top, side, side)
        _draw_station(painter, tile, station, side + gap - 8)
        if index:
            at = (tile.x - gap / 2, tile.centery)
            arrow(painter, at, 20, Command.RIGHT, painter.palette.muted)
    _draw_way_back(painter, left + side / 2, left + (side + gap) * (count - 1) + side / 2,
                   top + side + words)  # fmt: skip


def _draw_station(painter: Painter, tile: pygame.FRect, station: Station, room: float) -> None:
    colors = painter.palette
    hue = colors.named(station.tone)
    painter.rect(tile, mix(colors.panel, hue, 0.3), radius=tile.w * 0.24)
    painter.rect(tile.inflate(-5, -5), mix(colors.panel, hue, 0.16), radius=tile.w * 0.21)
    side, up = tile.w * 0.56, 0.0 if station.full is None else tile.h * 0.08
    painter.sprite(icon_sprite(station.icon), (tile.centerx, tile.centery - up), (side, side))
    if station.full is not None:
        bar = pygame.FRect(tile.x + tile.w * 0.16, tile.bottom - tile.h * 0.2, tile.w * 0.68, 8)
        draw_bar(painter, bar, 0.0, station.full, hue)
    at = (tile.centerx, tile.bottom + 5)
    painter.text(station.word, at, SMALL, colors.text, anchor="midtop", font="bold", fit=room)


def _draw_way_back(painter: Painter, start: float, end: float, top: float) -> None:
    """Draw a line from below the last tile to below the first, with its head there."""
    color, low = painter.palette.faint, top + _BACK - 8
    painter.lines([(end, top), (end, low), (start, low), (start, top + 6)], color, width=2.5)
    arrow(painter, (start, top + 3), 13, Command.UP, color)
