"""The list of replays, the user's own or those of training runs: watch one, or throw it away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from hamlet_game import paths
from hamlet_game.game import keepsakes, storage
from hamlet_game.game.draw.painter import CANVAS, Painter
from hamlet_game.game.draw.still import draw_still
from hamlet_game.game.events import Command, Event, Press
from hamlet_game.game.scene import Pop, Push, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.confirm import ConfirmScene
from hamlet_game.game.scenes.menu_look import FOOT, MARGIN, Hint, cue, draw_hints
from hamlet_game.game.scenes.replay_card import (
    ReplayRow,
    draw_details,
    draw_empty,
    moves,
    row_height,
)
from hamlet_game.game.shelf import Shelf
from hamlet_game.game.ui import layout
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.tabs import Tabs
from hamlet_game.game.ui.widget import BODY, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.services import Services
    from hamlet_game.game.shelf import Item

TITLE = 40.0  # text size
TOP, GAP = 24.0, 10.0  # canvas units
ASIDE = 36.0  # between the list and what is beside it; holds the scrollbar
BESIDE = 380.0  # the width of what is beside the list
_HINTS: list[Hint] = [
    ((Command.UP, Command.DOWN), "choose"),
    (Command.CONFIRM, "watch"),
    (Command.RIGHT, "more"),
    (Command.BACK, "back"),
    ((Command.SLOWER, Command.FASTER), "other list"),
    ((Command.PREVIOUS_EVENT, Command.NEXT_EVENT), "page"),
]


class ReplaysScene(Scene):
    """Rows at the left; beside them the chosen replay and what can be done with it."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._shelf = Shelf(services.catalog)
        self._view = pygame.FRect(MARGIN, 100, 700, 500)
        self._par: float | None = None
        self._watch = Button("Watch", self._watch_chosen, icon="play", style=Style.PRIMARY)
        self._delete = Button("Delete", self._ask, icon="cross")
        self._back = Button("Back", Pop, icon="back")
        self._tabs = Tabs(("My lives", "Of training"), 0, self._turn)
        self._buttons = [self._watch, self._delete, self._back]
        for button in self._buttons:
            button.pinned = True
        self._rows: list[ReplayRow] = []
        self._chosen = 0  # index of a row
        self._laid_out: object = None  # what the rows were placed for
        self.form: Form = self._build()

    # The list.
    def _build(self) -> Form:
        """Read the folder's names and make a row for each; the place in the list stays."""
        self._rows = [ReplayRow(file, self._shelf, self._watch_chosen) for file in self._files()]
        self._laid_out = None
        self._choose(min(self._chosen, max(0, len(self._rows) - 1)))
        usable = [*self._buttons] if self._rows else [self._back]
        default = self._rows[self._chosen] if self._rows else self._back
        return Form(
            [self._tabs, *self._rows, *usable],
            on_back=Pop,
            default=default,
            view=self._view,
            on_cue=cue(self._services),
        )

    def _files(self) -> list[Path]:
        if self._tabs.index:
            return keepsakes.listed_of_runs()
        try:
            return keepsakes.listed()
        except OSError as error:
            where = paths.replays()
            self._services.notify(f"Replays can't be listed: {storage.reason(error)} ({where}).")
            return []

    def _turn(self, index: int) -> None:  # noqa: ARG002 - the tabs know
        """Show the other list, from its top, with the focus where it was."""
        self._chosen = 0
        self.form = self._build()
        self.form.focus_on(self._tabs)

    @property
    def _item(self) -> Item | None:
        return self._rows[self._chosen].item if self._rows else None

    def _choose(self, index: int) -> None:
        self._chosen, self._par = index, None
        for place, row in enumerate(self._rows):
            row.chosen = place == index
        item = self._item
        self._watch.enabled = item is not None and not item.trouble

    # What can be done.
    def _watch_chosen(self) -> Transition | None:
        item = self._item
        if item is None:
            return None
        if item.replay is None or item.level is None:
            self._services.notify(f"{item.file.name}: {item.trouble}")
            return None
        record = item.record if item.done and item.record else item.replay.record(item.level)
        return Push(routes.replay(self._services, record, item.replay))

    def _ask(self) -> Transition | None:
        item = self._item
        if item is None:
            return None
        return Push(
            ConfirmScene(
                self._services,
                "Delete this replay?",
                f"{item.file.name} will be gone for good.",
                yes="Delete",
                on_yes=lambda: self._discard(item.file),
            )
        )

    def _discard(self, file: Path) -> None:
        self._services.notify(keepsakes.discard(file))
        self.form = self._build()

    # Events.
    def handle(self, event: Event) -> Transition | None:
        """Move in the list and to the buttons beside it; the form does the rest."""
        if self._tabs.turn(event) or (isinstance(event, Press) and self._move(event)):
            return None
        transition = self.form.handle(event)
        self._follow_focus()
        return transition

    def _move(self, press: Press) -> bool:
        """Answer the presses that move within and out of the list; return whether it was one."""
        by = moves(press)
        focus = self.form.focus
        if not self._rows or (by is None and press.direction is None):
            return False
        if focus is self._tabs:
            return self._leave_tabs(press)
        if isinstance(focus, ReplayRow):
            if press.direction is Command.RIGHT:
                self.form.focus_on(self._watch if self._watch.enabled else self._delete)
            elif press.direction is Command.UP and not self._chosen:
                self.form.focus_on(self._tabs)
            elif by is not None:
                place = min(max(self._chosen + by, 0), len(self._rows) - 1)
                self.form.focus_on(self._rows[place])
        elif press.direction is Command.LEFT:
            self.form.focus_on(self._rows[self._chosen])
        elif press.direction is not Command.RIGHT and by in (-1, 1):
            self._cycle(by)
        self._follow_focus()
        return True

    def _leave_tabs(self, press: Press) -> bool:
        """Go down from the tabs to the list; everything else is theirs."""
        if press.direction is not Command.DOWN:
            return False
        self.form.focus_on(self._rows[self._chosen])
        return True

    def _cycle(self, by: int) -> None:
        """Move the focus to the next button that can be pressed."""
        usable = [button for button in self._buttons if button.enabled]
        focus = self.form.focus
        place = usable.index(focus) if isinstance(focus, Button) and focus in usable else 0
        self.form.focus_on(usable[(place + by) % len(usable)])

    def _follow_focus(self) -> None:
        focus = self.form.focus
        if isinstance(focus, ReplayRow) and not focus.chosen:
            self._choose(self._rows.index(focus))

    def update(self, dt: float) -> None:  # noqa: ARG002 - nothing here moves by itself
        """Read on, and work out par for the chosen replay."""
        self._shelf.work()
        item, desk = self._item, self._services.par
        if item is not None and item.done and item.level and item.replay and self._par is None:
            plan = desk.want(item.level, item.replay.town_seed)
            self._par = plan.score if plan else None
            desk.work()

    # Drawing.
    def draw(self, painter: Painter) -> None:
        """Draw the title, the list, and what is beside it."""
        draw_still(painter)
        colors = painter.palette
        title = painter.text(
            "Replays", (MARGIN, TOP), TITLE, colors.text, font="display", fit=CANVAS[0] * 0.5
        )
        count = len(self._rows)
        tabs = min(self._tabs.preferred(painter)[0], CANVAS[0] * 0.5)
        high = self._tabs.preferred(painter)[1]
        left = CANVAS[0] - MARGIN - tabs
        self._tabs.box = pygame.FRect(left, title.centery - high / 2, tabs, high)
        if count:
            words = f"{count} saved life" if count == 1 else f"{count} saved lives"
            at = (title.right + 18, title.centery + 4)
            room = left - title.right - 36
            if painter.measure(words, BODY)[0] <= room:
                painter.text(words, at, BODY, colors.muted, anchor="midleft")
        floor = CANVAS[1] - max(FOOT, painter.line_height(SMALL) + 24)
        body = pygame.FRect(
            MARGIN, max(title.bottom, self._tabs.box.bottom) + 12, CANVAS[0] - 2 * MARGIN, 0
        )
        body.h = floor - body.y
        self._lay_out(painter, body)
        if not count:
            draw_empty(painter, body, self._back.box.y, self._services, runs=bool(self._tabs.index))
        self.form.draw(painter)
        middle = (CANVAS[1] + floor) / 2
        hints = _HINTS if count else [(Command.BACK, "back")]
        draw_hints(painter, self._services, hints, at=(CANVAS[0] / 2, middle))

    def _lay_out(self, painter: Painter, body: pygame.FRect) -> None:
        """Place list, card and buttons."""
        high = self._back.preferred(painter)[1]
        shown = [button for button in self._buttons if button in self.form.widgets]
        if not self._rows:
            self._back.box = pygame.FRect(body.centerx - 120, body.bottom - high - 30, 240, high)
            return
        self._view.update(body.x, body.y, body.w - BESIDE - ASIDE, body.h)
        self._place_rows(painter)
        left = self._view.right + ASIDE
        column = high * len(shown) + GAP * (len(shown) - 1)
        layout.column(painter, (left, body.bottom - column, BESIDE, column), shown, gap=GAP)
        card = pygame.FRect(left, body.y, BESIDE, body.h - column - 18)
        if (item := self._item) is not None and card.h > 60:
            draw_details(painter, card, item, self._par, self._services.par.progress)

    def _place_rows(self, painter: Painter) -> None:
        """Place all rows, unless they are where they belong already."""
        high = row_height(painter)
        wanted = (tuple(self._view), high, len(self._rows))
        if wanted == self._laid_out:
            return
        self._laid_out = wanted
        for index, row in enumerate(self._rows):
            row.box = pygame.FRect(
                self._view.x, self._view.y + index * (high + GAP), self._view.w, high
            )
