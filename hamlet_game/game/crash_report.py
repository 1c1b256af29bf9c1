"""A crash report: a zip on this machine with all that helps to find the fault. It is sent nowhere.

It holds the traceback, the log, the settings, facts about the machine and the last replay.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from hamlet_game import files, paths
from hamlet_game.doctor.facts import facts
from hamlet_game.game import crash, keepsakes
from hamlet_game.town.record import Record
from hamlet_game.town.replay import SUFFIX, encode, replay_of
from hamlet_game.town.sentences import one_line

MOST: Final = 10  # reports kept; the oldest go
LOG_TAIL: Final = 200_000  # bytes
LARGEST: Final = 2_000_000  # bytes of any other file
_WORDS: Final = 160  # letters of what an error says of itself
_README: Final = """\
This is a crash report of Hamlet. It is on your machine only; nothing was sent anywhere.
If you report the fault, add this file. The name of your home folder was replaced by ~.
"""


def brief(error: BaseException) -> str:
    """Return what an error is and says, in a line."""
    said = one_line(str(error))
    said = f"{said[:_WORDS]}…" if len(said) > _WORDS else said
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def keep(error: BaseException, life: Record | None = None, config: Path | None = None) -> str:
    """Log a fault and write a report of it; return where that is, "" where nothing can be written.

    `life`: what was lived or shown; without it the replay saved last goes in.
    `config`: the configuration of the training that ran beside.
    """
    log = crash.write_log(error)
    report = _zipped(_contents(error, log, life, config))
    now = datetime.now().astimezone()
    for folder in (paths.crashes(), *list(crash.places())[1:]):
        place = folder / now.strftime("crash-%Y-%m-%d-%H%M%S.zip")
        try:
            files.write_atomic(place, report)
        except OSError:
            continue
        if folder == paths.crashes():
            _clear(folder)
        return str(place)
    return ""


def _clear(folder: Path) -> None:
    """Delete the oldest reports; their names begin with their time."""
    with suppress(OSError):
        for old in sorted(folder.glob("crash-*.zip"))[:-MOST]:
            old.unlink()


Parts = Iterator[tuple[str, bytes]]


def _contents(
    error: BaseException, log: Path | None, life: Record | None, config: Path | None
) -> Parts:
    """Yield the names and contents of a report's parts; what can't be read is left out."""
    yield "README.txt", _README.encode()
    yield "traceback.txt", _anonymous(crash.trace_of(error)).encode(errors="replace")
    yield "facts.json", _anonymous(json.dumps(facts(), indent=1)).encode(errors="replace")
    for name, file in (("hamlet.log", log), ("settings.yaml", paths.settings_file())):
        yield from _file(name, file)
    yield from _file("training.yaml", config)
    yield from _replay(life)


def _file(name: str, file: Path | None) -> Parts:
    with suppress(OSError):
        if file is not None and file.is_file():
            tail = LOG_TAIL if file.suffix == ".log" else LARGEST
            text = file.read_bytes()[-tail:].decode(errors="replace")
            yield name, _anonymous(text).encode(errors="replace")


def _replay(life: Record | None) -> Parts:
    name = f"last{SUFFIX}"
    with suppress(Exception):  # the fault may lie in this very life
        if life is not None and life.survival:
            yield name, encode(replay_of(life, player="crash"))
            return
    with suppress(OSError):
        for file in keepsakes.listed()[:1]:
            yield name, file.read_bytes()[:LARGEST]


def _anonymous(text: str) -> str:
    """Take the name of the user's home out of a text, also as JSON writes it."""
    with suppress(RuntimeError):  # there is none
        home = str(Path.home())
        if len(home) > 1:
            return text.replace(home, "~").replace(home.replace("\\", "\\\\"), "~")
    return text


def _zipped(parts: Parts) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in parts:
            bundle.writestr(name, content)
    return data.getvalue()
