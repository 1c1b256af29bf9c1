"""Files of moments in a run: named by their step, thinned out evenly as they become many."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

_STEP = re.compile(r"step(\d{10})")


class Shelf:
    """At most so many files of one kind in a folder, spread over the whole run.

    When it is full every other one goes, and from then on only every other moment is kept.
    The first and the newest always stay.
    """

    def __init__(self, folder: Path, suffix: str, most: int) -> None:
        """Use a folder, which may not exist yet. `most`: at least 2."""
        self.folder, self._suffix, self._most = folder, suffix, max(most, 2)
        self._spacing = 0  # steps from one to the next, at least

    def wants(self, step: int) -> bool:
        """Return whether a file of this step is to be kept."""
        kept = self.files()
        return not kept or step - step_of(kept[-1]) >= max(self._spacing, 1)

    def place(self, step: int, told: str = "") -> Path:
        """Return where the file of a step goes."""
        return self.folder / f"step{step:010}{told}{self._suffix}"

    def files(self) -> list[Path]:
        """Return what is kept, by step."""
        return sorted(self.folder.glob(f"step*{self._suffix}"))

    def thin(self) -> None:
        """Remove every other file if there are too many."""
        kept = self.files()
        if len(kept) <= self._most:
            return
        for file in kept[-2:0:-2]:
            remove(file)
        left = [step_of(file) for file in self.files()]
        self._spacing = max(self._spacing, (left[-1] - left[0]) // max(len(left) - 1, 1))

    def forget_after(self, step: int) -> None:
        """Remove what a run that goes on from a step will live again, and spread as before."""
        forget_after(self.folder, self._suffix, step)
        kept = [step_of(file) for file in self.files()]
        if len(kept) > self._most // 2:
            self._spacing = (kept[-1] - kept[0]) // (len(kept) - 1)


def forget_after(folder: Path, suffix: str, step: int) -> None:
    """Remove files of later steps than this, by their names."""
    for file in folder.glob(f"*{suffix}"):
        if step_of(file) > step:
            remove(file)


def step_of(file: Path) -> int:
    """Return the step in a file's name, -1 if it tells none."""
    found = _STEP.search(file.name)
    return int(found[1]) if found else -1


def remove(file: Path) -> None:
    """Remove a file; one that doesn't go is left for the next time."""
    with suppress(OSError):
        file.unlink()
