"""Choosing whom to compare, and where: the menu of before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.draw.still import draw_still
from hamlet_game.game.events import Command, Event, Press
from hamlet_game.game.scene import Pop, Scene, Transition
from hamlet_game.game.scenes.menu_look import FOOT, HEAD_ROOM, Hint, cue, draw_hints
from hamlet_game.game.scenes.towns import random_town
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.choice import Choice
from hamlet_game.game.ui.form import CLOSES, Form
from hamlet_game.game.ui.layout import column, row
from hamlet_game.game.ui.widget import BODY, HEADING
from hamlet_game.game.versus import seats
from hamlet_game.game.versus.player_card import PlayerCard

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scenes.ages import AgesScene
    from hamlet_game.game.services import Services

_EDGE, _TOP, _GAP = 44.0, 18.0, 12.0
_TITLES = ("Before", "Half-way", "After")
_HINTS: list[Hint] = [
    ((Command.LEFT, Command.RIGHT), "change"),
    (Command.CONFIRM, "choose"),
    (Command.BACK, "resume"),
]


class AgesSetupScene(Scene):
    """A card for each seat, and the town below them."""

    def __init__(self, services: Services, ages: AgesScene) -> None:
        self._services, self._ages = services, ages
        self._level, self.town = ages.level, ages.town_seed
        self._levels = list(services.catalog.levels)
        if self._level not in self._levels:
            self._levels.append(self._level)
        players = seats.listed(ages.words)
        self.cards = [
            PlayerCard(
                title, players, word, self._changed,
                hint=f"{title}: any brain, script or checkpoint of your own.",
            )
            for title, word in zip(_TITLES, ages.words, strict=True)
        ]  # fmt: skip
        self._strengths = seats.Strengths(services)
        self._level_choice = Choice(
            "Level", [level.name for level in self._levels], self._levels.index(self._level),
            self._choose_level, hint=self._level.goal,
        )  # fmt: skip
        self._field = seats.town_field(services, self.town, self._choose_town)
        self._dice = Button("Random", self._roll, icon="dice", hint="Another town, drawn by lot.")
        self._go = Button(
            "Show them", self._begin, icon="play", style=Style.PRIMARY, size=22, pinned=True
        )
        self._resume = Button("Resume", Pop, icon="back", pinned=True)
        self._leave = Button("Leave", lambda: Pop(2), icon="home", pinned=True)
        self.form: Form = Form(
            [*self.cards, self._level_choice, self._field, self._dice,
             self._go, self._resume, self._leave],
            on_back=Pop,
            default=self._go,
            view=pygame.FRect(0, 0, 0, 0),
            on_cue=cue(services),
            back=CLOSES,
        )  # fmt: skip

    def _changed(self) -> None:
        """Nothing else hangs on who is chosen."""

    def _choose_level(self, index: int) -> None:
        self._level = self._levels[index]
        self._level_choice.hint = self._level.goal
        for card in self.cards:
            card.strength = None

    def _choose_town(self, town: int) -> None:
        self.town = town
        self._field.text = str(town)

    def _roll(self) -> None:
        self._choose_town(random_town())

    def _begin(self) -> Transition | None:
        if not self._ages.invite(tuple(card.entry.word for card in self.cards)):
            return None
        self._ages.begin(self._level, self.town)
        return Pop()

    def handle(self, event: Event) -> Transition | None:
        """Answer the form, and the key for a new town."""
        rolls = isinstance(event, Press) and not event.repeat and event.means(Command.NEW_TOWN)
        if rolls and not self.form.capturing:
            self._roll()
            return None
        return self.form.handle(event)

    def update(self, dt: float) -> Transition | None:  # noqa: ARG002 - the frame's budget counts
        """Find out how strong those on the cards are."""
        self._strengths.update(self._level, self.cards)
        return None

    def draw(self, painter: Painter) -> None:
        """Dim the towns; draw cards, terms and buttons."""
        draw_still(painter)
        painter.quiet = HEAD_ROOM
        wide = CANVAS[0] - 2 * _EDGE
        title = painter.text(
            "Whom to compare?", (_EDGE, _TOP), HEADING, painter.palette.text, font="display"
        )
        buttons = [self._go, self._resume, self._leave]
        high = max(button.preferred(painter)[1] for button in buttons)
        foot = CANVAS[1] - FOOT - high
        row(painter, (_EDGE, foot, wide, high), buttons)
        view = pygame.FRect(_EDGE, title.bottom + 12, wide, foot - 14 - title.bottom - 12)
        self.form.scroller.view = view
        self._lay_out(painter, view)
        self.form.draw(painter)
        self._draw_foot(painter)

    def _lay_out(self, painter: Painter, view: pygame.FRect) -> None:
        """Put the cards side by side and the terms below; scroll what is too tall."""
        terms = [self._level_choice, self._field, self._dice]
        low = max(widget.preferred(painter)[1] for widget in terms)
        needed = sum(widget.preferred(painter)[0] for widget in terms) + 2 * _GAP
        lines = 1 if needed <= view.w * 1.1 else 2
        least = self.cards[0].least_height(painter)
        card = max(least, view.h - lines * (low + _GAP))
        each = (view.w - _GAP * (len(self.cards) - 1)) / len(self.cards)
        for index, widget in enumerate(self.cards):
            widget.box = pygame.FRect(view.x + index * (each + _GAP), view.y, each, card)
        top = view.y + card + _GAP
        if lines == 1:
            row(painter, (view.x, top, view.w, low), terms, gap=_GAP)
            return
        column(painter, (view.x, top, view.w, low), [self._level_choice])
        row(painter, (view.x, top + low + _GAP, view.w, low), terms[1:], gap=_GAP)

    def _draw_foot(self, painter: Painter) -> None:
        y = CANVAS[1] - FOOT / 2 + 4
        hint = painter.text(
            self.form.hint, (_EDGE, y), BODY - 1, painter.palette.text, anchor="midleft", fit=600
        )
        left = max(hint.right, _EDGE) + 24
        room = CANVAS[0] - _EDGE - left
        draw_hints(painter, self._services, _HINTS, at=(left + room / 2, y), room=room)
