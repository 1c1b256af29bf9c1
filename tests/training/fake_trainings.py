"""Stand-ins for a trainer, as a process of its own sees them; none loads torch."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from hamlet_game.learn.config import ConfigError
from hamlet_game.training.checkpoints import CheckpointManager
from hamlet_game.training.events import (
    BrainUpdated,
    CheckpointSaved,
    EpisodeEnded,
    Event,
    LearnerProgress,
    Paused,
    RunEnded,
    RunStarted,
)
from hamlet_game.training.orders import Orders
from hamlet_game.training.protocol import Job

Note = Callable[[str], None]


def episode(number: int, actions: bytes | None = None) -> EpisodeEnded:
    return EpisodeEnded(
        number, 0.0, number, 0, "first_night", 7, 40, 1.5, 500.0, "energy", 0.5, actions
    )


def brain(step: int, agent: int = 0) -> BrainUpdated:
    arrays = {"head.weight": np.full((64, 64), step, np.float32)}
    return BrainUpdated(step, 0.0, agent, "first_night", {"arrays": arrays, "architecture": {}})


def progress(step: int, agent: int = 0) -> LearnerProgress:
    return LearnerProgress(step, 0.0, "first_night", agent, 1e4, {"loss": 0.5}, 40.0, 0.1)


class Counting:
    """Counts steps, one episode each, and saves the count when it is stopped."""

    def __init__(self, job: Job) -> None:
        self.orders = Orders()
        self.job = job
        self.step = 0

    def run(self) -> Iterator[Event]:
        facts = {"nice": os.nice(0), "omp": os.environ.get("OMP_NUM_THREADS")}
        yield RunStarted("fake", facts, ("first_night",), 1, 0)
        while not self.orders.stopped:
            if not self.orders.may_step():
                yield Paused(self.step, 0.0)
                continue
            time.sleep(0.002)
            self.step += 1
            yield from self.happenings()
        file = ""
        if self.job.folder:
            manager = CheckpointManager(Path(self.job.folder))
            file = str(manager.save(self.step, {"step": self.step}))
        yield CheckpointSaved(self.step, 0.0, file, None, best=False)
        yield RunEnded(self.step, 0.0, "stopped", {"steps": self.step})

    def happenings(self) -> Iterator[Event]:
        yield episode(self.step)
        yield brain(self.step)


class Crashing(Counting):
    def happenings(self) -> Iterator[Event]:
        yield episode(self.step)
        if self.step == 5:
            raise ZeroDivisionError("no such number")


class Hanging(Counting):
    def happenings(self) -> Iterator[Event]:
        yield episode(self.step)
        while self.step == 5:
            time.sleep(0.01)


class Flooding(Counting):
    """Reports 200 MB of episodes and brains at once, then says so in a file."""

    EPISODES = 200_000

    def happenings(self) -> Iterator[Event]:
        if self.step == 1:
            for number in range(1, self.EPISODES + 1):
                yield episode(number, actions=number.to_bytes(4, "little") * 125)
                if number % 100 == 0:
                    yield brain(number)
                    yield progress(number)
            Path(str(self.job.folder), "flooded").touch()


class OfTorch(str):
    """Text like torch's version: whoever unpickles it loads torch."""

    __slots__ = ()
    __module__ = "torch.torch_version"


class Leaking(Counting):
    def happenings(self) -> Iterator[Event]:
        if self.step == 5:
            yield RunStarted("leak", {"version": OfTorch("2")}, (), 1, 0)


@contextmanager
def counting(job: Job, _note: Note) -> Iterator[Counting]:
    yield Counting(job)


@contextmanager
def crashing(job: Job, _note: Note) -> Iterator[Counting]:
    yield Crashing(job)


@contextmanager
def hanging(job: Job, _note: Note) -> Iterator[Counting]:
    yield Hanging(job)


@contextmanager
def flooding(job: Job, _note: Note) -> Iterator[Counting]:
    yield Flooding(job)


@contextmanager
def leaking(job: Job, note: Note) -> Iterator[Counting]:
    note("A sink stopped; training goes on without it.")
    yield Leaking(job)


@contextmanager
def refusing(_job: Job, _note: Note) -> Iterator[Counting]:
    raise ConfigError("run: towns: 0 is too small; it must be at least 1.")
    yield
