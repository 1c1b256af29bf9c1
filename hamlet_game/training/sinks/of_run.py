"""The outputs that every kept run has, whoever trains it and whoever looks on."""

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


def sinks_of(run: RunFolder, config: RunConfig, note: Callable[[str], None]) -> list[Sink]:
    """Return what writes a run's files; `note` is told of one that can't even be opened."""
    sinks: list[Sink] = [SummaryFile(run.summary), BrainAlbum(run.brains)]
    if config.report.replays:
        sinks.append(ReplayFolder(run.replays, config.report.replays))
    try:
        sinks.append(MetricsDatabase(run.metrics))
    except (OSError, sqlite3.Error) as error:
        note(f"{run.metrics}: can't be written ({error}); its numbers are not kept.")
    return sinks
