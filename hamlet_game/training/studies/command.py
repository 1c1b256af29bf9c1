"""What `hamlet-game study` does, and what it shows meanwhile. Returns an exit code."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.progress import TimeElapsedColumn as Elapsed
from rich.table import Table

from hamlet_game import paths
from hamlet_game.training.commands import in_sentences, warn
from hamlet_game.training.runs import RunError
from hamlet_game.training.studies import work
from hamlet_game.training.studies.outcome import Outcome, cell, level_name, measures_of
from hamlet_game.training.studies.plan import Job, Plan, load_plan
from hamlet_game.training.studies.pools import Done, LocalPool, Pool, RayPool
from hamlet_game.training.studies.run import FIGURE, Folder, carry_out

_SHOWN = {  # in the terminal, by what heads them
    "score": "score",
    "alive": "alive",
    "graduated": "levels",
    "steps": "training",
}
_LOOK_SECONDS = 2.0  # between two looks at how far the runs are


@in_sentences
def study(
    file: Path,
    *,
    out: Path | None = None,
    workers: int | None = None,
    ray: str | None = None,
    outputs: tuple[str, ...] = (),
    as_json: bool = False,
) -> int:
    """Carry a study out, or go on with it; 1: some runs failed, 130: stopped by Ctrl-C."""
    plan = load_plan(file, outputs)
    folder = Folder(out or paths.data() / "studies" / plan.name)
    try:
        folder.runs.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise RunError(f"{folder.path}: can't be written ({reason}); choose another.") from None

    def pool() -> Pool:
        if ray:
            return RayPool(ray, folder.runs)
        return LocalPool(folder.runs, workers or os.cpu_count() or 1)

    console = Console(stderr=True)
    try:
        with _Shown(plan, folder, console) as shown:
            result = carry_out(plan, folder, pool, shown)
    except KeyboardInterrupt:
        warn("Stopped; the same command goes on from here.")
        return 130
    if as_json:
        values = result.values() | {"folder": str(folder.path)}
        sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
    else:
        Console().print(_table(result))
        sys.stdout.write(f"Its files, with the figure {FIGURE}: {folder.path}\n")
    for run, why in result.failed.items():
        warn(f"{run} failed: {why}")
    return 1 if result.failed else 0


def _table(result: Outcome) -> Table:
    """Return the results as people read them; all measures are in the files."""
    title = f"{result.name}: medians over seeds, 95 % intervals, {level_name(result.level)}"
    table = Table(title=title, title_justify="left", title_style="bold", show_lines=True)
    table.add_column("configuration", overflow="fold", min_width=14)
    table.add_column("seeds", justify="right", no_wrap=True)
    measures = [measure for measure in measures_of(result.arms) if measure in _SHOWN]
    for measure in measures:
        table.add_column(_SHOWN[measure], justify="right", no_wrap=True)
    for arm in result.arms:
        cells = [cell(m, arm.medians[m]).replace(" ", "\n") for m in measures if m in arm.medians]
        table.add_row(arm.arm, str(len(arm.seeds)), *cells)
    return table


class _Shown:
    """A bar for the study and a line for each run under way; plain lines without a terminal."""

    def __init__(self, plan: Plan, folder: Folder, console: Console) -> None:
        self._folder, self._console = folder, console
        columns = (TextColumn("{task.description}"), BarColumn(24), MofNCompleteColumn(), Elapsed())
        self._bar = Progress(*columns, console=console, disable=not console.is_terminal)
        jobs = plan.jobs()
        done = sum(work.is_done(folder.run(job)) for job in jobs)
        self._count, self._total = done, len(jobs)
        self._all = self._bar.add_task(plan.name, total=len(jobs), completed=done)
        self._lines: dict[str, tuple[Job, TaskID]] = {}
        self._looked = 0.0

    def __enter__(self) -> _Shown:
        self._bar.start()
        if self._count:
            self._say(f"{self._count} of {self._total} runs are done already.")
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begun(self, job: Job) -> None:
        """Show a line for the run, as far as its limit of steps is known."""
        total = job.config.limits.max_steps
        self._lines[job.name] = job, self._bar.add_task(f"  {job.name}", total=total)

    def ended(self, done: Done) -> None:
        """Say what became of a run."""
        _, line = self._lines.pop(done.job.name)
        self._bar.remove_task(line)
        self._count += 1
        self._bar.advance(self._all)
        what = f"failed: {done.trouble}" if done.trouble else "done"
        where = f", on {done.where}" if done.where else ""
        self._say(f"[{self._count}/{self._total}] {done.job.name}: {what}{where}")

    def looked(self) -> None:
        """Look now and then how far runs on this machine are."""
        if time.monotonic() - self._looked < _LOOK_SECONDS or self._bar.disable:
            return
        self._looked = time.monotonic()
        for job, line in self._lines.values():
            self._bar.update(line, completed=_steps(self._folder.run(job).metrics))

    def _say(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False)


def _steps(metrics: Path) -> int:
    """Return how far a run's numbers go, 0 if there are none yet."""
    if not metrics.is_file():
        return 0
    try:
        with closing(sqlite3.connect(f"{metrics.resolve().as_uri()}?mode=ro", uri=True)) as db:
            sql = "SELECT MAX(step) FROM metrics WHERE metric_name = 'steps_per_s'"
            return int(db.execute(sql).fetchone()[0] or 0)
    except sqlite3.Error:
        return 0
