"""Small buttons above the town, for the mouse: everything the keys can do while playing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from hamlet_game.game.draw.painter import Painter, Point
from hamlet_game.game.events import Command
from hamlet_game.game.theme import darker, lighter
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import SMALL

_SIDE = 40.0  # canvas units, a button's height and least width
_GAP = 6.0
_PAD = 12.0
_MOST_TEXT = 1.3  # times the normal size; the strip is no taller


@dataclass(frozen=True, slots=True)
class Tool:
    """A button: what it does, and its icon or text or both. Without a command it only tells."""

    command: Command | None
    icon: str = ""
    text: str = ""
    lit: bool = False


class Toolbar:
    """Remembers where its buttons were drawn, so that they can be clicked."""

    def __init__(self) -> None:
        self._boxes: list[tuple[pygame.FRect, Tool]] = []

    def hit(self, point: Point) -> Command | None:
        """Return the command of the button at a point."""
        return next((tool.command for box, tool in self._boxes if box.collidepoint(point)), None)

    def draw(
        self,
        painter: Painter,
        right: float,
        middle: float,
        tools: Sequence[Tool],
        pointer: Point | None,
    ) -> float:
        """Draw the buttons so that they end at `right`; return their left edge."""
        self._boxes = []
        widths = [_width(painter, tool) for tool in tools]
        left = right - sum(widths) - _GAP * (len(tools) - 1)
        x = left
        for tool, wide in zip(tools, widths, strict=True):
            box = pygame.FRect(x, middle - _SIDE / 2, wide, _SIDE)
            self._boxes.append((box, tool))
            _draw(painter, box, tool, hot=pointer is not None and bool(box.collidepoint(pointer)))
            x += wide + _GAP
        if pointer is not None:
            self._tip(painter, pointer, right)
        return left

    def _tip(self, painter: Painter, pointer: Point, right: float) -> None:
        """Name the button under the pointer."""
        for box, tool in self._boxes:
            if tool.command is None or not box.collidepoint(pointer):
                continue
            size = _size(painter)
            wide, high = painter.measure(tool.command.value, size, fixed=True)
            tip = pygame.FRect(0, 0, wide + 20, high + 8)
            tip.midtop = box.centerx, box.bottom + 6
            tip.right = min(tip.right, right)
            painter.rect(tip, (*painter.palette.night, 230), radius=tip.h / 2)
            ink = painter.palette.text
            painter.text(tool.command.value, tip.center, size, ink, anchor="center", fixed=True)


def _size(painter: Painter) -> float:
    """Return the buttons' text size, which stops growing before the strip is full."""
    return SMALL * min(painter.text_scale, _MOST_TEXT)


def _width(painter: Painter, tool: Tool) -> float:
    if not tool.text:
        return _SIDE
    icon = _SIDE * 0.62 if tool.icon else 0.0
    words = painter.measure(tool.text, _size(painter), font="bold", fixed=True)[0]
    return words + icon + (2 * _PAD if tool.command else 6.0)


def _draw(painter: Painter, box: pygame.FRect, tool: Tool, *, hot: bool) -> None:
    colors = painter.palette
    face = colors.accent if tool.lit else colors.panel_raised
    if tool.command is not None:
        face = lighter(face, 0.12) if hot else face
        painter.rect(box, darker(face, 0.3), radius=12)
        painter.rect((box.x, box.y, box.w, box.h - 3), face, radius=12)
    side = box.h * 0.56
    middle = box.centery - 1.5
    ink = colors.accent_text if tool.lit else colors.text
    if not tool.text:
        painter.sprite(icon_sprite(tool.icon), (box.centerx, middle), (side, side))
        return
    left = box.x + (_PAD if tool.command else 3.0)
    if tool.icon:
        painter.sprite(icon_sprite(tool.icon), (left + side / 2 - 2, middle), (side, side))
        left += side + 2
    painter.text(
        tool.text, (left, middle), _size(painter), ink, anchor="midleft", font="bold", fixed=True
    )
