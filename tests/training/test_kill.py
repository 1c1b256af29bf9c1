"""The real trainer: killed at any moment, in its own process, beside another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import kill_rounds
import pytest

from hamlet_game.training.config import check_run_config, plain_values

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20
SLACK_S = 0.7  # for saving on a busy machine: the promise is 15 s at every 10 s


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> list[list[dict[str, Any]]]:
    """Return what each of the trainers said before it was killed."""
    folder = tmp_path_factory.mktemp("kills")
    script = str(Path(__file__).with_name("kill_rounds.py"))
    quiet = "-Wignore::DeprecationWarning"  # Python 3.12 on frets about threads and fork
    done = python(quiet, script, str(folder), str(KILLS + 1))
    assert (done.returncode, done.stderr) == (0, "")
    said = []
    for number in range(KILLS + 1):
        log = folder / f"{number}.jsonl"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        if lines:  # not killed before its first word
            said.append([json.loads(line) for line in lines if line.endswith("}")])
    assert len(said) > KILLS * (kill_rounds.EARLY - 1) // kill_rounds.EARLY
    return said


needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


@needs_fork
def test_a_killed_run_always_goes_on(rounds: list[list[dict[str, Any]]]) -> None:
    known = {"RunStarted", "LevelStarted", "BrainUpdated", "EpisodeEnded", "LearnerProgress"}
    known |= {"Evaluated", "CheckpointSaved", "Played"}
    for said in rounds:
        assert {line["kind"] for line in said} <= known, "neither damage nor a crash"
        assert said[0]["kind"] == "RunStarted"


@needs_fork
def test_a_kill_loses_no_more_than_was_promised(rounds: list[list[dict[str, Any]]]) -> None:
    lost = []
    for said, after in pairwise(rounds):
        last = max(line["seconds"] for line in said if "seconds" in line)
        lost.append(last - after[0]["seconds"])
        saved = [line["step"] for line in said if line.get("file", "").startswith("latest")]
        assert after[0]["step"] >= max([said[0]["step"], *saved]), "what is told is on the disk"
    assert max(lost) <= kill_rounds.EVERY_S + SLACK_S
    assert rounds[-1][0]["step"] > rounds[0][-1].get("step", 0), "it gets on all the same"


@needs_fork
def test_episodes_are_neither_repeated_nor_skipped(rounds: list[list[dict[str, Any]]]) -> None:
    """Those after the checkpoint are lived again exactly, and count once."""
    lives: dict[int, list[float]] = {}
    for said in rounds:
        started = said[0]["step"]
        told = [line for line in said if line["kind"] == "EpisodeEnded"]
        assert all(line["step"] > started for line in told)
        for line in told:
            assert lives.setdefault(line["episode"], line["life"]) == line["life"]
    assert len(lives) > 100
    assert sorted(lives) == list(range(1, len(lives) + 1))


WINDOW = """
import json, sys, time
sys.path.insert(0, {tests!r})
from hamlet_game.brain.brain import Brain
from hamlet_game.training.events import BrainUpdated, EpisodeEnded, RunEnded, RunStarted
from hamlet_game.training.protocol import Job
from hamlet_game.training.worker import TrainerClient


def until(client, happened):
    events, deadline = [], time.monotonic() + 60
    while not client.ended and not any(map(happened, events)):
        assert time.monotonic() < deadline, (client.problem, client.stalled_s)
        events += client.poll()
        time.sleep(0.01)
    return events


def main():
    job = Job({config!r}, {folder!r})
    first, second = TrainerClient(), TrainerClient()
    first.start(job)
    events = until(first, lambda event: isinstance(event, EpisodeEnded))
    for event in events:
        if isinstance(event, BrainUpdated):
            Brain(**event.brain)
    second.start(job)
    first.order("pause")
    until(first, lambda event: first.paused)
    until(second, lambda event: False)
    first.order("resume")
    until(first, lambda event: isinstance(event, EpisodeEnded))
    stopped = first.stop()
    ended = first.poll()[-1]
    third = TrainerClient()
    third.start(Job(job.config, job.folder, resume=True))
    again = until(third, lambda event: isinstance(event, RunStarted))[0]
    third.kill()
    print(json.dumps({{
        "brains": sum(isinstance(event, BrainUpdated) for event in events),
        "second": second.problem.sentence,
        "stopped": stopped,
        "problem": first.problem,
        "reason": ended.reason,
        "steps": [ended.step, again.step],
        "torch": "torch" in sys.modules,
    }}))


if __name__ == "__main__":
    main()
"""


def test_a_window_trains_a_real_run_without_torch(tmp_path: Path) -> None:
    config = plain_values(check_run_config(kill_rounds.VALUES, "test"))
    folder = tmp_path / "mine"
    script = tmp_path / "window.py"
    tests = str(Path(__file__).parent)
    text = WINDOW.format(tests=tests, config=config, folder=str(folder))
    script.write_text(text, encoding="utf-8")
    done = python(str(script))
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["brains"] >= 1
    assert told["second"].startswith("run 'mine' is being trained by another Hamlet (process ")
    assert told["stopped"] is True
    assert told["problem"] is None
    assert told["reason"] == "stopped"
    assert told["steps"][0] == told["steps"][1] > 0
    assert told["torch"] is False
    assert {"checkpoints", "metrics.sqlite"} <= {path.name for path in folder.iterdir()}
