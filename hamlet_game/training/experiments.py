"""MLflow: runs with their parameters, metrics, tags and files, in one store for all of Hamlet.

MLflow is loaded when a manager first talks to its store, never before.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hamlet_game import __version__, paths
from hamlet_game.training.sections import ExperimentConfig

if TYPE_CHECKING:
    from mlflow import MlflowClient

Numbers = list[tuple[str, float, int]]  # name, value, step

_QUIET = {  # unless said otherwise: nothing is sent home, and a dead server costs seconds
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_LOGGING_LEVEL": "ERROR",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
}
_METRICS_AT_ONCE, _PARAMS_AT_ONCE = 900, 90  # MLflow takes 1,000 and 100
_LONGEST = 500  # letters of a parameter or a tag
_PARENT = "mlflow.parentRunId"
_KIND = {"mlflow.experimentKind": "custom_model_development"}  # which pages its UI opens with
_SOURCE = {"mlflow.source.name": "hamlet-game train", "mlflow.source.type": "LOCAL"}


def own_store() -> str:
    """Return the address of Hamlet's own store, a SQLite file as MLflow's default is."""
    return "sqlite:///" + (paths.data() / "mlflow" / "mlflow.db").as_posix()


def store_of(config: ExperimentConfig) -> str:
    """Return where runs go: as configured, else `MLFLOW_TRACKING_URI`, else Hamlet's own store."""
    return config.store or os.environ.get("MLFLOW_TRACKING_URI") or own_store()


class ExperimentManager:
    """Writes runs of one experiment into one store. Every method may raise what MLflow raises."""

    def __init__(self, config: ExperimentConfig) -> None:
        """Open the store, and make the experiment if it is new."""
        self.config, self.store = config, store_of(config)
        self._client = _client(self.store)
        self.experiment = self._experiment()

    def begin(self, name: str, parameters: Mapping[str, Any], tags: Mapping[str, str]) -> str:
        """Begin a run and return its id; `config.parent` says which one it is nested in."""
        all_tags = {"hamlet.version": __version__, **_SOURCE, **tags, **self.config.tags}
        if self.config.parent:
            all_tags[_PARENT] = self.config.parent
        short = {key: value[:_LONGEST] for key, value in all_tags.items()}
        run: str = self._client.create_run(
            self.experiment, run_name=name or None, tags=short
        ).info.run_id
        self.parameters(run, parameters)
        return run

    def go_on(self, run: str) -> bool:
        """Go on with a run; return whether the store knows it in this experiment."""
        from mlflow.exceptions import MlflowException  # noqa: PLC0415 - a second, only if asked

        try:
            found = self._client.get_run(run)
        except MlflowException as error:
            if error.error_code == "RESOURCE_DOES_NOT_EXIST":
                return False
            raise
        if found.info.experiment_id != self.experiment or found.info.lifecycle_stage != "active":
            return False
        self._client.update_run(run, status="RUNNING")
        return True

    def parameters(self, run: str, values: Mapping[str, Any]) -> None:
        """Note what a run was started with."""
        from mlflow.entities import Param  # noqa: PLC0415 - as above

        params = [Param(key, str(value)[:_LONGEST]) for key, value in values.items()]
        for start in range(0, len(params), _PARAMS_AT_ONCE):
            self._client.log_batch(run, params=params[start : start + _PARAMS_AT_ONCE])

    def metrics(self, run: str, numbers: Numbers) -> None:
        """Note numbers with their steps."""
        from mlflow.entities import Metric  # noqa: PLC0415 - as above

        now = int(time.time() * 1000)
        metrics = [Metric(name, value, now, step) for name, value, step in numbers]
        for start in range(0, len(metrics), _METRICS_AT_ONCE):
            self._client.log_batch(run, metrics=metrics[start : start + _METRICS_AT_ONCE])

    def tag(self, run: str, key: str, value: str) -> None:
        """Note a word that runs can be searched by."""
        self._client.set_tag(run, key, value[:_LONGEST])

    def keep(self, run: str, place: Path, folder: str | None = None) -> None:
        """Keep a file, or a folder with all in it, among a run's artifacts."""
        if place.is_dir():
            self._client.log_artifacts(run, str(place), folder or place.name)
        elif place.is_file():
            self._client.log_artifact(run, str(place), folder)

    def end(self, run: str, status: str = "FINISHED") -> None:
        """End a run: FINISHED, FAILED or KILLED."""
        self._client.set_terminated(run, status)

    def _experiment(self) -> str:
        found = self._client.get_experiment_by_name(self.config.name)
        if found is not None:
            return str(found.experiment_id)
        place = artifacts_of(self.store)
        from mlflow.exceptions import MlflowException  # noqa: PLC0415 - as above

        try:
            return str(self._client.create_experiment(self.config.name, place, _KIND))
        except MlflowException:  # another run was faster
            again = self._client.get_experiment_by_name(self.config.name)
            if again is None:
                raise
            return str(again.experiment_id)


def artifacts_of(store: str) -> str | None:
    """Return where files of a store's runs go; None for a server, which knows its own place.

    A database's are beside it, not in whatever folder Hamlet was started in.
    """
    _, sqlite, file = store.partition("sqlite:///")
    if not sqlite:
        return None
    return (Path(file.partition("?")[0]).resolve().parent / "artifacts").as_uri()


def _client(store: str) -> MlflowClient:
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    for chatty in ("mlflow", "alembic"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    if store == own_store():
        (paths.data() / "mlflow").mkdir(parents=True, exist_ok=True)
    from mlflow import MlflowClient  # noqa: PLC0415 - a second, only if asked

    return MlflowClient(tracking_uri=store)
