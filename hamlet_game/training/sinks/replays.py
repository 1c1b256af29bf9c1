"""replays/: some training lives as replay files, for whoever wants to see how it went."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from hamlet_game.files import write_atomic
from hamlet_game.town.catalog import digest, load_catalog
from hamlet_game.town.replay import SUFFIX, Replay, encode
from hamlet_game.training.events import EpisodeEnded, Event, LevelGraduated, RunStarted
from hamlet_game.training.sinks.shelf import Shelf, remove

WRITE_SECONDS = 2.0  # between two writings: lives end many times a second
NAMED = ("best", "worst", "graduated")  # kept besides the sample
_NAME = re.compile(r"-step\d{10}-(?P<level>.+)-\d+steps-(?P<score>\d+)points")

Rank = tuple[int, int]  # number of the level, score


@dataclass(slots=True)
class _Named:
    """The life of a kind that is kept for what it is."""

    rank: Rank | None = None
    life: EpisodeEnded | None = None  # not written yet


@dataclass(slots=True)
class _Lives:
    """What is to be written next."""

    newest: EpisodeEnded | None = None
    of_level: dict[str, EpisodeEnded] = field(default_factory=dict)  # the newest


class ReplayFolder:
    """Keeps at most so many lives, of those whose actions are told.

    A sample of all times, the best and the worst of the furthest level, and one from the
    first graduation.
    """

    def __init__(
        self, folder: Path, most: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Write to a folder, which is made with the first life. `most`: at least 5."""
        self._folder, self._clock, self._written = folder, clock, clock()
        self._shelf = Shelf(folder, SUFFIX, most - len(NAMED))
        self._rules: dict[str, str] = {}  # by level; only what a viewer can play
        self._numbers: dict[str, int] = {}  # of levels
        self._named = {kind: _Named() for kind in NAMED}
        self._lives = _Lives()

    def write(self, event: Event) -> None:
        """Take in one event. Raises OSError."""
        if isinstance(event, RunStarted):
            self._begin(event)
        elif isinstance(event, EpisodeEnded) and event.actions and event.level in self._rules:
            self._take(event)
        elif isinstance(event, LevelGraduated):
            life, graduated = self._lives.of_level.get(event.level), self._named["graduated"]
            if life is not None and graduated.rank is None:
                self._choose("graduated", life)
        if self._clock() - self._written >= WRITE_SECONDS:
            self._flush()

    def close(self) -> None:
        """Write what is left."""
        self._flush()

    def _begin(self, event: RunStarted) -> None:
        """Find out what can be played, and what was kept before the run went on."""
        self._numbers = {level: number for number, level in enumerate(event.levels)}
        layout = event.config.get("layout")
        for level in load_catalog().levels:
            if level.id in self._numbers and layout in {None, level.layout}:
                self._rules[level.id] = digest(level)
        self._shelf.forget_after(event.step)
        for kind, named in self._named.items():
            for file in self._folder.glob(f"{kind}-*{SUFFIX}"):
                found = _NAME.search(file.stem)
                if found and found["level"] in self._numbers:
                    named.rank = self._numbers[found["level"]], int(found["score"])

    def _take(self, life: EpisodeEnded) -> None:
        self._lives.newest = self._lives.of_level[life.level] = life
        level, score = self._rank(life)
        best, worst = self._named["best"].rank, self._named["worst"].rank
        if best is None or (level, score) > best:
            self._choose("best", life)
        if worst is None or (-level, score) < (-worst[0], worst[1]):
            self._choose("worst", life)

    def _choose(self, kind: str, life: EpisodeEnded) -> None:
        self._named[kind] = _Named(self._rank(life), life)

    def _rank(self, life: EpisodeEnded) -> Rank:
        return self._numbers[life.level], round(life.score)

    def _flush(self) -> None:
        self._written = self._clock()
        for kind, named in self._named.items():
            if named.life is not None:
                before = list(self._folder.glob(f"{kind}-*{SUFFIX}"))
                life, named.life = named.life, None
                file = self._folder / f"{kind}-step{life.step:010}{_told(life)}{SUFFIX}"
                self._write(file, life)
                for old in before:
                    if old != file:
                        remove(old)
        newest, self._lives.newest = self._lives.newest, None
        if newest is not None and self._shelf.wants(newest.step):
            self._write(self._shelf.place(newest.step, _told(newest)), newest)
            self._shelf.thin()

    def _write(self, file: Path, life: EpisodeEnded) -> None:
        date = datetime.now().astimezone().isoformat(timespec="seconds")
        player = f"agent in training, life {life.episode:,}"
        rules, actions = self._rules[life.level], life.actions or b""
        replay = Replay(life.level, rules, life.town_seed, actions, player, date, life.others)
        write_atomic(file, encode(replay))


def _told(life: EpisodeEnded) -> str:
    """Return what a file's name says of a life."""
    return f"-{life.level}-{life.survival}steps-{life.score:.0f}points"
