"""Replay files the player keeps: saving a life, listing what is there, throwing away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hamlet_game import files, paths
from hamlet_game.game import storage
from hamlet_game.town.record import Record
from hamlet_game.town.replay import SUFFIX, Replay, ReplayError, encode, load_replay, replay_of
from hamlet_game.training.runs import list_runs

if TYPE_CHECKING:
    from hamlet_game.game.services import Services

MAX_LISTED = 2_000  # files; of more, the newest
MAX_SAME_NAME = 1_000
_UNFIT = re.compile(r"[^\w \-]+")  # not in a file name on every system


def save(services: Services, record: Record, player: str = "person") -> str:
    """Keep a life as a replay file; tell the player, and return the sentence told."""
    try:
        sentence = f"Replay saved: {keep(record, player).name}"
    except OSError as error:
        sentence = trouble(error)
    services.notify(sentence)
    return sentence


def keep(record: Record, player: str = "person") -> Path:
    """Write a life into the replay folder and return its file, the old one if it is there already.

    `player`: who lived it, at most 100 letters.
    Raises OSError when the folder can't be written.
    """
    now = datetime.now().astimezone()
    replay = replay_of(record, player=player[:100], date=now.isoformat(timespec="seconds"))
    for file in _names(record, now):
        if not file.exists():
            files.write_atomic(file, encode(replay))
            return file
        if _same(file, replay):
            return file
    raise FileExistsError(17, "Too many replays of that name", str(paths.replays()))


def taken_over(step: int) -> str:
    """Return who lived a life that a person took over at a step; 0: it was theirs all along."""
    return f"person, from step {step} on" if step else "person"


def trouble(error: OSError) -> str:
    """Return the sentence for a life that can't be kept."""
    return f"The replay can't be saved: {storage.reason(error)} ({paths.replays()})."


def listed() -> list[Path]:
    """Return the saved replay files, newest first. A missing folder is an empty one.

    Raises OSError when the folder is there but can't be read.
    """
    return _newest_first(_in_folder(paths.replays()))


def listed_of_runs() -> list[Path]:
    """Return the replay files that training has kept, of all runs, newest first.

    What can't be read is left out.
    """
    found: list[_Dated] = []
    for run in list_runs():
        with suppress(OSError):
            found += _in_folder(run.replays)
    return _newest_first(found)


_Dated = tuple[float, str, Path]  # when it was written, its name, the file


def _in_folder(folder: Path) -> list[_Dated]:
    found = []
    try:
        for file in folder.iterdir():
            if file.suffix == SUFFIX and not file.name.startswith("."):
                with suppress(OSError):  # it went away meanwhile
                    found.append((file.stat().st_mtime, file.name, file))
    except FileNotFoundError:
        return []
    return found


def _newest_first(found: list[_Dated]) -> list[Path]:
    return [file for _, _, file in sorted(found, reverse=True)[:MAX_LISTED]]


def discard(file: Path) -> str:
    """Delete a replay file and return a sentence about it."""
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        return f"{file.name} can't be deleted: {storage.reason(error)}."
    return f"Deleted {file.name}"


def short(error: ReplayError, file: Path) -> str:
    """Return a replay error without the file's path, for where its name stands beside it."""
    text = str(error).removeprefix(f"{file}: ")
    return text[:1].upper() + text[1:]


def _names(record: Record, now: datetime) -> Iterator[Path]:
    """Yield the names a life's file may have, the plain one first."""
    level, steps = _UNFIT.sub("-", record.level.name).strip(), record.survival
    unit = "step" if steps == 1 else "steps"
    stem = f"{now:%Y-%m-%d} {level} town {record.town_seed} {steps} {unit}"
    yield paths.replays() / f"{stem}{SUFFIX}"
    for number in range(2, MAX_SAME_NAME):
        yield paths.replays() / f"{stem} ({number}){SUFFIX}"


def _same(file: Path, replay: Replay) -> bool:
    """Return whether a file holds this very life."""
    try:
        old = load_replay(file)
    except ReplayError:
        return False
    told = (old.level_id, old.rules, old.town_seed, old.actions)
    return told == (replay.level_id, replay.rules, replay.town_seed, replay.actions)
