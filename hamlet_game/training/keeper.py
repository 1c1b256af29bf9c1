"""A run's checkpoints, or none: a run without a folder keeps nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hamlet_game.training.checkpoint_file import CheckpointError
from hamlet_game.training.checkpoints import CheckpointManager, Loaded
from hamlet_game.training.evaluation import Brains

SUBFOLDER = "checkpoints"


class Keeper:
    """Saves what a trainer hands it."""

    def __init__(self, folder: Path | None, keep_best: int) -> None:
        """Keep checkpoints inside a run's folder, if it has one."""
        self._manager = CheckpointManager(folder / SUBFOLDER, keep_best) if folder else None

    def load(self) -> Loaded:
        """Return the latest checkpoint. Raises CheckpointError if there are only damaged ones."""
        if self._manager is None:
            return Loaded(None, ())
        loaded = self._manager.load_latest()
        if loaded.checkpoint is None and loaded.skipped:
            first = loaded.skipped[0]
            reason = f"{first.reason} No other checkpoint of this run can be used; begin a new run."
            raise CheckpointError(Path(first.file), reason)
        return loaded

    def save(
        self, step: int, state: Mapping[str, Any], value: float | None, about: Mapping[str, Any]
    ) -> str:
        """Save a complete state; return the file. Raises CheckpointError if the disk refuses."""
        return str(self._manager.save(step, state, value, about)) if self._manager else ""

    def save_best(
        self, step: int, brains: Brains, value: float, about: Mapping[str, Any]
    ) -> str | None:
        """Save brains if they are among the best; return the file if so."""
        if self._manager is None:
            return None
        file = self._manager.save_best(step, {"brains": brains}, value, about)
        return str(file) if file else None
