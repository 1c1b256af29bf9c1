"""What a run said before: its curves from its database, its earlier brains from its album.

Reads only, and never fails: what can't be read is left out, with a sentence that says so.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import hamlet_game.training.events as say
from hamlet_game.brain import files as brain_files
from hamlet_game.brain.files import BrainError
from hamlet_game.game.desk.history import KEPT_POINTS, RECENT, History
from hamlet_game.training.runs import RunFolder

_PATIENCE_S = 1.0  # with a writer that has locked the file
_MAX_BRAIN_BYTES = 32 * 2**20  # of all earlier brains together
_OWN = ("steps_per_s", "training_survival", "explored_share")  # fields of `LearnerProgress`
_EPISODE = {"survival", "total_reward", "score", "random_share"}  # in the table of episodes


@dataclass(frozen=True, slots=True)
class Past:
    """What was found."""

    events: tuple[say.Event, ...]  # in order
    brains: tuple[tuple[say.BrainUpdated, float], ...]  # each with its age in seconds
    trouble: str = ""  # a sentence about what could not be read

    def tell(self, history: History) -> None:
        """Fill an empty history."""
        for event in self.events:
            history.take(event)
        for brain, age_s in self.brains:
            history.take(brain, age_s)


def read(run: RunFolder) -> Past:
    """Return what a run's folder still knows. Takes up to a second; never raises."""
    brains = tuple(_brains(run))
    if not run.metrics.exists():
        return Past((), brains)
    try:
        where = f"{run.metrics.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(where, uri=True, timeout=_PATIENCE_S)) as db:
            return Past(tuple(_events(db, run)), brains)
    except (sqlite3.Error, OSError, ValueError, TypeError, KeyError) as error:
        sentence = f"{run.metrics}: the curves until now can't be read ({error})."
        return Past((), brains, sentence)


def _events(db: sqlite3.Connection, run: RunFolder) -> list[say.Event]:
    first = db.execute(
        "SELECT run, config, levels, agents FROM runs ORDER BY session LIMIT 1"
    ).fetchone()
    if first is None:
        return []
    name, config, levels, agents = first
    started = say.RunStarted(name, json.loads(config), tuple(json.loads(levels)), agents, 0)
    happened = [*_levels(db), *_progress(db), *_episodes(db), *_evaluations(db), *_saved(db)]
    ordered = sorted(happened, key=lambda event: (event.step, event.seconds))
    return [started, *ordered, *_ended(db, run)]


def _levels(
    db: sqlite3.Connection,
) -> Iterator[say.LevelStarted | say.LevelGraduated | say.LevelFellBack]:
    rows = db.execute("SELECT step, seconds, level, event, episodes, to_level FROM levels")
    for step, seconds, level, what, episodes, to in rows:
        if what == "graduated":
            measures = _measured(db, step, level)
            yield say.LevelGraduated(step, seconds, level, episodes or 0, measures)
        elif what == "fell_back":
            yield say.LevelFellBack(step, seconds, level, str(to))
        else:
            yield say.LevelStarted(step, seconds, level)


def _measured(db: sqlite3.Connection, step: int, level: str) -> say.Measures:
    """Return what the evaluation at a step measured of the first agent."""
    row = db.execute(
        "SELECT measures FROM evaluations WHERE step = ? AND level = ? ORDER BY agent_id",
        (step, level),
    ).fetchone()
    return dict(json.loads(row[0])) if row else {}


def _progress(db: sqlite3.Connection) -> Iterator[say.LearnerProgress]:
    """Put the numbers of each report together again, thinned as a history would."""
    steps = db.execute(
        "SELECT DISTINCT step FROM metrics WHERE metric_name = 'steps_per_s' ORDER BY step"
    ).fetchall()
    wanted = {step for (step,) in steps[:: 1 + len(steps) // KEPT_POINTS]}
    reports: dict[tuple[int, int], tuple[float, str, dict[str, float]]] = {}
    for name in _names(db):
        if name in _EPISODE or name.startswith("eval_"):
            continue
        rows = db.execute(
            "SELECT step, agent_id, seconds, level, value FROM metrics WHERE metric_name = ?",
            (name,),
        )
        for step, agent, seconds, level, value in rows:
            if value is not None and step in wanted:
                report = reports.setdefault((step, agent), (seconds, level, {}))
                report[2][name] = float(value)
    for (step, agent), (seconds, level, numbers) in sorted(reports.items()):
        speed, survival, share = (numbers.pop(name, 0.0) for name in _OWN)
        yield say.LearnerProgress(step, seconds, level, agent, speed, numbers, survival, share)


def _names(db: sqlite3.Connection) -> Iterator[str]:
    """Yield the names of all metrics, by leaps through the index: the table is long."""
    name = ""
    while True:
        (name,) = db.execute(
            "SELECT MIN(metric_name) FROM metrics WHERE metric_name > ?", (name,)
        ).fetchone()
        if name is None:
            return
        yield name


def _episodes(db: sqlite3.Connection) -> Iterator[say.EpisodeEnded]:
    """Yield the latest lives, oldest first."""
    rows = db.execute(
        "SELECT step, seconds, episode, agent_id, level, town_seed, survival, total_reward, score,"
        " cause, random_share, actions FROM episodes ORDER BY episode DESC LIMIT ?",
        (RECENT,),
    ).fetchall()
    for row in reversed(rows):
        yield say.EpisodeEnded(*row)


def _evaluations(db: sqlite3.Connection) -> Iterator[say.Evaluated]:
    rows = db.execute(
        "SELECT step, seconds, level, agent_id, towns, measures, passed, stars, causes,"
        " survival_quantiles FROM evaluations ORDER BY step"
    )
    for step, seconds, level, agent, towns, measures, passed, stars, causes, quantiles in rows:
        yield say.Evaluated(
            step=step,
            seconds=seconds,
            level=level,
            agent=agent,
            towns=towns,
            measures=dict(json.loads(measures)),
            passed=bool(passed),
            stars=stars,
            causes=dict(json.loads(causes)),
            survival_quantiles=tuple(json.loads(quantiles)),
        )


def _saved(db: sqlite3.Connection) -> Iterator[say.CheckpointSaved]:
    row = db.execute(
        "SELECT step, seconds, file, metric FROM checkpoints WHERE NOT best ORDER BY id DESC"
    ).fetchone()
    if row is not None:
        step, seconds, file, metric = row
        yield say.CheckpointSaved(step, seconds, file, metric, best=False)


def _ended(db: sqlite3.Connection, run: RunFolder) -> Iterator[say.RunEnded]:
    step, seconds, reason = db.execute(
        "SELECT ended_step, ended_seconds, reason FROM runs ORDER BY session DESC LIMIT 1"
    ).fetchone()
    if reason is not None:
        yield say.RunEnded(step, seconds, reason, _summary(run))


def _summary(run: RunFolder) -> dict[str, Any]:
    try:
        summary = json.loads(run.summary.read_bytes())
    except (OSError, ValueError):
        return {}
    return summary if isinstance(summary, dict) else {}


def _brains(run: RunFolder) -> list[tuple[say.BrainUpdated, float]]:
    """Return the brains of a run's album, oldest first, as many as memory is meant for."""
    found, left, now = [], _MAX_BRAIN_BYTES, time.time()
    try:
        files = sorted(run.brains.glob("step*.safetensors"), reverse=True)
    except OSError:
        return []
    for file in files:
        try:
            age_s, size = now - file.stat().st_mtime, file.stat().st_size
            if size > left:
                break
            arrays, header = brain_files.read(file)
            about = header["training"]
            where = int(about["step"]), float(about["seconds"]), 0, str(about["level"])
        except (BrainError, OSError, KeyError, TypeError, ValueError):
            continue  # one moment less
        left -= size
        brain = {"arrays": arrays, "architecture": header.get("architecture"), "training": about}
        found.append((say.BrainUpdated(*where, brain), max(age_s, 0.0)))
    return found[::-1]
