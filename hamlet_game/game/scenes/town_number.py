"""A small dialog for a town number: type it, or press its digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.events import Command, Press, Typed
from hamlet_game.game.scene import Pop, Scene, Transition
from hamlet_game.game.scenes.menu_look import cue, draw_hints
from hamlet_game.game.scenes.routes import MAX_TOWN
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.look import pulse
from hamlet_game.game.ui.panel import INSET, draw_dim, draw_panel
from hamlet_game.game.ui.widget import HEADING, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.scenes.life import LifeScene
    from hamlet_game.game.services import Services

_DIGITS = len(str(MAX_TOWN))
_KEYS = ("7", "8", "9", "4", "5", "6", "1", "2", "3")
_WIDE = 440.0
_GAP = 8.0
_NUMBER = 50.0  # text size at every setting
_SHOWN = 66.0  # height of the number's well
_NOTE = f"1 to {MAX_TOWN:,}; the same number is the same town for everybody."


class TownNumberScene(Scene):
    """Asks for a town number and begins that town's life.

    `above` is how many scenes lie on the life, this one included. Digits can
    be typed wherever the focus is, and every key of the pad can be pressed.
    """

    opaque = False

    def __init__(self, services: Services, life: LifeScene, above: int = 1) -> None:
        self._services, self._life, self._above = services, life, above
        self.number = ""
        self._keys = [self._key(digit) for digit in _KEYS]
        self._rub = Button("", self._rub_out, icon="back")
        self._go = Button("Go", self._begin, icon="check", style=Style.PRIMARY)
        self._cancel = Button("Cancel", Pop)
        self._keys += [self._rub, self._key("0")]
        self.form: Form = Form(
            [*self._keys, self._cancel, self._go],
            on_back=Pop,
            default=self._go,
            on_cue=cue(services),
        )

    def _key(self, digit: str) -> Button:
        return Button(digit, lambda: self._type(digit))

    def _type(self, text: str) -> None:
        for letter in text:
            if letter in "0123456789" and len(self.number) < _DIGITS:
                self.number = (self.number + letter).lstrip("0")

    def _rub_out(self) -> None:
        self.number = self.number[:-1]

    def _begin(self) -> Transition | None:
        if not self.number:
            self._services.notify(f"Type a town number first: 1 to {MAX_TOWN:,}.")
            return None
        self._life.introduce = False
        self._life.begin(int(self.number))
        return Pop(self._above)

    def handle(self, event: Event) -> Transition | None:
        """Take digits from the keyboard; everything else is for the buttons."""
        if isinstance(event, Typed):
            self._type(event.text)
            return None
        if isinstance(event, Press) and event.key in (pygame.K_BACKSPACE, pygame.K_DELETE):
            self._rub_out()
            return None
        return self.form.handle(event)

    # Drawing.
    def draw(self, painter: Painter) -> None:
        """Dim what is below and draw the number over its pad."""
        draw_dim(painter)
        key = max(52.0, self._go.preferred(painter)[1])
        title = painter.line_height(HEADING, font="display")
        foot = painter.line_height(SMALL) + 26
        inner = _WIDE - 2 * INSET
        note = painter.measure(_NOTE, SMALL, wrap=inner)[1] + 10
        rows = 5 * key + 4 * _GAP
        high = title + 12 + _SHOWN + 14 + rows + foot + 2 * INSET
        roomy = high + note <= CANVAS[1] - 60
        card = pygame.FRect(0, 0, _WIDE, high + (note if roomy else 0.0))
        card.center = CANVAS[0] / 2, CANVAS[1] / 2
        box = draw_panel(painter, card, title="Which town?")
        self._shown(painter, pygame.FRect(box.x, box.y, box.w, _SHOWN))
        top = box.y + _SHOWN + 14
        self._place(pygame.FRect(box.x, top, box.w, rows), key)
        self.form.draw(painter)
        if roomy:
            at = (box.x, top + rows + 10)
            painter.text(_NOTE, at, SMALL, painter.palette.muted, wrap=inner)
        hints = [(Command.CONFIRM, "choose"), (Command.BACK, "cancel")]
        spot = (card.centerx, card.bottom - INSET - foot / 2 + 12)
        draw_hints(painter, self._services, hints, at=spot, room=inner)

    def _shown(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw the number so far, with a cursor."""
        colors = painter.palette
        painter.rect(box, colors.track, radius=14)
        painter.rect(box, colors.accent, radius=14, width=2)
        if not self.number:
            now = str(self._life.town_seed)
            painter.text(
                now, box.center, _NUMBER, colors.faint, anchor="center", font="display", fixed=True
            )
            return
        word = painter.text(
            self.number,
            box.center,
            _NUMBER,
            colors.text,
            anchor="center",
            font="display",
            fixed=True,
        )
        alpha = round(255 * pulse(painter, 1.1))
        painter.rect((word.right + 4, box.y + 14, 3, box.h - 28), (*colors.accent, alpha))

    def _place(self, box: pygame.FRect, key: float) -> None:
        """Lay the pad out: four rows of digits, and below them the two ways out."""
        third = (box.w - 2 * _GAP) / 3
        for index, button in enumerate(self._keys):
            row, column = divmod(index, 3)
            at = (box.x + column * (third + _GAP), box.y + row * (key + _GAP))
            button.box = pygame.FRect(*at, third, key)
        top = box.y + 4 * (key + _GAP)
        half = (box.w - _GAP) / 2
        self._cancel.box = pygame.FRect(box.x, top, half, key)
        self._go.box = pygame.FRect(box.x + half + _GAP, top, half, key)
