"""How a map of wants looks: a ramp of colours that differ in brightness, arrows, a legend."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

import numpy as np
import pygame

from hamlet_game.game.draw.cache import pictures
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.draw.stage import FRAME
from hamlet_game.game.events import Command
from hamlet_game.game.insight.words import number
from hamlet_game.game.theme import Rgb, mix
from hamlet_game.game.ui.look import arrow
from hamlet_game.game.ui.widget import SMALL
from hamlet_game.town.names import Action

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Point
    from hamlet_game.game.draw.town_view import TownView
    from hamlet_game.game.insight.wants import Wants

# From low to high; brightness rises all the way, so that it reads without telling hues apart.
RAMP: tuple[Rgb, ...] = (
    (42, 22, 92),
    (112, 32, 134),
    (184, 52, 118),
    (236, 104, 78),
    (252, 174, 64),
    (252, 240, 130),
)
SHADES = 32
_TINT = 150  # alpha of a tinted cell
_HOUSE_TINT = 70  # where a house stands
_EDGE = 190  # alpha of a cell's rim, which keeps its colour at night
_tiles = pictures(3)
Paint = Callable[[Painter, pygame.FRect], None]

_TURN = {
    Action.UP: Command.UP,
    Action.DOWN: Command.DOWN,
    Action.LEFT: Command.LEFT,
    Action.RIGHT: Command.RIGHT,
}


def ramp(share: float) -> Rgb:
    """Return the colour of a share 0..1 of the way from the lowest value to the highest.

    In a number of shades, so that shapes of one shade are rasterised once.
    """
    share = round(share * (SHADES - 1)) / (SHADES - 1)
    place = min(1.0, max(0.0, share)) * (len(RAMP) - 1)
    k = min(int(place), len(RAMP) - 2)
    return mix(RAMP[k], RAMP[k + 1], place - k)


def shares(wants: Wants) -> np.ndarray:
    """Return each cell's place between the lowest and the highest value, (H, W), 0..1."""
    value = wants.value
    low, high = float(value.min()), float(value.max())
    return np.asarray((value - low) / (high - low) if high > low else np.full_like(value, 0.5))


def shades(wants: Wants) -> bytes:
    """Return each cell's shade: maps with equal shades are tinted alike."""
    return bytes(np.rint(shares(wants) * (SHADES - 1)).astype(np.uint8))


def area(view: TownView, box: Box) -> pygame.FRect:
    """Return the canvas box of all cells."""
    side = view.cell_side(box)
    x, y = view.cell_center(box, 0, 0)
    left, top = x - side / 2, y - side / 2
    return pygame.FRect(left, top, side * view.width, side * view.height)


def draw_cells(painter: Painter, view: TownView, box: Box, wants: Wants) -> None:
    """Tint every cell by its value; the painter's surface holds the cells and nothing else."""
    side, levels = view.cell_side(box), shares(wants)
    for y in range(view.height):
        for x in range(view.width):
            color = ramp(float(levels[y, x]))
            alpha = _HOUSE_TINT if (x, y) in wants.houses else _TINT
            _put(painter, side, (x, y), _tinted(painter, side, (*color, alpha)))


def draw_arrows(painter: Painter, view: TownView, box: Box, wants: Wants) -> None:
    """Show on every cell what the policy does there, on a disc of the cell's colour."""
    side, levels = view.cell_side(box), shares(wants)
    for y in range(view.height):
        for x in range(view.width):
            color, action = ramp(float(levels[y, x])), Action(int(wants.best[y, x]))
            aside = (x, y) in wants.houses or (x, y) == wants.here
            _put(painter, side, (x, y), _signed(painter, side, action, color, aside=aside))


def _put(painter: Painter, side: float, cell: tuple[int, int], tile: pygame.Surface) -> None:
    x, y = cell
    at = round(x * side * painter.scale), round(y * side * painter.scale)
    painter.surface.blit(tile, at)


def _tile(painter: Painter, side: float, key: Hashable, paint: Paint) -> pygame.Surface:
    """Return the picture of one cell, kept for all cells and maps that look the same."""

    def make() -> pygame.Surface:
        pixels = max(1, round(side * painter.scale))
        part = Painter(pygame.Surface((pixels, pixels), pygame.SRCALPHA, 32))
        part.scale = painter.scale
        paint(part, pygame.FRect(side * 0.03, side * 0.03, side * 0.94, side * 0.94))
        return part.surface

    return _tiles.get((side, painter.scale, key), make)


def _tinted(painter: Painter, side: float, color: tuple[int, int, int, int]) -> pygame.Surface:
    return _tile(painter, side, color, lambda p, cell: p.rect(cell, color, radius=side * 0.16))


def _signed(
    painter: Painter, side: float, action: Action, color: Rgb, *, aside: bool
) -> pygame.Surface:
    def paint(part: Painter, cell: pygame.FRect) -> None:
        part.rect(cell, (*color, _EDGE), radius=side * 0.16, width=side * 0.035)
        middle = side * (0.82 if aside else 0.5)
        _draw_action(part, (middle, middle), side * (0.3 if aside else 0.38), action, color)

    return _tile(painter, side, (action, color, aside), paint)


def _draw_action(painter: Painter, at: Point, size: float, action: Action, color: Rgb) -> None:
    bright = (color[0] * 0.3 + color[1] * 0.59 + color[2] * 0.11) > 140
    ink: Rgb = (30, 22, 40) if bright else (255, 250, 240)
    painter.circle(at, size * 0.56, (20, 16, 32, 150))
    painter.circle(at, size * 0.5, color)
    if action in _TURN:
        arrow(painter, at, size * 0.52, _TURN[action], ink)
    else:
        painter.circle(at, size * 0.26, ink, width=size * 0.1)
        painter.circle(at, size * 0.08, ink)


def legend_words(wants: Wants) -> tuple[str, str, str]:
    """Return what is measured, and the lowest and the highest value as numbers."""
    value = wants.value
    low, high = float(value.min()), float(value.max())
    if wants.measures == "log_probability":
        return "p of best", f"{100 * low:.0f} %", f"{100 * high:.0f} %"
    digits = 1 if high - low >= 1 else 2
    return "max Q", number(low, digits), number(high, digits)


def legend_box(painter: Painter, box: Box, words: tuple[str, str, str]) -> pygame.FRect:
    """Return where the legend lies: in the town's upper right corner."""
    size = _legend_size(painter)
    wide = sum(painter.measure(word, size, font="bold", fixed=True)[0] for word in words)
    tall = painter.line_height(size, font="bold", fixed=True) + 4
    chip = pygame.FRect(0, 0, wide + size * (5 + 5 * 0.45), tall)
    chip.topright = (box[0] + box[2] - FRAME - 8, box[1] + FRAME + 6)
    return chip


def _legend_size(painter: Painter) -> float:
    return SMALL * 0.86 * min(painter.text_scale, 1.35)


def draw_legend(painter: Painter, chip: pygame.FRect, words: tuple[str, str, str]) -> None:
    """Draw the ramp with what is measured and the values at its ends."""
    size, (name, low, high) = _legend_size(painter), words
    widths = [painter.measure(t, size, font="bold", fixed=True)[0] for t in (name, low, high)]
    strip, gap = size * 5, size * 0.45
    painter.rect(chip, (*painter.palette.night, 215), radius=chip.h / 2)
    x, ink = chip.x + 1.5 * gap, painter.palette.text
    for word, wide in zip((name, low), widths, strict=False):
        painter.text(word, (x, chip.centery), size, ink, anchor="midleft", font="bold", fixed=True)
        x += wide + gap
    parts = SHADES
    for k in range(parts):
        piece = (x + strip * k / parts, chip.centery - size * 0.38, strip / parts, size * 0.76)
        painter.rect(piece, ramp(k / (parts - 1)))
    at = (x + strip + gap, chip.centery)
    painter.text(high, at, size, ink, anchor="midleft", font="bold", fixed=True)
