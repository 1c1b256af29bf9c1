"""Results: why a life ended, what it earned, and where to go from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import keepsakes, narration, verdict
from hamlet_game.game.draw.painter import CANVAS, Painter
from hamlet_game.game.draw.still import draw_still
from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press
from hamlet_game.game.scene import Push, Replace, Reset, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.menu_look import HEAD_ROOM, Hint, cue, draw_hints
from hamlet_game.game.scenes.results_cards import HeadCard, Outcome, ScoreCard
from hamlet_game.game.scenes.results_chart import ChartCard
from hamlet_game.game.scenes.results_layout import (
    LEFT,
    TOP,
    WIDE,
    Cards,
    place_buttons,
    place_cards,
)
from hamlet_game.game.scenes.results_stars import StarsCard
from hamlet_game.game.scenes.tally import count, leave_out
from hamlet_game.game.scenes.towns import enter, opening_town
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level
    from hamlet_game.town.record import Record

BOTTOM = 16.0  # canvas units
BUTTON_TEXT = 16.0
POPS_PER_S = 1.7  # stars that arrive in a second
WAIT_S = 0.35  # before the first one
_HINTS: list[Hint] = [
    (Command.CONFIRM, "choose"),
    (Command.BACK, "level map"),
    (Command.RESTART, "same town"),
    (Command.NEW_TOWN, "next town"),
    (Command.GHOST, "race my ghost"),
    (Command.SAVE_REPLAY, "save replay"),
]
_CHART_HINTS: list[Hint] = [
    ((Command.LEFT, Command.RIGHT), "read the chart"),
    (Command.CONFIRM, "watch from there"),
    (Command.BACK, "level map"),
]


class ResultsScene(Scene):
    """What a finished life amounts to. Counts it once, and again if par earns it more stars."""

    def __init__(self, services: Services, record: Record, continued: int = 0) -> None:
        """`continued`: the step at which a life was taken over that somebody else began."""
        self._services = services
        self._record = record
        self._continued = continued
        self._level = record.level
        self._levels = services.catalog.levels
        self._outcome = Outcome(record, narration.ending(record), self._kicker())
        self._next = verdict.following(self._levels, record.level)
        self._age = -WAIT_S  # seconds since the first star may arrive
        self._landed = 0  # stars that were heard
        self._saved = ""  # the replay file's name
        plan = services.par.want(record.level, record.town_seed)
        self._outcome.par = plan.score if plan else None
        if services.settings.save_replays and not continued:
            self._keep()
        self._count()
        self._chart = ChartCard(self._outcome, self._watch_from)
        sides = [ScoreCard(self._outcome), StarsCard(self._outcome)]
        self._cards = Cards(HeadCard(self._outcome), sides, self._chart)
        self._view = pygame.FRect(LEFT, TOP, WIDE, 400)
        self._onward = self._button("Next level", self._next_level, "arrow_right")
        self._save = self._button("Save replay", self._keep, "save")
        self._always = [
            self._button("Same town again", self._again, "restart"),
            self._button("Next town", self._next_town, "dice"),
            self._button("Race my ghost", self._race, "ghost"),
            self._button("Watch replay", self._watch, "film"),
            *([self._button("Why?", self._why, "help")] * record.last.died),
            self._save,
            self._button("Level map", self._map, "home"),
        ]
        self._buttons = self._always
        self._main = self._always[0]
        self.form: Form = Form(
            self._buttons, on_back=self._map, default=self._main, view=self._view
        )
        self._offer()
        self._mark_saved()
        self.form.on_cue = cue(services)

    # What it amounts to.
    def _kicker(self) -> str:
        ids = [level.id for level in self._levels]
        number = f"Level {ids.index(self._level.id) + 1} · " if self._level.id in ids else ""
        where = f"{number}{self._level.name} · town {self._record.town_seed}"
        if not self._continued:
            return where
        return f"{where} · taken over at step {self._continued}, so it doesn't count"

    def _count(self, *, again: bool = False) -> None:
        if self._continued:
            leave_out(self._services, self._outcome)
        else:
            count(self._services, self._outcome, self._next, again=again)

    def _learn_par(self) -> None:
        plan = self._services.par.want(self._level, self._record.town_seed)
        self._outcome.progress = self._services.par.progress
        if plan is None:
            return
        self._outcome.par = plan.score
        if self._record.stars(plan.score) > self._outcome.stars and not self._continued:
            self._count(again=True)
            self._offer()

    # Buttons.
    def _button(self, text: str, on_press: Callable[[], Transition | None], icon: str) -> Button:
        return Button(text, on_press, icon=icon, size=BUTTON_TEXT, pinned=True)

    def _offer(self) -> None:
        """Offer what is open by now, the most likely wish first in line for the focus."""
        before, passed = self._main, self._outcome.stars > 0
        onward = passed and self._next is not None and self._is_open(self._next)
        self._buttons = [self._onward] * onward + self._always
        self._main = self._onward if onward else self._always[1 if passed else 0]
        for button in self._buttons:
            button.style = Style.PRIMARY if button is self._main else Style.NORMAL
        moved = self.form.focus is not before
        self.form.widgets = [*self._cards.all, *self._buttons]
        if not moved:
            self.form.focus_on(self._main)

    def _is_open(self, level: Level) -> bool:
        return level.id in self._services.unlocked([other.id for other in self._levels])

    def _again(self) -> Transition:
        record = self._record
        return Replace(routes.life(self._services, self._level, record.town_seed))

    def _next_town(self) -> Transition:
        town = self._record.town_seed % routes.MAX_TOWN + 1
        return Replace(routes.life(self._services, self._level, town))

    def _race(self) -> Transition:
        record = self._record
        return Replace(routes.life(self._services, self._level, record.town_seed, record))

    def _next_level(self) -> Transition | None:
        if self._next is None:
            return None
        town = opening_town(self._services, self._next)
        return Replace(enter(self._services, self._next, town).scene)

    def _watch(self) -> Transition:
        return Push(routes.replay(self._services, self._record))

    def _why(self) -> Transition:
        return Push(routes.death(self._services, self._record))

    def _watch_from(self, step: int) -> Transition:
        return Push(routes.replay(self._services, self._record, step=step))

    def _map(self) -> Transition:
        services = self._services
        return Reset((routes.title(services), routes.level_map(services, self._level.id)))

    def _keep(self) -> None:
        """Save the replay, unless that is done; say where it went or why not."""
        if not self._saved:
            try:
                who = keepsakes.taken_over(self._continued)
                self._saved = keepsakes.keep(self._record, who).name
            except OSError as error:
                self._services.notify(keepsakes.trouble(error))

    def _mark_saved(self) -> None:
        if self._saved:
            self._save.text, self._save.icon = "Replay saved", "check"
            self._save.hint = f"Saved as {self._saved}"

    # Events.
    def handle(self, event: Event) -> Transition | None:
        """Answer the shortcuts; the form answers everything else."""
        if isinstance(event, Press) and not event.repeat:
            for command, action in self._shortcuts().items():
                if event.means(command):
                    return action()
        if isinstance(event, Pointer) and event.kind is PointerKind.MOVE:
            local = self.form.scroller.local(self._chart, event)
            self._chart.point(local.x, local.y)
        transition = self.form.handle(event)
        self._mark_saved()
        return transition

    def _shortcuts(self) -> dict[Command, Callable[[], Transition | None]]:
        return {
            Command.RESTART: self._again,
            Command.NEW_TOWN: self._next_town,
            Command.GHOST: self._race,
            Command.SAVE_REPLAY: self._save_aloud,
        }

    def _save_aloud(self) -> None:
        self._keep()
        self._mark_saved()
        if self._saved:
            self._services.notify(f"Replay saved: {self._saved}")

    def update(self, dt: float) -> None:
        """Let the stars arrive, and work out par."""
        self._age += dt
        if self._outcome.par is None:
            self._services.par.work()
            self._learn_par()
        self._pop()

    def _pop(self) -> None:
        out, audio = self._outcome, self._services.audio
        still = self._services.settings.reduced_motion
        out.pops = None if still else max(self._landed, self._age * POPS_PER_S)
        arrived = out.stars if still else min(out.stars, int(self._age * POPS_PER_S + 0.5))
        if self._age > 0 and arrived > self._landed:
            self._landed = arrived
            audio.play("win" if arrived == 3 else "star")

    # Drawing.
    def draw(self, painter: Painter) -> None:
        """Draw cards, buttons and the key hints."""
        draw_still(painter)
        painter.quiet = HEAD_ROOM
        middle = CANVAS[1] - BOTTOM - painter.line_height(SMALL) / 2
        floor = middle - painter.line_height(SMALL) / 2 - 12
        self._view.h = place_buttons(painter, self._buttons, floor) - 14 - self._view.top
        place_cards(painter, self._cards, self._view)
        self.form.draw(painter)
        at = (CANVAS[0] / 2, middle)
        if hint := self.form.hint:
            painter.text(hint, at, SMALL, painter.palette.muted, anchor="center", fit=WIDE)
        else:
            hints = _CHART_HINTS if self.form.focus is self._chart else _HINTS
            draw_hints(painter, self._services, hints, at=at, room=WIDE)
