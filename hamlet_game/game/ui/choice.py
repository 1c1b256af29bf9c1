"""A choice: one of a few named values, stepped through with ◀ and ▶."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press, Typed
from hamlet_game.game.ui.look import arrow, ink
from hamlet_game.game.ui.setting import Setting
from hamlet_game.game.ui.widget import BODY

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition

_ARROW = 15.0
_SIDE = 34.0  # width of an arrow's hit area


class Choice(Setting):
    """Steps round its options; reports the new index."""

    sideways = True

    def __init__(
        self,
        label: str,
        options: Sequence[str],
        index: int,
        on_change: Callable[[int], Transition | None],
        *,
        hint: str = "",
        enabled: bool = True,
        pinned: bool = False,
    ) -> None:
        super().__init__(label, hint=hint, enabled=enabled, pinned=pinned)
        self.options = tuple(options)
        self.index = index
        self.on_change = on_change

    def _step(self, by: int) -> Transition | None:
        self.index = (self.index + by) % len(self.options)
        return self.on_change(self.index)

    def wants(self, event: Press | Typed) -> bool:
        """Return whether the event is LEFT or RIGHT."""
        return isinstance(event, Press) and event.direction in (Command.LEFT, Command.RIGHT)

    def handle(self, event: Event) -> Transition | None:
        """Step to the option before or after."""
        back = isinstance(event, Press) and event.direction is Command.LEFT
        return self._step(-1 if back else 1)

    def press(self) -> Transition | None:
        """Step to the option after."""
        return self._step(1)

    def pointer(self, event: Pointer) -> Transition | None:
        """Step back when clicked on the left arrow, else forward."""
        if event.kind is not PointerKind.DOWN:
            return None
        on_left_arrow = self.part.left - 8 <= event.x <= self.part.left + _SIDE
        return self._step(-1 if on_left_arrow else 1)

    def part_width(self, painter: Painter) -> float:
        """Return room for the widest option between its arrows."""
        widest = max(painter.measure(text, BODY, font="bold")[0] for text in self.options)
        return widest + 2 * _SIDE + 8

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the row, the value, its arrows, and a dot for each option."""
        part = self.draw_row(painter, focused=focused)
        colors = painter.palette
        arrows = colors.accent if focused and self.enabled else ink(painter, enabled=self.enabled)
        arrow(painter, (part.left + 12, part.centery), _ARROW, Command.LEFT, arrows)
        arrow(painter, (part.right - 12, part.centery), _ARROW, Command.RIGHT, arrows)
        painter.text(
            self.options[self.index],
            (part.centerx, part.centery - 3),
            BODY,
            ink(painter, enabled=self.enabled),
            anchor="center",
            font="bold",
            fit=part.w - 2 * _SIDE,
        )
        self._dots(painter, part.centerx, self.box.bottom - 8)

    def _dots(self, painter: Painter, x: float, y: float) -> None:
        count = len(self.options)
        if count > 12:
            return
        for index in range(count):
            chosen = index == self.index
            color = painter.palette.accent if chosen else painter.palette.faint
            painter.circle((x + (index - (count - 1) / 2) * 9, y), 2.6 if chosen else 2, color)
