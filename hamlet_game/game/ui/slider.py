"""A slider: a number between two ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press, Typed
from hamlet_game.game.theme import darker
from hamlet_game.game.ui.look import ink
from hamlet_game.game.ui.setting import Setting
from hamlet_game.game.ui.widget import BODY

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition

_TRACK = 10.0
_KNOB = 11.0
_LEAST_TRACK = 150.0


def percent(value: float) -> str:
    """Return 0..1 as a percentage."""
    return f"{value:.0%}"


class Slider(Setting):
    """Moves in steps with LEFT and RIGHT, freely (to a step) with the pointer."""

    sideways = True

    def __init__(
        self,
        label: str,
        value: float,
        on_change: Callable[[float], Transition | None],
        *,
        low: float = 0.0,
        high: float = 1.0,
        step: float = 0.05,
        text: Callable[[float], str] = percent,
        hint: str = "",
        enabled: bool = True,
        pinned: bool = False,
    ) -> None:
        super().__init__(label, hint=hint, enabled=enabled, pinned=pinned)
        self.low, self.high, self.step = low, high, step
        self.value = value
        self.text = text
        self.on_change = on_change
        self._dragged = False  # whether the pointer went down on the track
        self._rail = (0.0, 1.0)  # left end and length, canvas units, as last drawn

    def set(self, value: float) -> Transition | None:
        """Move to the step nearest `value` and report it if that is a change."""
        steps = round((value - self.low) / self.step)
        value = min(self.high, max(self.low, round(self.low + steps * self.step, 6)))
        if value == self.value:
            return None
        self.value = value
        return self.on_change(value)

    def wants(self, event: Press | Typed) -> bool:
        """Return whether the event is LEFT or RIGHT."""
        return isinstance(event, Press) and event.direction in (Command.LEFT, Command.RIGHT)

    def handle(self, event: Event) -> Transition | None:
        """Move one step."""
        less = isinstance(event, Press) and event.direction is Command.LEFT
        return self.set(self.value + (-self.step if less else self.step))

    def pointer(self, event: Pointer) -> Transition | None:
        """Follow the pointer while it is held; a click on the name only takes the focus."""
        left, length = self._rail
        if event.kind is PointerKind.DOWN:
            self._dragged = event.x >= left - 2 * _KNOB
        if not self._dragged:
            return None
        share = min(1.0, max(0.0, (event.x - left) / length))
        return self.set(self.low + share * (self.high - self.low))

    def _value_width(self, painter: Painter) -> float:
        ends = (self.low, self.high, self.value)
        return max(painter.measure(self.text(v), BODY, font="bold")[0] for v in ends)

    def part_width(self, painter: Painter) -> float:
        """Return room for the track and its number."""
        return _LEAST_TRACK + 2 * _KNOB + 12 + self._value_width(painter)

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:
        """Draw the row, the track filled up to the knob, and the number."""
        part = self.draw_row(painter, focused=focused)
        colors = painter.palette
        number = self._value_width(painter)
        left, length = part.left + _KNOB, max(40.0, part.w - number - 2 * _KNOB - 14)
        self._rail = (left, length)
        share = (self.value - self.low) / (self.high - self.low)
        fill = colors.accent if self.enabled else darker(colors.accent, 0.5)
        top, x = part.centery - _TRACK / 2, left + share * length
        painter.rect((left, top, length, _TRACK), colors.track, radius=_TRACK / 2)
        if share > 0:
            painter.rect((left, top, x - left, _TRACK), fill, radius=_TRACK / 2)
        knob = _KNOB + 1.5 if hot else _KNOB
        painter.circle((x, part.centery + 2), knob, (0, 0, 0, 80))
        painter.circle((x, part.centery), knob, (255, 255, 255) if self.enabled else colors.muted)
        painter.circle((x, part.centery), knob - 4.5, fill)
        color = ink(painter, enabled=self.enabled)
        painter.text(
            self.text(self.value), part.midright, BODY, color, anchor="midright", font="bold"
        )
