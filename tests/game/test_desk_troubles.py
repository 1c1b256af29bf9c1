"""Trainings that can't begin, die, hang or left damaged files: sentences, and nothing is lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from real_desks import FRAME_S, Open, fake_trainings, opened_desks, pid, running, until

from hamlet_game.game.app import WindowOptions, run
from hamlet_game.game.desk import past
from hamlet_game.game.desk.desk import TrainingDesk
from hamlet_game.game.desk.history import History
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Event
from hamlet_game.game.scene import Scene
from hamlet_game.game.services import Services
from hamlet_game.town.catalog import Catalog
from hamlet_game.training.checkpoints import CheckpointManager
from hamlet_game.training.runs import RunFolder, create, list_runs


@pytest.fixture
def desk() -> Iterator[Open]:
    yield from opened_desks()


@pytest.mark.parametrize(
    ("source", "changes", "said"),
    [
        ("quik", {}, "Did you mean 'quick'?"),
        ("quick", {"towsn": 3}, "Did you mean 'towns'?"),
        ("quick", {"levels": "9"}, "There is no level '9'"),
        ({"preset": "quick", "rewards": "spars"}, {}, "Did you mean 'sparse'?"),
        ("nowhere/mine.yaml", {}, "mine.yaml"),
    ],
)
@pytest.mark.parametrize("keep", [True, False])
def test_a_wrong_configuration_is_a_sentence(
    desk: Open, source: Any, changes: dict[str, Any], said: str, keep: bool
) -> None:
    it = desk()
    it.start(source, overrides=changes, keep=keep)
    until(it, lambda: it.state == "failed", "failed")
    assert it.problem is not None
    assert said in it.problem.sentence
    assert it.problem.over
    assert list_runs() == []
    it.start("quick", keep=False)  # and the next try is as good as new
    assert it.problem is None
    running(it)


def test_a_folder_that_takes_no_files_is_a_sentence(desk: Open, home: Path) -> None:
    home.mkdir()
    (home / "runs").write_text("in the way", encoding="utf-8")
    it = desk()
    it.start("quick")
    until(it, lambda: it.state == "failed", "failed")
    assert it.problem is not None
    assert "can't be written" in it.problem.sentence
    assert not it.can_recover


def test_a_run_that_another_hamlet_trains_is_a_sentence(desk: Open) -> None:
    it = desk(None)
    run = create("taken", "preset: quick\n")
    with run.writing():
        it.resume(run)
        until(it, lambda: it.state == "failed", "failed", 40)
    assert it.problem is not None
    assert "is being trained by another Hamlet" in it.problem.sentence


def test_a_crash_is_survived(desk: Open) -> None:
    it = desk(fake_trainings.crashing)
    it.start("quick")
    until(it, lambda: it.state == "failed", "crashed")
    assert it.problem is not None
    assert it.problem.over
    assert "ZeroDivisionError" in it.problem.details
    assert it.history.episodes == 5
    run, history = it.run, it.history
    it._make = fake_trainings.counting
    it.recover()
    assert (it.state, it.problem) == ("loading", None)
    running(it)
    assert it.run == run
    assert it.history is history


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_kill_is_survived(desk: Open) -> None:
    it = desk()
    it.start("quick")
    running(it)
    os.kill(pid(it), signal.SIGKILL)
    until(it, lambda: it.state == "failed", "noticed", 5)
    assert it.problem is not None
    assert "SIGKILL" in it.problem.sentence
    it.recover()
    running(it)


def test_a_hang_is_survived(desk: Open) -> None:
    it = desk(fake_trainings.hanging, patience_s=1)
    it.start("quick")
    until(it, lambda: it.problem, "noticed")
    assert it.problem is not None
    assert not it.problem.over
    assert it.state == "running"
    hung = pid(it)
    it._make = fake_trainings.counting
    it.recover()
    began = time.monotonic()
    running(it)
    assert time.monotonic() - began < 8, "it waited for one that does not listen"
    assert pid(it) != hung


# What a run said before.


def test_a_run_without_numbers_has_no_past(tmp_path: Path) -> None:
    nothing = past.read(RunFolder(tmp_path / "nowhere"))
    assert (nothing.events, nothing.brains, nothing.trouble) == ((), (), "")


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(200), b"nonsense" * 500])
def test_a_damaged_past_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    run = RunFolder(tmp_path)
    run.metrics.write_bytes(content)
    run.brains.mkdir()
    (run.brains / "step0000000001.safetensors").write_bytes(content)
    found = past.read(run)
    assert (found.events, found.brains) == ((), ())
    assert found.trouble.startswith(f"{run.metrics}: the curves until now can't be read")
    found.tell(History())


def test_a_locked_past_is_not_waited_for(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    db = sqlite3.connect(run.metrics, isolation_level=None)
    try:
        db.execute("CREATE TABLE runs (session)")
        db.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        assert "locked" in past.read(run).trouble
        assert time.monotonic() - began < 3
    finally:
        db.close()


# In the app.


def test_a_fault_of_the_window_loses_no_training(home: Path) -> None:
    class Falling(Scene):
        def __init__(self, services: Services) -> None:
            services.training = TrainingDesk(fake_trainings.counting)
            services.training.start("quick")
            self.desk = services.training

        def handle(self, event: Event) -> None:
            pass

        def update(self, _dt: float) -> None:
            time.sleep(FRAME_S)
            if self.desk.history.episodes:  # so the app polls it
                raise ZeroDivisionError

        def draw(self, painter: Painter) -> None:
            pass

    code = run(
        lambda services: (Falling(services),),
        WindowOptions(frames=100_000, size=(320, 180)),
        Catalog(()),
    )
    assert code == 1
    assert "ZeroDivisionError" in (home / "hamlet.log").read_text(encoding="utf-8")
    folder = home / "runs" / "quick"
    assert CheckpointManager(folder).load_latest().checkpoint is not None


def test_closing_does_not_wait_for_one_that_hangs(desk: Open) -> None:
    it = desk(fake_trainings.hanging)
    it.start("quick")
    until(it, lambda: it.history.episodes == 5, "came to the fifth step")
    process = pid(it)
    began = time.monotonic()
    it.close(timeout_s=0.5)
    assert time.monotonic() - began < 3
    assert sys.platform == "win32" or not Path(f"/proc/{process}").exists()
