"""The city's menu: who runs it, how many live there, and the way out."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.agents import roster
from hamlet_game.game.events import Command, Event
from hamlet_game.game.scene import Pop, Push, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.menu_look import cue, draw_hints
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.choice import Choice
from hamlet_game.game.ui.form import CLOSES, Form
from hamlet_game.game.ui.layout import column
from hamlet_game.game.ui.panel import INSET, draw_dim, draw_panel
from hamlet_game.game.ui.toggle import Toggle
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scenes.city import CityScene
    from hamlet_game.game.services import Services

PEOPLE = (100, 250, 500, 1000, 1500, 2000)
_WIDE = 560.0
_TOP = 30.0


class CityMenuScene(Scene):
    """What one may change about a city, which waits below."""

    opaque = False
    upright = True

    def __init__(self, services: Services, city_scene: CityScene) -> None:
        self._services, self._scene = services, city_scene
        city = city_scene.city
        words = [entry.word for entry in roster.shipped()]
        names = [entry.name for entry in roster.shipped()]
        if city_scene.brain not in words:
            words.insert(0, city_scene.brain)
            names.insert(0, city.player.name)
        self._words = words
        counts = sorted({*PEOPLE, city.people})
        self._counts = counts
        resume = Button("Resume", Pop, icon="play", style=Style.PRIMARY, align="left")
        self._brain = Choice(
            "Brain", names, words.index(city_scene.brain), self._appoint,
            hint="Who decides for everybody, from the next step on.",
        )  # fmt: skip
        self._people = Choice(
            "People", [f"{count:,}" for count in counts], counts.index(city.people), self._resettle,
            hint="Founds the city anew with so many.",
        )  # fmt: skip
        newcomers = Toggle(
            "Newcomers", city.newcomers, self._welcome,
            hint="Somebody new moves in where a life has ended.",
        )  # fmt: skip
        self._menu = [
            resume,
            self._brain,
            self._people,
            newcomers,
            Button("Start over", self._again, icon="restart", align="left",
                   hint="The same people, from their first day on."),
            Button("Other people", self._other, icon="dice", align="left",
                   hint="Another town number: others live here."),
            Button("Settings", lambda: Push(routes.settings(services)), icon="gear", align="left"),
            Button("Leave the city", lambda: Pop(2), icon="back", align="left"),
        ]  # fmt: skip
        self.form: Form = Form(
            self._menu, on_back=Pop, default=resume, view=pygame.FRect(0, 0, 0, 0),
            on_cue=cue(services), back=CLOSES,
        )  # fmt: skip

    def _appoint(self, index: int) -> None:
        try:
            self._scene.appoint(self._words[index])
        except roster.RosterError as trouble:
            self._services.notify(str(trouble))
            self._brain.index = self._words.index(self._scene.brain)

    def _resettle(self, index: int) -> None:
        self._scene.found(self._counts[index], self._scene.city.town_seed)

    def _welcome(self, on: bool) -> None:
        self._scene.city.newcomers = on

    def _again(self) -> Transition:
        city = self._scene.city
        self._scene.found(city.people, city.town_seed)
        return Pop()

    def _other(self) -> Transition:
        self._scene.found(self._scene.city.people, 1 + secrets.randbelow(routes.MAX_TOWN))
        return Pop()

    def handle(self, event: Event) -> Transition | None:
        """Answer the widgets."""
        return self.form.handle(event)

    def draw(self, painter: Painter) -> None:
        """Dim the city and draw the menu."""
        draw_dim(painter)
        across, down = painter.size
        wide = min(_WIDE * max(1.0, painter.text_scale * 0.8), across - 80)
        inner = wide - 2 * INSET
        title = painter.line_height(HEADING, font="display") + 12
        hint = 2 * painter.line_height(BODY) + 10
        foot = painter.line_height(SMALL) + 18
        menu = sum(widget.height_for(painter, inner) + 8 for widget in self._menu)
        high = min(title + menu + hint + foot + 2 * INSET, down - 2 * _TOP)
        card = pygame.FRect(0, 0, wide, high)
        card.center = across / 2, down / 2
        city = self._scene.city
        box = draw_panel(painter, card, title=f"{city.level.name} {city.town_seed}", icon="pause")
        view = pygame.FRect(box.x, box.y, inner, box.bottom - foot - hint - box.y)
        self.form.scroller.view = view
        column(painter, view, self._menu, gap=8)
        self.form.draw(painter)
        at = (box.centerx, view.bottom + hint / 2)
        painter.text(
            self.form.hint, at, BODY, painter.palette.muted, anchor="center", wrap=inner,
            align="center",
        )  # fmt: skip
        hints = [(Command.CONFIRM, "choose"), (Command.BACK, "resume")]
        spot = (card.centerx, card.bottom - INSET - foot / 2 + 10)
        draw_hints(painter, self._services, hints, at=spot, room=inner)
