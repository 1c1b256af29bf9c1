"""Where the focus goes: the nearest widget in a direction, or round to the other side."""

from __future__ import annotations

from collections.abc import Mapping

import pygame

from hamlet_game.game.events import DIRECTIONS, Command
from hamlet_game.game.ui.widget import Widget

Layout = Mapping[Widget, pygame.FRect]  # reachable widgets, where they are to the eye

_ASIDE = 3.0  # a unit to the side counts as much as this many ahead
_OVERLAP = 2.0  # units by which neighbours may overlap and still be one after the other


def _turned(box: pygame.FRect, direction: Command) -> tuple[float, float, float, float]:
    """Return (near, far, left, right) of a box as seen looking in `direction`."""
    if direction is Command.RIGHT:
        return box.left, box.right, box.top, box.bottom
    if direction is Command.LEFT:
        return -box.right, -box.left, box.top, box.bottom
    if direction is Command.DOWN:
        return box.top, box.bottom, box.left, box.right
    return -box.bottom, -box.top, box.left, box.right


def _cost(here: pygame.FRect, there: pygame.FRect, direction: Command) -> tuple[float, float]:
    """Return how far ahead `there` begins, and how far aside it lies (0: straight ahead)."""
    _, far, left, right = _turned(here, direction)
    near, _, other_left, other_right = _turned(there, direction)
    return near - far, max(0.0, other_left - right, left - other_right)


def _centre_offset(here: pygame.FRect, there: pygame.FRect, direction: Command) -> float:
    level = direction in (Command.LEFT, Command.RIGHT)
    return abs(here.centery - there.centery) if level else abs(here.centerx - there.centerx)


def neighbour(layout: Layout, start: Widget, direction: Command) -> Widget:
    """Return the widget next to `start` in `direction`; `start` itself if it is alone."""
    here = layout[start]
    ahead: list[tuple[float, Widget]] = []
    behind: list[tuple[float, Widget]] = []
    for widget, box in layout.items():
        if widget is start:
            continue
        forward, aside = _cost(here, box, direction)
        centre = _centre_offset(here, box, direction) / 100
        if forward >= -_OVERLAP:
            ahead.append((forward + _ASIDE * aside + centre, widget))
        elif aside == 0 or direction in (Command.UP, Command.DOWN):
            behind.append((forward + _ASIDE * aside + centre, widget))  # farthest back first
    chosen = ahead or behind
    return min(chosen, key=lambda pair: pair[0])[1] if chosen else start


def _reached(layout: Layout, start: Widget) -> set[Widget]:
    """Return every widget that directions lead to from `start`."""
    seen, edge = {start}, [start]
    while edge:
        widget = edge.pop()
        for direction in DIRECTIONS:
            if widget.sideways and direction in (Command.LEFT, Command.RIGHT):
                continue
            following = neighbour(layout, widget, direction)
            if following not in seen:
                seen.add(following)
                edge.append(following)
    return seen


def unreachable(layout: Layout) -> list[Widget]:
    """Return the widgets that can't be reached from every other one."""
    reached = [_reached(layout, start) for start in layout]
    return [widget for widget in layout if not all(widget in some for some in reached)]
