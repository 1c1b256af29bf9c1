"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

TEMPORARY = ".part"  # ends the name of a file that is being written
# Windows refuses to replace a file that a virus scanner has just opened; elsewhere no is no.
REPLACE_TRIES = 5 if os.name == "nt" else 1


def write_atomic(path: Path, *parts: bytes | memoryview) -> None:
    """Write a file whole or not at all, making its folder if need be.

    Raises OSError when the folder or file can't be written; the old file is then untouched.
    """
    with replacing(path) as temporary:
        _write(temporary, parts)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a place to write to, which takes `path`'s name in the end or is gone after a fault.

    Makes the folder if need be. Raises OSError as `write_atomic` does.
    """
    path = path.resolve()  # a link stays a link
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{TEMPORARY}")
    try:
        yield temporary
        _replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def clear_remains(path: Path) -> None:
    """Delete what a process that was killed while writing `path` has left."""
    path = path.resolve()
    for remains in path.parent.glob(f".{escape(path.name)}.*{TEMPORARY}"):
        with suppress(OSError):
            remains.unlink()


def _write(file: Path, parts: Iterable[bytes | memoryview]) -> None:
    with file.open("xb") as stream:
        for part in parts:
            stream.write(part)
        stream.flush()
        os.fsync(stream.fileno())


def _replace(source: Path, target: Path) -> None:
    for attempt in range(REPLACE_TRIES):
        try:
            source.replace(target)
        except PermissionError:
            if attempt == REPLACE_TRIES - 1:
                raise
            time.sleep(0.02)
        else:
            return


def _sync_folder(folder: Path) -> None:
    """Make a renaming last through a power cut; Windows can't and needn't."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
