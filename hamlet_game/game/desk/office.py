"""What would hold up a frame, done in a thread: one thing after another, in the order asked."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

Errand = Callable[[], None]


class BackOffice:
    """Runs errands. Its thread starts with the first one and never keeps the program alive."""

    def __init__(self) -> None:
        self._errands: queue.SimpleQueue[Errand] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._done = threading.Condition()
        self._left = 0  # errands not done yet

    def do(self, errand: Errand) -> None:
        """Put an errand, which must not raise, behind those there are; return at once."""
        with self._done:
            self._left += 1
        self._errands.put(errand)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="desk", daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait until everything is done, at most so long; return whether it is."""
        with self._done:
            return self._done.wait_for(lambda: not self._left, seconds)

    def _work(self) -> None:
        while True:
            errand = self._errands.get()
            try:
                errand()
            finally:
                with self._done:
                    self._left -= 1
                    self._done.notify_all()
