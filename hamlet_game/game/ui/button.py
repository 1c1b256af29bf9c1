"""Buttons: a cushion that sinks when pressed."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.theme import Palette, Rgb, darker, lighter
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import BODY, PAD, TALL, Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition

OnPress = Callable[[], "Transition | None"]

_LIP = 4.0  # the cushion's lower edge
_GAP = 10.0  # between icon and text


class Style(Enum):
    """How loudly a button asks to be pressed."""

    PRIMARY = "primary"
    NORMAL = "normal"
    DANGER = "danger"
    FLAT = "flat"  # only text until it is focused


def _colors(style: Style, palette: Palette) -> tuple[Rgb, Rgb]:
    """Return the face and text colours of a style."""
    return {
        Style.PRIMARY: (palette.accent, palette.accent_text),
        Style.NORMAL: (palette.panel_raised, palette.text),
        Style.DANGER: (darker(palette.danger, 0.24), (255, 255, 255)),
        Style.FLAT: (palette.panel_raised, palette.text),
    }[style]


class Button(Widget):
    """Text, perhaps with an icon; calls `on_press` and returns what it returns."""

    def __init__(
        self,
        text: str,
        on_press: OnPress,
        *,
        icon: str = "",
        style: Style = Style.NORMAL,
        size: float = BODY,
        align: str = "center",
        hint: str = "",
        enabled: bool = True,
        pinned: bool = False,
    ) -> None:
        super().__init__(hint=hint, enabled=enabled, pinned=pinned)
        self.text = text
        self.on_press = on_press
        self.icon = icon
        self.style = style
        self.size = size
        self.align = align

    def press(self) -> Transition | None:
        """Call `on_press`."""
        return self.on_press()

    def preferred(self, painter: Painter) -> tuple[float, float]:
        """Return room for icon and text, never lower than a comfortable target."""
        wide, high = painter.measure(self.text, self.size, font="bold")
        icon = high + (_GAP if self.text else 0) if self.icon else 0
        return max(TALL, wide + icon + 2 * PAD), max(TALL, high + 22 + _LIP)

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:
        """Draw the cushion and what is on it."""
        face, ink = _colors(self.style, painter.palette)
        box = self.box.copy()
        if self.style is not Style.FLAT or focused or hot:
            box = self._cushion(painter, face, focused=focused, hot=hot)
        if not self.enabled:
            ink = painter.palette.muted if self.style is Style.NORMAL else painter.palette.faint
        self._content(painter, box, ink)

    def _cushion(self, painter: Painter, face: Rgb, *, focused: bool, hot: bool) -> pygame.FRect:
        """Draw the cushion; return its upper face."""
        if not self.enabled:
            painter.rect(self.box, (*painter.palette.panel_raised, 90), radius=self.radius)
            return self.box
        down = _LIP - 1 if hot else 0
        top = pygame.FRect(self.box.x, self.box.y + down, self.box.w, self.box.h - _LIP)
        painter.rect(
            (self.box.x, top.y, self.box.w, self.box.bottom - top.y),
            darker(face, 0.34),
            radius=self.radius,
        )
        if focused:
            face = lighter(face, 0.1)
        painter.rect(top, lighter(face, 0.16), radius=self.radius)
        painter.rect((top.x, top.y + 1.5, top.w, top.h - 1.5), face, radius=self.radius)
        return top

    def _content(self, painter: Painter, box: pygame.FRect, ink: Rgb) -> None:
        """Draw icon and text, centred together or from the left."""
        inner = box.inflate(-2 * PAD * 0.7, 0)
        wide, high = painter.measure(self.text, self.size, font="bold")
        side = min(high * 1.05, box.h - 10) if self.icon else 0.0
        gap = _GAP if self.icon and self.text else 0.0
        room = inner.w - side - gap
        whole = side + gap + min(wide, room)
        left = inner.x if self.align == "left" else inner.centerx - whole / 2
        if self.icon:
            alpha = 255 if self.enabled else 110
            center = (left + side / 2, box.centery)
            # White icons would drown on the accent.
            tint = ink if self.style is Style.PRIMARY and self.enabled else None
            name = icon_sprite(self.icon)
            painter.sprite(name, center, (side, side), alpha=alpha, tint=tint)
        at = (left + side + gap, box.centery)
        painter.text(self.text, at, self.size, ink, anchor="midleft", font="bold", fit=room)
