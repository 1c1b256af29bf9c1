"""metrics.sqlite: every number of a run, readable while it is written."""

from __future__ import annotations

import json
import math
import sqlite3
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import singledispatchmethod
from pathlib import Path
from typing import Any

from hamlet_game.training import events
from hamlet_game.training.sinks.tables import BY_STEP, SCHEMA, VERSION
from hamlet_game.training.sinks.tags import OF_A_LIFE, of_evaluation, of_progress

COMMIT_SECONDS = 0.5  # rows wait at most this long, and the next event, to be readable
PATIENCE_SECONDS = 60.0  # with somebody else who holds the file; rows wait meanwhile
_OPENING_MS, _BUSY_MS = 5_000, 20  # how long one statement waits for somebody else

Row = tuple[Any, ...]

_EPISODES = "INSERT OR REPLACE INTO episodes VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
_METRICS = "INSERT OR REPLACE INTO metrics VALUES (?,?,?,?,?,?,?)"


class MetricsDatabase:
    """Writes events into tables (see `tables.SCHEMA`), in batches.

    A reader may open the file at any time, and after a kill: write-ahead logging keeps what
    was committed. Going on from a checkpoint forgets what came after it, since it comes again.
    Somebody else who writes to it holds up no training: rows are kept and tried again.
    """

    def __init__(self, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Open or make `file`. Raises OSError or sqlite3.Error if it can't be written."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._clock, self._committed = clock, clock()
        self._session = 0
        self._episode = 0  # latest told
        self._locked_since: float | None = None
        self._episodes: list[Row] = []
        self._metrics: list[Row] = []
        self._others: list[tuple[str, Row]] = []
        self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(file)
        except BaseException:
            self._db.close()
            raise

    def _prepare(self, file: Path) -> None:
        self._db.execute(f"PRAGMA busy_timeout={_OPENING_MS}")
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")  # a kill loses nothing; a power cut, seconds
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version not in {0, VERSION}:
            raise sqlite3.DatabaseError(
                f"{file}: written in format {version}, this Hamlet writes {VERSION}; move it away"
            )
        self._db.executescript(SCHEMA + f"PRAGMA user_version={VERSION};")

    def write(self, event: events.Event) -> None:
        """Take in one event. Raises sqlite3.Error."""
        self._take(event)
        if self._clock() - self._committed >= COMMIT_SECONDS:
            self.commit()

    def commit(self) -> None:
        """Make everything so far readable by others, or later if the file is held just now."""
        self._committed = self._clock()
        if not (self._episodes or self._metrics or self._others):
            return
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            self._be_patient(error)
            return
        self._locked_since = None
        self._db.executemany(_EPISODES, self._episodes)
        self._db.executemany(_METRICS, self._metrics)
        for sql, row in self._others:
            self._db.execute(sql, row)
        self._db.execute("COMMIT")
        for rows in (self._episodes, self._metrics, self._others):
            rows.clear()

    def close(self) -> None:
        """Write what is left and let go of the file."""
        try:
            self._db.execute(f"PRAGMA busy_timeout={_OPENING_MS}")  # no training waits any more
            self.commit()
            if self._locked_since is not None:
                raise sqlite3.OperationalError("database is locked; its last numbers are missing")
        finally:
            self._db.close()

    def _be_patient(self, error: sqlite3.OperationalError) -> None:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise error
        if self._locked_since is None:
            self._locked_since = self._clock()
        elif self._clock() - self._locked_since >= PATIENCE_SECONDS:
            raise error

    def _insert(self, sql: str, row: Row) -> None:
        self._others.append((sql, row))

    def _numbers(
        self, event: events.LearnerProgress | events.Evaluated, values: Mapping[str, float]
    ) -> None:
        place = (self._episode, event.step, event.agent, event.level, event.seconds)
        for name, value in values.items():
            number = float(value)
            self._metrics.append((name, *place, number if math.isfinite(number) else None))

    # -- one kind of event each --------------------------------------------------

    @singledispatchmethod
    def _take(self, event: object) -> None:
        """Other events leave nothing here."""

    @_take.register
    def _(self, event: events.RunStarted) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        for table in BY_STEP:
            self._db.execute(f"DELETE FROM {table} WHERE step > ?", (event.step,))  # noqa: S608
        latest = self._db.execute("SELECT MAX(episode) FROM episodes").fetchone()[0]
        self._episode = latest or 0
        row = (
            event.run,
            datetime.now().astimezone().isoformat(timespec="seconds"),
            event.step,
            event.seconds,
            json.dumps(event.levels),
            event.agents,
            json.dumps(event.config),
        )
        columns = "run, started_at, step, seconds, levels, agents, config"
        cursor = self._db.execute(f"INSERT INTO runs ({columns}) VALUES (?,?,?,?,?,?,?)", row)  # noqa: S608
        self._session = cursor.lastrowid or 0
        self._db.execute("COMMIT")
        self._db.execute(f"PRAGMA busy_timeout={_BUSY_MS}")

    @_take.register
    def _(self, event: events.EpisodeEnded) -> None:
        self._episode = event.episode
        told = (event.total, event.survival, event.score, event.random_share)
        where = (event.step, event.seconds, event.agent, event.level, event.town_seed)
        lived = (event.survival, event.total, event.score, event.cause, event.random_share)
        actions = None if event.others else event.actions  # alone they would not be enough
        row = (event.episode, *where, *lived, actions)
        self._episodes.append(row)
        place = (event.episode, event.step, event.agent, event.level, event.seconds)
        self._metrics += [
            (name, *place, value) for name, value in zip(OF_A_LIFE, told, strict=True)
        ]

    @_take.register
    def _(self, event: events.LearnerProgress) -> None:
        self._numbers(event, of_progress(event))

    @_take.register
    def _(self, event: events.Evaluated) -> None:
        row = (
            event.step,
            event.level,
            event.agent,
            event.towns,
            event.seconds,
            event.passed,
            event.stars,
            json.dumps(event.measures),
            json.dumps(event.causes),
            json.dumps(event.survival_quantiles),
        )
        self._insert("INSERT OR REPLACE INTO evaluations VALUES (?,?,?,?,?,?,?,?,?,?)", row)
        self._numbers(event, of_evaluation(event))

    @_take.register
    def _(self, event: events.LevelStarted) -> None:
        self._level(event, "started")

    @_take.register
    def _(self, event: events.LevelGraduated) -> None:
        self._level(event, "graduated", episodes=event.episodes)

    @_take.register
    def _(self, event: events.LevelFellBack) -> None:
        self._level(event, "fell_back", to=event.to)

    def _level(
        self,
        event: events.LevelStarted | events.LevelGraduated | events.LevelFellBack,
        what: str,
        *,
        episodes: int | None = None,
        to: str | None = None,
    ) -> None:
        columns = "step, seconds, level, event, episodes, to_level"
        row = (event.step, event.seconds, event.level, what, episodes, to)
        self._insert(f"INSERT INTO levels ({columns}) VALUES (?,?,?,?,?,?)", row)  # noqa: S608

    @_take.register
    def _(self, event: events.CheckpointSaved) -> None:
        columns = "step, seconds, file, metric, best"
        row = (event.step, event.seconds, event.file, event.metric, event.best)
        self._insert(f"INSERT INTO checkpoints ({columns}) VALUES (?,?,?,?,?)", row)  # noqa: S608
        self.commit()  # the run can go on from here, so nothing before may be missing

    @_take.register
    def _(self, event: events.RunEnded) -> None:
        end = "UPDATE runs SET ended_step = ?, ended_seconds = ?, reason = ? WHERE session = ?"
        self._insert(end, (event.step, event.seconds, event.reason, self._session))
        self.commit()
