"""High scores per level and per town, in one file that several windows may share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hamlet_game import files
from hamlet_game.game import storage
from hamlet_game.game.score_models import Improvement, LevelScore, Result, TownScore

VERSION = 1
Notify = Callable[[str], None]


Levels = dict[str, LevelScore]  # by level id


class Scores:
    """The scores of all levels, written at once whenever one is recorded."""

    def __init__(self, path: Path, notify: Notify) -> None:
        self._path = path
        self._notify = notify
        self._told = False  # that scores can't be saved
        self._levels = self._read()

    def best(self, level_id: str) -> LevelScore:
        """Return a level's scores; all zero if it was never played."""
        return self._levels.get(level_id, LevelScore())

    def best_town(self, level_id: str, town_seed: int) -> TownScore | None:
        """Return the best run in one town, if there was one."""
        return self.best(level_id).towns.get(town_seed)

    def unlocked(self, level_ids: Sequence[str]) -> set[str]:
        """Return the levels that are open: the first, and any after one with a star."""
        open_ = set(level_ids[:1])
        for before, level_id in pairwise(level_ids):
            if self.best(before).stars >= 1:
                open_.add(level_id)
        return open_

    def record(self, result: Result) -> Improvement:
        """Count an episode and save it; if that fails the game goes on and says so once."""
        try:
            with storage.locked(self._path):
                self._merge(self._read())  # what other windows have scored meanwhile
                improvement, levels = self._counted(result)
                files.write_atomic(self._path, _content(levels))
        except OSError as error:
            improvement, levels = self._counted(result)
            if not self._told:
                self._told = True
                self._notify(f"Scores can't be saved: {storage.reason(error)} ({self._path}).")
        self._levels = levels
        return improvement

    def clear(self) -> None:
        """Forget everything, on disk too. Raises OSError where the file can't be deleted."""
        with storage.locked(self._path):
            self._path.unlink(missing_ok=True)
        self._levels = {}

    def _counted(self, result: Result) -> tuple[Improvement, Levels]:
        before = self.best(result.level_id)
        town = before.towns.get(result.town_seed)
        after = before.after(result, date.today())
        improvement = Improvement(
            level_best=before.best is None or result.score > before.best,
            town_best=town is None or result.score > town.score,
            survival_best=before.best is None or result.survival > before.survival,
            new_stars=after.stars - before.stars,
        )
        return improvement, {**self._levels, result.level_id: after}

    def _merge(self, theirs: Levels) -> None:
        for level_id, scores in theirs.items():
            self._levels[level_id] = self.best(level_id).merged(scores)

    def _read(self) -> Levels:
        """Read the file; keep what is valid of a broken one, set it aside and say so."""
        try:
            text = storage.read_text(self._path)
            content = {} if text is None else json.loads(text)
        except OSError as error:
            self._notify(f"Scores can't be read: {storage.reason(error)} ({self._path}).")
            return {}
        except (ValueError, RecursionError):
            content = None
        levels, faults = _salvaged(content)
        if faults:
            backup = storage.set_aside(self._path)
            kept = f" The old file is {backup.name}." if backup else ""
            self._notify(f"The scores file was broken; what could be read is kept.{kept}")
        return levels


def _content(levels: Levels) -> bytes:
    content = {key: scores.model_dump(mode="json") for key, scores in levels.items()}
    return json.dumps({"version": VERSION, "levels": content}, indent=1).encode()


def _salvaged(content: Any) -> tuple[Levels, bool]:
    """Return the readable scores, and whether anything was not readable."""
    if content == {}:
        return {}, False
    if not isinstance(content, dict) or not isinstance(content.get("levels"), dict):
        return {}, True
    levels, faulty = {}, content.get("version") != VERSION
    for level_id, raw in content["levels"].items():
        towns = raw.get("towns") if isinstance(raw, dict) else None
        good_towns, bad_towns = _valid_towns(towns.items() if isinstance(towns, dict) else ())
        faulty = faulty or bad_towns
        try:
            levels[level_id] = LevelScore.model_validate({**raw, "towns": good_towns})
        except (ValidationError, TypeError):
            faulty = True
            if good_towns:
                levels[level_id] = _from_towns(good_towns)
    return levels, faulty


def _valid_towns(items: Iterable[tuple[str, Any]]) -> tuple[dict[int, TownScore], bool]:
    towns, faulty = {}, False
    for seed, raw in items:
        try:
            towns[int(seed)] = TownScore.model_validate(raw)
        except (ValidationError, ValueError):
            faulty = True
    return towns, faulty


def _from_towns(towns: dict[int, TownScore]) -> LevelScore:
    """Return what a level's towns alone still tell of it."""
    return LevelScore(
        plays=len(towns),
        best=max(town.score for town in towns.values()),
        survival=max(town.steps for town in towns.values()),
        towns=towns,
    )
