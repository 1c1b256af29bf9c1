"""MLflow: a run's parameters, numbers, tags and files, in the store that `experiment` names."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from functools import singledispatchmethod
from typing import Any

from hamlet_game.files import write_atomic
from hamlet_game.training import events
from hamlet_game.training.experiments import ExperimentManager, Numbers
from hamlet_game.training.history import HistoryError
from hamlet_game.training.runs import RunError, RunFolder
from hamlet_game.training.sections import ExperimentConfig
from hamlet_game.training.sinks import tags
from hamlet_game.training.sinks.background import InBackground

LOG_SECONDS = 5.0  # numbers wait at most this long, and the next event, to be seen
NOTE = "mlflow.json"  # in the run's folder: which run of which store it is
Say = Callable[[str], None]


class MlflowRun(InBackground):
    """Follows a run in MLflow, in a thread of its own: a store may be slow, or not there."""

    def __init__(self, run: RunFolder, config: ExperimentConfig, say: Say) -> None:
        """Follow `run`; the store is opened when it starts. `say`: told where to look."""
        super().__init__(Follower(run, config, say))


class Follower:
    """Tells a store of a run, event by event."""

    def __init__(self, run: RunFolder, config: ExperimentConfig, say: Say) -> None:
        """Follow `run`; the store is opened when it starts. `say`: told where to look."""
        self._run, self._config, self._say = run, config, say
        self._manager: ExperimentManager | None = None
        self._id = ""
        self._agents = 1
        self._lives = tags.Lives()
        self._numbers: Numbers = []
        self._logged = time.monotonic()
        self._status = "KILLED"  # unless it ends in order

    def write(self, event: events.Event) -> None:
        """Take in one event. Raises what MLflow raises."""
        self._take(event)
        if time.monotonic() - self._logged >= LOG_SECONDS:
            self._log()

    def close(self) -> None:
        """Log what is left, keep the run's files, and end it."""
        if self._manager is None:
            return
        self._log()
        try:
            self._keep_files(self._manager)
        finally:
            self._manager.end(self._id, self._status)

    def _log(self) -> None:
        self._logged = time.monotonic()
        if self._manager is not None and self._numbers:
            self._manager.metrics(self._id, self._numbers)
            self._numbers = []

    def _keep_files(self, manager: ExperimentManager) -> None:
        run = self._run
        for file in (run.config, run.summary):
            manager.keep(self._id, file)
        for file in sorted(run.checkpoints.glob("best-*")):
            manager.keep(self._id, file, "checkpoints")
        if self._status == "FINISHED" and self._config.report_towns:
            from hamlet_game.training.report import write_report  # noqa: PLC0415 - matplotlib

            def nobody(_: str) -> None:
                """Stay silent: the terminal is not this thread's."""

            report = run.path / "report"
            with suppress(RunError, HistoryError):  # nothing was evaluated yet
                write_report(run, report, self._config.report_towns, nobody, nobody)
                manager.keep(self._id, report)

    def _number(self, numbers: tags.Numbers, step: int) -> None:
        self._numbers += [(name, value, step) for name, value in numbers.items()]

    # -- one kind of event each --------------------------------------------------

    @singledispatchmethod
    def _take(self, event: object) -> None:
        """Other events leave nothing here."""

    @_take.register
    def _(self, event: events.RunStarted) -> None:
        self._agents = event.agents
        self._manager = manager = ExperimentManager(self._config)
        known = _read_note(self._run) if event.step else {}
        if known.get("store") == manager.store and manager.go_on(known["run"]):
            self._id = known["run"]
        else:
            config = event.config
            words = {
                "algorithm": str(config.get("algorithm", {}).get("name", "")),
                "seed": str(config.get("seed", "")),
                "levels": ", ".join(event.levels),
            }
            self._id = manager.begin(self._run.name, tags.flat(config), words)
            note = {"store": manager.store, "run": self._id}
            write_atomic(self._run.path / NOTE, json.dumps(note).encode())
        self._say(f"MLflow: to look at the runs, mlflow ui --backend-store-uri {manager.store}")

    @_take.register
    def _(self, event: events.EpisodeEnded) -> None:
        self._lives.add(event)

    @_take.register
    def _(self, event: events.LearnerProgress) -> None:
        for level, means in self._lives.take(event.agent):
            self._number(tags.tagged(level, means, event.agent, self._agents), event.step)
        told = tags.of_progress(event)
        self._number(tags.tagged("learner", told, event.agent, self._agents), event.step)

    @_take.register
    def _(self, event: events.Evaluated) -> None:
        told = tags.of_evaluation(event) | {"eval_stars": float(event.stars)}
        self._number(tags.tagged(event.level, told, event.agent, self._agents), event.step)

    @_take.register
    def _(self, event: events.LevelGraduated) -> None:
        if self._manager is not None:
            self._manager.tag(self._id, f"graduated.{event.level}", f"step {event.step}")

    @_take.register
    def _(self, event: events.RunEnded) -> None:
        self._status = "KILLED" if event.reason == "stopped" else "FINISHED"
        if event.summary.get("levels"):
            self._number(tags.final_results(event.summary), event.step)
        if self._manager is not None:
            self._manager.tag(self._id, "reason", event.reason)


def _read_note(run: RunFolder) -> dict[str, Any]:
    try:
        note = json.loads((run.path / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) and isinstance(note.get("run"), str) else {}
