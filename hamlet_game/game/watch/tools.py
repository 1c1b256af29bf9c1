"""The tools under the picture: everything the keys can do, for mouse, focus and gamepad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command
from hamlet_game.game.play.keyhints import key_for
from hamlet_game.game.theme import darker, lighter, mix
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import SMALL, Widget
from hamlet_game.game.watch.layout import TOOL_HIGH

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition
    from hamlet_game.game.services import Services

WIDE = 42.0  # canvas units
_GAP, _BETWEEN = 4.0, 14.0  # tools, and groups of them
_KEY = 11.0  # text size of the key below the icon, the same at every setting
_MOST_TIP = 1.4  # times the normal text size
_ICON = 24.0

Act = Callable[[], "Transition | None"]


def always() -> bool:
    """Return that it is."""
    return True


def never() -> bool:
    """Return that it is not."""
    return False


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about a tool that can be seen."""

    icon: str
    word: str  # in place of the icon
    key: str
    lit: bool
    usable: bool
    hot: bool  # under the pointer, or in focus


class Tool(Widget):
    """An icon to press, the key that does the same, and whether it is on."""

    radius = 12.0

    def __init__(
        self,
        text: str | Callable[[], str],
        icon: str | Callable[[], str],
        act: Act,
        *,
        command: Command | None = None,
        lit: Callable[[], bool] = never,
        usable: Callable[[], bool] = always,
        offered: Callable[[], bool] = always,
        word: Callable[[], str] | None = None,
    ) -> None:
        """`word` is written in place of the icon; without `offered` it is not there at all."""
        super().__init__()
        self._text, self._icon, self._act = text, icon, act
        self.command, self.lit, self.offered, self._word = command, lit, offered, word
        self._usable = usable

    @property
    def text(self) -> str:
        """Return what it does."""
        return self._text if isinstance(self._text, str) else self._text()

    @property
    def reachable(self) -> bool:
        """Return whether the focus may rest here: always, so that it does not jump."""
        return True

    def press(self) -> Transition | None:
        """Do it, if it can be done now."""
        return self._act() if self._usable() else None

    def look(self, services: Services, *, hot: bool) -> Look:
        """Return how it looks now, with the key of the device in use."""
        icon = self._icon if isinstance(self._icon, str) else self._icon()
        return Look(
            icon,
            self._word() if self._word else "",
            key_for(services, self.command) if self.command else "",
            self.lit(),
            self._usable(),
            hot,
        )

    def paint(self, painter: Painter, look: Look) -> None:
        """Draw the tool."""
        colors = painter.palette
        face = mix(colors.panel_raised, colors.accent, 0.62) if look.lit else colors.panel_raised
        face = lighter(face, 0.14) if look.hot and look.usable else face
        box = self.box
        painter.rect(box, darker(face, 0.38), radius=12)
        top = pygame.FRect(box.x, box.y, box.w, box.h - 3)
        painter.rect(top, face, radius=12)
        ink = colors.accent_text if look.lit else colors.text if look.usable else colors.faint
        middle = top.y + (18 if look.key else top.h / 2)
        if look.word:
            painter.text(
                look.word, (top.centerx, middle), 17, ink, anchor="center", font="bold",
                fixed=True, fit=top.w - 6,
            )  # fmt: skip
        else:
            alpha = 255 if look.usable else 90
            at = (top.centerx, middle)
            painter.sprite(icon_sprite(look.icon), at, (_ICON, _ICON), alpha=alpha)
        if look.key:
            at, quiet = (top.centerx, top.bottom - 9), mix(ink, face, 0.25)
            painter.text(
                look.key, at, _KEY, quiet, anchor="center", font="bold", fixed=True, fit=top.w - 4
            )


class ToolBar:
    """Groups of tools in one or two rows, with a word about the one in focus."""

    def __init__(self, services: Services, groups: Sequence[Sequence[Tool]]) -> None:
        self._services = services
        self._groups = groups

    @property
    def groups(self) -> list[list[Tool]]:
        """Return the tools that are offered now."""
        offered = [[tool for tool in group if tool.offered()] for group in self._groups]
        return [group for group in offered if group]

    @property
    def tools(self) -> list[Tool]:
        """Return all tools, in reading order."""
        return [tool for group in self.groups for tool in group]

    def rows(self, width: float) -> int:
        """Return how many rows it takes."""
        return len(self._rows(width))

    def _rows(self, width: float) -> list[list[list[Tool]]]:
        rows: list[list[list[Tool]]] = [[]]
        used = 0.0
        for group in self.groups:
            wide = len(group) * (WIDE + _GAP) + _BETWEEN
            if used + wide - _BETWEEN > width and rows[-1]:
                rows.append([])
                used = 0.0
            rows[-1].append(group)
            used += wide
        return rows

    def lay_out(self, box: pygame.FRect) -> None:
        """Place the tools; a little wider where there is room."""
        top = box.y
        for row in self._rows(box.w):
            count = sum(len(group) for group in row)
            spare = box.w - count * (WIDE + _GAP) - _BETWEEN * (len(row) - 1) + _GAP
            wide = WIDE + min(12.0, max(0.0, spare / count))
            whole = count * (wide + _GAP) - _GAP + _BETWEEN * (len(row) - 1)
            left = box.centerx - whole / 2
            for group in row:
                for tool in group:
                    tool.box = pygame.FRect(left, top, wide, TOOL_HIGH)
                    left += wide + _GAP
                left += _BETWEEN
            top += TOOL_HIGH + 6

    def hide(self) -> None:
        """Put the tools where no pointer finds them."""
        for tool in self.tools:
            tool.box = pygame.FRect(0, 0, 0, 0)

    def tip(self, painter: Painter, tool: Tool, *, below: float = 0.0) -> None:
        """Name a tool above it; `below` canvas units lower."""
        colors, size = painter.palette, SMALL * min(painter.text_scale, _MOST_TIP)
        words = tool.text
        if tool.command and (key := key_for(self._services, tool.command)):
            words = f"{words} · {key}"
        wide, high = painter.measure(words, size, font="bold", fixed=True)
        tip = pygame.FRect(0, 0, wide + 24, high + 10)
        tip.midbottom = tool.box.centerx, tool.box.y - 7 + below
        tip.x = min(max(tip.x, 8.0), painter.size[0] - tip.w - 8)
        painter.rect(tip, (*colors.night, 240), radius=tip.h / 2)
        painter.rect(tip, (*colors.accent, 200), radius=tip.h / 2, width=1.5)
        painter.text(words, tip.center, size, colors.text, anchor="center", font="bold", fixed=True)
