"""The pause menu of a race, over both dimmed towns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command, Event
from hamlet_game.game.scene import Pop, Push, Reset, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.menu_look import cue, draw_hints
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.form import CLOSES, Form
from hamlet_game.game.ui.layout import column
from hamlet_game.game.ui.panel import INSET, draw_dim, draw_panel
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL
from hamlet_game.game.versus.race import Stage

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scenes.versus import VersusScene
    from hamlet_game.game.services import Services

_WIDE = 460.0
_TOP = 30.0


class VersusPauseScene(Scene):
    """What one may want in the middle of a race; both lives wait below."""

    opaque = False
    upright = True

    def __init__(self, services: Services, versus: VersusScene) -> None:
        self._services, self._versus = services, versus
        resume = Button("Resume", Pop, icon="play", style=Style.PRIMARY, align="left")
        self._menu = [
            resume,
            Button("To the end", self._rush, icon="fast", align="left"),
            Button("Start this race again", self._again, icon="restart", align="left"),
            Button("Choose another race", lambda: Pop(2), icon="flag", align="left"),
            Button("Settings", lambda: Push(routes.settings(services)), icon="gear", align="left"),
            Button(
                "Title screen", lambda: Reset((routes.title(services),)), icon="home", align="left"
            ),
        ]
        race = versus.race
        if race.driven or race.stage is not Stage.RUNNING:
            del self._menu[1]  # a person lives at their own pace
        self.form: Form = Form(
            self._menu,
            on_back=Pop,
            default=resume,
            view=pygame.FRect(0, 0, 0, 0),
            on_cue=cue(services),
            back=CLOSES,
        )

    def _rush(self) -> Transition:
        self._versus.to_the_end()
        return Pop()

    def _again(self) -> Transition:
        self._versus.begin()
        return Pop()

    def handle(self, event: Event) -> Transition | None:
        """Answer the buttons."""
        return self.form.handle(event)

    def draw(self, painter: Painter) -> None:
        """Dim the towns and draw the menu."""
        draw_dim(painter)
        across, down = painter.size
        wide = min(_WIDE * max(1.0, painter.text_scale * 0.8), across - 80)
        inner = wide - 2 * INSET
        race = self._versus.race
        words = f"{race.level.name} · town {race.town_seed}"
        title = painter.line_height(HEADING, font="display") + 12
        facts = painter.measure(words, BODY, wrap=inner)[1] + 14
        foot = painter.line_height(SMALL) + 18
        menu = sum(b.height_for(painter, inner) + 8 for b in self._menu)
        high = min(title + facts + menu + foot + 2 * INSET, down - 2 * _TOP)
        card = pygame.FRect(0, 0, wide, high)
        card.center = across / 2, down / 2
        box = draw_panel(painter, card, title="Pause", icon="pause")
        painter.text(words, box.topleft, BODY, painter.palette.muted, wrap=inner)
        view = pygame.FRect(box.x, box.y + facts, inner, box.bottom - foot - box.y - facts)
        self.form.scroller.view = view
        column(painter, view, self._menu, gap=8)
        self.form.draw(painter)
        hints = [(Command.CONFIRM, "choose"), (Command.BACK, "resume")]
        spot = (card.centerx, card.bottom - INSET - foot / 2 + 10)
        draw_hints(painter, self._services, hints, at=spot, room=inner)
