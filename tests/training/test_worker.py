"""The trainer process as a window sees it: real processes, stand-in trainers."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import fake_trainings
import pytest

from hamlet_game.training.checkpoints import CheckpointManager
from hamlet_game.training.events import (
    BrainUpdated,
    CheckpointSaved,
    EpisodeEnded,
    Event,
    LearnerProgress,
    RunEnded,
    RunStarted,
)
from hamlet_game.training.outbox import EPISODES
from hamlet_game.training.protocol import Job
from hamlet_game.training.worker import MAX_WAITING, TrainerClient
from hamlet_game.training.worker_process import Make

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., "Window"]
E = TypeVar("E")


class Window:
    """A client, and everything it was told."""

    def __init__(self, client: TrainerClient) -> None:
        self.client = client
        self.events: list[Event] = []

    def poll(self) -> list[Event]:
        news = self.client.poll()
        self.events += news
        return news

    def until(self, happened: Callable[[], object], what: str, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < deadline, f"never {what}"
            self.poll()
            time.sleep(0.01)

    def told(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def steps(self) -> int:
        return max((event.step for event in self.told(EpisodeEnded)), default=0)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a trainer process of a kind; whatever happens, it is gone afterwards."""
    clients: list[TrainerClient] = []

    def begin(make: Make, patience_s: float = 30.0) -> Window:
        client = TrainerClient(patience_s, make)
        clients.append(client)
        client.start(Job({}, str(tmp_path)))
        return Window(client)

    yield begin
    for client in clients:
        client.kill()


def pid_of(client: TrainerClient) -> int:
    assert client._process is not None
    assert client._process.pid is not None
    return client._process.pid


def test_every_order_is_confirmed_and_obeyed(start: Start, tmp_path: Path) -> None:
    window = start(fake_trainings.counting)
    client = window.client
    window.until(lambda: window.told(EpisodeEnded), "began")
    started = window.told(RunStarted)[0]
    assert started.config["omp"] == "1"
    assert sys.platform == "win32" or started.config["nice"] > os.nice(0)

    assert client.order("pause")
    assert client.waiting == ("pause",)
    window.until(lambda: client.paused and not client.waiting, "paused")
    before = window.steps
    time.sleep(0.3)
    window.poll()
    assert window.steps == before

    assert client.order("step")
    window.until(lambda: window.steps > before and client.paused, "stepped")
    assert window.steps == before + 1

    for word in ("skip", "hold", "release", "resume"):
        assert client.order(word)
    window.until(lambda: not client.waiting and window.steps > before + 3, "went on")
    assert not client.paused

    assert client.stop()
    window.poll()
    assert client.ended
    assert not client.alive
    assert client.problem is None
    assert isinstance(window.events[-2], CheckpointSaved)
    assert isinstance(window.events[-1], RunEnded)
    saved = CheckpointManager(tmp_path).load_latest().checkpoint
    assert saved is not None
    assert saved.state == {"step": window.events[-1].step}
    numbers = [event.episode for event in window.events if isinstance(event, EpisodeEnded)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert not client.order("pause")  # nobody is there to hear it


def test_a_trainer_that_ended_is_gone_by_itself(start: Start) -> None:
    window = start(fake_trainings.counting)
    window.client.order("stop")  # before it has even loaded
    window.until(lambda: window.client.ended, "ended")
    window.until(lambda: not window.client.alive, "gone", 3)
    assert window.client.problem is None


def test_a_crash_is_a_sentence_with_its_traceback(start: Start) -> None:
    window = start(fake_trainings.crashing)
    window.until(lambda: window.client.ended, "ended")
    problem = window.client.problem
    assert problem is not None
    assert problem.over
    assert problem.sentence == (
        "The trainer crashed (ZeroDivisionError: no such number). Resume from its last checkpoint."
    )
    assert "happenings" in problem.details
    assert len(window.told(EpisodeEnded)) == 5  # what came before it is not lost
    window.until(lambda: not window.client.alive, "gone", 3)


def test_a_foreseen_error_speaks_for_itself(start: Start) -> None:
    window = start(fake_trainings.refusing)
    window.until(lambda: window.client.ended, "ended")
    problem = window.client.problem
    assert problem is not None
    assert problem.sentence == "run: towns: 0 is too small; it must be at least 1."


def test_nothing_of_torch_leaves_the_trainer(start: Start) -> None:
    window = start(fake_trainings.leaking)
    window.until(lambda: window.client.ended, "ended")
    problem = window.client.problem
    assert problem is not None
    assert "torch.torch_version.OfTorch must not leave the trainer" in problem.sentence
    assert window.client.notes == ("A sink stopped; training goes on without it.",)


def test_a_trainer_that_hangs_is_noticed_and_can_be_killed(start: Start) -> None:
    window = start(fake_trainings.hanging, patience_s=1.0)
    client = window.client
    window.until(lambda: window.steps == 5, "came to the fifth step")
    window.until(lambda: client.problem, "noticed")
    assert client.problem is not None
    assert client.problem.sentence.startswith("The trainer has not moved for 1 s.")
    assert not client.problem.over
    assert client.stalled_s > 1.0
    assert client.stop(timeout_s=0.2) is False
    assert not client.alive
    window.poll()
    assert client.ended
    assert window.client.problem is None, "whoever killed it knows why it is gone"


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGSTOP")
def test_a_process_that_stands_still_never_blocks_the_window(start: Start) -> None:
    window = start(fake_trainings.counting, patience_s=0.6)
    client = window.client
    window.until(lambda: window.told(EpisodeEnded), "began")
    time.sleep(1.0)  # a window that looked away
    window.poll()
    assert window.client.problem is None, "it is the window that slept, not the trainer"
    os.kill(pid_of(client), signal.SIGSTOP)
    began, slowest = time.monotonic(), 0.0
    while client.problem is None:
        assert time.monotonic() - began < 5, "never noticed"
        before = time.perf_counter()
        client.order("pause")
        window.poll()
        slowest = max(slowest, time.perf_counter() - before)
        time.sleep(0.01)
    assert len(client.waiting) <= MAX_WAITING
    assert slowest < 0.2
    client.kill()
    assert not client.alive


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_trainer_that_was_killed_is_told_from_one_that_ended(start: Start) -> None:
    window = start(fake_trainings.counting)
    window.until(lambda: window.told(EpisodeEnded), "began")
    os.kill(pid_of(window.client), signal.SIGINT)  # Ctrl-C is the window's to answer
    before = window.steps
    window.until(lambda: window.steps > before + 5, "went on")
    os.kill(pid_of(window.client), signal.SIGKILL)
    window.until(lambda: window.client.ended, "noticed", 3)
    problem = window.client.problem
    assert problem is not None
    assert "the system ended it with SIGKILL" in problem.sentence
    assert "Resume from its last checkpoint" in problem.sentence


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_window_that_never_looks_stalls_nothing_and_fills_no_memory(
    start: Start, tmp_path: Path
) -> None:
    window = start(fake_trainings.flooding)
    deadline = time.monotonic() + 30
    while not (tmp_path / "flooded").exists():
        assert time.monotonic() < deadline, "training stalled"
        time.sleep(0.05)
    status = Path(f"/proc/{pid_of(window.client)}/status").read_text(encoding="utf-8")
    (memory,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    assert int(memory) < 100_000, "kilobytes"
    window.until(lambda: window.steps == fake_trainings.Flooding.EPISODES, "caught up")
    numbers = [event.episode for event in window.told(EpisodeEnded)]
    newest = fake_trainings.Flooding.EPISODES
    assert numbers[-EPISODES:] == list(range(newest - EPISODES + 1, newest + 1))
    assert len(numbers) < 4 * EPISODES
    assert window.client.dropped == newest - len(numbers)
    brains = window.told(BrainUpdated)
    assert len(brains) <= 3
    assert brains[-1].step == newest
    assert window.told(LearnerProgress)[-1].step == newest


PARENT = """
import sys, time
sys.path.insert(0, {tests!r})
import fake_trainings
from hamlet_game.training.protocol import Job
from hamlet_game.training.worker import TrainerClient

if __name__ == "__main__":
    client = TrainerClient(make=fake_trainings.{kind})
    client.start(Job({{}}, {folder!r}))
    while not any(event.step >= 5 for event in client.poll()):
        time.sleep(0.01)
    print(client._process.pid, flush=True)
    time.sleep(60)
"""


def lives(pid: int) -> bool:
    with suppress(OSError):
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        return state != "Z"
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("kind", ["counting", "hanging"])
def test_a_killed_window_takes_its_trainer_along(tmp_path: Path, kind: str) -> None:
    script = tmp_path / "window.py"
    tests = str(Path(__file__).parent)
    script.write_text(PARENT.format(tests=tests, folder=str(tmp_path), kind=kind), "utf-8")
    window = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert window.stdout is not None
    with window.stdout:
        pid = int(window.stdout.readline())
    assert lives(pid)
    window.kill()
    window.wait()
    died = time.monotonic()
    while lives(pid):
        assert time.monotonic() - died < 1.5, "it outlived its window"
        time.sleep(0.02)
    if kind == "counting":  # it even found the time to save
        assert CheckpointManager(tmp_path).load_latest().checkpoint is not None


def test_the_window_has_no_torch_of_its_own() -> None:
    """What a window imports to train, and what its trainer imports before it settles."""
    script = (
        "import sys, hamlet_game.training.worker\n"
        "bad = {'torch', 'hamlet_game.learn', 'safetensors', 'numpy'} & sys.modules.keys()\n"
        "sys.exit(' '.join(bad) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_client_starts_one_process_and_needs_none(tmp_path: Path) -> None:
    client = TrainerClient(make=fake_trainings.counting)
    assert client.poll() == []
    assert client.problem is None
    assert client.stalled_s == 0
    assert not client.order("pause")
    assert not client.alive
    assert client.stop()
    client.kill()
    client.start(Job({}, str(tmp_path)))
    with pytest.raises(RuntimeError, match="another client"):
        client.start(Job({}, str(tmp_path)))
    client.kill()
    assert not multiprocessing.active_children()
