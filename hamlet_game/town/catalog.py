"""The level map's contents: shipped levels in order, then the user's own."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from hamlet_game import paths
from hamlet_game.town.level import Level
from hamlet_game.town.level_file import SUFFIX, LevelError, load_level
from hamlet_game.town.sentences import brief, meant

MAX_CUSTOM = 100  # files looked at in the custom folder


@dataclass(frozen=True, slots=True)
class Entry:
    """One level file: a level, or the sentence that says why it is none."""

    id: str
    file: Path
    level: Level | None
    trouble: str = ""
    custom: bool = False


@dataclass(frozen=True, slots=True)
class Catalog:
    """All level files found, shipped ones first."""

    entries: tuple[Entry, ...]

    @property
    def levels(self) -> tuple[Level, ...]:
        """The usable levels, in order."""
        return tuple(entry.level for entry in self.entries if entry.level)

    def find(self, word: str) -> Level:
        """Return a level by id, number or name. Raises LevelError with what there is."""
        wanted = _plain(word)
        for entry in self.entries:
            if wanted in _names(entry):
                if entry.level is None:
                    raise LevelError(entry.trouble)
                return entry.level
        ids = [level.id for level in self.levels]
        raise LevelError(f"There is no level {brief(word)}. {meant(wanted, ids)}")


def _plain(word: str) -> str:
    return word.strip().lower().replace(" ", "_").replace("-", "_")


def _names(entry: Entry) -> set[str]:
    """Return all words that mean an entry: `03_full_day`, `03`, `3`, `full_day`, its name."""
    names = {_plain(entry.id)} | ({_plain(entry.level.name)} if entry.level else set())
    number, _, rest = _plain(entry.id).partition("_")
    if number.isascii() and number.isdigit():
        names |= {number, str(int(number))} | ({rest} if rest else set())
    return names


def load_catalog() -> Catalog:
    """Read all shipped and custom level files. Never raises for a broken one."""
    shipped = [_entry(file) for file in sorted(paths.levels().glob("*" + SUFFIX))]
    taken = {_plain(entry.id) for entry in shipped}
    own = []
    try:
        found = sorted(paths.custom_levels().glob("*" + SUFFIX))[:MAX_CUSTOM]
    except OSError:
        found = []
    for file in found:
        entry = _entry(file, custom=True)
        if _plain(entry.id) in taken:
            reason = f"{file}: the name '{entry.id}' is taken by another level; rename the file."
            entry = Entry(entry.id + " (custom)", file, None, reason, custom=True)
        taken.add(_plain(entry.id))
        own.append(entry)
    return Catalog((*shipped, *own))


def _entry(file: Path, *, custom: bool = False) -> Entry:
    try:
        return Entry(file.stem, file, load_level(file), custom=custom)
    except LevelError as error:
        return Entry(file.stem, file, None, str(error), custom=custom)


def digest(level: Level) -> str:
    """Return a short fingerprint of the rules: equal rules, equal replays."""
    told = {"id", "name", "goal", "hint", "teaches", "stars"}  # words and marks change no step
    if level.people == 1:
        told.add("people")  # as before there were towns of several
    rules = json.dumps(level.model_dump(mode="json", exclude=told), sort_keys=True)
    return hashlib.sha256(rules.encode()).hexdigest()[:12]
