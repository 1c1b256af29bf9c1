"""A thread of its own for an output that may wait: for a server, a disk, a slow library."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import suppress

from hamlet_game.training.events import BrainUpdated, EpisodeEnded, Event, Played
from hamlet_game.training.sinks import Sink

MOST = 1_000  # stacks of events that wait; some minutes of training
STACK = 100  # lives handed over at once: waking a thread for each would cost more than the rest
CLOSE_SECONDS = 120.0  # for what is left at the end of a run


class BackgroundError(Exception):
    """An output in a thread that can't keep up or doesn't end."""


class InBackground:
    """Hands events to a sink in a thread. What fails there is raised by the next `write`.

    A sink of its own name is a subclass, since failures are told by the class's name.
    """

    def __init__(self, sink: Sink, most: int = MOST, close_seconds: float = CLOSE_SECONDS) -> None:
        """Start the thread. `sink` is used by no other."""
        self._sink, self._close_seconds = sink, close_seconds
        self._waiting: queue.Queue[list[Event] | None] = queue.Queue(most)
        self._stack: list[Event] = []
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._work, name=type(self).__name__, daemon=True)
        self._thread.start()

    def write(self, event: Event) -> None:
        """Leave an event for the thread; brains and the like are for others. Never waits."""
        self._raise()
        if isinstance(event, BrainUpdated | Played):
            return
        self._stack.append(event)
        if isinstance(event, EpisodeEnded) and len(self._stack) < STACK:
            return
        stack, self._stack = self._stack, []
        try:
            self._waiting.put_nowait(stack)
        except queue.Full:
            raise BackgroundError("it can't keep up") from None

    def close(self) -> None:
        """Wait for the thread to finish what is left. Raises BackgroundError if it doesn't."""
        until = time.monotonic() + self._close_seconds
        for last in (self._stack, None):
            while self._thread.is_alive():  # it may fail, and then takes no more
                with suppress(queue.Full):
                    self._waiting.put(last, timeout=0.1)
                    break
                if time.monotonic() > until:
                    raise BackgroundError("it can't keep up")
        self._thread.join(max(until - time.monotonic(), 0))
        if self._thread.is_alive():
            raise BackgroundError(f"not done {self._close_seconds:.0f} s after the end")
        self._raise()

    def _raise(self) -> None:
        error, self._error = self._error, None
        if error is not None:
            raise error

    def _work(self) -> None:
        try:
            while (stack := self._waiting.get()) is not None:
                for event in stack:
                    self._sink.write(event)
        except Exception as error:
            self._error = error
            return
        try:
            self._sink.close()
        except Exception as error:
            self._error = error
