"""Outputs of a run: what they keep, and that a broken one stops nothing."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from event_cases import FIRST, FULL, episode, evaluated, progress, started, whole_run

from hamlet_game.training.events import CheckpointSaved, Event, LevelFellBack, RunEnded
from hamlet_game.training.sinks import MetricsManager
from hamlet_game.training.sinks.sqlite import COMMIT_SECONDS, MetricsDatabase
from hamlet_game.training.sinks.summary import SummaryFile, write_json


class Listener:
    def __init__(self, fails_at: int | None = None) -> None:
        self.events: list[Event] = []
        self.closed = 0
        self._fails_at = fails_at

    def write(self, event: Event) -> None:
        self.events.append(event)
        if len(self.events) == self._fails_at:
            raise OSError(28, "No space left on device")

    def close(self) -> None:
        self.closed += 1


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def rows(file: Path, sql: str) -> list[tuple[Any, ...]]:
    database = sqlite3.connect(file)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def write_all(file: Path, events: Any) -> None:
    database = MetricsDatabase(file)
    for event in events:
        database.write(event)
    database.close()


def test_every_sink_hears_everything_and_is_closed_once() -> None:
    one, other = Listener(), Listener()
    with MetricsManager([one, other]) as metrics:
        for event in whole_run():
            metrics.write(event)
    metrics.close()
    assert one.events == other.events == list(whole_run())
    assert (one.closed, other.closed) == (1, 1)


def test_a_failing_sink_is_reported_once_and_dropped() -> None:
    said: list[str] = []
    bad, good = Listener(fails_at=3), Listener()
    with MetricsManager([bad, good], said.append) as metrics:
        for event in whole_run():
            metrics.write(event)
    assert said == ["Listener stopped (No space left on device); training goes on without it."]
    assert (len(bad.events), bad.closed) == (3, 1)
    assert (len(good.events), good.closed) == (len(list(whole_run())), 1)


def test_the_query_of_the_manual_works(tmp_path: Path) -> None:
    file = tmp_path / "metrics.sqlite"
    write_all(file, whole_run())
    means = rows(
        file,
        "SELECT episode, AVG(value) FROM metrics WHERE metric_name='total_reward' "
        "GROUP BY episode/10",
    )
    # episodes 1–9, 10–19, 20–29, 30–39 and 40, each with its number as reward
    assert [mean for _, mean in means] == [5.0, 14.5, 24.5, 34.5, 40.0]


def test_all_tables_are_filled(tmp_path: Path) -> None:
    file = tmp_path / "metrics.sqlite"
    events = [*whole_run()]
    events.insert(-1, LevelFellBack(390, 3.9, FULL, FIRST))
    write_all(file, events)
    assert rows(file, "SELECT run, step, levels, agents, ended_step, reason FROM runs") == [
        ("test", 0, json.dumps([FIRST, FULL]), 1, 400, "stopped")
    ]
    assert rows(file, "SELECT level, event, episodes, to_level FROM levels ORDER BY id") == [
        (FIRST, "started", None, None),
        (FIRST, "graduated", 20, None),
        (FULL, "started", None, None),
        (FULL, "fell_back", None, FIRST),
    ]
    assert rows(file, "SELECT step, file, metric, best FROM checkpoints") == [
        (200, "checkpoints/latest", 0.5, 1)
    ]
    assert rows(file, "SELECT survival, cause FROM episodes WHERE episode IN (3, 30)") == [
        (13, "energy"),
        (40, None),
    ]
    assert rows(file, "SELECT step, level, towns, passed, stars FROM evaluations") == [
        (200, FIRST, 100, 1, 1),
        (400, FULL, 100, 0, 0),
    ]
    found = "SELECT episode, value FROM metrics WHERE metric_name = "
    assert rows(file, found + "'loss'") == [(20, 0.5)]
    assert rows(file, found + "'steps_per_s'") == [(20, 9000.0)]
    assert rows(file, found + "'eval_survival' ORDER BY step") == [(20, 45.0), (40, 120.0)]


def test_going_on_from_a_checkpoint_neither_repeats_nor_skips(tmp_path: Path) -> None:
    file = tmp_path / "metrics.sqlite"
    write_all(file, [started(), *(episode(n) for n in range(1, 31)), evaluated(250, 9.0)])
    again = [started(step=200), *(episode(n, total=2.0) for n in range(21, 41))]
    write_all(file, again)
    assert rows(file, "SELECT COUNT(*), MIN(episode), MAX(episode) FROM episodes") == [(40, 1, 40)]
    assert rows(file, "SELECT SUM(total_reward) FROM episodes") == [(20 * 1.0 + 20 * 2.0,)]
    assert rows(file, "SELECT COUNT(*) FROM evaluations") == [(0,)]
    assert rows(file, "SELECT session, step, reason FROM runs") == [(1, 0, None), (2, 200, None)]


def test_a_number_that_is_none_is_kept_as_null(tmp_path: Path) -> None:
    file = tmp_path / "metrics.sqlite"
    write_all(file, [started(), progress(10, loss=float("nan"))])
    assert rows(file, "SELECT value FROM metrics WHERE metric_name='loss'") == [(None,)]


def test_it_can_be_read_while_it_is_written(tmp_path: Path) -> None:
    file, clock = tmp_path / "metrics.sqlite", Clock()
    database = MetricsDatabase(file, clock)
    database.write(started())
    database.write(episode(1))
    assert rows(file, "SELECT COUNT(*) FROM episodes") == [(0,)]  # still gathered
    clock.now += COMMIT_SECONDS
    database.write(episode(2))
    assert rows(file, "SELECT COUNT(*) FROM episodes") == [(2,)]
    database.write(episode(3))
    database.write(CheckpointSaved(30, 0.3, "latest", None, best=False))
    assert rows(file, "SELECT COUNT(*) FROM episodes") == [(3,)]  # at once: it may go on from here
    database.close()


_WRITE_FOR_EVER = """
import sys, time
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from event_cases import episode, started
from hamlet_game.training.sinks.sqlite import MetricsDatabase
database = MetricsDatabase(Path(sys.argv[1]))
database.write(started())
for number in range(1, 10_000_000):
    database.write(episode(number))
    time.sleep(0.0002)
"""


def _count(file: Path) -> int:
    """Return how many episodes are in a database that may have no tables yet."""
    if not rows(file, "SELECT name FROM sqlite_master WHERE name='episodes'"):
        return 0
    ((count,),) = rows(file, "SELECT COUNT(*) FROM episodes")
    return int(count)


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_kill_leaves_a_file_that_can_be_read_and_gone_on_with(tmp_path: Path) -> None:
    file = tmp_path / "metrics.sqlite"
    here = str(Path(__file__).parent)
    writer = subprocess.Popen([sys.executable, "-c", _WRITE_FOR_EVER, str(file), here])
    try:
        for _ in range(200):
            time.sleep(0.05)
            if file.exists() and _count(file) > 500:
                break
    finally:
        writer.send_signal(signal.SIGKILL)
        writer.wait(10)
    ((count, last),) = rows(file, "SELECT COUNT(*), MAX(episode) FROM episodes")
    assert count == last > 500  # no gaps
    write_all(file, [started(step=last * 10), episode(last + 1)])
    assert rows(file, "SELECT COUNT(*) FROM episodes") == [(count + 1,)]
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]


def test_a_file_of_another_format_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "metrics.sqlite"
    rows(file, "PRAGMA user_version=9")
    with pytest.raises(sqlite3.DatabaseError, match="written in format 9"):
        MetricsDatabase(file)


def test_the_summary_is_written_whole_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "run" / "summary.json"
    write_json(file, {"stale": True})
    sink = SummaryFile(file)
    sink.write(started())
    assert not file.exists()
    sink.write(RunEnded(5, 0.1, "finished", {"levels": [1, 2]}))
    sink.close()
    assert json.loads(file.read_text()) == {"levels": [1, 2]}
    assert [path.name for path in file.parent.iterdir()] == ["summary.json"]


def test_a_summary_that_is_no_json_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "summary.json"
    write_json(file, {"old": 1})
    with pytest.raises(ValueError, match="JSON"):
        write_json(file, {"new": float("nan")})
    assert json.loads(file.read_text()) == {"old": 1}
