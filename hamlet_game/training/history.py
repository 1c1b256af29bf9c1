"""What a run's database says of how it went, level by level. Reads only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BINS = 60  # of the curve of training lives

Floats = NDArray[np.float64]


class HistoryError(Exception):
    """A database that can't be read; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One measure of the greedy policy in held-out towns, mean over agents."""

    seconds: Floats  # (E,) of training
    mean: Floats  # (E,)
    low: Floats  # (E,) the worst agent
    high: Floats  # (E,) the best agent


@dataclass(frozen=True, slots=True)
class LevelHistory:
    """How one level was learned."""

    level: str
    curves: dict[str, Curve]  # by measure
    training_seconds: Floats  # (B,) middles of bins
    training_survival: Floats  # (B,) mean steps lived of the training lives in a bin
    graduated: float | None  # seconds


@dataclass(frozen=True, slots=True)
class History:
    """A whole run."""

    levels: tuple[LevelHistory, ...]  # in the order of the run
    agents: int
    step: int
    seconds: float
    episodes: int
    reason: str | None  # None: still going on, or killed


def read_history(file: Path) -> History:
    """Return what a run's database holds, also while it is written. Raises HistoryError."""
    try:
        with _reading(file) as db:
            return _history(db)
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise HistoryError(
            f"{file}: can't be read as a run's numbers ({error}); train the run again."
        ) from None


@contextmanager
def _reading(file: Path) -> Iterator[sqlite3.Connection]:
    if not file.is_file():
        raise HistoryError(f"{file}: not there, so nothing was measured; train the run first.")
    with closing(sqlite3.connect(file, timeout=5)) as db:
        db.execute("PRAGMA query_only=ON")
        yield db


def _history(db: sqlite3.Connection) -> History:
    run = db.execute(
        "SELECT levels, agents, reason, ended_step, ended_seconds "
        "FROM runs ORDER BY session DESC LIMIT 1"
    ).fetchone()
    if run is None:
        raise ValueError("it holds no run")
    levels, agents, reason, step, seconds = run
    if step is None:
        step, seconds = _latest(db)
    (episodes,) = db.execute("SELECT COALESCE(MAX(episode), 0) FROM episodes").fetchone()
    told = tuple(_level(db, level) for level in json.loads(levels))
    return History(told, agents, step, seconds, episodes, reason)


def _latest(db: sqlite3.Connection) -> tuple[int, float]:
    found = db.execute(
        "SELECT step, seconds FROM (SELECT step, seconds FROM episodes "
        "UNION ALL SELECT step, seconds FROM evaluations) ORDER BY step DESC LIMIT 1"
    ).fetchone()
    return found or (0, 0.0)


def _level(db: sqlite3.Connection, level: str) -> LevelHistory:
    graduated = db.execute(
        "SELECT seconds FROM levels WHERE level = ? AND event = 'graduated' ORDER BY id LIMIT 1",
        (level,),
    ).fetchone()
    seconds, survival = _training(db, level)
    return LevelHistory(
        level, _curves(db, level), seconds, survival, graduated[0] if graduated else None
    )


def _curves(db: sqlite3.Connection, level: str) -> dict[str, Curve]:
    """Return each measure over time: one point a step at which agents were evaluated."""
    points: dict[str, dict[int, list[tuple[float, float]]]] = {}
    rows = db.execute(
        "SELECT step, seconds, measures FROM evaluations WHERE level = ? ORDER BY step", (level,)
    )
    for step, seconds, measures in rows:
        for name, value in json.loads(measures).items():
            points.setdefault(name, {}).setdefault(step, []).append((seconds, value))
    return {name: _curve(list(by_step.values())) for name, by_step in points.items()}


def _curve(points: list[list[tuple[float, float]]]) -> Curve:
    values = [[value for _, value in agents] for agents in points]
    return Curve(
        np.array([max(seconds for seconds, _ in agents) for agents in points]),
        np.array([np.mean(agents) for agents in values]),
        np.array([min(agents) for agents in values]),
        np.array([max(agents) for agents in values]),
    )


def _training(db: sqlite3.Connection, level: str) -> tuple[Floats, Floats]:
    """Return survival of training lives, averaged over equal stretches of time."""
    first, last = db.execute(
        "SELECT MIN(seconds), MAX(seconds) FROM episodes WHERE level = ?", (level,)
    ).fetchone()
    if first is None or last <= first:
        return np.empty(0), np.empty(0)
    rows = db.execute(
        "SELECT AVG(seconds), AVG(survival) FROM episodes WHERE level = ? "
        "GROUP BY MIN(?, CAST((seconds - ?) / ? AS INTEGER)) ORDER BY 1",
        (level, BINS - 1, first, (last - first) / BINS),
    ).fetchall()
    seconds, survival = np.array(rows, dtype=np.float64).T
    return seconds, survival
