"""What is left when a scene fails: a log with the traceback, and one sentence."""

from __future__ import annotations

import re
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

from hamlet_game import __version__, paths

LOG_LIMIT = 500_000  # bytes; a longer log starts over


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


def log_crash(error: BaseException) -> str:
    """Write the traceback to hamlet.log; return one sentence that says what happened and where."""
    time = datetime.now().astimezone().isoformat(timespec="seconds")
    trace = "".join(traceback.format_exception(error))
    entry = f"--- {time} Hamlet {__version__}\n{trace}\n"
    for folder in (paths.data(), Path(tempfile.gettempdir())):
        log = folder / "hamlet.log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            full = log.exists() and log.stat().st_size > LOG_LIMIT
            with log.open("w" if full else "a", encoding="utf-8") as file:
                file.write(entry)
        except OSError:
            continue
        return f"Hamlet had to stop because of a fault of its own; the details are in {log}."
    return f"Hamlet had to stop because of a fault of its own: {type(error).__name__}: {error}"
