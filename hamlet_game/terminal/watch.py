"""A player at play in the terminal, life after life, until somebody has seen enough."""

from __future__ import annotations

import itertools
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from rich.console import Console
from rich.live import Live

from hamlet_game.game.agents.life import AgentLife
from hamlet_game.game.agents.players import Player
from hamlet_game.game.insight.thought_text import LEISURE, Mind
from hamlet_game.game.watch.pace import end_seconds, step_seconds
from hamlet_game.terminal.drawing import InAscii, in_ascii
from hamlet_game.terminal.keys import Keys, keys
from hamlet_game.terminal.sheet import Shown, ending, line, sheet
from hamlet_game.town.level import Level
from hamlet_game.town.record import Record

SPEED = 1.0  # times the window's normal tempo
LAST_TOWN = 999_999  # of those that training never draws
_PREPARE_S = 0.1  # between two looks at the keys while a player prepares
LONG_S = 0.5  # between two pictures of a paused life, which may have to fit another size
_QUIT = "qQ\x03"


class Quit(Exception):  # noqa: N818 -- no error: somebody has seen enough
    """Somebody pressed q."""


@dataclass(slots=True)
class Plan:
    """What is shown: `lives` in towns from `town_seed` on; None: until somebody quits."""

    player: Player
    level: Level
    town_seed: int
    lives: int | None = None


def watch(plan: Plan, console: Console | None = None, take: Keys | None = None) -> None:
    """Show a plan until it is done, or until q, Ctrl-C or an end from outside.

    In a terminal that can draw it is a moving picture; in one that can't it is lines at the
    same tempo; where the output goes elsewhere it is lines at once, of one life if not told.
    """
    console = console or Console()
    with suppress(Quit, KeyboardInterrupt), _ends_politely():
        if not console.is_terminal:
            _Lines(console, lambda _: None).show(plan)
        elif take is not None:
            _on_terminal(plan, console, take)
        else:
            with keys() as found:
                _on_terminal(plan, console, found)


def _on_terminal(plan: Plan, console: Console, take: Keys) -> None:
    if console.is_dumb_terminal:
        _Lines(console, lambda seconds: _wait(take, seconds)).show(plan)
    else:
        _Pictures(console, take).show(plan)


class _Lines:
    """A line for every step and one for every life."""

    def __init__(self, console: Console, wait: Callable[[float], object]) -> None:
        self._console, self._wait = console, wait

    def show(self, plan: Plan) -> None:
        lives = plan.lives or (None if self._console.is_terminal else 1)
        for life in _lives(plan, lives):
            record, mind = life.record, Mind(LEISURE)
            self._say(f"{plan.player.name}: {plan.level.name}, town {record.town_seed}")
            while not life.over:
                while not life.player.ready:
                    life.player.prepare(_PREPARE_S)
                shown = _stepped(life, mind)
                self._say(line(shown))
                self._wait(step_seconds(record.last, SPEED))
            self._say(ending(record))

    def _say(self, text: str) -> None:
        told = _fit(text, self._console)
        self._console.print(told, markup=False, highlight=False, soft_wrap=True)


class _Pictures:
    """The town, drawn over and over on a screen of its own, so that the scrollback stays."""

    def __init__(self, console: Console, take: Keys) -> None:
        self._console, self._take = console, take
        self._ended: list[str] = []

    def show(self, plan: Plan) -> None:
        record: Record | None = None
        try:
            with Live(console=self._console, screen=True, auto_refresh=False) as live:
                for life in _lives(plan, plan.lives):
                    record = life.record
                    self._play(life, live)
                    self._ended.append(ending(record))
                    record = None
        finally:  # what is worth keeping once the screen is gone
            if record is not None and record.survival:
                self._ended.append(ending(record))
            for told in self._ended[-10:]:
                self._console.print(_fit(told, self._console), markup=False, highlight=False)

    def _play(self, life: AgentLife, live: Live) -> None:
        mind = Mind(LEISURE)
        shown = Shown(life)
        while not life.over:
            if not life.player.ready:
                life.player.prepare(_PREPARE_S)
                self._draw(Shown(life, "Searches for the best life ..."), live)
                _wait(self._take, 0.0)
                continue
            shown = _stepped(life, mind)
            self._draw(shown, live)
            self._rest(step_seconds(life.record.last, SPEED), shown, live)
        self._rest(end_seconds(SPEED), shown, live)

    def _rest(self, seconds: float, shown: Shown, live: Live) -> None:
        """Let a picture stand; longer while it is paused."""
        paused = _wait(self._take, seconds) == " "
        while paused:
            shown.paused = True
            self._draw(shown, live)
            paused = _wait(self._take, LONG_S) != " "
        shown.paused = False

    def _draw(self, shown: Shown, live: Live) -> None:
        width, height = self._console.size
        picture = sheet(shown, width, height)
        ascii_only = self._console.options.ascii_only
        live.update(InAscii(picture) if ascii_only else picture, refresh=True)


def _lives(plan: Plan, lives: int | None) -> Iterator[AgentLife]:
    """Yield lives in one town after another."""
    for number in itertools.count() if lives is None else range(lives):
        town = (plan.town_seed + number - 1) % LAST_TOWN + 1
        yield AgentLife(plan.level, town, plan.player)


def _stepped(life: AgentLife, mind: Mind) -> Shown:
    """Do a step and return it with the thought that led to it."""
    thought = life.thought
    words = mind.text(life.record.town, thought, life.player) if thought is not None else ""
    life.step()
    return Shown(life, words, thought)


def _wait(take: Keys, seconds: float) -> str:
    """Let time pass; return the space bar at once. Raises Quit."""
    end = time.monotonic() + seconds
    while True:
        typed = take.key(max(0.0, end - time.monotonic()))
        if typed and typed in _QUIT:
            raise Quit
        if typed == " " or time.monotonic() >= end:
            return typed


def _fit(text: str, console: Console) -> str:
    return in_ascii(text) if console.options.ascii_only else text


@contextmanager
def _ends_politely() -> Iterator[None]:
    """Take an end from outside for Ctrl-C, so that the terminal is left as it was."""
    wanted = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    if threading.current_thread() is not threading.main_thread():
        wanted = []
    before = {number: signal.getsignal(number) for number in wanted if number is not None}
    try:
        for number in before:
            signal.signal(number, signal.default_int_handler)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
