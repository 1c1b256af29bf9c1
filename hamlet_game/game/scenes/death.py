"""The death card: why a life ended, from where it could still have been saved, and what now."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.agents.company import again
from hamlet_game.game.draw.painter import CANVAS, Painter
from hamlet_game.game.draw.still import draw_still
from hamlet_game.game.events import Command, Event, Press
from hamlet_game.game.scene import Pop, Push, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.menu_look import HEAD_ROOM, Hint, cue, draw_hints
from hamlet_game.game.scenes.results_layout import place_buttons
from hamlet_game.game.ui import layout
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.widget import SMALL
from hamlet_game.game.why.cards import HeadCard, StretchCard, TownCard, WhyCard, WordsCard
from hamlet_game.game.why.case import Case
from hamlet_game.game.why.judge import judge_of
from hamlet_game.game.why.rescue import Rescue

if TYPE_CHECKING:
    from hamlet_game.game.agents.players import Player
    from hamlet_game.game.services import Services
    from hamlet_game.town.record import Record

LEFT, WIDE = 36.0, CANVAS[0] - 72.0  # canvas units
TOP, GAP, BOTTOM = 18.0, 14.0, 16.0
TWO_COLUMNS_UP_TO = 1.3  # text scale
_STILL = "Still looking for the point of no return."
_HINTS: list[Hint] = [
    (Command.CONFIRM, "choose"),
    (Command.BACK, "back"),
    (Command.NEXT_EVENT, "jump there"),
    (Command.DRIVE, "play on from there"),
]


class DeathScene(Scene):
    """Judges a death: by the player who lived it if that is a brain, else by the master.

    Raises ValueError for a life that did not end in death.
    """

    def __init__(self, services: Services, record: Record, player: Player | None = None) -> None:
        self._services, self._who = services, player.name if player else ""
        judge = judge_of(player, record.level, services.notify)
        where = f"{record.level.name} · town {record.town_seed}"
        kicker = f"{where} · {player.name}" if player else where
        self.case = Case(record, judge, kicker, look=player.look if player else 0)
        self._rescue = Rescue(self.case)
        self._head, self._words = HeadCard(self.case), WordsCard(self.case)
        self._chart = StretchCard(self.case, self._watch)
        self._town = TownCard(self.case, self._rescue)
        self._view = pygame.FRect(LEFT, TOP, WIDE, 500)
        self._jump = self._button("Jump there", self._jump_there, "film", Style.PRIMARY)
        self._drive = self._button("Play on from there", self._play_on, "play")
        self._what = self._button("What if…", self._what_if, "dice")
        self._back = self._button("Back", Pop, "back")
        self._buttons = [self._jump, self._drive, self._what, self._back]
        cards: list[WhyCard] = [self._head, self._words, self._chart, self._town]
        self.form: Form = Form(
            [*cards, *self._buttons],
            on_back=Pop,
            default=self._jump,
            view=self._view,
            on_cue=cue(services),
        )
        self._offer()

    @staticmethod
    def _button(
        text: str, on_press: Callable[[], Transition | None], icon: str, style: Style = Style.NORMAL
    ) -> Button:
        return Button(text, on_press, icon=icon, style=style, pinned=True)

    @property
    def step(self) -> int:
        """Return the step that is gone to: the last safe one, the start if there was none."""
        return self.case.safe or 0

    # What can be done.
    def _offer(self) -> None:
        """Let the buttons be pressed as soon as the step is known."""
        known = self.case.inquest.done
        for button in (self._jump, self._drive, self._what):
            button.enabled = known
            button.hint = "" if known else _STILL

    def _jump_there(self) -> Transition | None:
        return self._watch(self.step)

    def _watch(self, step: int) -> Transition | None:
        brain = self.case.judge.brain
        record, who = self.case.record, self._who
        return Push(routes.replay(self._services, record, step=step, player=brain, who=who))

    def _play_on(self) -> Transition | None:
        record = self.case.record
        opening, company = record.actions[: self.step], again(record, self.step)
        level, town = record.level, record.town_seed
        return Push(routes.life(self._services, level, town, opening=opening, company=company))

    def _what_if(self) -> Transition | None:
        brain = self.case.judge.brain
        return Push(routes.what_if(self._services, self.case.record, self.step, brain))

    # Events and time.
    def handle(self, event: Event) -> Transition | None:
        """Answer the shortcuts; the form answers everything else."""
        if isinstance(event, Press) and not event.repeat and self.case.inquest.done:
            if event.means(Command.NEXT_EVENT):
                return self._jump_there()
            if event.means(Command.DRIVE):
                return self._play_on()
        return self.form.handle(event)

    def update(self, dt: float) -> None:
        """Look on for the point of no return, and let the film run."""
        self.case.work()
        if self.case.inquest.done and not self._jump.enabled:
            self._offer()
            self._rescue.restart()
        self._rescue.update(dt)

    # Drawing.
    def draw(self, painter: Painter) -> None:
        """Draw cards, buttons and key hints."""
        draw_still(painter)
        painter.quiet = HEAD_ROOM
        high = painter.line_height(SMALL)
        middle = CANVAS[1] - BOTTOM - high / 2
        floor = place_buttons(painter, self._buttons, middle - high / 2 - 12) - 14
        self._view.h = floor - self._view.top
        self._place(painter)
        self.form.draw(painter)
        at = (CANVAS[0] / 2, middle)
        if hint := self.form.hint:
            painter.text(hint, at, SMALL, painter.palette.muted, anchor="center", fit=WIDE)
        else:
            draw_hints(painter, self._services, _HINTS, at=at, room=WIDE)

    def _place(self, painter: Painter) -> None:
        """Put the town beside words and chart, or all in a column where text is large."""
        view, two = self._view, painter.text_scale <= TWO_COLUMNS_UP_TO
        self._head.wide = view.w
        top = layout.column(painter, (*view.topleft, view.w, 0), [self._head]).bottom + GAP
        room = view.bottom - top - 1
        beside = min(view.w * 0.36, room - painter.line_height(SMALL) - 8) if two else 0.0
        left = view.x + (beside + GAP if two else 0.0)
        self._words.wide = self._chart.wide = view.right - left
        self._chart.tall = 0.0
        words = self._words.height_for(painter, self._words.wide)
        if two:
            self._chart.tall = max(0.0, room - words - GAP)
        box = (left, top, view.right - left, 0.0)
        used = layout.column(painter, box, [self._words, self._chart], gap=GAP)
        if two:
            self._town.box = pygame.FRect(view.x, top, beside, room)
        else:
            side = min(view.w, 520.0)
            below = used.bottom + GAP
            self._town.box = pygame.FRect(view.centerx - side / 2, below, side, side)
        scrolls = max(used.bottom, self._town.box.bottom) > view.bottom + 1
        for card in (self._words, self._town):
            card.focusable = scrolls  # so that keys can scroll to it
