"""Replay files: (level, town seed, actions), enough to live a life again exactly.

Where several share the town, with what the others did.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamlet_game.town.catalog import Catalog, digest
from hamlet_game.town.level import MAX_PEOPLE, MAX_STEPS, Level
from hamlet_game.town.level_file import LevelError
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record, remembered

FORMAT = 1
SUFFIX = ".hamlet"
MAX_BYTES = 64 * 1024
_WHAT = "hamlet replay"


class ReplayError(Exception):
    """A replay file that can't be played; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay file holds."""

    level_id: str
    rules: str  # `catalog.digest` of the level
    town_seed: int
    actions: bytes  # one `Action` a byte
    player: str = "person"
    date: str = ""  # ISO 8601
    others: bytes = b""  # as `Record.others_actions`

    def begin(self, level: Level) -> Record:
        """Return the recorded life at its start, in the company that it had."""
        company = remembered(self.others, level.people) if self.others else None
        return Record(level, self.town_seed, company)

    def record(self, level: Level) -> Record:
        """Live the recorded life again."""
        return Record.of(level, self.town_seed, self.actions, self.begin(level).company)


def replay_of(record: Record, *, player: str = "person", date: str = "") -> Replay:
    """Return a life as a replay."""
    level = record.level
    who = record.others_actions
    return Replay(level.id, digest(level), record.town_seed, record.actions, player, date, who)


def encode(replay: Replay) -> bytes:
    """Return a replay file's content; under 2 KB for 500 steps."""
    content = {
        "what": _WHAT,
        "format": FORMAT,
        "level": replay.level_id,
        "rules": replay.rules,
        "town": replay.town_seed,
        "player": replay.player,
        "date": replay.date,
        "actions": _packed(replay.actions),
    }
    if replay.others:
        content["others"] = _packed(replay.others)
    return json.dumps(content, indent=1).encode()


def load_replay(file: Path) -> Replay:
    """Read a replay file. Raises ReplayError."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReplayError(f"{file}: can't be read ({reason}); check the path.") from None
    if len(raw) > MAX_BYTES:
        raise ReplayError(f"{file}: too large for a replay; choose a *{SUFFIX} file.")
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError):
        raise ReplayError(f"{file}: damaged or not a replay; choose another file.") from None
    if not isinstance(content, dict) or content.get("what") != _WHAT:
        raise ReplayError(f"{file}: not a Hamlet replay; choose a *{SUFFIX} file.")
    if content.get("format") != FORMAT:
        raise ReplayError(
            f"{file}: written in format {content.get('format')!r:.20}, this Hamlet reads "
            f"{FORMAT}; use the version that saved it."
        )
    try:
        return _decoded(content)
    except (KeyError, TypeError, ValueError, zlib.error, binascii.Error) as error:
        raise ReplayError(f"{file}: damaged ({error!s:.80}); choose another file.") from None


def _packed(actions: bytes) -> str:
    return base64.b85encode(zlib.compress(actions, 9)).decode()


def _unpacked(text: str, most: int) -> bytes:
    unpack = zlib.decompressobj()
    actions = unpack.decompress(base64.b85decode(text), most + 1)
    if len(actions) > most or not unpack.eof:
        raise ValueError("the actions are cut short or too many")
    if any(action >= len(Action) for action in actions):
        raise ValueError("it holds unknown actions")
    return actions


def _decoded(content: dict[str, Any]) -> Replay:
    actions, others = _unpacked(content["actions"], MAX_STEPS), b""
    if "others" in content:
        others = _unpacked(content["others"], MAX_STEPS * (MAX_PEOPLE - 1))
        if not actions or len(others) % len(actions):
            raise ValueError("the others' actions don't fit")
    town = content["town"]
    if not isinstance(town, int) or isinstance(town, bool) or not 0 <= town < 2**62:
        raise ValueError("the town number is no number")
    words = [content[key] for key in ("level", "rules", "player", "date")]
    if not all(isinstance(word, str) and len(word) <= 100 for word in words):
        raise ValueError("a name is missing or too long")
    level_id, rules, player, date = words
    return Replay(level_id, rules, town, actions, player, date, others)


def level_for(replay: Replay, catalog: Catalog, file: Path) -> Level:
    """Return the level a replay was played in. Raises ReplayError if it is gone or changed."""
    try:
        level = catalog.find(replay.level_id)
    except LevelError as error:
        raise ReplayError(f"{file}: {error}") from None
    if digest(level) != replay.rules:
        raise ReplayError(
            f"{file}: the rules of level '{level.id}' have changed since it was recorded; "
            "play it with the version that saved it."
        )
    return level
