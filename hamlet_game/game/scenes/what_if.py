"""What if: the five futures of one moment, lived at once by five ghosts in the same town."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.agents.company import again
from hamlet_game.game.draw.painter import CANVAS, Painter
from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.events import Command, Event, Press
from hamlet_game.game.play.clock import speed_text
from hamlet_game.game.playhead import Playhead
from hamlet_game.game.scene import Pop, Push, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.menu_look import Hint, cue, draw_hints
from hamlet_game.game.ui import layout
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.widget import HEADING, SMALL
from hamlet_game.game.why.future_rows import FutureRow
from hamlet_game.game.why.futures import Futures
from hamlet_game.game.why.ghosts import draw_futures
from hamlet_game.game.why.judge import judge_of
from hamlet_game.town.names import Action

if TYPE_CHECKING:
    from hamlet_game.game.agents.players import Player
    from hamlet_game.game.services import Services
    from hamlet_game.town.record import Record

MARGIN, GAP = 28.0, 12.0  # canvas units
_TOWN = 0.5  # of the width, at most
_BUDGET_S = 0.004  # of looking ahead, a frame
_QUIET = pygame.FRect(30, 0, 600, 668)  # the town's
_TEMPO = 1.5  # of the speed a replay has
_HINTS: list[Hint] = [
    (Command.CONFIRM, "again from here"),
    ((Command.UP, Command.DOWN), "follow one"),
    (Command.DRIVE, "play on yourself"),
    ((Command.SLOWER, Command.FASTER), "speed"),
    (Command.BACK, "back"),
]


class WhatIfScene(Scene):
    """Each action from one step of a life, and a brain that goes on: who lives, and how well.

    Raises ValueError for a step at which the life was over.
    """

    def __init__(
        self, services: Services, record: Record, step: int, player: Player | None = None
    ) -> None:
        if not 0 <= step < record.survival + (not record.over):
            raise ValueError("the life was over at that step")
        self._services, self.record, self.step = services, record, step
        self._judge = judge_of(player, record.level, services.notify)
        self.futures = Futures(record, step, self._judge.policy)
        self._work = self.futures.run()
        self.head = Playhead(record.level.steps, step)
        self._time = 0.0
        places = [Place(kind.key, x, y) for kind, x, y in record.town.places()]
        level = record.level
        self._town = TownView(level.width, level.height, places, record.town_seed)
        done = record.frames[step + 1].action if step < record.survival else None
        self.rows = [FutureRow(self, action, done=action is done) for action in Action]
        self._drive = self._button("Play on from here", self._play_on, "play", Style.PRIMARY)
        self._back = self._button("Back", Pop, "back")
        default = self.rows[done if done is not None else Action.INTERACT]
        self.form: Form = Form(
            [*self.rows, self._drive, self._back],
            on_back=Pop,
            default=default,
            on_cue=cue(services),
        )

    @staticmethod
    def _button(
        text: str, on_press: Callable[[], Transition | None], icon: str, style: Style = Style.NORMAL
    ) -> Button:
        return Button(text, on_press, icon=icon, style=style)

    @property
    def followed(self) -> Action | None:
        """Return whose future is followed: the row with the focus."""
        focus = self.form.focus
        return focus.action if isinstance(focus, FutureRow) else None

    def again(self) -> None:
        """Show all futures from the moment they part."""
        self.head.go(self.step)
        self.head.playing = bool(self.futures.all)

    def look_ahead(self, budget_s: float = _BUDGET_S) -> None:
        """Work the futures out for about so long; once they are known, show them."""
        self.futures.work(self._work, budget_s)
        if self.futures.all:
            self.head.last = max(future.survival for future in self.futures.all)
            self.again()

    def _play_on(self) -> Transition:
        record = self.record
        opening, company = record.actions[: self.step], again(record, self.step)
        level, town = record.level, record.town_seed
        return Push(routes.life(self._services, level, town, opening=opening, company=company))

    # Events and time.
    def handle(self, event: Event) -> Transition | None:
        """Answer the shortcuts; the form answers everything else."""
        if isinstance(event, Press) and not event.repeat:
            if event.means(Command.DRIVE):
                return self._play_on()
            if event.means(Command.SLOWER) or event.means(Command.FASTER):
                self.head.change_speed(1 if event.means(Command.FASTER) else -1)
                return None
            if event.means(Command.RESTART):
                self.again()
                return None
        return self.form.handle(event)

    def update(self, dt: float) -> None:
        """Look ahead a little, then let the ghosts walk."""
        self._time += dt
        if not self.futures.all:
            self.look_ahead()
            return
        self.head.update(dt * _TEMPO)
        for future in self.futures.all:
            future.at(self.head.step)

    # Drawing.
    def draw(self, painter: Painter) -> None:
        """Draw the town with its ghosts, the table of futures, and the buttons."""
        colors = painter.palette
        painter.fill(colors.night)
        painter.quiet = _QUIET
        top = self._header(painter)
        foot = painter.line_height(SMALL) + 20
        tall = CANVAS[1] - foot - top
        town = pygame.FRect(MARGIN, top, min(tall * 1.06, CANVAS[0] * _TOWN), tall)
        draw_futures(painter, self._town, town, self, time=self._time)
        left = town.right + GAP * 1.5
        side = pygame.FRect(left, top, CANVAS[0] - MARGIN - left, tall)
        buttons = [self._drive, self._back]
        high = self._drive.preferred(painter)[1]
        line = (side.x, side.bottom - high, side.w, high)
        layout.row(painter, line, buttons, gap=GAP)
        self._table(painter, pygame.FRect(side.x, side.y, side.w, side.h - high - GAP))
        self.form.draw(painter)
        at = (CANVAS[0] / 2, CANVAS[1] - foot / 2)
        draw_hints(painter, self._services, _HINTS, at=at, room=CANVAS[0] - 2 * MARGIN)

    def _header(self, painter: Painter) -> float:
        """Draw what this is; return where the rest begins."""
        colors, record = painter.palette, self.record
        high = painter.line_height(HEADING, font="display")
        y = 14 + high / 2
        now = f"Step {self.head.step} · {speed_text(self.head.speed)}"
        right = painter.text(
            now, (CANVAS[0] - MARGIN, y), SMALL, colors.muted, anchor="midright"
        ).left
        title = f"What if, at step {self.step}… · {record.level.name} · town {record.town_seed}"
        painter.text(
            title, (MARGIN, y), HEADING, colors.text,
            anchor="midleft", font="display", fit=right - MARGIN - 20,
        )  # fmt: skip
        return 14 + high + GAP

    def _table(self, painter: Painter, box: pygame.FRect) -> None:
        """Place the rows below a line that says who goes on after the first step."""
        words = f"One step of yours, then {self._judge.name} goes on."
        words += " The others do as the master would." if self.record.others else ""
        at = (box.x + 4, box.y)
        line = painter.text(words, at, SMALL, painter.palette.muted, wrap=box.w - 8)
        top = line.bottom + 8
        each = (box.bottom - top - GAP * (len(self.rows) - 1)) / len(self.rows)
        for index, row in enumerate(self.rows):
            row.box = pygame.FRect(box.x, top + index * (each + GAP), box.w, each)
