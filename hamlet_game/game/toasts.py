"""Toasts: short sentences that appear for a few seconds, where a scene has nothing to read.

A scene that knows such a place says so with `Painter.quiet` while it draws; toasts stand
at the foot of it, and of the canvas elsewhere.
"""

from __future__ import annotations

import pygame

from hamlet_game.game.draw.painter import Painter, Point
from hamlet_game.game.theme import Rgb
from hamlet_game.game.ui.meter import draw_progress

SHOWN_S = 4.0  # seconds, and more for long sentences
PER_LETTER_S = 0.03
FADE_S = 0.35
AT_ONCE = 3
WIDEST = 620  # canvas units at 100 % text size, and at most
WIDEST_EVER = 1000
SIZE = 17
PAD_X, PAD_Y, GAP = 22, 12, 10
EDGE = 8  # kept free at the edges of the canvas, and at the foot of the place
KEYS = 50  # canvas units at the canvas's foot, for key hints
RISE = 20  # how far a toast comes up as it appears
BAR = 7  # height of a progress bar


class Toasts:
    """Shows the services' notices one below the other, oldest first."""

    def __init__(self, notices: list[str]) -> None:
        self._notices = notices
        self._shown: list[tuple[str, float]] = []  # sentence, seconds it has been up
        self.ongoing: tuple[str, float] | None = None  # what is under way, and how far, 0..1

    @property
    def sentences(self) -> list[str]:
        """Return what is on screen now."""
        return [text for text, _ in self._shown]

    def update(self, dt: float) -> None:
        """Take up new notices and drop old ones."""
        self._shown = [(text, age + dt) for text, age in self._shown if age + dt < _life(text)]
        while self._notices and len(self._shown) < AT_ONCE:
            self._shown.append((self._notices.pop(0), 0.0))

    def draw(self, painter: Painter) -> None:
        """Draw the cards, the oldest on top, each sliding in and fading out."""
        place = painter.quiet or _foot(painter)
        sizes = [_size(painter, text, place.w) for text, _ in self._shown]
        heights = [high + 2 * PAD_Y for _, high in sizes]
        if self.ongoing is not None:
            heights.insert(0, painter.line_height(SIZE) + BAR + 2.5 * PAD_Y)
        top = place.bottom - EDGE - sum(heights) - GAP * (len(heights) - 1)
        top = max(float(EDGE), top)
        if self.ongoing is not None:
            _draw_progress(painter, *self.ongoing, (place.centerx, top), heights[0])
            top += heights[0] + GAP
        for (text, age), size in zip(self._shown, sizes, strict=True):
            shown = min(1.0, age / FADE_S, (_life(text) - age) / FADE_S)
            slide = 0.0 if painter.reduced_motion else (1 - min(1.0, age / FADE_S)) ** 2 * RISE
            _draw_card(painter, text, (place.centerx, top + slide), size, max(0.0, shown))
            top += size[1] + 2 * PAD_Y + GAP


def _foot(painter: Painter) -> pygame.FRect:
    """Return the canvas without the key hints at its foot."""
    return pygame.FRect(0, 0, painter.size[0], painter.size[1] - KEYS)


def _size(painter: Painter, text: str, across: float) -> tuple[float, float]:
    """Return the width and height of a toast's words in a place so wide."""
    room = min(WIDEST * painter.text_scale, WIDEST_EVER, across - 3 * EDGE) - 2 * PAD_X
    size = painter.measure(text, SIZE)
    return size if size[0] <= room else painter.measure(text, SIZE, wrap=room)


def _draw_progress(painter: Painter, text: str, share: float, at: Point, high: float) -> None:
    """Draw the card of what is under way, the middle of its upper edge at `at`."""
    colors, wide = painter.palette, painter.measure(text, SIZE)[0]
    box = pygame.FRect(0, at[1], wide + 2 * PAD_X, high)
    box.centerx = at[0]
    painter.shadow(box, colors.shadow, radius=14, blur=14)
    painter.rect(box, colors.panel_raised, radius=14)
    painter.rect(box, colors.panel_edge, radius=14, width=1.5)
    painter.text(text, (box.centerx, box.y + PAD_Y), SIZE, colors.text, anchor="midtop")
    bar = (box.x + PAD_X, box.bottom - PAD_Y - BAR, wide, BAR)
    draw_progress(painter, bar, share, colors.accent)


def _draw_card(
    painter: Painter, text: str, at: Point, size: tuple[float, float], shown: float
) -> None:
    """Draw one card, the middle of its upper edge at `at`."""
    (wide, high), colors = size, painter.palette
    box = (at[0] - wide / 2 - PAD_X, at[1], wide + 2 * PAD_X, high + 2 * PAD_Y)
    red, green, blue, alpha = colors.shadow
    painter.shadow(box, (red, green, blue, round(alpha * shown)), radius=14, blur=14)
    painter.rect(box, _faded(colors.panel_raised, shown), radius=14)
    painter.rect(box, _faded(colors.accent, shown), radius=14, width=1.5)
    ink, start = _faded(colors.text, shown), (at[0], at[1] + PAD_Y)
    painter.text(text, start, SIZE, ink, anchor="midtop", wrap=wide + 1, align="center")


def _life(text: str) -> float:
    return SHOWN_S + PER_LETTER_S * len(text)


def _faded(color: Rgb, shown: float) -> tuple[int, int, int, int]:
    return (*color, round(255 * shown))
