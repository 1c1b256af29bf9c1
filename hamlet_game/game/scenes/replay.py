"""The replay viewer: a recorded life, to be played, scrubbed and stepped through both ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import keepsakes
from hamlet_game.game.draw.effects import Effects
from hamlet_game.game.draw.painter import CANVAS, Painter
from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.events import Command, Event, Pointer, Press
from hamlet_game.game.moments import moments
from hamlet_game.game.play.clock import speed_text
from hamlet_game.game.play.reactions import react
from hamlet_game.game.play.ticker import Ticker
from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.play.walker import person_at
from hamlet_game.game.playhead import Playhead
from hamlet_game.game.replay_panel import Panel, View, fitted
from hamlet_game.game.scene import Pop, Scene, Transition
from hamlet_game.game.scenes.menu_look import Hint, draw_hints
from hamlet_game.game.theme import PALETTES
from hamlet_game.game.timeline import Timeline, timeline_height
from hamlet_game.game.transport import SIDE, Key, Transport
from hamlet_game.game.ui.widget import HEADING, SMALL
from hamlet_game.town.replay import level_for, load_replay

if TYPE_CHECKING:
    from hamlet_game.game.services import Services
    from hamlet_game.town.record import Record
    from hamlet_game.town.replay import Replay

MARGIN, GAP = 28.0, 12.0  # canvas units
TOWN_SHARE = 0.52  # of the width
HEADER_TOP = 14.0
AIR = 10.0  # above and below the hints
_HINTS: list[Hint] = [
    (Command.INTERACT, "play / pause"),
    ((Command.LEFT, Command.RIGHT), "step"),
    ((Command.PREVIOUS_EVENT, Command.NEXT_EVENT), "events"),
    ((Command.SLOWER, Command.FASTER), "speed"),
    (Command.BACK, "leave"),
    ((Command.UP, Command.DOWN), "start, end"),
]


def open_replay(services: Services, file: Path) -> ReplayScene:
    """Return the viewer for a replay file. Raises ReplayError."""
    source = load_replay(file)
    level = level_for(source, services.catalog, file)
    return ReplayScene(services, source.record(level), source)


class ReplayScene(Scene):
    """Shows a record. `source` is the file it came from; None for the life just lived."""

    def __init__(
        self, services: Services, record: Record, source: Replay | None = None, *, step: int = 0
    ) -> None:
        self._services = services
        self._record = record
        self._source = source
        places = [Place(kind.key, x, y) for kind, x, y in record.town.places()]
        level = record.level
        self._town = TownView(level.width, level.height, places, record.town_seed)
        self._effects = Effects()
        self._ticker = Ticker(record)
        self._moments = moments(record)
        self._timeline = Timeline(record, self._moments)
        self._transport = Transport()
        self._time = 0.0  # seconds the scene has been up
        self._rest = 0.0  # seconds since the step was shown whole
        self.head = Playhead(record.survival, step)
        self._shown = self.head.step
        self.head.playing = step == 0
        self._actions = self._commands()

    # Events.
    def _commands(self) -> dict[Command, Callable[[], None]]:
        """Return what each command does; the first that a press means counts."""
        head = self.head
        return {
            Command.LEFT: lambda: head.move(-1),
            Command.RIGHT: lambda: head.move(1),
            Command.UP: lambda: head.go(0),
            Command.DOWN: lambda: head.go(head.last),
            Command.INTERACT: head.toggle,
            Command.CONFIRM: head.toggle,
            Command.FREEZE: head.toggle,
            Command.STEP: lambda: head.move(1),
            Command.NEXT_EVENT: self._next_moment,
            Command.PREVIOUS_EVENT: self._previous_moment,
            Command.SLOWER: lambda: head.change_speed(-1),
            Command.FASTER: lambda: head.change_speed(1),
            Command.RESTART: lambda: head.go(0),
            Command.SAVE_REPLAY: self._save,
            Command.PAUSE: head.toggle,
        }

    def handle(self, event: Event) -> Transition | None:
        """Answer keys, and the mouse on the timeline and the transport keys."""
        if isinstance(event, Pointer):
            return self._pointer(event)
        if isinstance(event, Press):
            if event.means(Command.BACK):
                return None if event.repeat else Pop()
            self._press(event)
        return None

    def _press(self, press: Press) -> None:
        for command, action in self._actions.items():
            if press.means(command) and (not press.repeat or press.direction is command):
                action()
                return

    def _pointer(self, event: Pointer) -> Transition | None:
        if (step := self._timeline.pointer(event)) is not None:
            self.head.go(step)
        clicked = self._transport.pointer(event)
        if clicked is Command.BACK:
            return Pop()
        if clicked is not None:
            self._actions[clicked]()
        return None

    def _next_moment(self) -> None:
        steps = [moment.step for moment in self._moments if moment.step > self.head.step]
        self.head.go(min(steps, default=self.head.last))

    def _previous_moment(self) -> None:
        steps = [moment.step for moment in self._moments if moment.step < self.head.step]
        self.head.go(max(steps, default=0))

    def _save(self) -> None:
        if self._source is None:
            keepsakes.save(self._services, self._record)

    def update(self, dt: float) -> None:
        """Move the playhead on, and let what happens on the way be seen and heard."""
        self._time += dt
        if not self._timeline.dragging:
            self.head.update(dt)
        self._rest = self._rest + dt if self.head.part >= 1.0 else 0.0
        self._effects.update(dt)
        step = self.head.step
        if step == self._shown + 1 and not self._timeline.dragging:
            palette = PALETTES[self._services.settings.palette]
            react(self._record, step, self._effects, self._services.audio.play, palette)
        elif step != self._shown:
            self._effects.clear()
            self._rest = 0.0
        self._shown = step

    # Drawing.
    def draw(self, painter: Painter) -> None:
        """Draw header, town, panel, timeline and hints."""
        painter.fill(painter.palette.night)
        wide = CANVAS[0] - 2 * MARGIN
        top = HEADER_TOP + painter.line_height(HEADING, font="display") + GAP
        foot = painter.line_height(SMALL) + 2 * AIR
        middle = CANVAS[1] - foot / 2
        draw_hints(painter, self._services, self._hints(), at=(CANVAS[0] / 2, middle), room=wide)
        high = timeline_height(painter)
        self._timeline.box = pygame.FRect(MARGIN, CANVAS[1] - foot - high, wide, high)
        town = pygame.FRect(MARGIN, top, wide * TOWN_SHARE, 0)
        town.h = self._timeline.box.y - GAP - top
        left = town.right + GAP
        box = pygame.FRect(left, top, CANVAS[0] - MARGIN - left, town.h - SIDE - GAP)
        view = View(self._record, self._ticker, self.head.step, self.head.part)
        panel = fitted(painter, box.w, box.h, view)
        self._draw_header(painter, panel)
        self._draw_town(painter, town)
        if not panel.ticker:
            self._draw_caption(painter, town)
        panel.draw(box)
        center = (box.centerx, town.bottom - SIDE / 2)
        self._transport.draw(painter, center, self._keys(), Command.INTERACT)
        self._timeline.draw(painter, self.head.at)

    def _hints(self) -> list[Hint]:
        return _HINTS if self._source else [*_HINTS, (Command.SAVE_REPLAY, "save")]

    def _keys(self) -> list[Key]:
        play = "pause" if self.head.playing else "play"
        return [
            (Command.BACK, "back"),
            (Command.PREVIOUS_EVENT, "rewind"),
            (Command.LEFT, "step_back"),
            (Command.INTERACT, play),
            (Command.RIGHT, "step"),
            (Command.NEXT_EVENT, "fast"),
            (Command.SLOWER, "−"),
            (None, speed_text(self.head.speed)),
            (Command.FASTER, "+"),
        ]

    def _draw_header(self, painter: Painter, panel: Panel) -> None:
        """Draw level, town, player and date; the step where the panel has no room for it."""
        colors, record = painter.palette, self._record
        high = painter.line_height(HEADING, font="display")
        y = HEADER_TOP + high / 2
        side = high * 0.9
        painter.sprite("icons/film", (MARGIN + side / 2, y), (side, side))
        words = self._who() if panel.clock else f"Step {self.head.step} of {record.level.steps}"
        who = painter.text(
            words, (CANVAS[0] - MARGIN, y), SMALL, colors.muted,
            anchor="midright", fit=CANVAS[0] * 0.4,
        )  # fmt: skip
        left = MARGIN + side + 12
        painter.text(
            f"{record.level.name} · town {record.town_seed}", (left, y), HEADING, colors.text,
            anchor="midleft", font="display", fit=who.left - left - 20,
        )  # fmt: skip

    def _who(self) -> str:
        if self._source is None:
            return "The life just lived"
        return " · ".join(word for word in (self._source.player, day(self._source)) if word)

    def _draw_caption(self, painter: Painter, town: pygame.FRect) -> None:
        """Write what happens in this step over the town, where the panel has no ticker."""
        line = next(iter(self._ticker.lines(self.head.step, 1)), None)
        if line is None or line.note.step != self.head.step:
            return
        room = town.w - 60
        wide, high = painter.measure(line.text, SMALL, font="bold", wrap=room)
        chip = pygame.FRect(0, 0, wide + 28, high + 14)
        if self._record.frames[self.head.step].y * 2 < self._record.level.height:
            chip.midbottom = (town.centerx, town.bottom - 16)
        else:  # never over the person
            chip.midtop = (town.centerx, town.top + 16)
        colors = painter.palette
        painter.rect(chip, (*colors.night, 215), radius=14)
        painter.text(
            line.text, chip.center, SMALL, colors.text,
            anchor="center", font="bold", wrap=room, align="center",
        )  # fmt: skip

    def _draw_town(self, painter: Painter, box: pygame.FRect) -> None:
        head, record = self.head, self._record
        person = person_at(record, head.step, head.part, time=self._time, rest=self._rest)
        self._town.draw(
            painter,
            box,
            people=[person],
            day=time_at(record.level, head.at).share,
            effects=self._effects,
            time=self._time,
            reduced_motion=painter.reduced_motion,
        )


def day(source: Replay) -> str:
    """Return the day a replay was saved as people write it, "" where the file has none."""
    try:
        return f"{datetime.fromisoformat(source.date):%d %b %Y, %H:%M}".lstrip("0")
    except ValueError:
        return ""
