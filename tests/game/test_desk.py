"""The window's training: real processes, stand-in trainers, and once a real one."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from real_desks import FRAME_S, Open, opened_desks, running, until

from hamlet_game import __main__ as entry
from hamlet_game.game.desk.desk import TrainingDesk
from hamlet_game.game.desk.launch import Plan
from hamlet_game.training.checkpoints import CheckpointManager
from hamlet_game.training.config import load_config
from hamlet_game.training.runs import RunFolder, create, folder_of_runs

TINY: dict[str, Any] = {
    "name": "tiny",
    "levels": "1-2",
    "towns": 8,
    "algorithm": {"name": "dqn", "hidden": [16], "batch": 16, "capacity": 1_000, "warm_up": 64},
    "curriculum": {"evaluate_every": 800, "towns": 5, "passes_needed": 1},
    "final": {"towns": 10},
    "checkpoint": {"every_seconds": 0.5},
    "report": {"progress_every": 400, "brain_every": 400, "actions_every": 1},
}


@pytest.fixture
def desk() -> Iterator[Open]:
    yield from opened_desks()


def test_a_desk_that_nobody_uses(desk: Open) -> None:
    idle = desk()
    assert idle.state == "none"
    assert idle.poll() == []
    for order in (idle.pause, idle.go, idle.step, idle.skip, idle.stop, idle.hold, idle.recover):
        order()
    assert not idle.teach("01_first_night", 7, b"\0", 0)
    assert (idle.state, idle.problem, idle.notes, idle.run) == ("none", None, (), None)
    assert idle.latest_run() is None
    assert not idle.can_recover


def test_start_pause_step_go_stop_and_again(desk: Open) -> None:
    it = desk()
    for name in ("quick", "quick-2"):
        it.start("quick", overrides={"seed": 5})
        assert it.state == "loading"
        running(it)
        assert it.run == RunFolder(folder_of_runs() / name)
        assert load_config(it.run.config).seed == 5
        assert it.history.newest is not None
        _led_to_its_end(it)
        assert CheckpointManager(it.run.path).load_latest().checkpoint is not None


def _led_to_its_end(it: TrainingDesk) -> None:
    it.pause()
    until(it, lambda: it.state == "paused" and not it.waiting, "paused")
    before = it.history.step
    it.step()
    until(it, lambda: it.history.step == before + 1 and not it.waiting, "stepped")
    until(it, lambda: it.state == "paused", "stood still")
    it.go()
    until(it, lambda: it.history.step > before + 5, "went on")
    it.stop()
    assert it.stopping
    until(it, lambda: it.state == "ended", "ended")
    assert not it.stopping
    assert it.problem is None
    assert it.history.ended is not None


def test_no_order_waits_for_the_trainer(desk: Open) -> None:
    it = desk()
    slowest = 0.0
    began = time.monotonic()
    script = [(0.0, it.start), (0.1, it.start), (1.5, it.pause), (2.0, it.stop), (2.1, it.start)]
    while time.monotonic() - began < 4:
        before = time.monotonic()
        if script and time.monotonic() - began > script[0][0]:
            script.pop(0)[1]()
        it.poll()
        slowest = max(slowest, time.monotonic() - before)
        time.sleep(FRAME_S)
    assert slowest < 0.5  # loading torch alone takes longer
    assert it.active


def test_orders_given_early_are_kept(desk: Open) -> None:
    it = desk()
    it.start("quick")
    it.pause()
    assert it.waiting == ("pause",)
    until(it, lambda: it.state == "paused", "paused")
    it.stop()
    until(it, lambda: it.state == "ended", "ended")


def test_a_new_training_lets_the_old_one_save(desk: Open) -> None:
    it = desk()
    it.start("quick", name="first")
    running(it)
    first = it.run
    assert first is not None
    it.start("quick", name="second")
    assert it.history.episodes == 0
    running(it)
    assert it.run is not None
    assert it.run.name == "second"
    assert CheckpointManager(first.path).load_latest().checkpoint is not None


def test_values_and_two_desks_without_files(desk: Open, home: Path) -> None:
    standard, other = desk(), desk()
    standard.start("quick", keep=False)
    other.start({"preset": "quick", "rewards": "sparse"}, keep=False)
    for each in (standard, other):
        running(each)
        assert each.run is None
        assert each.can_recover
    assert not home.exists()
    other.recover()
    assert other.state == "loading"
    running(other)
    assert standard.state == "running"


def test_closing_saves(desk: Open) -> None:
    it = desk()
    it.start("quick")
    running(it)
    run = it.run
    began = time.monotonic()
    it.close()
    assert time.monotonic() - began < 4
    assert run is not None
    assert CheckpointManager(run.path).load_latest().checkpoint is not None
    it.close()


def test_closing_while_it_loads(desk: Open) -> None:
    it = desk()
    it.start("quick")
    it.close()
    assert it.poll() == []


def test_what_was_opened_elsewhere_can_be_trained(desk: Open) -> None:
    it = desk()
    it.take(Plan(load_config("quick"), None))
    running(it)


def test_the_latest_run_is_one_that_can_be_gone_on_with() -> None:
    runs = {"cut": None, "stopped": "stopped", "bare": None, "done": "finished"}
    for age, (name, reason) in enumerate(runs.items()):
        run = create(name, "preset: quick\n")
        if name != "bare":
            CheckpointManager(run.checkpoints).save(1, {"step": 1})
        if reason:
            run.summary.write_text(json.dumps({"reason": reason}), encoding="utf-8")
        for place in (run.config, run.checkpoints, run.path):
            if place.exists():
                os.utime(place, (1_000 + age, 1_000 + age))
    latest = TrainingDesk().latest_run()
    assert latest is not None
    assert latest.name == "stopped"
    (latest.path / "summary.json").write_text('{"reason": "limit"}', encoding="utf-8")
    older = TrainingDesk().latest_run()
    assert older is not None
    assert older.name == "cut"


def test_only_an_executable_looks_whether_it_is_a_trainer(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr("multiprocessing.freeze_support", lambda: called.append("freeze_support"))
    monkeypatch.setattr("hamlet_game.cli.main", lambda: called.append("main"))
    entry.main()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    entry.main()
    assert called == ["main", "freeze_support", "main"]


# With the real trainer.


def test_a_window_that_was_closed_goes_on_where_it_was(desk: Open) -> None:
    first = desk(None)
    first.start(TINY)
    until(first, lambda: len(first.history.evaluations) > 2, "was evaluated", 60)
    first.teach("01_first_night", 77, bytes([3, 3, 1]), 1)
    until(first, lambda: any("your steps" in news.text for news in first.history.news), "taught")
    run, before = first.run, first.history
    assert run is not None
    first.close()

    second = desk(None)
    assert second.latest_run() == run
    second.resume(run)
    until(second, lambda: second.history.evaluations, "knew the past")  # before it runs again
    assert second.state == "loading"
    assert second.history.started is not None
    assert second.history.levels == ("01_first_night", "02_clean_start")
    told = {(event.step, event.measures["survival"]) for event in before.evaluations}
    assert told <= {(e.step, e.measures["survival"]) for e in second.history.evaluations}
    assert {event.step for event in before.progress} <= {e.step for e in second.history.progress}
    assert second.history.progress[0].numbers["epsilon"] <= 1
    old = second.history.brains
    assert {brain.step for brain in old} >= {0, 400, 800}
    assert second.history.brain_age_s < 100
    assert second.history.ended is None

    until(second, lambda: second.state == "running", "went on", 60)
    begun = second.history.started
    assert begun is not None
    assert begun.step >= before.evaluations[-1].step
    assert second.history.ended is None
    until(second, lambda: second.history.step > begun.step + 400, "learned on", 60)
    steps = [event.step for event in second.history.evaluations]
    assert steps == sorted(set(steps)), "the curve is whole and nothing is in it twice"
    episodes = [event.episode for event in second.history.recent]
    assert episodes == list(range(episodes[0], episodes[-1] + 1))
    assert list(run.replays.glob("*.hamlet"))
