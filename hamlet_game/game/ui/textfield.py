"""A text field that also works without a keyboard: UP and DOWN turn a letter like a dial."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command, Event, Press, Typed
from hamlet_game.game.ui.look import arrow, ink
from hamlet_game.game.ui.setting import Setting
from hamlet_game.game.ui.widget import BODY, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition

DIGITS = "0123456789"
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 -"
_PRINTABLE = range(32, 127)  # key codes that also arrive as typed text
_SLOT = 1.9  # a letter's width, in its half-ems


class TextField(Setting):
    """Press to edit. Type, or dial: one step past the last letter's ends removes it.

    CONFIRM submits, BACK gives the old text back. While it is edited it takes
    every event.
    """

    def __init__(
        self,
        label: str,
        text: str,
        on_submit: Callable[[str], Transition | None],
        *,
        digits_only: bool = False,
        max_length: int = 12,
        hint: str = "",
        enabled: bool = True,
        pinned: bool = False,
    ) -> None:
        super().__init__(label, hint=hint, enabled=enabled, pinned=pinned)
        self.text = text
        self.on_submit = on_submit
        self.alphabet = DIGITS if digits_only else LETTERS
        self.digits_only = digits_only
        self.max_length = max_length
        self.editing = False
        self.cursor = 0  # 0..len(text); at the end stands an empty slot
        self._before = text

    @property
    def capturing(self) -> bool:
        """Return whether it is being edited."""
        return self.editing

    def cancel(self) -> None:
        """Stop editing and give the old text back."""
        if self.editing:
            self.text, self.editing = self._before, False

    def press(self) -> Transition | None:
        """Start to edit, or submit."""
        if self.editing:
            return self._submit()
        self._before, self.editing = self.text, True
        self.cursor = len(self.text)
        return None

    def _submit(self) -> Transition | None:
        self.editing = False
        return self.on_submit(self.text)

    def wants(self, event: Press | Typed) -> bool:  # noqa: ARG002 - all or nothing
        """Return whether it is being edited."""
        return self.editing

    def handle(self, event: Event) -> Transition | None:
        """Edit the text."""
        if isinstance(event, Typed):
            self._type(event.text)
        elif isinstance(event, Press) and event.key not in _PRINTABLE:
            return self._command(event)
        return None

    def _type(self, typed: str) -> None:
        for letter in typed:
            allowed = letter in DIGITS if self.digits_only else letter.isprintable()
            if allowed and len(self.text) < self.max_length:
                self.text = self.text[: self.cursor] + letter + self.text[self.cursor :]
                self.cursor += 1

    def _command(self, press: Press) -> Transition | None:
        if press.key == pygame.K_BACKSPACE:
            self._remove(self.cursor - 1)
        elif press.key == pygame.K_DELETE:
            self._remove(self.cursor)
        elif press.direction is Command.LEFT:
            self.cursor = max(0, self.cursor - 1)
        elif press.direction is Command.RIGHT:
            self.cursor = min(len(self.text), self.cursor + 1)
        elif press.direction is not None:
            self._dial(1 if press.direction is Command.UP else -1)
        elif press.repeat:
            return None
        elif press.means(Command.BACK):
            self.cancel()
        elif press.means(Command.CONFIRM):
            return self._submit()
        return None

    def _remove(self, index: int) -> None:
        if 0 <= index < len(self.text):
            self.text = self.text[:index] + self.text[index + 1 :]
            self.cursor = index

    def _dial(self, by: int) -> None:
        """Turn the letter under the cursor; the last one has a blank among its letters."""
        at_end = self.cursor == len(self.text)
        if at_end and len(self.text) == self.max_length:
            return
        letter = self.text[self.cursor : self.cursor + 1]
        wheel = [*self.alphabet, ""] if self.cursor >= len(self.text) - 1 else [*self.alphabet]
        place = wheel.index(letter) if letter in wheel else 0
        turned = wheel[(place + by) % len(wheel)]
        self.text = self.text[: self.cursor] + turned + self.text[self.cursor + 1 :]

    # Drawing.
    def _slot(self, painter: Painter) -> float:
        return painter.measure("0", BODY, font="bold")[0] * (1.35 if self.digits_only else _SLOT)

    def part_width(self, painter: Painter) -> float:
        """Return room for its longest text."""
        return self._slot(painter) * (self.max_length + 1) + 16

    def preferred(self, painter: Painter) -> tuple[float, float]:
        """Return room for the text and the dial's arrows above and below it."""
        wide, high = super().preferred(painter)
        return wide, max(high, painter.line_height(BODY, font="bold") + 34)

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the row, the letters in their slots, and the dial while it is edited."""
        part = self.draw_row(painter, focused=focused)
        colors = painter.palette
        slot = min(self._slot(painter), (part.w - 12) / (self.max_length + 1))
        well = pygame.FRect(0, 0, slot * (self.max_length + 1) + 12, part.h - 4)
        well.midright = part.midright
        painter.rect(well, colors.track, radius=9)
        if self.editing:
            painter.rect(well, colors.accent, radius=9, width=2)
        if not self.text and not self.editing:
            painter.text("empty", well.center, SMALL, colors.faint, anchor="center")
        color = ink(painter, enabled=self.enabled)
        for index, letter in enumerate(self.text):
            x = well.x + 6 + (index + 0.5) * slot
            at = (x, well.centery)
            painter.text(letter, at, BODY, color, anchor="center", font="bold", fit=slot * 1.3)
        if self.editing:
            self._dial_marks(painter, well.x + 6 + (self.cursor + 0.5) * slot, well, slot)

    def _dial_marks(self, painter: Painter, x: float, well: pygame.FRect, slot: float) -> None:
        """Draw the slot under the cursor and the arrows that turn it."""
        accent = painter.palette.accent
        high = painter.line_height(BODY, font="bold")
        painter.rect((x - slot / 2, well.centery - high / 2, slot, high), (*accent, 56), radius=5)
        if self.cursor < self.max_length:
            arrow(painter, (x, well.top + 6), 9, Command.UP, accent)
            arrow(painter, (x, well.bottom - 6), 9, Command.DOWN, accent)
