"""How a race ended: both lives side by side, where they parted, and the way on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import keepsakes
from hamlet_game.game.agents.roster import RosterError
from hamlet_game.game.draw.painter import CANVAS, Painter
from hamlet_game.game.draw.still import draw_still
from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press
from hamlet_game.game.scene import Pop, Push, Replace, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.menu_look import HEAD_ROOM, Hint, cue, draw_hints
from hamlet_game.game.scenes.results_layout import LEFT, WIDE, place_buttons
from hamlet_game.game.score_models import Result
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.widget import SMALL
from hamlet_game.game.versus.life_chart import LifeChart, Reading
from hamlet_game.game.versus.parting_card import PartingCard
from hamlet_game.game.versus.result_head import ResultHead

if TYPE_CHECKING:
    from hamlet_game.game.services import Services
    from hamlet_game.game.versus.match import Match
    from hamlet_game.game.versus.race import Race
    from hamlet_game.game.versus.verdict import Verdict

_TOP, _GAP, _BOTTOM = 16.0, 12.0, 16.0
_BUTTON_TEXT = 16.0
_BESIDE_UP_TO = 1.45  # text scale at which two charts still fit side by side
_HINTS: list[Hint] = [
    (Command.CONFIRM, "choose"),
    (Command.RESTART, "same town"),
    (Command.NEW_TOWN, "next town"),
    (Command.SAVE_REPLAY, "save both"),
    (Command.BACK, "choose another race"),
]
_CHART_HINTS: list[Hint] = [
    ((Command.LEFT, Command.RIGHT), "read both charts"),
    (Command.CONFIRM, "watch from there"),
    (Command.BACK, "choose another race"),
]


class VersusResultScene(Scene):
    """Counts a finished race and shows both lives."""

    def __init__(self, services: Services, match: Match, race: Race, verdict: Verdict) -> None:
        self._services, self.match, self._race, self._verdict = services, match, race, verdict
        match.count(verdict.winner)
        services.versus.count(match.level.id, match.words, verdict.winner)
        self.reading = Reading(race.step)
        self._learn_par()
        self._scored = self._count()
        self._saved = False
        marks = [(step, "step", "accent") for step in [verdict.parted] if step is not None]
        if verdict.mattered is not None and verdict.mattered != verdict.parted:
            marks.append((verdict.mattered, "flag", "good"))
        self._charts = [
            LifeChart(lane, self.reading, marks, self._watcher(k), won=verdict.winner == k)
            for k, lane in enumerate(race.lanes)
        ]
        self._head = ResultHead(match, race, verdict)
        self._parting = PartingCard(race, verdict)
        self._save = self._button("Save both replays", self._keep, "save")
        onward = self._button(self._onward_text(), self._onward, "play")
        onward.style = Style.PRIMARY
        self._buttons = [onward, self._button("Same town again", self._again, "restart")]
        for index, lane in enumerate(race.lanes):
            name = "your life" if lane.who.person else lane.who.name
            watch = self._watcher(index)
            self._buttons.append(self._button(f"Watch {name}", partial(watch, 0), "film"))
        for index, lane in enumerate(race.lanes):
            if lane.record.last.died:
                ask = "Why did you die?" if lane.who.person else f"Why did {lane.who.name} die?"
                self._buttons.append(self._button(ask, self._asker(index), "help"))
        self._buttons += [self._save, self._button("Another race", Pop, "back")]
        self._view = pygame.FRect(LEFT, _TOP, WIDE, 400)
        self.form: Form = Form(
            [self._head, *self._charts, self._parting, *self._buttons],
            on_back=Pop,
            default=onward,
            view=self._view,
            on_cue=cue(services),
        )

    # What it amounts to.
    def _onward_text(self) -> str:
        if self.match.best_of == 1:
            return "Next town"
        return "Play another five" if self.match.decided else f"Race {self.match.race}"

    def _learn_par(self) -> None:
        plan = self._services.par.want(self.match.level, self.match.town_seed)
        self.reading.par = plan.score if plan else None

    def _count(self, *, again: bool = False) -> int:
        """Count a person's life as any other in a level that is open to them; return its stars."""
        ids = [level.id for level in self._services.catalog.levels]
        lane, level = self._race.person, self.match.level
        if lane is None or level.id not in self._services.unlocked(ids):
            return 3  # nothing left to count
        record, stars = lane.record, lane.record.stars(self.reading.par)
        self._services.scores.record(
            Result(
                level.id, record.town_seed, record.last.points, stars, record.survival,
                record.actions, again=again,
            )
        )  # fmt: skip
        return stars

    # Buttons.
    def _button(self, text: str, on_press: Callable[[], Transition | None], icon: str) -> Button:
        return Button(text, on_press, icon=icon, size=_BUTTON_TEXT, pinned=True)

    def _race_again(self, match: Match) -> Transition | None:
        try:
            return Replace(routes.race(self._services, match))
        except RosterError as error:
            self._services.notify(str(error))
            return None

    def _onward(self) -> Transition | None:
        return self._race_again(self.match.onward())

    def _again(self) -> Transition | None:
        return self._race_again(self.match.again())

    def _watcher(self, index: int) -> Callable[[int], Transition]:
        """Return how to watch a life of the race from a step on."""
        lane = self._race.lanes[index]

        def watch(step: int) -> Transition:
            return Push(
                routes.replay(
                    self._services,
                    lane.record,
                    step=step,
                    player=lane.who.player,
                    who=lane.who.name,
                )
            )

        return watch

    def _asker(self, index: int) -> Callable[[], Transition]:
        """Return how to ask why a life ended."""
        lane = self._race.lanes[index]
        return lambda: Push(routes.death(self._services, lane.record, lane.who.player))

    def _keep(self) -> None:
        """Save both lives as replays, once; say where they went or why not."""
        if self._saved:
            return
        try:
            names = [
                keepsakes.keep(lane.record, player=lane.who.name).name for lane in self._race.lanes
            ]
        except OSError as error:
            self._services.notify(keepsakes.trouble(error))
            return
        self._saved = True
        self._save.text, self._save.icon = "Replays saved", "check"
        self._services.notify(f"Replays saved: {', '.join(names)}")

    # Events.
    def handle(self, event: Event) -> Transition | None:
        """Answer the shortcuts; the form answers everything else."""
        if isinstance(event, Press) and not event.repeat:
            for command, action in (
                (Command.RESTART, self._again),
                (Command.NEW_TOWN, self._onward),
                (Command.SAVE_REPLAY, self._keep),
            ):
                if event.means(command):
                    return action()
        if isinstance(event, Pointer) and event.kind is PointerKind.MOVE:
            self.reading.step = None
            for chart in self._charts:
                local = self.form.scroller.local(chart, event)
                if chart.point(local.x, local.y):
                    break
        return self.form.handle(event)

    def update(self, dt: float) -> Transition | None:  # noqa: ARG002 - the frame's budget counts
        """Work out par, which may bring more stars."""
        if self.reading.par is None:
            self._services.par.work()
            self._learn_par()
            self._count_again()
        return None

    def _count_again(self) -> None:
        """Count the stars that only par could bring."""
        person, par = self._race.person, self.reading.par
        if par is not None and person is not None and person.record.stars(par) > self._scored:
            self._scored = self._count(again=True)

    # Drawing.
    def draw(self, painter: Painter) -> None:
        """Draw the headline, both lives, where they parted, and the buttons."""
        draw_still(painter)
        painter.quiet = HEAD_ROOM
        middle = CANVAS[1] - _BOTTOM - painter.line_height(SMALL) / 2
        floor = middle - painter.line_height(SMALL) / 2 - 12
        self._view.h = place_buttons(painter, self._buttons, floor) - 14 - self._view.top
        self._lay_out(painter)
        self.form.draw(painter)
        at = (CANVAS[0] / 2, middle)
        hints = _CHART_HINTS if self.form.focus in self._charts else _HINTS
        draw_hints(painter, self._services, hints, at=at, room=WIDE)

    def _lay_out(self, painter: Painter) -> None:
        """Put everything into the view; what is too tall for it scrolls."""
        view = self._view
        beside = painter.text_scale <= _BESIDE_UP_TO
        head = self._head.height_for(painter, view.w)
        self._head.box = pygame.FRect(view.x, view.y, view.w, head)
        foot = self._parting.height_for(painter, view.w)
        wide = (view.w - _GAP) / 2 if beside else view.w
        least = max(chart.height_for(painter, wide) for chart in self._charts)
        top = view.y + head + _GAP
        high = max(least, view.bottom - top - foot - _GAP) if beside else least
        for index, chart in enumerate(self._charts):
            x = view.x + index * (wide + _GAP) if beside else view.x
            y = top if beside else top + index * (high + _GAP)
            chart.box = pygame.FRect(x, y, wide, high)
        bottom = self._charts[-1].box.bottom + _GAP
        self._parting.box = pygame.FRect(view.x, bottom, view.w, foot)
        scrolls = self._parting.box.bottom > view.bottom + 1
        self._head.focusable = self._parting.focusable = scrolls  # so that keys can scroll
