"""Keeps the system libraries' own complaints off the terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

STDERR = 2


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Silence what C libraries print while they look for devices; errors come as exceptions."""
    try:
        kept = os.dup(STDERR)
    except OSError:  # a windowed program without a terminal
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), STDERR)
        yield
    finally:
        with suppress(OSError):
            os.dup2(kept, STDERR)
        os.close(kept)
