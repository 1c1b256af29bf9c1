"""brains/: how the first agent played at moments of its run, each a brain file of its own."""

from __future__ import annotations

from pathlib import Path

from hamlet_game.brain.brain import Brain
from hamlet_game.training.events import BrainUpdated, Event, LevelGraduated, RunStarted
from hamlet_game.training.sinks.shelf import Shelf

KEPT = 48  # spread over the run, 100 KB each by default
SUFFIX = ".safetensors"


class BrainAlbum:
    """Keeps brains of the first agent: of all times, thinned out, and one of each graduation."""

    def __init__(self, folder: Path, most: int = KEPT) -> None:
        """Write to a folder, which is made when the first brain comes."""
        self._shelf = Shelf(folder, SUFFIX, most)
        self._newest: BrainUpdated | None = None

    def write(self, event: Event) -> None:
        """Keep a brain if it is time for one. Raises BrainError."""
        if isinstance(event, RunStarted):
            self._shelf.forget_after(event.step)
        elif isinstance(event, BrainUpdated) and event.agent == 0:
            self._newest = event
            if self._shelf.wants(event.step):
                _save(event, self._shelf.place(event.step))
                self._shelf.thin()
        elif isinstance(event, LevelGraduated) and self._newest is not None:
            name = f"graduated-{event.level}-step{event.step:010}{SUFFIX}"
            _save(self._newest, self._shelf.folder / name)

    def close(self) -> None:
        """Keep the brain that the run ends with."""
        if self._newest is not None and self._shelf.folder.exists():
            _save(self._newest, self._shelf.place(self._newest.step))
            self._shelf.thin()


def _save(event: BrainUpdated, file: Path) -> None:
    about = {**event.brain["training"], "seconds": event.seconds}
    Brain(event.brain["arrays"], event.brain["architecture"], about).save(file)
