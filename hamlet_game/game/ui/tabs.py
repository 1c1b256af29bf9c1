"""Tabs: names in a row of which one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press, Typed
from hamlet_game.game.ui.widget import BODY, PAD, TALL, Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition

_SHOULDERS = {Command.SLOWER: -1, Command.FASTER: 1}  # a gamepad's shoulder buttons
_INSET = 5.0


class Tabs(Widget):
    """Steps with LEFT and RIGHT while focused; `turn` does so with the shoulders from anywhere."""

    sideways = True
    radius = 18.0

    def __init__(
        self,
        names: Sequence[str],
        index: int,
        on_change: Callable[[int], Transition | None],
        *,
        hint: str = "",
        pinned: bool = True,
    ) -> None:
        super().__init__(hint=hint, pinned=pinned)
        self.names = tuple(names)
        self.index = index
        self.on_change = on_change

    def _choose(self, index: int) -> Transition | None:
        index %= len(self.names)
        if index == self.index:
            return None
        self.index = index
        return self.on_change(index)

    def turn(self, event: Event) -> bool:
        """Answer a shoulder button, whatever has the focus; return whether it was one."""
        if isinstance(event, Press):
            for command, by in _SHOULDERS.items():
                if event.means(command):
                    self._choose(self.index + by)
                    return True
        return False

    def wants(self, event: Press | Typed) -> bool:
        """Return whether the event is LEFT or RIGHT."""
        return isinstance(event, Press) and event.direction in (Command.LEFT, Command.RIGHT)

    def handle(self, event: Event) -> Transition | None:
        """Choose the tab before or after."""
        back = isinstance(event, Press) and event.direction is Command.LEFT
        return self._choose(self.index + (-1 if back else 1))

    def press(self) -> Transition | None:
        """Choose the tab after."""
        return self._choose(self.index + 1)

    def pointer(self, event: Pointer) -> Transition | None:
        """Choose the tab clicked on."""
        if event.kind is not PointerKind.DOWN:
            return None
        share = (event.x - self.box.x) / max(1.0, self.box.w)
        return self._choose(min(len(self.names) - 1, max(0, int(share * len(self.names)))))

    def preferred(self, painter: Painter) -> tuple[float, float]:
        """Return room for equal tabs as wide as the widest name."""
        widest = max(painter.measure(name, BODY, font="bold")[0] for name in self.names)
        high = painter.line_height(BODY, font="bold")
        return (widest + 2 * PAD) * len(self.names) + 2 * _INSET, max(TALL, high + 26)

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the groove, and the chosen tab raised out of it."""
        colors = painter.palette
        painter.rect(self.box, colors.track, radius=self.radius)
        inner = self.box.inflate(-2 * _INSET, -2 * _INSET)
        width = inner.w / len(self.names)
        for index, name in enumerate(self.names):
            tab = pygame.FRect(inner.x + index * width, inner.y, width, inner.h)
            chosen = index == self.index
            if chosen:
                painter.rect(tab, colors.accent, radius=self.radius - _INSET)
            color = colors.accent_text if chosen else colors.muted
            room = width - 2 * _INSET
            painter.text(name, tab.center, BODY, color, anchor="center", font="bold", fit=room)
