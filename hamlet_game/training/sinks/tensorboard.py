"""tensorboard/: curves, hyperparameters, histograms of Q and actions, and where lives walk."""

from __future__ import annotations

from functools import singledispatchmethod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch.utils.tensorboard import SummaryWriter
from torch.utils.tensorboard.summary import hparams

from hamlet_game.town.names import Action
from hamlet_game.training import events
from hamlet_game.training.sinks import tags
from hamlet_game.training.sinks.heat import heat_map

_BINS = 24  # of a histogram of Q-values
FLUSH_SECONDS = 10  # until what was written is on the disk
_EDGES = np.arange(len(Action), dtype=np.float64) + 0.5  # upper, of each action's bucket


class TensorBoardFolder:
    """Writes a run for `tensorboard --logdir`. Its own thread carries bytes to the disk."""

    def __init__(self, folder: Path) -> None:
        """Write to `folder`, which is made when the run begins."""
        self._folder = folder
        self._writer: SummaryWriter | None = None
        self._agents = 1
        self._lives = tags.Lives()
        self._visits: dict[str, NDArray[np.int64]] = {}  # by level, of all agents

    def write(self, event: events.Event) -> None:
        """Take in one event. Raises OSError."""
        self._take(event)

    def close(self) -> None:
        """Carry what is left to the disk."""
        if self._writer is not None:
            self._writer.close()

    def _scalars(self, numbers: tags.Numbers, step: int) -> None:
        if self._writer is not None:
            for tag, value in numbers.items():
                self._writer.add_scalar(tag, value, step, new_style=True)

    def _behind(self, agent: int) -> str:
        return f"/agent_{agent}" if self._agents > 1 else ""

    # -- one kind of event each --------------------------------------------------

    @singledispatchmethod
    def _take(self, event: object) -> None:
        """Other events leave nothing here."""

    @_take.register
    def _(self, event: events.RunStarted) -> None:
        self._agents = event.agents
        purge = event.step + 1 if event.step else None  # later steps come again
        self._writer = SummaryWriter(str(self._folder), purge_step=purge, flush_secs=FLUSH_SECONDS)
        values = {key: _shown(value) for key, value in tags.flat(event.config).items()}
        results = {f"final_{level}/score": 0.0 for level in event.levels}
        start = hparams(values, results)[:2]  # type: ignore[no-untyped-call]  # third: its end
        for summary in start:
            self._writer._get_file_writer().add_summary(summary)  # type: ignore[no-untyped-call]

    @_take.register
    def _(self, event: events.EpisodeEnded) -> None:
        self._lives.add(event)

    @_take.register
    def _(self, event: events.LearnerProgress) -> None:
        for level, means in self._lives.take(event.agent):
            self._scalars(tags.tagged(level, means, event.agent, self._agents), event.step)
        told = tags.of_progress(event)
        self._scalars(tags.tagged("learner", told, event.agent, self._agents), event.step)

    @_take.register
    def _(self, event: events.Played) -> None:
        if self._writer is None:
            return
        behind, counts = self._behind(event.agent), np.array(event.actions)
        which = np.arange(len(counts))
        self._writer.add_histogram_raw(
            f"actions{behind}",
            min=0,
            max=len(counts) - 1,
            num=int(counts.sum()),
            sum=int(counts @ which),
            sum_squares=int(counts @ which**2),
            bucket_limits=_EDGES.tolist(),
            bucket_counts=counts.tolist(),
            global_step=event.step,
        )
        shares = counts / max(int(counts.sum()), 1)
        named = {Action(n).name.lower(): share for n, share in enumerate(shares.tolist())}
        self._scalars(tags.tagged("actions", named, event.agent, self._agents), event.step)
        if event.q is not None:
            self._writer.add_histogram(f"q/all{behind}", event.q, event.step, bins=_BINS)
            for action, values in zip(Action, event.q.T, strict=True):
                name = f"q/{action.name.lower()}{behind}"
                self._writer.add_histogram(name, values, event.step, bins=_BINS)
        before = self._visits.get(event.level, 0)
        self._visits[event.level] = before + event.visits.astype(np.int64)

    @_take.register
    def _(self, event: events.Evaluated) -> None:
        told = tags.of_evaluation(event) | {"eval_stars": float(event.stars)}
        self._scalars(tags.tagged(event.level, told, event.agent, self._agents), event.step)
        visits = self._visits.pop(event.level, None)
        if visits is not None and self._writer is not None:
            picture = heat_map(visits)
            self._writer.add_image(f"visits/{event.level}", picture, event.step, dataformats="HWC")

    @_take.register
    def _(self, event: events.RunEnded) -> None:
        if self._writer is not None and event.summary.get("levels"):
            self._scalars(tags.final_results(event.summary), event.step)


def _shown(value: Any) -> bool | int | float | str:
    return value if isinstance(value, bool | int | float | str) else str(value)
