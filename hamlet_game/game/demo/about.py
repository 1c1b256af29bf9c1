"""The card about one of several lives: who it is, how it goes, and its meters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.demo.lettering import draw_plate, fitted
from hamlet_game.game.ui.meter import draw_progress
from hamlet_game.town.names import FULL

if TYPE_CHECKING:
    from hamlet_game.game.demo.show import Show
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.theme import Rgb

_BAR = 12.0
_TALL = 200.0  # canvas units, the least height of a card with meters


@dataclass(frozen=True, slots=True)
class About:
    """What a card says."""

    name: str
    detail: str
    number: str  # large
    unit: str


def draw_about(painter: Painter, box: pygame.FRect, show: Show, about: About) -> None:
    """Draw a card; a tall one has room for the meters."""
    draw_plate(painter, box)
    colors, record = painter.palette, show.record
    ink = colors.danger if record.last.died else colors.good
    if box.h > _TALL:
        _draw_tall(painter, box.inflate(-22, -24), show, about, ink)
    else:
        _draw_flat(painter, box.inflate(-26, -18), show, about, ink)


def _draw_flat(painter: Painter, box: pygame.FRect, show: Show, about: About, ink: Rgb) -> None:
    """Draw the name at the left, the number at the right, and how far it has come below."""
    colors = painter.palette
    share = show.step / show.level.steps
    draw_progress(painter, (box.x, box.bottom - _BAR, box.w, _BAR), share, ink)
    words = pygame.FRect(box.x, box.y, box.w * 0.56, box.h - _BAR - 6)
    lines = [(about.name, 20.0, "bold", colors.text), (about.detail, 15.0, "sans", colors.muted)]
    part = words.h / (2 if about.detail else 1)
    for k, (text, size, font, color) in enumerate(lines):
        line = pygame.FRect(words.x, words.y + k * part, words.w, part)
        fitted(painter, text, line, size, color, font=font, middle=True)
    right = pygame.FRect(words.right + 8, words.y, box.right - words.right - 8, words.h)
    _draw_count(painter, right, about, ink)


def _draw_count(painter: Painter, box: pygame.FRect, about: About, ink: Rgb) -> None:
    """Draw "126 of 500 steps" with its end at the right, the number larger."""
    size = 32.0
    while size > 10 and _count_width(painter, about, size) > box.w:
        size -= 0.5
    while size > 10 and painter.line_height(size, font="display") > box.h + 8:
        size -= 0.5
    unit = painter.text(
        about.unit, box.midright, size * 0.5, painter.palette.muted, anchor="midright"
    )
    at = (unit.left - 6, box.centery)
    painter.text(about.number, at, size, ink, anchor="midright", font="display")


def _count_width(painter: Painter, about: About, size: float) -> float:
    number = painter.measure(about.number, size, font="display")[0]
    return number + 6 + painter.measure(about.unit, size * 0.5)[0]


def _draw_tall(painter: Painter, box: pygame.FRect, show: Show, about: About, ink: Rgb) -> None:
    """Draw name, number and meters, one below the other."""
    colors = painter.palette
    meters = list(show.level.shown)
    row = min(34.0, box.h * 0.42 / len(meters))
    below = box.bottom - row * len(meters)
    name = pygame.FRect(box.x, box.y, box.w, box.h * 0.14)
    shown = fitted(painter, about.name, name, 24, colors.text, font="bold")
    top = shown.bottom + 2
    if about.detail:
        room = pygame.FRect(box.x, top, box.w, box.h * 0.13)
        top = fitted(painter, about.detail, room, 16, colors.muted).bottom + 2
    high = min((below - top - 8) * 0.62, 74.0)
    number = pygame.FRect(box.x, top, box.w, high)
    under = fitted(painter, about.number, number, high * 0.74, ink, font="display")
    unit = pygame.FRect(box.x, under.bottom, box.w, max(12.0, below - 8 - under.bottom))
    fitted(painter, about.unit, unit, 18, colors.muted)
    draw_bars(painter, pygame.FRect(box.x, below, box.w, row * len(meters)), show)


def draw_bars(painter: Painter, box: pygame.FRect, show: Show) -> None:
    """Draw the meters as bars with icons and no words, sharing a box out evenly."""
    frame, meters = show.record.last, list(show.level.shown)
    row = box.h / len(meters)
    for k, meter in enumerate(meters):
        y = box.y + row * (k + 0.5)
        side = row * 0.68
        painter.sprite(f"icons/{meter.key}", (box.x + side / 2, y), (side, side))
        bar = (box.x + side + 8, y - _BAR / 2, box.w - side - 8, _BAR)
        color = painter.palette.named(meter.key)
        draw_progress(painter, bar, min(1.0, frame.meters[meter] / FULL), color)
