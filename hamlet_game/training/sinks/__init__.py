"""Where a run's events go: terminal, SQLite, summary file. A new output is one class.

for event in trainer.run():
    metrics.write(event)
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Protocol, Self

from hamlet_game.training.events import Event


class Sink(Protocol):
    """An output of a run. It may raise anything: training goes on without it then."""

    def write(self, event: Event) -> None:
        """Take in one event, quickly."""

    def close(self) -> None:
        """Finish; nothing is written afterwards."""


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


class MetricsManager:
    """Hands every event to every sink. A sink that fails is reported once and dropped."""

    def __init__(self, sinks: Iterable[Sink], report: Callable[[str], None] = _say) -> None:
        """Take sinks in the order in which they are told; `report` gets one sentence a failure."""
        self._sinks = list(sinks)
        self._report = report

    def write(self, event: Event) -> None:
        """Tell every sink. Never raises what a sink raises."""
        for sink in tuple(self._sinks):
            try:
                sink.write(event)
            except Exception as error:
                self._drop(sink, error)

    def close(self) -> None:
        """Finish all sinks."""
        while self._sinks:
            sink = self._sinks.pop(0)
            try:
                sink.close()
            except Exception as error:
                self._complain(sink, error)

    def __enter__(self) -> Self:
        """Close at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Finish all sinks."""
        self.close()

    def _drop(self, sink: Sink, error: Exception) -> None:
        self._sinks.remove(sink)
        with suppress(Exception):  # it failed already, and that is what is told
            sink.close()
        self._complain(sink, error)

    def _complain(self, sink: Sink, error: Exception) -> None:
        what = (error.strerror if isinstance(error, OSError) else "") or str(error)  # no number
        reason = " ".join(what.split()) or type(error).__name__
        name = type(sink).__name__
        self._report(f"{name} stopped ({reason:.200}); training goes on without it.")
