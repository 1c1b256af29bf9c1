"""The folders: where things are, whether they can be read and written, what is in them."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from hamlet_game import paths
from hamlet_game.doctor.finding import Finding, ok, trouble, warning

LITTLE: Final = 1e9  # bytes: a long run with its checkpoints
TOO_LITTLE: Final = 50e6  # bytes: not even replays and settings for long
_ELSEWHERE: Final = "HAMLET_HOME=/some/folder lets Hamlet use another one."


def data() -> Iterator[Finding]:
    """Yield whether the data folder can be written, and the space there."""
    folder = paths.data()
    try:
        _write(folder)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        remedy = f"Scores and runs can't be kept. Free the folder, or: {_ELSEWHERE}"
        yield trouble("data folder", f"{folder} can't be written: {why}", remedy)
    else:
        yield ok("data folder", str(folder))
        yield _space(folder)
    yield _settings()


def _write(folder: Path) -> None:
    """Try to write into a folder, leaving nothing that was not there. Raises OSError."""
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        file = folder / f".doctor-{secrets.token_hex(4)}"
        file.write_bytes(b"can it be written?")
        file.unlink()
    finally:
        for place in made:
            with suppress(OSError):  # somebody else has put something there meanwhile
                place.rmdir()


def _space(folder: Path) -> Finding:
    place = next((p for p in (folder, *folder.parents) if p.is_dir()), Path.cwd())
    free = shutil.disk_usage(place).free
    said = f"{free / 1e9:.1f} GB free where the data folder is"
    if free < TOO_LITTLE:
        return trouble("disk", said, f"Free some space: nothing can be saved. {_ELSEWHERE}")
    if free < LITTLE:
        return warning("disk", said, f"A long training needs about 1 GB. {_ELSEWHERE}")
    return ok("disk", said)


def _settings() -> Finding:
    file = paths.settings_file()
    if not file.exists():
        return ok("settings", f"{file}: not there yet, so everything is at its first value")
    if not file.is_file() or not os.access(file, os.R_OK):
        remedy = "Move it away: Hamlet then begins with a new one."
        return warning("settings", f"{file} can't be read", remedy)
    aside = sorted(file.parent.glob(f"{file.stem}.broken-*{file.suffix}"))
    if aside:
        remedy = "Hamlet goes on with what could be read. Delete it once you have looked."
        return warning("settings", f"a broken one was set aside: {aside[-1]}", remedy)
    return ok("settings", str(file))


def levels() -> Iterator[Finding]:
    """Yield whether all level files can be played."""
    from hamlet_game.town.catalog import load_catalog  # noqa: PLC0415 - needs NumPy, pydantic

    catalog = load_catalog()
    own = sum(entry.custom for entry in catalog.entries)
    for entry in catalog.entries:
        if entry.trouble:
            told = trouble if not entry.custom else warning
            remedy = "hamlet-game levels check FILE says more." if entry.custom else _AGAIN
            yield told("levels", entry.trouble, remedy)
    good = len(catalog.levels)
    yield ok("levels", f"{good} can be played, {own} file{'s' if own != 1 else ''} of your own")


_AGAIN: Final = "Install Hamlet again."


def brains() -> Iterator[Finding]:
    """Yield whether the shipped brains can be read."""
    from hamlet_game.brain.brain import Brain  # noqa: PLC0415 - needs NumPy
    from hamlet_game.brain.files import BrainError, shipped  # noqa: PLC0415

    files, good = shipped(), 0
    for file in files.values():
        try:
            Brain.load(file)
        except BrainError as error:
            yield trouble("brains", str(error), _AGAIN)
        else:
            good += 1
    if not files:
        yield trouble("brains", f"none in {paths.assets() / 'brains'}", _AGAIN)
    elif good:
        yield ok("brains", f"{good} of {len(files)} can be read")


def runs() -> Iterator[Finding]:
    """Yield which runs there are, and which of them another Hamlet is training."""
    from hamlet_game.training.run_lock import Held, RunLock  # noqa: PLC0415
    from hamlet_game.training.runs import LOCK, list_runs  # noqa: PLC0415

    found = list_runs()
    for run in found:
        lock = run.path / LOCK
        if not lock.is_file():
            continue
        try:
            RunLock(lock).release()
        except Held as held:
            by = f" by process {held}" if str(held).isdigit() else ""
            remedy = "That is fine; only one Hamlet can train a run. Stop that one to go on here."
            yield warning("runs", f"'{run.name}' is being trained{by}", remedy)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            yield warning("runs", f"'{run.name}' can't be written: {why}", _ELSEWHERE)
    yield ok("runs", f"{len(found)} kept" if found else "none yet")
