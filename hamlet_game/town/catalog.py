"""The level map's contents: shipped levels in order, then the user's own."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from hamlet_game import paths
from hamlet_game.town.level import Level
from hamlet_game.town.level_file import SUFFIX, LevelError, load_level

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
        wanted = word.strip().lower().replace(" ", "_").replace("-", "_")
        for entry in self.entries:
            names = {entry.id.lower()}
            number, _, rest = entry.id.lower().partition("_")
            if number.isdigit():
                names |= {number, str(int(number)), rest}
            if wanted in names:
                if entry.level is None:
                    raise LevelError(entry.trouble)
                return entry.level
        known = ", ".join(level.id for level in self.levels)
        raise LevelError(f"There is no level '{word}'. Known: {known}.")


def load_catalog() -> Catalog:
    """Read all shipped and custom level files. Never raises for a broken one."""
    shipped = [_entry(file) for file in sorted(paths.levels().glob("*" + SUFFIX))]
    taken = {entry.id for entry in shipped}
    own = []
    try:
        found = sorted(paths.custom_levels().glob("*" + SUFFIX))[:MAX_CUSTOM]
    except OSError:
        found = []
    for file in found:
        entry = _entry(file, custom=True)
        if entry.id in taken:
            reason = f"{file}: the name '{entry.id}' is a shipped level's; rename the file."
            entry = Entry(entry.id + " (custom)", file, None, reason, custom=True)
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
    rules = json.dumps(level.model_dump(mode="json", exclude=told), sort_keys=True)
    return hashlib.sha256(rules.encode()).hexdigest()[:12]
