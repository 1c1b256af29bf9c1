"""One trainer being started, away from the frames. Loads nothing heavy itself."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hamlet_game.game.desk.past import Past
    from hamlet_game.training.config import RunConfig
    from hamlet_game.training.runs import RunFolder
    from hamlet_game.training.worker import Make, Problem, TrainerClient

Source = str | Path | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class New:
    """A run from a preset, a file or values."""

    source: Source
    changes: Mapping[str, Any]
    keep: bool  # False: nothing is written


@dataclass(frozen=True, slots=True)
class Old:
    """A run to go on with."""

    run: RunFolder
    changes: Mapping[str, Any]  # limits


@dataclass(frozen=True, slots=True)
class Plan:
    """A run that is open already."""

    config: RunConfig
    run: RunFolder | None  # None: nothing is written
    resume: bool = False  # from the run's latest checkpoint


Wish = New | Old | Plan


class Launch:
    """What comes of a wish. Filled by a thread; `done` says that nothing more changes."""

    def __init__(self, wish: Wish, patience_s: float, make: Make | None, *, recall: bool) -> None:
        """Prepare. `recall`: read what the run said before it is gone on with."""
        self.wish, self.patience_s, self.make, self.recall = wish, patience_s, make, recall
        self.client: TrainerClient | None = None
        self.run: RunFolder | None = None
        self.past: Past | None = None
        self.problem: Problem | None = None  # why there is no client
        self._done = threading.Event()
        self._cancelled = threading.Event()

    @property
    def done(self) -> bool:
        """Return whether it has come to an end, with a client or a problem."""
        return self._done.is_set()

    def cancel(self) -> None:
        """Say that nobody waits for it any more: what was started is ended again."""
        self._cancelled.set()

    def go(self) -> None:
        """Open the run and start its trainer. Never raises."""
        from hamlet_game.game.desk import starting  # noqa: PLC0415 - in a thread, for it takes long

        try:
            if not self._cancelled.is_set():
                starting.start(self)
        except Exception as error:  # whatever it was, someone must be told
            self.problem = starting.problem(error, traceback.format_exc())
        if self._cancelled.is_set() and self.client is not None:
            self.client.kill()  # it has hardly begun
        self._done.set()
