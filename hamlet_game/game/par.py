"""Par in the window: planner searches spread over frames, a few milliseconds each."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator

from hamlet_game.town.level import Level
from hamlet_game.town.planner import Plan, Search

KEPT = 200  # finished plans remembered
BUDGET = 0.004  # seconds of searching a frame

_Key = tuple[str, int]


class ParDesk:
    """Answers "what is par here?" as soon as it knows, without holding up a frame."""

    def __init__(self) -> None:
        self._done: OrderedDict[_Key, Plan] = OrderedDict()
        self._key: _Key | None = None
        self._search: Search | None = None
        self._run: Iterator[float] = iter(())
        self.progress = 0.0  # 0..1 of the search under way

    def want(self, level: Level, town_seed: int) -> Plan | None:
        """Return the plan for a town if it is known; otherwise begin to look for it."""
        key = (level.id, town_seed)
        if key in self._done:
            self._done.move_to_end(key)
            return self._done[key]
        if key != self._key:
            self._key, self._search = key, Search(level, town_seed)
            self._run, self.progress = self._search.run(), 0.0
        return None

    def work(self, budget: float = BUDGET) -> None:
        """Search on for about `budget` seconds. Scenes that show par call it every frame."""
        end = time.perf_counter() + budget
        while self._search is not None and time.perf_counter() < end:
            try:
                self.progress = next(self._run)
            except StopIteration:
                self._finish(self._search)

    def _finish(self, search: Search) -> None:
        if self._key is not None:
            self._done[self._key] = search.best
        while len(self._done) > KEPT:
            self._done.popitem(last=False)
        self._key = self._search = None
        self.progress = 1.0
