"""Toasts: short sentences that appear at the top for a few seconds."""

from __future__ import annotations

import pygame

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.theme import Rgb
from hamlet_game.game.ui.meter import draw_progress

SHOWN_S = 4.0  # seconds, and more for long sentences
PER_LETTER_S = 0.03
FADE_S = 0.35
AT_ONCE = 3
WIDEST = 620  # canvas units at 100 % text size, and at most
WIDEST_EVER = 1000
SIZE = 17
PAD_X, PAD_Y, GAP, TOP = 22, 12, 10, 18
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
        """Draw the cards, each sliding in and fading out."""
        top = float(TOP)
        if self.ongoing is not None:
            top += self._progress(painter, *self.ongoing, top) + GAP
        for text, age in self._shown:
            shown = min(1.0, age / FADE_S, (_life(text) - age) / FADE_S)
            slide = 0.0 if painter.reduced_motion else (1 - min(1.0, age / FADE_S)) ** 2 * 20
            top += self._card(painter, text, top - slide, max(0.0, shown)) + GAP

    def _progress(self, painter: Painter, text: str, share: float, top: float) -> float:
        """Draw the card of what is under way and return its height."""
        across, colors = painter.size[0], painter.palette
        wide, high = painter.measure(text, SIZE)
        box = pygame.FRect(0, top, wide + 2 * PAD_X, high + BAR + 2.5 * PAD_Y)
        box.centerx = across / 2
        painter.shadow(box, colors.shadow, radius=14, blur=14)
        painter.rect(box, colors.panel_raised, radius=14)
        painter.rect(box, colors.panel_edge, radius=14, width=1.5)
        painter.text(text, (box.centerx, top + PAD_Y), SIZE, colors.text, anchor="midtop")
        bar = (box.x + PAD_X, box.bottom - PAD_Y - BAR, wide, BAR)
        draw_progress(painter, bar, share, colors.accent)
        return box.h

    def _card(self, painter: Painter, text: str, top: float, shown: float) -> float:
        """Draw one card and return its height."""
        across = painter.size[0]
        room = min(WIDEST * painter.text_scale, WIDEST_EVER, across - 24) - 2 * PAD_X
        wide, high = painter.measure(text, SIZE)
        if wide > room:
            wide, high = painter.measure(text, SIZE, wrap=room)
        box = (across / 2 - wide / 2 - PAD_X, top, wide + 2 * PAD_X, high + 2 * PAD_Y)
        colors = painter.palette
        red, green, blue, alpha = colors.shadow
        painter.shadow(box, (red, green, blue, round(alpha * shown)), radius=14, blur=14)
        painter.rect(box, _faded(colors.panel_raised, shown), radius=14)
        painter.rect(box, _faded(colors.accent, shown), radius=14, width=1.5)
        painter.text(
            text,
            (across / 2, top + PAD_Y),
            SIZE,
            _faded(colors.text, shown),
            anchor="midtop",
            wrap=wide + 1,
            align="center",
        )
        return box[3]


def _life(text: str) -> float:
    return SHOWN_S + PER_LETTER_S * len(text)


def _faded(color: Rgb, shown: float) -> tuple[int, int, int, int]:
    return (*color, round(255 * shown))
