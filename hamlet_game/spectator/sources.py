"""Where the page's training comes from: nowhere, a run's files, or a trainer of our own."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final, Protocol

from hamlet_game.game.desk import past
from hamlet_game.game.desk.desk import TrainingDesk
from hamlet_game.game.desk.history import History
from hamlet_game.training.runs import RunFolder

ORDERS: Final = ("start", "pause", "resume", "stop")
LOOK_S: Final = 2.0  # between two looks at the files of a run that somebody else trains


class Source(Protocol):
    """What is trained, if anything. Nothing here waits or raises."""

    @property
    def history(self) -> History:
        """Return what the trainer has said."""

    @property
    def state(self) -> str:
        """Return how it stands."""

    @property
    def problem(self) -> str:
        """Return what is wrong in a sentence, empty if nothing is."""

    @property
    def notes(self) -> Sequence[str]:
        """Return sentences for people."""

    @property
    def can(self) -> Sequence[str]:
        """Return the orders that make sense now."""

    @property
    def over(self) -> bool:
        """Return whether there is nothing left to serve."""

    def poll(self) -> None:
        """Take in what is new."""

    def order(self, word: str) -> None:
        """Obey one of `can`."""

    def close(self) -> None:
        """End what was begun."""


class Follower:
    """Reads a run's files again and again, in a thread; somebody else may be writing them."""

    def __init__(self, run: RunFolder) -> None:
        """Look at the files for the first time, then again as they change."""
        self.run = run
        self.trouble = ""
        self.history = self._read()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="follower", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._stop.set()

    def _follow(self) -> None:
        seen = self._changed()
        while not self._stop.wait(LOOK_S):
            if (now := self._changed()) != seen:
                seen, self.history = now, self._read()

    def _read(self) -> History:
        history, found = History(), past.read(self.run)
        self.trouble = found.trouble
        found.tell(history)
        return history

    def _changed(self) -> tuple[float, ...]:
        """Return when the files of the run were written last."""
        wal = self.run.metrics.with_name(self.run.metrics.name + "-wal")
        times = []
        for file in (self.run.metrics, wal, self.run.brains):
            try:
                times.append(file.stat().st_mtime)
            except OSError:
                times.append(0.0)
        return tuple(times)


class DeskSource:
    """A trainer of our own, to be started by order; until then perhaps the files of a run."""

    def __init__(
        self,
        desk: TrainingDesk | None = None,
        run: RunFolder | None = None,
        preset: str = "default",
    ) -> None:
        """Show `run` until a training begins; `start` goes on with it, or trains `preset`."""
        self.desk = desk or TrainingDesk()
        self._preset = preset
        self._run = run
        self._follower = Follower(run) if run else None

    @property
    def history(self) -> History:
        """Return what the trainer has said, or what the run's files say."""
        follows = self._follower is not None and self.desk.state in {"none", "loading", "failed"}
        return self._follower.history if follows and self._follower else self.desk.history

    @property
    def state(self) -> str:
        """Return how the training stands."""
        state = self.desk.state
        if state != "none" or self._follower is None:
            return "stopping" if self.desk.stopping else state
        return "ended" if self._follower.history.ended else "following"

    @property
    def problem(self) -> str:
        """Return what is wrong."""
        problem = self.desk.problem
        return problem.sentence if problem else self._follower.trouble if self._follower else ""

    @property
    def notes(self) -> Sequence[str]:
        """Return what the trainer noted."""
        return self.desk.notes

    @property
    def can(self) -> Sequence[str]:
        """Return the orders that make sense now."""
        return {"running": ("pause", "stop"), "paused": ("resume", "stop")}.get(
            self.state, ("start",) if not self.desk.active else ()
        )

    @property
    def over(self) -> bool:
        """Return False: another training can always be started."""
        return False

    def poll(self) -> None:
        """Take in what the trainer has said."""
        self.desk.poll()

    def order(self, word: str) -> None:
        """Begin a training, go on with the one there was, or order the one there is."""
        if word == "start" and not self.desk.active:
            if self.desk.can_recover:
                self.desk.recover()
            elif self._run is not None:
                self.desk.resume(self._run)
            else:
                self.desk.start(self._preset)
        elif word == "pause":
            self.desk.pause()
        elif word == "resume":
            self.desk.go()
        elif word == "stop":
            self.desk.stop()

    def close(self) -> None:
        """End the trainer with a checkpoint."""
        if self._follower is not None:
            self._follower.close()
        self.desk.close()
