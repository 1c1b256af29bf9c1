"""The curves of a training that is over, read from its folder beside the window's loop."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

from hamlet_game.game.desk import past
from hamlet_game.game.desk.history import History

if TYPE_CHECKING:
    from hamlet_game.training.runs import RunFolder


class Archive:
    """Reads a run. `history` is empty until `poll` has found it read."""

    def __init__(self, run: RunFolder) -> None:
        self.history = History()
        self._run = run
        self._past: past.Past | None = None
        self._told = False
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    @property
    def holds(self) -> bool:
        """Return whether there is something to tell of; while it is read there may be."""
        return not self._told or self.history.started is not None or bool(self.history.brains)

    def _read(self) -> None:
        self._past = past.read(self._run)

    def poll(self) -> str:
        """Take in what has been read; return a sentence about what could not be."""
        if self._past is None or self._told:
            return ""
        self._told = True
        self._past.tell(self.history)
        return self._past.trouble
