"""Ctrl-C and a polite kill: the first asks for an orderly end, the second ends at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupt:
    """Which signal asked to stop, if any."""

    def __init__(self) -> None:
        self.signal: int | None = None

    @property
    def exit_code(self) -> int:
        """The shell's code for an end by this signal, 0 if there was none: 130 for Ctrl-C."""
        return 128 + self.signal if self.signal else 0


@contextmanager
def stops_politely(stop: Callable[[], None]) -> Iterator[Interrupt]:
    """Call `stop` on the first SIGINT or SIGTERM; a second one acts as if nobody listened.

    Outside the main thread signals go elsewhere, and nothing is changed.
    """
    interrupt = Interrupt()
    if threading.current_thread() is not threading.main_thread():
        yield interrupt
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def heard(number: int, _frame: FrameType | None) -> None:
        interrupt.signal = number
        restore()
        stop()

    for number in before:
        signal.signal(number, heard)
    try:
        yield interrupt
    finally:
        restore()
