"""What the lab's pages share: a page's parts, and rows of bars."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.play.blocks import Block
from hamlet_game.game.theme import Rgb
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.richtext import draw_rich, lay_out
from hamlet_game.game.ui.widget import BODY, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.ui.button import Button
    from hamlet_game.game.ui.widget import Widget


class Page(ABC):
    """One page of the lab: rows that scroll in `view`, buttons at its foot, and what it draws."""

    name: str
    rows: Sequence[Widget] = ()
    buttons: Sequence[Button] = ()

    def view(self, area: pygame.FRect) -> pygame.FRect:
        """Return where its rows scroll."""
        return pygame.FRect(area)

    def lay_out(self, painter: Painter, view: pygame.FRect) -> None:  # noqa: B027 - not all have rows
        """Put the rows into their view."""

    def refresh(self) -> None:  # noqa: B027 - not all have something to follow
        """Follow what has changed."""

    @abstractmethod
    def draw(self, painter: Painter, area: pygame.FRect, focus: Widget | None) -> None:
        """Draw what is not a widget."""


def heading(painter: Painter, text: str, width: float) -> Block:
    """Return a small heading."""
    high = painter.line_height(BODY, font="display")

    def draw(box: pygame.FRect) -> None:
        color = painter.palette.text
        painter.text(text, box.topleft, BODY, color, font="display", fit=width)

    return Block(high, draw)


def rich(painter: Painter, markup: str, width: float, size: float = SMALL) -> Block:
    """Return rich text broken into lines at `width`."""
    high = lay_out(painter, markup, size, wrap=width).size[1]

    def draw(box: pygame.FRect) -> None:
        draw_rich(painter, markup, box.topleft, size, painter.palette.text, wrap=width)

    return Block(high, draw)


def note(
    painter: Painter, look: tuple[str, Rgb], text: str, width: float, size: float = SMALL
) -> Block:
    """Return a sentence behind an icon, on a ground of its colour: `look`."""
    icon, color = look
    side = painter.line_height(BODY)
    room = width - side - 34
    wide, high = painter.measure(text, size, wrap=room)
    tall = max(high, side) + 16

    def draw(box: pygame.FRect) -> None:
        ground = pygame.FRect(box.x, box.y, width, tall)
        painter.rect(ground, (*color, 44), radius=12)
        painter.rect(ground, (*color, 150), radius=12, width=1.5)
        at = (box.x + 12 + side / 2, ground.centery)
        painter.sprite(icon_sprite(icon), at, (side, side))
        ink = painter.palette.text
        spot = (box.x + side + 22, ground.centery)
        painter.text(text, spot, size, ink, anchor="midleft", wrap=room)

    return Block(tall if wide else 0.0, draw)


def draw_bar(painter: Painter, box: pygame.FRect, low: float, high: float, color: Rgb) -> None:
    """Draw a groove, filled from share `low` to share `high` of its width."""
    painter.rect(box, painter.palette.track, radius=box.h / 2)
    low, high = sorted((min(1.0, max(0.0, low)), min(1.0, max(0.0, high))))
    filled = pygame.FRect(box.x + box.w * low, box.y, max(3.0, box.w * (high - low)), box.h)
    painter.rect(filled, color, radius=min(box.h, filled.w) / 2)
