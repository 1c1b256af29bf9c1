"""A lock that two trainers can't hold at once and that a killed one leaves open."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

_PLACE = 1 << 20  # the byte that is locked: beyond the text, which others may read

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        os.lseek(descriptor, _PLACE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Held(Exception):  # noqa: N818 - a state, not an error, to whoever asks
    """Another process holds the lock; the message is its number, where it is known."""


class RunLock:
    """The right to write one run. The system frees it when its holder ends, however it ends."""

    def __init__(self, file: Path) -> None:
        """Take the lock. Raises Held if another has it, OSError if the disk refuses."""
        self._descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _try_lock(self._descriptor)
        except OSError:
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            holder = os.read(self._descriptor, 20).decode("ascii", "replace").strip()
            os.close(self._descriptor)
            raise Held(holder) from None
        with suppress(OSError):  # a full disk: the number is a courtesy
            os.truncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, str(os.getpid()).encode())

    def release(self) -> None:
        """Free the lock, once. The file stays: removing it would race with the next holder."""
        os.close(self._descriptor)
