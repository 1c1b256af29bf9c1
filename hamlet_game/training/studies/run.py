"""Carrying out a study: every run that is not done yet, then the table and the figure."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hamlet_game.files import write_atomic
from hamlet_game.training.runs import RunError, RunFolder
from hamlet_game.training.studies import work
from hamlet_game.training.studies.outcome import Outcome, markdown, outcome
from hamlet_game.training.studies.parents import Parents
from hamlet_game.training.studies.plan import Job, Plan
from hamlet_game.training.studies.pools import Done, Pool

POLL_SECONDS = 0.25
TABLE, NUMBERS, FIGURE = "results.md", "results.json", "results.png"


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a study's files are."""

    path: Path

    @property
    def runs(self) -> Path:
        """Return the folder of its runs, which are ordinary ones."""
        return self.path / "runs"

    def run(self, job: Job) -> RunFolder:
        """Return a job's run."""
        return RunFolder(self.runs / job.name)


class Watcher(Protocol):
    """Is told how a study goes on."""

    def begun(self, job: Job) -> None:
        """Be told of a run that begins or goes on."""

    def ended(self, done: Done) -> None:
        """Be told of a run that ended."""

    def looked(self) -> None:
        """Be told that some time has passed."""


def carry_out(plan: Plan, folder: Folder, pool: Callable[[], Pool], watcher: Watcher) -> Outcome:
    """Train what is not done yet and write what came of it. Going on is doing it again.

    `pool` is made only if there is anything to train. KeyboardInterrupt stops all runs in order.
    Raises ConfigError if the folder's runs are of another study, and RunError.
    """
    parents = Parents(plan, folder.path)
    jobs = plan.jobs(parents.ids)
    for job in jobs:
        work.check(job, folder.run(job))
    waiting = [job for job in jobs if not work.is_done(folder.run(job))]
    failed = _train(waiting, pool(), watcher) if waiting else {}
    result = read_outcome(plan, folder, failed)
    write(result, folder)
    parents.end(result, [folder.path / name for name in (TABLE, NUMBERS, FIGURE)])
    return result


def read_outcome(plan: Plan, folder: Folder, failed: dict[str, str]) -> Outcome:
    """Return what the runs that are done came to."""
    summaries: dict[str, dict[int, dict[str, object]]] = {arm.name: {} for arm in plan.arms}
    for job in plan.jobs():
        if work.is_done(folder.run(job)):
            summaries[job.arm][job.seed] = work.summary_of(folder.run(job))
    return outcome(plan.name, summaries, failed)


def write(result: Outcome, folder: Folder) -> None:
    """Write table, numbers and figure. Raises RunError."""
    if not result.arms:
        return
    from hamlet_game.training.studies.figure import figure_of  # noqa: PLC0415 - Matplotlib

    try:
        write_atomic(folder.path / NUMBERS, (json.dumps(result.values(), indent=1) + "\n").encode())
        write_atomic(folder.path / TABLE, markdown(result).encode())
        write_atomic(folder.path / FIGURE, figure_of(result, folder.runs))
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise RunError(f"{folder.path}: can't be written ({reason}).") from None


def _train(waiting: list[Job], pool: Pool, watcher: Watcher) -> dict[str, str]:
    """Train jobs, as many beside one another as the pool takes; return why some failed."""
    failed: dict[str, str] = {}
    left, running = list(waiting), 0
    try:
        while left or running:
            while left and pool.free > 0:
                job = left.pop(0)
                pool.start(job)
                running += 1
                watcher.begun(job)
            for done in pool.poll():
                running -= 1
                if done.trouble:
                    failed[done.job.name] = done.trouble
                watcher.ended(done)
            watcher.looked()
            time.sleep(POLL_SECONDS)
    finally:
        pool.stop()
    return failed
