"""A setting: a row with a name at the left and something to change at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.ui.look import field, ink
from hamlet_game.game.ui.widget import BODY, PAD, TALL, Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter

_GAP = 16.0
_LEAST = 0.36  # of the row's width, for the part to change


class Setting(Widget):
    """The row's name and its two halves. Subclasses draw and work the right one."""

    def __init__(
        self, label: str, *, hint: str = "", enabled: bool = True, pinned: bool = False
    ) -> None:
        super().__init__(hint=hint, enabled=enabled, pinned=pinned)
        self.label = label
        self.part = pygame.FRect(0, 0, 0, 0)  # the right half, as last drawn

    def part_width(self, painter: Painter) -> float:
        """Return the width its changeable part would like."""
        raise NotImplementedError

    def preferred(self, painter: Painter) -> tuple[float, float]:
        """Return room for the name and the part beside it."""
        wide, high = painter.measure(self.label, BODY)
        name = wide + _GAP if self.label else 0
        return name + self.part_width(painter) + 2 * PAD, max(TALL, high + 22)

    def draw_row(self, painter: Painter, *, focused: bool) -> pygame.FRect:
        """Draw row and name; return the part's box."""
        field(painter, self.box, enabled=self.enabled, focused=focused)
        inner = self.box.inflate(-2 * PAD, -8)
        width = inner.w
        if self.label:
            named = painter.measure(self.label, BODY)[0] + _GAP
            asked = self.part_width(painter)
            width = max(asked, inner.w * 0.5) if asked + named <= inner.w else asked
            width = max(inner.w * _LEAST, min(width, inner.w - named))
            painter.text(
                self.label,
                inner.midleft,
                BODY,
                ink(painter, enabled=self.enabled),
                anchor="midleft",
                fit=inner.w - width - _GAP,
            )
        self.part = pygame.FRect(inner.right - width, inner.y, width, inner.h)
        return self.part
