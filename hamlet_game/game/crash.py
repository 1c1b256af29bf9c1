"""What is left after a fault: a log with the traceback, and one sentence."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from hamlet_game import __version__, paths

LOG_LIMIT: Final = 500_000  # bytes; a longer log starts over
DEBUG: Final = "HAMLET_DEBUG"  # the environment variable that asks for tracebacks


def debugging() -> bool:
    """Return whether tracebacks are wanted on the terminal."""
    return os.environ.get(DEBUG, "") not in {"", "0"}


def tell(sentence: str) -> None:
    """Write a sentence to stderr, where there is one: a windowed program has none."""
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")


def missing_part(error: BaseException) -> str | None:
    """Return one sentence if what stopped the game is a file it should have come with."""
    if not isinstance(error, FileNotFoundError):
        return None
    folder = paths.assets()
    named = str(error.filename or error)
    if str(folder) not in named:
        return None
    file = re.split(r"'|: |\.$", named[named.index(str(folder)) :], maxsplit=1)[0]
    return f"A part of Hamlet is missing: {file}. Install the game again."


def last_words(error: BaseException) -> str:
    """Return the sentence a program ends with; a fault of its own is written to the log."""
    return missing_part(error) or log_crash(error)


def log_crash(error: BaseException) -> str:
    """Write the traceback to hamlet.log; return one sentence that says what happened and where."""
    if log := write_log(error):
        return f"Hamlet had to stop because of a fault of its own; the details are in {log}."
    return f"Hamlet had to stop because of a fault of its own: {type(error).__name__}: {error}"


def write_log(error: BaseException) -> Path | None:
    """Write the traceback to the log; return its file, None where none can be written."""
    time = datetime.now().astimezone().isoformat(timespec="seconds")
    entry = f"--- {time} Hamlet {__version__}\n{trace_of(error)}\n"
    for folder in places():
        log = folder / "hamlet.log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            full = log.exists() and log.stat().st_size > LOG_LIMIT
            with log.open("w" if full else "a", encoding="utf-8", errors="replace") as file:
                file.write(entry)
        except OSError:
            continue
        return log
    return None


def places() -> Iterator[Path]:
    """Yield where a log may be, the best place first."""
    yield paths.data()
    yield Path(tempfile.gettempdir())


def trace_of(error: BaseException) -> str:
    """Return the traceback as text."""
    return "".join(traceback.format_exception(error))
