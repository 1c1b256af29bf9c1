"""Which checkpoints a run keeps: the latest two to go on from, the best few to play with.

A *latest* file holds the complete state and is replaced every few seconds. A *best* file
holds brains alone, since nobody goes on training from it: small, so that keeping several
costs nothing. Files are numbered in the order of saving, which a run that went on from an
older checkpoint keeps to, though its steps go back.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamlet_game import files
from hamlet_game.training import checkpoint_read, checkpoint_write
from hamlet_game.training.checkpoint_file import Checkpoint, CheckpointError, Manifest
from hamlet_game.training.events import CheckpointSkipped

LATEST, BEST = "latest", "best"
_UNREADABLE = -math.inf  # in place of a metric
KEEP_LATEST = 2  # if the newest is damaged, the one before is used
SUFFIX = ".safetensors"
_NAME = re.compile(rf"({LATEST}|{BEST})-(\d{{4,12}})-step\d+\{SUFFIX}")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A checkpoint, if there was one to use, and those that were not."""

    checkpoint: Checkpoint | None
    skipped: tuple[CheckpointSkipped, ...]


class CheckpointManager:
    """The checkpoints of one run, in one folder. Only one process may save."""

    def __init__(self, folder: Path, keep_best: int = 3) -> None:
        """Use a folder, which is made when something is saved."""
        self.folder, self.keep_best = folder, keep_best

    def save(
        self,
        step: int,
        state: Mapping[str, Any],
        metric: float | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> Path:
        """Save the complete state (see `take_apart`), drop older ones, return the file.

        On the disk when it returns. Raises CheckpointError if the disk refuses; the ones
        before are then untouched.
        """
        file = self._write(LATEST, step, state, metric, metadata)
        for old in self._numbered(LATEST)[KEEP_LATEST:]:
            _remove(old)
        return file

    def save_best(
        self,
        step: int,
        brains: Mapping[str, Any],
        metric: float,
        metadata: Mapping[str, Any] | None = None,
    ) -> Path | None:
        """Save brains if they are among the best `keep_best`; return the file, or None.

        Of equals the later one is better. Raises CheckpointError if the disk refuses and
        ValueError for a metric that is no number.
        """
        if not math.isfinite(metric):
            raise ValueError(f"a metric of {metric} can't be compared")
        ranked = self._ranked()
        if len(ranked) >= self.keep_best and metric < ranked[self.keep_best - 1][0]:
            return None
        file = self._write(BEST, step, brains, metric, metadata)
        for _, old in self._ranked()[self.keep_best :]:
            _remove(old)
        return file

    def load_latest(self) -> Loaded:
        """Return the newest complete state that is whole."""
        return _first_whole(self._numbered(LATEST))

    def load_best(self) -> Loaded:
        """Return the best brains that are whole. All damaged ones before them are named."""
        ranked = self._ranked()
        unreadable_first = sorted(ranked, key=lambda entry: entry[0] != _UNREADABLE)
        return _first_whole([file for _, file in unreadable_first])

    def _write(
        self,
        kind: str,
        step: int,
        state: Mapping[str, Any],
        metric: float | None,
        metadata: Mapping[str, Any] | None,
    ) -> Path:
        for leftover in self.folder.glob(f".*{files.TEMPORARY}"):
            _remove(leftover)  # of a process that was killed while it wrote
        number = max([_number(file) for file in self._files()], default=0) + 1
        file = self.folder / f"{kind}-{number:04}-step{step}{SUFFIX}"
        manifest = Manifest(kind, step, metric, dict(metadata or {}))
        checkpoint_write.write(file, manifest, state)
        return file

    def _files(self) -> list[Path]:
        return [file for file in self.folder.glob("*" + SUFFIX) if _NAME.fullmatch(file.name)]

    def _numbered(self, kind: str) -> list[Path]:
        """Return the files of a kind, the newest first."""
        files = [file for file in self._files() if file.name.startswith(kind)]
        return sorted(files, key=_number, reverse=True)

    def _ranked(self) -> list[tuple[float, Path]]:
        """Return metrics and files of the best, the best first, damaged ones last."""
        ranked = [(_metric(file), file) for file in self._numbered(BEST)]
        return sorted(ranked, key=lambda entry: entry[0], reverse=True)


def _number(file: Path) -> int:
    return int(file.name.split("-")[1])


def _metric(file: Path) -> float:
    try:
        metric = checkpoint_read.peek(file).metric
    except CheckpointError:
        return _UNREADABLE
    return 0.0 if metric is None else metric


def _remove(file: Path) -> None:
    with suppress(OSError):  # the next saving tries again
        file.unlink()


def _first_whole(files: list[Path]) -> Loaded:
    skipped: list[CheckpointSkipped] = []
    for file in files:
        try:
            return Loaded(checkpoint_read.read(file), tuple(skipped))
        except CheckpointError as error:
            skipped.append(CheckpointSkipped(str(file), error.reason))
    return Loaded(None, tuple(skipped))
