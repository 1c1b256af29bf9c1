"""When the trainer is in trouble: what happened, and the way on. The town lives all the while."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.theme import darker
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import BODY, HEADING

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition
    from hamlet_game.training.worker import Problem

Act = Callable[[], "Transition | None"]
_WIDE = 620.0
_MOST = 1.5  # times the normal text size


class Trouble:
    """A card with a sentence and two buttons, which are in the scene's form while it is up."""

    def __init__(self, recover: Act, dismiss: Act) -> None:
        self._recover = Button(
            "Resume from last checkpoint", recover, icon="restart", style=Style.PRIMARY
        )
        self._dismiss = Button("Go on watching", dismiss, icon="play")
        self.buttons = (self._recover, self._dismiss)

    def draw(self, painter: Painter, problem: Problem, box: pygame.FRect, *, saved: bool) -> None:
        """Draw the card in the middle of `box` and place its buttons."""
        colors, size = painter.palette, min(painter.text_scale, _MOST)
        self._recover.text = "Resume from last checkpoint" if saved else "Begin again"
        wide = min(_WIDE * (0.6 + 0.4 * size), box.w - 20)
        inner = wide - 48
        title = "The trainer has stopped" if problem.over else "The trainer does not answer"
        heads = painter.line_height(HEADING * size, font="display", fixed=True)
        text = painter.measure(problem.sentence, BODY * size, wrap=inner, fixed=True)[1]
        calm = "The town goes on with the brain it has."
        quiet = painter.measure(calm, BODY * size, wrap=inner, fixed=True)[1]
        sizes = [button.preferred(painter) for button in self.buttons]
        beside = sizes[0][0] + sizes[1][0] + 12 <= inner
        keys = max(s[1] for s in sizes) if beside else sum(s[1] for s in sizes) + 10
        card = pygame.FRect(0, 0, wide, heads + text + quiet + keys + 78)
        card.center = box.center
        card.clamp_ip(pygame.FRect(0, 0, *painter.size))
        painter.shadow(card.move(0, 8), colors.shadow, radius=22, blur=24)
        painter.rect(card.inflate(6, 6), colors.danger, radius=24)
        painter.rect(card, darker(colors.panel, 0.1), radius=21)
        x, y = card.x + 24, card.y + 18
        painter.sprite(icon_sprite("warning"), (x + heads / 2, y + heads / 2), (heads, heads))
        painter.text(
            title, (x + heads + 10, y), HEADING * size, colors.text,
            font="display", fit=inner - heads - 10, fixed=True,
        )  # fmt: skip
        y += heads + 10
        for words, ink, tall in (
            (problem.sentence, colors.text, text),
            (calm, colors.muted, quiet),
        ):
            painter.text(words, (x, y), BODY * size, ink, wrap=inner, fixed=True)
            y += tall + 10
        left = x
        for button, (width, tall) in zip(self.buttons, sizes, strict=True):
            button.box = pygame.FRect(left, y + 6, min(width if beside else inner, inner), tall)
            left, y = (left + width + 12, y) if beside else (left, y + tall + 10)
