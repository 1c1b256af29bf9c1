"""Choosing a race: who against whom, in which town, at which tempo, and how many races."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.roster import RosterError
from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.draw.still import draw_still
from hamlet_game.game.events import Command, Event, Press
from hamlet_game.game.scene import Pop, Push, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.menu_look import (
    FOOT,
    HEAD_ROOM,
    Hint,
    cue,
    draw_hints,
    draw_outlined,
)
from hamlet_game.game.scenes.towns import opening_town, random_town
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.choice import Choice
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.layout import column, row
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL
from hamlet_game.game.versus import seats
from hamlet_game.game.versus.contestants import PERSON
from hamlet_game.game.versus.match import BEST_OF, Match
from hamlet_game.game.versus.player_card import PlayerCard

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level

_EDGE, _TOP = 44.0, 18.0
_MIDDLE = 96.0  # between the two cards, for "VS"
_GAP = 10.0
_TEMPOS = ("step", "live")
_HINTS: list[Hint] = [
    ((Command.LEFT, Command.RIGHT), "change"),
    (Command.CONFIRM, "choose"),
    (Command.NEW_TOWN, "random town"),
    (Command.BACK, "back"),
]


class VersusSetupScene(Scene):
    """Two cards face to face, and the terms of the race below them."""

    def __init__(
        self,
        services: Services,
        level: Level | None = None,
        town_seed: int | None = None,
        rival: str | None = None,
    ) -> None:
        """Offer a race; without a `rival` the brain that is at home in the level."""
        self._services = services
        self._levels = list(services.catalog.levels)
        last = services.settings.last_level
        self._level = level or next(
            (known for known in self._levels if known.id == last), self._levels[0]
        )
        if self._level not in self._levels:
            self._levels.append(self._level)
        self.town = town_seed or opening_town(services, self._level)
        rival = rival or roster.suited(self._level.id)
        rivals = seats.listed([rival])
        self.left = PlayerCard(
            "Left", [seats.person(), *rivals], PERSON, self._changed,
            hint="Who lives on the left: you, or an agent to watch.",
        )  # fmt: skip
        self.right = PlayerCard(
            "Right", rivals, rival, self._changed, hint="Who lives on the right."
        )
        self._strengths = seats.Strengths(services)
        self._level_choice = Choice(
            "Level", [known.name for known in self._levels], self._levels.index(self._level),
            self._choose_level, hint=self._level.goal,
        )  # fmt: skip
        self._field = seats.town_field(services, self.town, self._choose_town)
        self._dice = Button("Random", self._roll, icon="dice", hint="Another town, drawn by lot.")
        tempo = services.settings.tempo
        self._tempo = Choice(
            "Tempo", ["Step by step", "Live"], _TEMPOS.index(tempo), self._choose_tempo,
            hint="Step by step: the rival moves when you move. Live: both tick.",
        )  # fmt: skip
        self._length = Choice(
            "Length", ["Single race", "Best of five"], 0, self._choose_length,
            hint="Best of five: each race in another town, three wins decide.",
        )  # fmt: skip
        self._best_of = BEST_OF[0]
        self._start = Button(
            "Start", self._begin, icon="play", style=Style.PRIMARY, size=22, hint="Into the town."
        )
        self._ages = Button(
            "Before and after", self._compare, icon="clock",
            hint="Three ages of an agent in one town, side by side.",
        )  # fmt: skip
        self._leave = Button("Back", Pop, icon="back")
        self.form: Form = Form(
            [
                self.left, self.right, self._level_choice, self._tempo, self._length,
                self._field, self._dice, self._start, self._ages, self._leave,
            ],
            on_back=Pop,
            default=self._start,
            view=pygame.FRect(0, 0, 0, 0),
            on_cue=cue(services),
        )  # fmt: skip
        self._changed()

    # What is chosen.
    @property
    def words(self) -> tuple[str, str]:
        """Return who races whom."""
        return self.left.entry.word, self.right.entry.word

    def _changed(self) -> None:
        """Take note of another player."""
        tally = self._services.versus.tally(self._level.id, self.words)
        self.left.note = ""
        if tally.races:
            one, other = tally.won
            self.left.note = f"You {one} : {other} {self.right.entry.name} so far"
        watched = self.left.entry.word != PERSON
        self._tempo.enabled = not watched

    def _choose_level(self, index: int) -> None:
        self._level = self._levels[index]
        self._level_choice.hint = self._level.goal
        self.left.strength = self.right.strength = None
        self._changed()

    def _choose_town(self, town: int) -> None:
        self.town = town
        self._field.text = str(town)

    def _choose_tempo(self, index: int) -> None:
        self._services.settings.tempo = "live" if index else "step"
        self._services.save_settings()

    def _choose_length(self, index: int) -> None:
        self._best_of = BEST_OF[index]

    def _roll(self) -> None:
        self._choose_town(random_town())

    # The way on.
    def _begin(self) -> Transition | None:
        match = Match(self._level, self.town, self.words, self._best_of)
        try:
            return Push(routes.race(self._services, match))
        except RosterError as error:
            self._services.notify(str(error))
            return None

    def _compare(self) -> Transition:
        return Push(routes.ages(self._services, self._level, self.town))

    # Scene.
    def handle(self, event: Event) -> Transition | None:
        """Answer the form, and the shortcuts for towns."""
        if isinstance(event, Press) and not event.repeat and not self.form.capturing:
            if event.means(Command.NEW_TOWN):
                self._roll()
                return None
            if event.means(Command.TOWN_NUMBER):
                self.form.focus_on(self._field)
                self._field.press()
                return None
            if event.means(Command.HELP):
                return Push(routes.how_it_works(self._services))
        return self.form.handle(event)

    def resumed(self) -> None:
        """Show how the races since ended."""
        self._tempo.index = _TEMPOS.index(self._services.settings.tempo)
        self._changed()

    def update(self, dt: float) -> Transition | None:  # noqa: ARG002 - the frame's budget counts
        """Find out how strong those on the cards are."""
        self._strengths.update(self._level, (self.left, self.right))
        return None

    # Drawing.
    def draw(self, painter: Painter) -> None:
        """Draw both cards, the terms and the buttons."""
        draw_still(painter)
        painter.quiet = HEAD_ROOM
        wide = CANVAS[0] - 2 * _EDGE
        title = painter.text("Versus", (_EDGE, _TOP), HEADING, painter.palette.text, font="display")
        about = "The same town for both, on one clock. Who lives longer, and better?"
        painter.text(
            about, (title.right + 18, title.centery + 2), SMALL, painter.palette.muted,
            anchor="midleft", fit=CANVAS[0] - _EDGE - title.right - 18,
        )  # fmt: skip
        top = title.bottom + 10
        buttons = [self._start, self._ages, self._leave]
        high = max(button.preferred(painter)[1] for button in buttons)
        foot = CANVAS[1] - FOOT - high
        row(painter, (_EDGE, foot, wide, high), buttons)
        for button in buttons:
            button.pinned = True
        view = pygame.FRect(_EDGE, top, wide, foot - 14 - top)
        self.form.scroller.view = view
        self._lay_out(painter, view)
        self.form.draw(painter)
        self._versus(painter)
        self._draw_foot(painter)

    def _lay_out(self, painter: Painter, view: pygame.FRect) -> None:
        """Put the cards side by side and the terms in rows below; scroll what is too tall."""
        rows = [
            self._level_choice.preferred(painter)[1],
            max(w.preferred(painter)[1] for w in (self._field, self._dice, self._length)),
        ]
        terms = sum(rows) + _GAP
        card = max(self.left.least_height(painter), view.h - terms - _GAP)
        each = (view.w - _MIDDLE) / 2
        self.left.box = pygame.FRect(view.x, view.y, each, card)
        self.right.box = pygame.FRect(view.right - each, view.y, each, card)
        half = (view.w - _GAP) / 2
        first = view.y + card + _GAP
        column(painter, (view.x, first, half, rows[0]), [self._level_choice])
        column(painter, (view.x + half + _GAP, first, half, rows[0]), [self._tempo])
        second = first + rows[0] + _GAP
        dice = min(self._dice.preferred(painter)[0], half * 0.42)
        column(painter, (view.x, second, half - dice - _GAP, rows[1]), [self._field])
        self._dice.box = pygame.FRect(view.x + half - dice, second, dice, rows[1])
        column(painter, (view.x + half + _GAP, second, half, rows[1]), [self._length])

    def _versus(self, painter: Painter) -> None:
        """Write "VS" between the cards."""
        box = self.left.box.move(0, -self.form.scroller.offset)
        at = (CANVAS[0] / 2, box.centery)
        if self.form.scroller.view and self.form.scroller.view.collidepoint(at):
            colors = painter.palette
            draw_outlined(painter, "VS", at, 46, colors.accent, rim=colors.night, anchor="center")

    def _draw_foot(self, painter: Painter) -> None:
        y = CANVAS[1] - FOOT / 2 + 4
        hint = painter.text(
            self.form.hint, (_EDGE, y), BODY - 1, painter.palette.text, anchor="midleft", fit=600
        )
        left = max(hint.right, _EDGE) + 24
        room = CANVAS[0] - _EDGE - left
        draw_hints(painter, self._services, _HINTS, at=(left + room / 2, y), room=room)
