"""Where widgets go: columns, rows and grids by their preferred sizes, never overlapping."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.ui.widget import Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Painter

GAP = 12.0


def column(
    painter: Painter, box: Box, widgets: Sequence[Widget], *, gap: float = GAP
) -> pygame.FRect:
    """Stack widgets at the box's full width; return what they fill, which may be taller."""
    x, y, w, _ = box
    top = y
    for widget in widgets:
        high = widget.height_for(painter, w)
        widget.box = pygame.FRect(x, y, w, high)
        y += high + gap
    return pygame.FRect(x, top, w, max(0.0, y - gap - top))


def row(
    painter: Painter,
    box: Box,
    widgets: Sequence[Widget],
    *,
    gap: float = GAP,
    align: str = "fill",
) -> pygame.FRect:
    """Put widgets side by side; return what they fill.

    `fill` shares spare width out evenly; `left`, `center` and `right` keep the
    preferred widths. Where there is too little width, all shrink alike.
    """
    x, y, w, _ = box
    if not widgets:
        return pygame.FRect(x, y, 0, 0)
    sizes = [widget.preferred(painter) for widget in widgets]
    wide, high = sum(size[0] for size in sizes), max(size[1] for size in sizes)
    spare = w - gap * (len(widgets) - 1) - wide
    if spare < 0:
        widths = [size[0] * (1 + spare / wide) for size in sizes]
    else:
        extra = spare / len(widgets) if align == "fill" else 0.0
        widths = [size[0] + extra for size in sizes]
    used = sum(widths) + gap * (len(widgets) - 1)
    left = x + (w - used) * {"fill": 0.0, "left": 0.0, "center": 0.5, "right": 1.0}[align]
    whole = pygame.FRect(left, y, used, high)
    for widget, width in zip(widgets, widths, strict=True):
        widget.box = pygame.FRect(left, y, width, high)
        left += width + gap
    return whole


def grid(
    painter: Painter, box: Box, widgets: Sequence[Widget], *, columns: int, gap: float = GAP
) -> pygame.FRect:
    """Fill rows of equal cells, each row as tall as its tallest; return what they fill."""
    x, y, w, _ = box
    top, cell = y, (w - gap * (columns - 1)) / columns
    for first in range(0, len(widgets), columns):
        line = widgets[first : first + columns]
        high = max(widget.height_for(painter, cell) for widget in line)
        for index, widget in enumerate(line):
            widget.box = pygame.FRect(x + index * (cell + gap), y, cell, high)
        y += high + gap
    return pygame.FRect(x, top, w, max(0.0, y - gap - top))
