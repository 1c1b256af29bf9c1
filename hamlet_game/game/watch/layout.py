"""Where everything in the watch scene goes: by what is shown, the text size and the canvas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pygame

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.play.blocks import PAD
from hamlet_game.game.ui.meter import meter_height

EDGE, GAP = 14.0, 10.0
TOOL_HIGH = 52.0  # a tool's height; see `tools`
_TOWN_SHARE = 0.56  # of an upright canvas, at most
_WIDEST_TOWN = 1.7  # of its height, where it has the picture for itself
CARDS = ("meters", "q", "curve", "learner", "curriculum", "ticker")
CHARTS = ("curve", "learner", "curriculum", "ticker")  # what moves while no world is drawn
_ROWS = (("meters",), ("q", "curriculum"), ("curve",), ("learner", "ticker"))
_LEAST = {"q": 126.0, "curriculum": 126.0, "curve": 128.0, "learner": 112.0, "ticker": 104.0}
_WEIGHT = {"q": 1.1, "curriculum": 1.0, "curve": 1.5, "learner": 1.0, "ticker": 0.9}
_FIRST_TO_GO = ("ticker", "learner", "curriculum", "curve", "q", "meters")
METER_COLUMNS = 2


@dataclass
class Plan:
    """The boxes of one picture, canvas units."""

    header: pygame.FRect
    town: pygame.FRect | None
    tools: pygame.FRect | None
    cards: dict[str, pygame.FRect] = field(default_factory=dict)
    crowded_out: tuple[str, ...] = ()  # cards that are on but have no room


@dataclass(frozen=True, slots=True)
class Wish:
    """What should be in the picture."""

    cards: Sequence[str]  # names of `CARDS`, those that are on
    meters: int  # of the level
    header: float  # height
    tool_rows: int  # 0: no tools
    world: bool = True
    charts_only: bool = False


def plan(painter: Painter, wish: Wish) -> Plan:
    """Lay a picture out."""
    wide, high = painter.size
    upright = high > wide
    header = pygame.FRect(EDGE, 8, wide - 2 * EDGE, wish.header)
    tools = None
    bottom = high - EDGE
    if wish.tool_rows:
        tall = wish.tool_rows * TOOL_HIGH + (wish.tool_rows - 1) * 6
        tools = pygame.FRect(EDGE, high - 8 - tall, wide - 2 * EDGE, tall)
        bottom = tools.y - GAP
    top = header.bottom + 6 if wish.header else EDGE
    area = pygame.FRect(EDGE, top, wide - 2 * EDGE, bottom - top)
    result = Plan(header, None, tools)
    if wish.charts_only:
        result.cards = _charts(area, upright=upright)
        return result
    cards = [name for name in wish.cards if name in CARDS]
    if not wish.world:
        _fill(painter, area, cards, wish.meters, result)
    elif not cards:
        result.town = area.copy()
        result.town.w = min(area.w, area.h * _WIDEST_TOWN)
        result.town.h = min(area.h, area.w)
        result.town.center = area.center
    elif upright:
        tall = min(area.w, area.h * _TOWN_SHARE)
        result.town = pygame.FRect(area.x, area.y, area.w, tall)
        rest = pygame.FRect(area.x, area.y + tall + GAP, area.w, area.h - tall - GAP)
        _fill(painter, rest, cards, wish.meters, result)
    else:
        result.town = pygame.FRect(area.x, area.y, area.h, area.h)
        left = area.x + area.h + GAP
        rest = pygame.FRect(left, area.y, area.right - left, area.h)
        _fill(painter, rest, cards, wish.meters, result)
    return result


def meters_height(painter: Painter, count: int) -> float:
    """Return the height of the meters' card."""
    rows = -(-count // METER_COLUMNS)
    return rows * meter_height(painter) + (rows - 1) * 12 + 2 * PAD - 8


def _charts(area: pygame.FRect, *, upright: bool) -> dict[str, pygame.FRect]:
    """Return the charts alone, the curve the largest."""
    if upright:
        rows = [(("curve",), 2.2), (("learner",), 1.0), (("curriculum",), 1.0), (("ticker",), 1.0)]
        whole = sum(weight for _, weight in rows)
        spare, top, boxes = area.h - GAP * (len(rows) - 1), area.y, {}
        for names, weight in rows:
            boxes[names[0]] = pygame.FRect(area.x, top, area.w, spare * weight / whole)
            top = boxes[names[0]].bottom + GAP
        return boxes
    left = pygame.FRect(area.x, area.y, area.w * 0.64, area.h)
    right = pygame.FRect(left.right + GAP, area.y, area.w - left.w - GAP, area.h)
    upper = (right.h - 2 * GAP) * 0.36
    lower = (right.h - 2 * GAP) * 0.34
    learner = pygame.FRect(right.x, right.y, right.w, upper)
    levels = pygame.FRect(right.x, learner.bottom + GAP, right.w, lower)
    below = levels.bottom + GAP
    ticker = pygame.FRect(right.x, below, right.w, right.bottom - below)
    return {"curve": left, "learner": learner, "curriculum": levels, "ticker": ticker}


def _fill(
    painter: Painter, area: pygame.FRect, cards: Sequence[str], meters: int, result: Plan
) -> None:
    """Put cards into rows; those that don't fit go, the least needed first."""
    kept = list(cards)
    grown = 0.68 + 0.32 * painter.text_scale
    own = meters_height(painter, meters)

    def least(row: Sequence[str]) -> float:
        return own if "meters" in row else max(_LEAST[name] for name in row) * grown

    def rows() -> list[list[str]]:
        found = [[name for name in row if name in kept] for row in _ROWS]
        return [row for row in found if row]

    def fits() -> bool:
        return sum(map(least, rows())) + GAP * (len(rows()) - 1) <= area.h

    leaving = [name for name in _FIRST_TO_GO if name in kept]
    while len(kept) > 1 and not fits():
        kept.remove(leaving.pop(0))
    for name in [name for name in reversed(_FIRST_TO_GO) if name in cards and name not in kept]:
        kept.append(name)  # beside another one there may be room after all
        if not fits():
            kept.remove(name)
    result.crowded_out = tuple(name for name in cards if name not in kept)
    lines = rows()
    spare = area.h - sum(map(least, lines)) - GAP * (len(lines) - 1)
    shares = [max((_WEIGHT.get(name, 0.0) for name in row), default=0.0) for row in lines]
    top = area.y
    for row, share in zip(lines, shares, strict=True):
        tall = least(row) + max(0.0, spare) * share / (sum(shares) or 1.0)
        tall = min(tall, area.bottom - top)
        each = (area.w - GAP * (len(row) - 1)) / len(row)
        for index, name in enumerate(row):
            result.cards[name] = pygame.FRect(area.x + index * (each + GAP), top, each, tall)
        top += tall + GAP
