"""Small files that must survive anything: locks, limits, broken files set aside."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

READ_LIMIT = 8_000_000  # bytes; far above any file the game writes itself

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def read_text(path: Path) -> str | None:
    """Return a text file's content, None where there is no file.

    Raises OSError when it can't be read and ValueError when it is too large or not UTF-8.
    """
    try:
        about = path.stat()
        if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)):
            raise OSError(errno.EINVAL, "It is not a file")  # a pipe would be waited for
        if about.st_size > READ_LIMIT:
            raise ValueError(f"it is larger than {READ_LIMIT:,} bytes")
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def set_aside(path: Path) -> Path | None:
    """Rename a broken file to NAME.broken-DATE.EXT; return its new place, None if that failed."""
    date = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    stem = f"{path.stem}.broken-{date}"
    place = path.with_name(stem + path.suffix)
    number = 2
    while place.exists():
        place = path.with_name(f"{stem}-{number}{path.suffix}")
        number += 1
    try:
        path.rename(place)
    except OSError:
        return None
    return place


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold `path`'s lock, waiting for other windows of the game. Raises OSError if it can't."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _lock(descriptor)
        try:
            yield
        finally:
            _unlock(descriptor)
    finally:
        os.close(descriptor)  # the lock file stays: removing it would race with the next holder


def reason(error: Exception) -> str:
    """Return what went wrong as the end of a sentence, without error numbers and paths."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return str(error).splitlines()[0] if str(error) else type(error).__name__
