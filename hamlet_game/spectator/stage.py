"""What everyone sees: a training's newest brain at play, told to the hub as it happens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import cached_property
from typing import Final

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import Player
from hamlet_game.game.watch.cast import Cast
from hamlet_game.game.watch.syllabus import Syllabus
from hamlet_game.spectator import bulletin, wire
from hamlet_game.spectator.hub import Hub
from hamlet_game.spectator.show import SPEEDS, Show
from hamlet_game.spectator.sources import Source
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level import Level

UNTRAINED: Final = "untrained"  # the word for who plays until a training has a brain
TICK_S: Final = 0.125  # between two batches of steps
SENDS_A_SECOND: Final = 500  # at most: with more clients the batches grow instead
REPORT_S: Final = 1.0  # between two looks at how the training stands, at least
CURVES_S: Final = 3.0
BEAT_S: Final = 4.0  # a page that hears nothing for three of these thinks we are gone
_LONGEST_TICK_S = 1.0


def quietly(_: str) -> None:
    """Tell nobody but the page."""


class Stage:
    """Plays the show and says how the training stands. `run` it in the server's loop."""

    def __init__(
        self,
        source: Source,
        understudy: Player,
        level: Level | None = None,
        hub: Hub | None = None,
        complain: Callable[[str], None] = quietly,
    ) -> None:
        """Show what `source` trains; `understudy` plays until there is a brain.

        `complain` is told each problem of the source once, as it begins.
        """
        self.source, self.hub = source, hub or Hub()
        self._catalog = load_catalog()
        self._notes: list[str] = []
        self._complain, self._problem = complain, ""
        self._guest = understudy
        self._cast = Cast(understudy, self._note)
        self._syllabus = Syllabus(self._catalog, level)
        player = self._player(understudy)
        self.show = Show(self._level(player), player)
        self._report_at = self._curves_at = 0.0
        self.hub.greeting = lambda: wire.town(self.show)
        self._report(time.monotonic())

    # -- orders ----------------------------------------------------------------

    @property
    def can(self) -> tuple[str, ...]:
        """Return the orders that make sense now."""
        words = tuple(self.source.can)
        if "pause" in words or "resume" in words:
            return words
        return (*words, "resume" if self.show.frozen else "pause")

    def order(self, word: str, value: object = None) -> bool:
        """Obey; return whether that was possible."""
        if word == "speed":
            return self._set_speed(value)
        if word not in self.can:
            return False
        if word in {"pause", "resume"}:
            self.show.frozen = word == "pause"
        if word in self.source.can:
            self.source.order(word)
            self.show.frozen = word == "pause"
        self._report_at = 0.0  # whoever ordered wants to see it
        return True

    def _set_speed(self, value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float) or value not in SPEEDS:
            return False
        self.show.speed = float(value)
        self._report_at = 0.0
        return True

    # -- the clock -------------------------------------------------------------

    async def run(self, finished: Callable[[], None]) -> None:
        """Play until the source is over, then say so."""
        before = time.monotonic()
        while not self.source.over:
            await asyncio.sleep(self.tick_s)
            now = time.monotonic()
            self.advance(min(now - before, _LONGEST_TICK_S), now)
            before = now
        finished()

    @property
    def tick_s(self) -> float:
        """Return the seconds between two batches: with many clients fewer and larger ones."""
        return min(_LONGEST_TICK_S, max(TICK_S, len(self.hub) / SENDS_A_SECOND))

    def advance(self, seconds: float, now: float) -> None:
        """Let so much time pass and tell everyone what happened in it."""
        self.source.poll()
        self._recast()
        if told := self.show.advance(seconds):
            self.hub.tell(wire.steps(self.show, told))
        self._report(now)

    def _recast(self) -> None:
        """Let the newest brain play on, and begin a new life where one has ended."""
        show = self.show
        player = self._player(show.life.player)
        level = self._level(player)
        if show.finished or level.id != show.level.id:
            show.begin(level, player)
            self.hub.tell(wire.town(show))
        elif player is not show.life.player:
            show.take_over(player)

    def _player(self, now: Player) -> Player:
        """Return who should play; while a training has no brain yet, an untrained one does."""
        history, cast = self.source.history, self._cast
        begun = history.started is not None and history.ended is None
        young = begun and history.newest is None
        stand_in = self._newborn if young else self._guest
        if now is cast.understudy:
            now = stand_in
        cast.understudy = stand_in
        return cast.player(history, now)

    @cached_property
    def _newborn(self) -> Player:
        return roster.player(UNTRAINED)

    def _level(self, player: Player) -> Level:
        history = self.source.history
        return self._syllabus.level(history, player, follow=history.started is not None)

    def _report(self, now: float) -> None:
        if now < self._report_at:
            return
        self._report_at = now + REPORT_S
        history, problem = self.source.history, self.source.problem
        if problem and problem != self._problem:
            self._complain(problem)
        self._problem = problem
        standing = bulletin.Standing(
            state=self.source.state,
            can=self.can,
            speed=self.show.speed,
            frozen=self.show.frozen,
            label=self._cast.label(history),
            problem=problem,
            watching=len(self.hub),
            beat=int(now / BEAT_S),
        )
        self.hub.tell(bulletin.run(history, standing))
        self.hub.tell(bulletin.curriculum(history, self._catalog))
        self.hub.tell(bulletin.news(history, [*self._notes, *self.source.notes]))
        if now >= self._curves_at:
            self._curves_at = now + CURVES_S
            self.hub.tell(bulletin.curves(history))

    def _note(self, sentence: str) -> None:
        self._notes = [*self._notes, sentence][-2:]
