"""What a trainer process trains: a run, its metrics written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch

from hamlet_game.training.config import check_run_config
from hamlet_game.training.events import Event
from hamlet_game.training.orders import Orders
from hamlet_game.training.protocol import Job
from hamlet_game.training.runs import RunFolder
from hamlet_game.training.sinks import MetricsManager
from hamlet_game.training.sinks.of_run import sinks_of
from hamlet_game.training.trainer import Trainer


class Recorded:
    """A trainer whose events are written down before anyone else hears of them."""

    def __init__(self, trainer: Trainer, metrics: MetricsManager) -> None:
        self._trainer, self._metrics = trainer, metrics

    @property
    def orders(self) -> Orders:
        """Return what to give orders to."""
        return self._trainer.orders

    def run(self) -> Iterator[Event]:
        """Train."""
        for event in self._trainer.run():
            self._metrics.write(event)
            yield event


@contextmanager
def training(
    job: Job, run: RunFolder | None, note: Callable[[str], None]
) -> Iterator[Trainer | Recorded]:
    """Return the trainer of a job in `run`, whose lock is held; `note` gets sentences for people.

    Raises ConfigError.
    """
    torch.set_num_threads(1)
    config = check_run_config(job.config, "the run's configuration")
    if run is None:
        yield Trainer(config)
        return
    with MetricsManager(sinks_of(run, config, note), note) as metrics:
        yield Recorded(Trainer(config, run.path, resume=job.resume), metrics)
