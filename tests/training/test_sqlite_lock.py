"""A database that somebody else holds, or that has no room, holds up no training."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
from event_cases import episode, started, whole_run

from hamlet_game.training.sinks import MetricsManager
from hamlet_game.training.sinks.sqlite import COMMIT_SECONDS, PATIENCE_SECONDS, MetricsDatabase


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def count(file: Path) -> int:
    reader = sqlite3.connect(file)
    try:
        return int(reader.execute("SELECT COUNT(*) FROM episodes").fetchone()[0])
    finally:
        reader.close()


def test_rows_wait_for_somebody_else_to_let_go(tmp_path: Path) -> None:
    file, clock, said = tmp_path / "metrics.sqlite", Clock(), list[str]()
    metrics = MetricsManager([MetricsDatabase(file, clock)], said.append)
    metrics.write(started())
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.perf_counter()
    for number in range(1, 6):
        clock.now += COMMIT_SECONDS
        metrics.write(episode(number))
    assert time.perf_counter() - began < 3  # five tries, 20 ms each
    assert (count(file), said) == (0, [])
    other.execute("ROLLBACK")
    clock.now += COMMIT_SECONDS
    metrics.write(episode(6))
    assert count(file) == 6
    other.close()
    metrics.close()
    assert said == []


def test_whoever_never_lets_go_costs_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hamlet_game.training.sinks.sqlite._OPENING_MS", 20)
    file, clock, said = tmp_path / "metrics.sqlite", Clock(), list[str]()
    metrics = MetricsManager([MetricsDatabase(file, clock)], said.append)
    metrics.write(started())
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for number in range(1, 6):
        clock.now += PATIENCE_SECONDS / 3
        metrics.write(episode(number))
    metrics.close()
    other.close()
    assert said == ["MetricsDatabase stopped (database is locked); training goes on without it."]


def test_no_room_costs_one_sentence(tmp_path: Path) -> None:
    file, said = tmp_path / "metrics.sqlite", list[str]()
    clock = Clock()
    database = MetricsDatabase(file, clock)
    with MetricsManager([database], said.append) as metrics:
        metrics.write(started())
        pages = database._db.execute("PRAGMA page_count").fetchone()[0]
        database._db.execute(f"PRAGMA max_page_count={pages}")  # as a full disk, to SQLite
        for number in range(1, 3_000):
            clock.now += 0.01
            metrics.write(episode(number, actions=bytes(500)))
    assert said == [
        "MetricsDatabase stopped (database or disk is full); training goes on without it."
    ]


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3 command")
def test_the_manual_query_works_as_typed(tmp_path: Path) -> None:
    database = MetricsDatabase(tmp_path / "metrics.sqlite")
    for event in whole_run():
        database.write(event)
    typed = (
        'sqlite3 metrics.sqlite "SELECT episode, AVG(value) FROM metrics '
        "WHERE metric_name='total_reward' GROUP BY episode/10\""
    )
    database.commit()
    done = subprocess.run(  # noqa: S602 - as a person types it, while it is still open to be written
        typed,
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
    )
    assert [line.split("|")[1] for line in done.stdout.split()] == [
        "5.0", "14.5", "24.5", "34.5", "40.0",
    ]  # fmt: skip
    database.close()
