"""The page's end of a pipe to a training that runs in another process: `train --broadcast`."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final, cast

from hamlet_game.game.desk.history import History
from hamlet_game.training.events import Paused
from hamlet_game.training.protocol import Got, Order, Report, Word, pack, unpack

FAREWELL_S: Final = 1.5  # from the training's end to that of the page, so that all hear of it


class LinkSource:
    """Hears a training through a pipe, and passes orders on to it."""

    def __init__(self, connection: Connection) -> None:
        """Begin to listen."""
        self.history = History()
        self.notes: Sequence[str] = ()
        self._connection = connection
        self._inbox: deque[Report] = deque()  # at most two: the next one waits for `Got`
        self._gone_at: float | None = None
        self._paused = self._stopping = False
        self._orders = 0
        threading.Thread(target=self._read, name="link", daemon=True).start()

    @property
    def state(self) -> str:
        """Return how the training stands."""
        if self.history.ended is not None or self._gone_at is not None:
            return "ended"
        if self.history.started is None:
            return "loading"
        return "stopping" if self._stopping else "paused" if self._paused else "running"

    @property
    def problem(self) -> str:
        """Return why the training is gone, if it did not end as it should."""
        gone = self._gone_at is not None and self.history.ended is None
        return "The training is gone; resume it from its last checkpoint." if gone else ""

    @property
    def can(self) -> Sequence[str]:
        """Return the orders that make sense now."""
        return {"running": ("pause", "stop"), "paused": ("resume", "stop")}.get(self.state, ())

    @property
    def over(self) -> bool:
        """Return whether the training has ended and everyone had time to hear of it."""
        gone = self._gone_at
        return gone is not None and not self._inbox and time.monotonic() > gone + FAREWELL_S

    def poll(self) -> None:
        """Take in what came, and ask for more."""
        while self._inbox:
            report = self._inbox.popleft()
            for event in report.events:
                self.history.take(event)
            if report.events:
                self._paused = isinstance(report.events[-1], Paused)
            if report.last:
                self._gone_at = self._gone_at or time.monotonic()
            else:
                self._send(Got())

    def order(self, word: str) -> None:
        """Pass an order on."""
        self._stopping |= word == "stop"
        self._orders += 1
        self._send(Order(self._orders, cast("Word", word)))

    def close(self) -> None:
        """Hang up; the training goes on."""
        with suppress(OSError):
            self._connection.close()

    def _send(self, message: Order | Got) -> None:
        with suppress(OSError, ValueError):  # it is gone: the reader notices
            self._connection.send_bytes(pack(message))

    def _read(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                self._inbox.append(unpack(self._connection.recv_bytes()))
        self._gone_at = time.monotonic()
