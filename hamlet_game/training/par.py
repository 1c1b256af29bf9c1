"""Par scores of towns, worked out once and kept on disk."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hamlet_game import paths
from hamlet_game.files import write_atomic
from hamlet_game.town.catalog import digest
from hamlet_game.town.level import Level
from hamlet_game.town.planner import BEAM, PAUSES, SLOT, plan
from hamlet_game.town.town import FULL_SCORE


class ParTable:
    """Scores by rules and town seed, in one small JSON file per level's rules."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep the table in `folder`, the user's own by default."""
        self._folder = folder or paths.data() / "par"
        self._known: dict[str, dict[str, float]] = {}

    def scores(self, level: Level, town_seeds: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return par in each town, (T,). Plans the towns that are not known yet."""
        rules = digest(level)
        known = self._known.setdefault(rules, self._read(rules))
        missing = [seed for seed in town_seeds.tolist() if str(seed) not in known]
        for seed in missing:
            known[str(seed)] = plan(level, seed).score
        if missing:
            self._write(rules, known)
        return np.array([known[str(seed)] for seed in town_seeds.tolist()])

    def _file(self, rules: str) -> Path:
        search = "-".join(map(str, (BEAM, SLOT, *PAUSES)))  # another search, another par
        return self._folder / f"{rules}-{search}.json"

    def _read(self, rules: str) -> dict[str, float]:
        """Return what is on disk; a table that can't be read is just worked out again."""
        try:
            table = json.loads(self._file(rules).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(table, dict):
            return {}
        return {
            seed: float(score)
            for seed, score in table.items()
            if isinstance(score, int | float) and 0 < score <= FULL_SCORE
        }

    def _write(self, rules: str, known: dict[str, float]) -> None:
        """Replace the file whole. A disk that refuses costs time later, no more."""
        with suppress(OSError):
            write_atomic(self._file(rules), json.dumps(known).encode())
