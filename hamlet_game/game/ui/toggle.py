"""A toggle: a setting that is on or off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hamlet_game.game.events import Command, Event, Press, Typed
from hamlet_game.game.theme import darker
from hamlet_game.game.ui.look import ink
from hamlet_game.game.ui.setting import Setting
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition

_SWITCH = (58.0, 30.0)


class Toggle(Setting):
    """A switch with its state in words; LEFT is off, RIGHT is on."""

    def __init__(
        self,
        label: str,
        value: bool,
        on_change: Callable[[bool], Transition | None],
        *,
        hint: str = "",
        enabled: bool = True,
        pinned: bool = False,
    ) -> None:
        super().__init__(label, hint=hint, enabled=enabled, pinned=pinned)
        self.value = value
        self.on_change = on_change

    def wants(self, event: Press | Typed) -> bool:
        """Return whether a direction would change it."""
        wanted = Command.LEFT if self.value else Command.RIGHT
        return isinstance(event, Press) and event.direction is wanted

    def handle(self, event: Event) -> Transition | None:  # noqa: ARG002 - only what it wanted
        """Switch over."""
        return self.press()

    def press(self) -> Transition | None:
        """Switch over."""
        self.value = not self.value
        return self.on_change(self.value)

    def part_width(self, painter: Painter) -> float:
        """Return room for the switch and "Off"."""
        return _SWITCH[0] + 12 + painter.measure("Off", SMALL, font="bold")[0]

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the row with its switch."""
        part = self.draw_row(painter, focused=focused)
        colors = painter.palette
        wide, high = _SWITCH
        left, top = part.right - wide, part.centery - high / 2
        ground = colors.good if self.value else colors.track
        ground = ground if self.enabled else darker(ground, 0.4)
        painter.rect((left, top, wide, high), ground, radius=high / 2)
        knob = left + wide - high / 2 if self.value else left + high / 2
        painter.circle((knob, part.centery + 1.5), high / 2 - 3, (0, 0, 0, 70))
        painter.circle((knob, part.centery), high / 2 - 3.5, (255, 255, 255))
        word = "On" if self.value else "Off"
        color = ink(painter, enabled=self.enabled and self.value)
        if self.enabled and not self.value:
            color = colors.muted
        at = (left - 12, part.centery)
        painter.text(word, at, SMALL, color, anchor="midright", font="bold")
