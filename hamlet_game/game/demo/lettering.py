"""Words of the demo: large, few, and always inside their box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.theme import mix

if TYPE_CHECKING:
    from hamlet_game.game.demo.layout import Layout
    from hamlet_game.game.draw.painter import Box, Color, Painter

_SMALLEST = 8.0  # of a text's size at 100 % text size
_FADE_S = 0.5


def fitted(
    painter: Painter,
    text: str,
    box: Box,
    size: float,
    color: Color,
    *,
    font: str = "sans",
    align: str = "left",
    middle: bool = False,
) -> pygame.FRect:
    """Draw text wrapped into a box, smaller where it would not fit; return where it is.

    `middle` centres it from top to bottom.
    """
    room = pygame.FRect(box)
    while size > _SMALLEST and not _fits(painter, text, size, font, room):
        size = max(_SMALLEST, size - 0.5)
    wide, high = painter.measure(text, size, font=font, wrap=room.w)
    left = room.x if align == "left" else room.centerx - wide / 2
    top = room.y + max(0.0, (room.h - high) / 2) if middle else room.y
    return painter.text(text, (left, top), size, color, font=font, wrap=room.w, align=align)


def _fits(painter: Painter, text: str, size: float, font: str, room: pygame.FRect) -> bool:
    """Return whether text fits without a word being broken."""
    high = painter.measure(text, size, font=font, wrap=room.w)[1]
    if high > room.h:
        return False
    return all(painter.measure(word, size, font=font)[0] <= room.w for word in text.split())


class Caption:
    """The sentence that is told now; a new one waits until the last could be read."""

    def __init__(self, text: str = "", weight: int = 0) -> None:
        self.text = text
        self.age = 0.0  # seconds it has been up
        self._weight = weight

    def say(self, text: str, weight: int = 0) -> None:
        """Tell another sentence: at once if it weighs more, else when the last has been read."""
        unread = bool(self.text) and self.age < reading_s(self.text)
        if text == self.text or (weight <= self._weight and unread):
            return
        self.text, self.age, self._weight = text, 0.0, weight

    def update(self, dt: float) -> None:
        """Let time pass."""
        self.age += dt
        if self.age > reading_s(self.text):
            self._weight = 0

    def draw(self, painter: Painter, box: Box, size: float, *, align: str = "left") -> pygame.FRect:
        """Draw it, fading in."""
        shown = min(1.0, self.age / _FADE_S)
        ink = (*painter.palette.text, round(255 * shown))
        return fitted(painter, self.text, box, size, ink, align=align, middle=True)


def reading_s(text: str) -> float:
    """Return the seconds that an unhurried reader takes."""
    return 1.4 + 0.045 * len(text)


def draw_chip(painter: Painter, at: tuple[float, float], text: str, room: float) -> pygame.FRect:
    """Draw a small label on the accent colour, its top left corner at `at`; return its box."""
    size, colors = 14.0, painter.palette
    while size > _SMALLEST and painter.measure(text, size, font="bold")[0] + 28 > room:
        size -= 0.5
    wide, high = painter.measure(text, size, font="bold")
    box = pygame.FRect(*at, wide + 28, high + 10)
    painter.rect(box, colors.accent, radius=box.h / 2)
    painter.text(text, box.center, size, colors.accent_text, anchor="center", font="bold")
    return box


def draw_ground(painter: Painter, box: pygame.FRect, layout: Layout) -> None:
    """Draw a ground for bare words, where the key colour would shine through them."""
    if layout.keyed:
        painter.rect(box.inflate(20, 16), painter.palette.night, radius=20)


def draw_plate(painter: Painter, box: pygame.FRect, *, accent: bool = False) -> None:
    """Draw the quiet ground that captions lie on."""
    colors = painter.palette
    painter.rect(box, mix(colors.night, colors.panel, 0.85), radius=16)
    if accent:
        painter.rect((box.x, box.y + 14, 5, box.h - 28), colors.accent, radius=2.5)
