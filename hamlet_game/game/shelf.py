"""What is in the replay files of a list: read when first shown, lived again a little each frame."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from hamlet_game import paths
from hamlet_game.game.keepsakes import short
from hamlet_game.town.catalog import Catalog
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record
from hamlet_game.town.replay import Replay, ReplayError, level_for, load_replay

KINDS = ("best", "worst", "graduated")  # lives that a training keeps for what they are
BUDGET = 0.003  # seconds of living again a frame


@dataclass(slots=True)
class Item:
    """One replay file."""

    file: Path
    replay: Replay | None = None
    level: Level | None = None
    record: Record | None = None  # as far as it has been lived again
    trouble: str = ""  # why it can't be played

    @property
    def name(self) -> str:
        """Return what to call it: level and town, or the file if it can't be played."""
        if self.level is None or self.replay is None:
            return self.file.stem
        return f"{self.level.name} · town {self.replay.town_seed}"

    @property
    def source(self) -> str:
        """Return who lived it, and in which run where a training kept it; "" for a person."""
        if self.replay is None or self.replay.player == "person":
            return ""
        run = self.file.parent.parent.name if self.file.parent != paths.replays() else ""
        kind = self.file.name.split("-", 1)[0]
        words = (run, kind if kind in KINDS else "", self.replay.player)
        return " · ".join(word for word in words if word)

    @property
    def done(self) -> bool:
        """Return whether its whole life is known."""
        if self.record is None or self.replay is None:
            return bool(self.trouble)
        return self.record.over or self.record.survival >= len(self.replay.actions)

    def live(self) -> None:
        """Live one more step."""
        if self.replay is None or self.level is None or self.done:
            return
        if self.record is None:
            self.record = self.replay.begin(self.level)
        elif self.record.survival < len(self.replay.actions):
            self.record.act(Action(self.replay.actions[self.record.survival]))


class Shelf:
    """Reads each file once. Files that were never asked for are never opened."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._items: dict[Path, Item] = {}
        self._wanted: list[Item] = []  # asked for and not yet lived to the end, oldest first

    def item(self, file: Path) -> Item:
        """Return what is in a file; its score follows once `work` has lived it."""
        if file not in self._items:
            item = self._items[file] = self._read(file)
            if not item.done:
                self._wanted.append(item)
        return self._items[file]

    def work(self, budget: float = BUDGET) -> None:
        """Live on for about `budget` seconds, what was asked for last first."""
        end = time.perf_counter() + budget
        while self._wanted and time.perf_counter() < end:
            self._wanted[-1].live()
            if self._wanted[-1].done:
                self._wanted.pop()

    def _read(self, file: Path) -> Item:
        try:
            replay = load_replay(file)
            level = level_for(replay, self._catalog, file)
        except ReplayError as error:
            return Item(file, trouble=short(error, file))
        return Item(file, replay, level)
