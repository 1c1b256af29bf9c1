"""A key binding: shows a command's keys, listens for a new one, or clears them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press, Typed
from hamlet_game.game.theme import darker, lighter
from hamlet_game.game.ui.look import pulse
from hamlet_game.game.ui.setting import Setting
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition

_LISTENING = "Press a key…"
_UNBOUND = "not set"
_CAP_GAP = 6.0
_CLEAR = 34.0  # width of the ✕


def draw_keycap(painter: Painter, name: str, right: float, y: float) -> pygame.FRect:
    """Draw a key with its right edge at `right`, centred on `y`; return its box."""
    colors = painter.palette
    wide, high = painter.measure(name, SMALL, font="bold")
    box = pygame.FRect(0, 0, max(high + 8, wide + 16), high + 6)
    box.midright = right, y
    painter.rect(box, darker(colors.track, 0.2), radius=7)
    painter.rect((box.x, box.y, box.w, box.h - 3), lighter(colors.panel_raised, 0.16), radius=7)
    at = (box.centerx, box.centery - 1.5)
    painter.text(name, at, SMALL, colors.text, anchor="center", font="bold")
    return box


class KeyBind(Setting):
    """Press to listen: the next key or button goes to `on_bind`. ✕, to the right, clears.

    `keys` is asked for the names at every drawing, so it may change elsewhere; `asks` is
    asked what to say while it listens. BACK cancels, unless `takes_back` lets its key be bound.
    """

    def __init__(
        self,
        label: str,
        keys: Callable[[], Sequence[str]],
        on_bind: Callable[[Press], Transition | None],
        on_clear: Callable[[], Transition | None],
        *,
        asks: Callable[[], str] = lambda: _LISTENING,
        takes_back: bool = False,
        hint: str = "",
        enabled: bool = True,
        pinned: bool = False,
    ) -> None:
        super().__init__(label, hint=hint, enabled=enabled, pinned=pinned)
        self.keys = keys
        self.on_bind = on_bind
        self.on_clear = on_clear
        self.asks = asks
        self.takes_back = takes_back
        self.listening = False
        self.on_cross = False  # whether ✕ is what a press would press

    @property
    def capturing(self) -> bool:
        """Return whether it waits for a key."""
        return self.listening

    def cancel(self) -> None:
        """Stop listening."""
        self.listening = False

    def wants(self, event: Press | Typed) -> bool:
        """Return whether it listens, or a direction would move onto or off the ✕."""
        if self.listening:
            return True
        wanted = Command.LEFT if self.on_cross else Command.RIGHT
        return isinstance(event, Press) and event.direction is wanted

    def handle(self, event: Event) -> Transition | None:
        """Bind the key listened for, or move between the keys and the ✕."""
        if not isinstance(event, Press):
            return None
        if not self.listening:
            self.on_cross = not self.on_cross
            return None
        if event.repeat or (event.key is None and event.button is None):
            return None
        self.listening = False
        cancelled = event.means(Command.BACK) and not self.takes_back
        return None if cancelled else self.on_bind(event)

    def press(self) -> Transition | None:
        """Start to listen, or clear."""
        if self.on_cross:
            return self.on_clear()
        self.listening = True
        return None

    def pointer(self, event: Pointer) -> Transition | None:
        """Clear when clicked on the ✕; anywhere else, start or stop listening."""
        if event.kind is not PointerKind.DOWN:
            return None
        if self.listening:
            self.cancel()
            return None
        self.on_cross = event.x >= self.part.right - _CLEAR
        return self.press()

    def part_width(self, painter: Painter) -> float:
        """Return room for its keys and the ✕."""
        caps = sum(painter.measure(k, SMALL, font="bold")[0] + 16 + _CAP_GAP for k in self.keys())
        asked = painter.measure(self.asks(), SMALL)[0]
        return max(caps, asked) + _CLEAR

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the row with its keycaps, or the question."""
        part = self.draw_row(painter, focused=focused)
        right = part.right - _CLEAR
        if self.listening:
            color = (*painter.palette.accent, int(140 + 115 * pulse(painter, 1.0)))
            at, room = (right, part.centery), part.w - _CLEAR
            painter.text(self.asks(), at, SMALL, color, anchor="midright", fit=room)
            return
        names = self.keys()
        if not names:
            at = (right, part.centery)
            painter.text(_UNBOUND, at, SMALL, painter.palette.muted, anchor="midright")
        with painter.clip(part):
            for name in reversed(names):
                right = draw_keycap(painter, name, right, part.centery).left - _CAP_GAP
        self._cross(painter, part, focused=focused)

    def _cross(self, painter: Painter, part: pygame.FRect, *, focused: bool) -> None:
        """Draw the ✕, lit when a press would clear."""
        x, y = part.right - _CLEAR / 2 + 4, part.centery
        lit = focused and self.on_cross
        colors = painter.palette
        if lit:
            painter.circle((x, y), 14, colors.danger)
        color = (255, 255, 255) if lit else colors.muted if focused else colors.faint
        painter.lines([(x - 4.5, y - 4.5), (x + 4.5, y + 4.5)], color, width=2.6)
        painter.lines([(x - 4.5, y + 4.5), (x + 4.5, y - 4.5)], color, width=2.6)
