"""summary.json: what a run came to, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from hamlet_game.files import write_atomic
from hamlet_game.training.events import Event, RunEnded, RunStarted


class SummaryFile:
    """Writes a run's summary when it ends, and removes a stale one when it goes on."""

    def __init__(self, file: Path) -> None:
        """Write to `file`."""
        self._file = file

    def write(self, event: Event) -> None:
        """Write the summary of `RunEnded`. Raises OSError."""
        if isinstance(event, RunStarted):
            self._file.unlink(missing_ok=True)
        elif isinstance(event, RunEnded):
            write_json(self._file, event.summary)

    def close(self) -> None:
        """Nothing is left to do."""


def write_json(file: Path, value: object) -> None:
    """Write JSON whole or not at all, making the folder if need be. Raises OSError, ValueError."""
    text = json.dumps(value, indent=2, allow_nan=False, ensure_ascii=False) + "\n"
    write_atomic(file, text.encode())
