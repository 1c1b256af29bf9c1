"""The outputs of a kept run, as its configuration says, whoever trains it and whoever looks on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from hamlet_game.training.config import RunConfig
from hamlet_game.training.runs import RunFolder
from hamlet_game.training.sinks import Sink
from hamlet_game.training.sinks.brains import BrainAlbum
from hamlet_game.training.sinks.replays import ReplayFolder
from hamlet_game.training.sinks.sqlite import MetricsDatabase
from hamlet_game.training.sinks.summary import SummaryFile

Note = Callable[[str], None]


def sinks_of(run: RunFolder, config: RunConfig, note: Note) -> list[Sink]:
    """Return what writes a run's files; `note` is told of one that can't even be opened.

    MLflow comes last: it is given the files that the others wrote.
    """
    sinks: list[Sink] = [SummaryFile(run.summary), BrainAlbum(run.brains)]
    if config.report.replays:
        sinks.append(ReplayFolder(run.replays, config.report.replays))
    for name, make in (("sqlite", _sqlite), ("tensorboard", _tensorboard), ("mlflow", _mlflow)):
        if getattr(config.outputs, name):
            try:
                sinks.append(make(run, config, note))
            except (OSError, ImportError, sqlite3.Error) as error:
                note(f"outputs.{name}: can't be written ({error}); its numbers are not kept.")
    return sinks


def _sqlite(run: RunFolder, config: RunConfig, note: Note) -> Sink:  # noqa: ARG001 - one of three
    return MetricsDatabase(run.metrics)


def _tensorboard(run: RunFolder, config: RunConfig, note: Note) -> Sink:  # noqa: ARG001 - as above
    from hamlet_game.training.sinks.tensorboard import TensorBoardFolder  # noqa: PLC0415 - heavy

    return TensorBoardFolder(run.path / "tensorboard")


def _mlflow(run: RunFolder, config: RunConfig, note: Note) -> Sink:
    from hamlet_game.training.sinks.mlflow import MlflowRun  # noqa: PLC0415 - if asked

    return MlflowRun(run, config.experiment, note)
