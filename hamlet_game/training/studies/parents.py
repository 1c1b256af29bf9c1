"""A study in MLflow: one run for each configuration, which the runs of its seeds are nested in."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hamlet_game.files import write_atomic
from hamlet_game.training.experiments import ExperimentManager
from hamlet_game.training.sinks.tags import flat
from hamlet_game.training.studies.outcome import Outcome
from hamlet_game.training.studies.plan import Arm, Plan

NOTE = "mlflow.json"  # in the study's folder: run by configuration


class Parents:
    """The runs that stand for configurations. None if no run goes to MLflow, or it isn't there."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        """Begin them, or go on with those that the study began before."""
        self.ids: dict[str, str] = {}
        self._plan, self._file = plan, folder / NOTE
        self._managers: dict[str, ExperimentManager] = {}
        known = self._read()
        try:
            for arm in plan.arms:
                if arm.config.outputs.mlflow:
                    self.ids[arm.name] = self._open(arm, known.get(arm.name, ""))
            if self.ids:
                write_atomic(self._file, json.dumps(self.ids, indent=1).encode())
        except Exception as error:  # whatever a store may raise: the study matters more
            self._complain(error)

    def end(self, result: Outcome, files: list[Path]) -> None:
        """Note medians and keep the study's files."""
        try:
            for arm in result.arms:
                manager = self._managers.get(arm.arm)
                if manager is None:
                    continue
                run = self.ids[arm.arm]
                medians = [(f"median/{m}", its.value, 0) for m, its in arm.medians.items()]
                lows = [(f"median_low/{m}", its.low, 0) for m, its in arm.medians.items()]
                highs = [(f"median_high/{m}", its.high, 0) for m, its in arm.medians.items()]
                manager.metrics(run, medians + lows + highs)
                for file in files:
                    manager.keep(run, file, "study")
                manager.end(run)
        except Exception as error:  # as above
            self._complain(error)

    def _open(self, arm: Arm, known: str) -> str:
        manager = self._managers[arm.name] = ExperimentManager(arm.config.experiment)
        if known and manager.go_on(known):
            return known
        values = flat(arm.config.model_dump(mode="json"))
        seeds = ", ".join(map(str, self._plan.seeds))
        values["seed"] = seeds
        return manager.begin(f"{self._plan.name}: {arm.name}", values, {"seeds": seeds})

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _complain(self, error: Exception) -> None:
        self._managers.clear()
        reason = " ".join(str(error).split()) or type(error).__name__
        sys.stderr.write(f"MLflow can't be reached ({reason:.200}); the study goes on without.\n")
