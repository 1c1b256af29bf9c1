"""Transport buttons for the mouse: each stands for a command that keys and gamepads have too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command, Pointer, PointerKind
from hamlet_game.game.theme import darker, lighter
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter

SIDE = 44.0  # canvas units
_GAP = 8.0
_LIP = 3.0
_SIGNS = "−+"  # written, not drawn

Key = tuple[Command | None, str]  # a command and its icon or sign; None only shows a word


class Transport:
    """A row of keys to click."""

    def __init__(self) -> None:
        self._boxes: dict[Command, pygame.FRect] = {}
        self._over: Command | None = None

    def pointer(self, event: Pointer) -> Command | None:
        """Return the command of a key that was clicked."""
        found = next(
            (c for c, box in self._boxes.items() if box.collidepoint(event.x, event.y)), None
        )
        if event.kind is PointerKind.MOVE:
            self._over = found
        return found if event.kind is PointerKind.DOWN else None

    def clear(self) -> None:
        """Forget where the keys were: none are shown."""
        self._boxes = {}

    def draw(
        self, painter: Painter, center: tuple[float, float], keys: Sequence[Key], main: Command
    ) -> None:
        """Draw the keys around `center`; `main` stands out."""
        widths = [SIDE * (1.5 if command is main else 1.0) for command, _ in keys]
        left = center[0] - (sum(widths) + _GAP * (len(keys) - 1)) / 2
        self.clear()
        for (command, icon), wide in zip(keys, widths, strict=True):
            box = pygame.FRect(left, center[1] - SIDE / 2, wide, SIDE)
            if command is None:
                _draw_word(painter, box, icon)
            else:
                self._boxes[command] = box
                over = command is self._over
                self._draw_key(painter, box, icon, main=command is main, over=over)
            left += wide + _GAP

    def _draw_key(
        self, painter: Painter, box: pygame.FRect, icon: str, *, main: bool, over: bool
    ) -> None:
        colors = painter.palette
        face = colors.accent if main else colors.panel_raised
        face = lighter(face, 0.1) if over else face
        painter.rect(box, darker(face, 0.34), radius=12)
        top = pygame.FRect(box.x, box.y, box.w, box.h - _LIP)
        painter.rect(top, face, radius=12)
        if icon in _SIGNS:
            painter.text(
                icon, top.center, 24, colors.text, anchor="center", font="bold", fixed=True
            )
        else:
            painter.sprite(icon_sprite(icon), top.center, (24, 24))


def _draw_word(painter: Painter, box: pygame.FRect, word: str) -> None:
    color = painter.palette.text
    painter.text(word, box.center, SMALL + 2, color, anchor="center", font="bold", fixed=True)
