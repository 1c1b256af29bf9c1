"""Where a study's runs are trained: processes on this machine, or a Ray cluster."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from hamlet_game.learn.config import ConfigError
from hamlet_game.training import extras
from hamlet_game.training.runs import RunFolder
from hamlet_game.training.studies import work
from hamlet_game.training.studies.plan import Job

_STOP_SECONDS = 60.0  # for runs to save where they are


@dataclass(frozen=True, slots=True)
class Done:
    """A run that ended."""

    job: Job
    trouble: str = ""  # a sentence, empty if all is well
    where: str = ""  # which machine of a cluster


class Pool(Protocol):
    """Trains jobs beside one another."""

    @property
    def free(self) -> int:
        """Return how many more jobs it would take now."""

    def start(self, job: Job) -> None:
        """Begin a job, or go on with it."""

    def poll(self) -> list[Done]:
        """Return the jobs that ended since the last time. Never waits long."""

    def stop(self) -> None:
        """End everything, saved as far as it can be."""


@dataclass(slots=True)
class LocalPool:
    """So many processes on this machine. A run that is stopped can be gone on with."""

    runs: Path
    workers: int
    _running: dict[str, tuple[Job, subprocess.Popen[bytes]]] = field(default_factory=dict)

    @property
    def free(self) -> int:
        """Return how many processes are missing."""
        return self.workers - len(self._running)

    def start(self, job: Job) -> None:
        """Start a process. Raises OSError."""
        self._running[job.name] = job, work.start(job.text, RunFolder(self.runs / job.name))

    def poll(self) -> list[Done]:
        """Return whose process ended."""
        found = []
        for name, (job, process) in list(self._running.items()):
            code = process.poll()
            if code is not None:
                del self._running[name]
                run = RunFolder(self.runs / name)
                found.append(Done(job, "" if work.is_done(run) else work.trouble(run, code)))
        return found

    def stop(self) -> None:
        """Ask all processes to save and end; end those that take too long."""
        processes = [process for _, process in self._running.values()]
        for process in processes:
            if os.name == "nt":
                process.terminate()
            else:
                process.send_signal(signal.SIGINT)
        until = time.monotonic() + _STOP_SECONDS
        for process in processes:
            try:
                process.wait(max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()


class RayPool:
    """A Ray cluster with Hamlet on its machines; each run takes one processor.

    Its machines need not share a disk with this one: a run's files come back with it. So a run
    that is cut off begins anew.
    """

    def __init__(self, address: str, runs: Path) -> None:
        """Join the cluster at `address`, or `auto`. Raises ConfigError."""
        extras.need("ray", "--ray")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        import ray  # noqa: PLC0415 - seconds, only if asked

        self._ray, self._runs = ray, runs
        try:
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
        except (ConnectionError, RuntimeError, ValueError) as error:
            first = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            raise ConfigError(f"--ray {address}: can't be joined ({first})") from None
        self._train = ray.remote(num_cpus=1, max_retries=2)(_train)
        self._slots = max(int(ray.cluster_resources().get("CPU", 1)), 1)
        self._running: dict[Any, Job] = {}

    @property
    def free(self) -> int:
        """Return how many processors are not in use by this study."""
        return self._slots - len(self._running)

    def start(self, job: Job) -> None:
        """Hand a job to the cluster."""
        self._running[self._train.remote(job.name, job.text)] = job

    def poll(self) -> list[Done]:
        """Write the files of whatever came back."""
        if not self._running:
            return []
        waiting = list(self._running)
        ready, _ = self._ray.wait(waiting, num_returns=len(waiting), timeout=0)
        return [self._taken(reference) for reference in ready]

    def stop(self) -> None:
        """Give up what is under way and leave the cluster."""
        for reference in self._running:
            self._ray.cancel(reference, force=True)
        self._running.clear()
        self._ray.shutdown()

    def _taken(self, reference: Any) -> Done:
        job = self._running.pop(reference)
        try:
            files, trouble, where = self._ray.get(reference)
        except self._ray.exceptions.RayError as error:
            return Done(job, f"the cluster lost it ({type(error).__name__})")
        work.unpack(files, RunFolder(self._runs / job.name))
        return Done(job, trouble, where)


def _train(name: str, text: str) -> tuple[work.Files, str, str]:
    """Train on whichever machine this is; say on which."""
    import ray  # noqa: PLC0415 - it is there, since this runs in it

    files, trouble = work.train_elsewhere(name, text)
    return files, trouble, str(ray.get_runtime_context().get_node_id())[:8]
