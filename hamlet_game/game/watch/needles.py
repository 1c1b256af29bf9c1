"""Meters that can be dragged, to see what it would want if this one stood elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press, Typed
from hamlet_game.game.play.status import meter_look
from hamlet_game.game.ui.meter import draw_meter
from hamlet_game.game.ui.widget import Widget
from hamlet_game.game.watch.whatif import NUDGE, WhatIf
from hamlet_game.town.names import FULL, Meter

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition
    from hamlet_game.game.watch.show import Show

_ARROWS_UP_TO = 1.3  # text scale


class Needle(Widget):
    """One meter. Drag its bar, or nudge it with LEFT and RIGHT; it springs back when let go."""

    radius = 14.0

    def __init__(self, meter: Meter, whatif: WhatIf, show: Callable[[], Show]) -> None:
        super().__init__(enabled=False)  # until it is drawn: its card may be off
        self.meter, self._whatif, self._show = meter, whatif, show
        self.text = f"Meter: {meter.key}"
        self._bar = (0.0, 1.0)  # left end and length, as last drawn

    @property
    def imagined(self) -> bool:
        """Return whether it shows what somebody imagines."""
        return self.meter in self._whatif.values

    def wants(self, event: Press | Typed) -> bool:
        """Return whether the event is LEFT or RIGHT while it is being moved."""
        sideways = isinstance(event, Press) and event.direction in (Command.LEFT, Command.RIGHT)
        return sideways and self.imagined

    def handle(self, event: Event) -> Transition | None:
        """Move it a little."""
        less = isinstance(event, Press) and event.direction is Command.LEFT
        now = self._whatif.value(self._show().record, self.meter)
        self._whatif.imagine(self.meter, round(now) + (-NUDGE if less else NUDGE))
        return None

    def press(self) -> Transition | None:
        """Take hold of it, or let go: it springs back to its true value."""
        if self.imagined:
            self._whatif.forget(self.meter)
        else:
            self._whatif.imagine(self.meter, self._show().record.last.meters[self.meter])
        return None

    def pointer(self, event: Pointer) -> Transition | None:
        """Follow the pointer while it is held."""
        if event.kind is PointerKind.UP:
            self._whatif.forget(self.meter)
            return None
        left, length = self._bar
        if event.x >= left - 12:
            self._whatif.imagine(self.meter, FULL * (event.x - left) / length)
        return None

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the meter; while it is moved, also where it truly stands."""
        show, colors = self._show(), painter.palette
        record, step = show.record, show.record.survival
        look = meter_look(painter, record, step, show.part, self.meter)
        true = look.value
        if painter.text_scale > _ARROWS_UP_TO:
            look = replace(look, drain=0)  # the name needs the room
        if self.imagined:
            value = self._whatif.values[self.meter]
            number = f"${value:.0f}?" if self.meter is Meter.MONEY else f"{value:.0f}?"
            look = replace(look, value=value, number=number, drain=0)
        draw_meter(painter, self.box, look)
        left = self.box.x + self.box.h + 12
        self._bar = left + 2, max(1.0, self.box.right - left - 4)
        if self.imagined:
            high = self.box.h * 0.42
            bar = pygame.FRect(left, self.box.bottom - high, self.box.right - left, high)
            painter.rect(bar.inflate(6, 6), colors.accent, radius=bar.h / 2 + 3, width=2.5)
            x = self._bar[0] + self._bar[1] * true / FULL
            painter.rect((x - 2, bar.y - 3, 4, bar.h + 6), colors.text, radius=2)
