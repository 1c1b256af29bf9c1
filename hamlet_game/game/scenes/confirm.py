"""A small question over any scene: yes or no."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.events import Command
from hamlet_game.game.scene import Pop, Scene, Transition
from hamlet_game.game.scenes.menu_look import cue, draw_hints
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.layout import row
from hamlet_game.game.ui.panel import INSET, draw_dim, draw_panel
from hamlet_game.game.ui.richtext import draw_rich, lay_out
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.services import Services

_WIDE = 560.0  # at 100 % text size
_MOST = 1040.0


class ConfirmScene(Scene):
    """Asks before something is lost. "No" has the focus; yes calls `on_yes` and then closes.

    What `on_yes` returns is carried out in place of closing.
    """

    opaque = False

    def __init__(
        self,
        services: Services,
        question: str,
        details: str,
        *,
        yes: str,
        on_yes: Callable[[], Transition | None],
        no: str = "Cancel",
        danger: bool = True,
    ) -> None:
        self._services = services
        self._question, self._details = question, details
        self._on_yes = on_yes
        self._no = Button(no, Pop, icon="back")
        self._yes = Button(yes, self._agree, style=Style.DANGER if danger else Style.PRIMARY)
        self.form: Form = Form(
            [self._no, self._yes], on_back=Pop, default=self._no, on_cue=cue(services)
        )

    def _agree(self) -> Transition:
        return self._on_yes() or Pop()

    def handle(self, event: Event) -> Transition | None:
        """Answer the two buttons."""
        return self.form.handle(event)

    def draw(self, painter: Painter) -> None:
        """Dim what is below and draw the card with its question."""
        draw_dim(painter)
        wide = min(_MOST, _WIDE * max(1.0, painter.text_scale))
        inner = wide - 2 * INSET
        heading = painter.measure(self._question, HEADING, font="display", wrap=inner)[1]
        text = lay_out(painter, self._details, BODY, wrap=inner).size[1]
        buttons = self._no.preferred(painter)[1]
        card = pygame.FRect(0, 0, wide, heading + 14 + text + 28 + buttons + 2 * INSET)
        card.center = (CANVAS[0] / 2, CANVAS[1] / 2)
        area = draw_panel(painter, card)
        painter.text(
            self._question,
            area.topleft,
            HEADING,
            painter.palette.text,
            font="display",
            wrap=inner,
        )
        top = area.y + heading + 14
        draw_rich(painter, self._details, (area.x, top), BODY, painter.palette.muted, wrap=inner)
        row(painter, (area.x, top + text + 28, inner, buttons), [self._no, self._yes])
        self.form.draw(painter)
        draw_hints(
            painter,
            self._services,
            [(Command.CONFIRM, "choose"), (Command.BACK, self._no.text.lower())],
            at=(CANVAS[0] / 2, card.bottom + 20 + painter.line_height(SMALL)),
            shade=True,
        )
