"""What goes through the pipe between a window and its trainer; nothing of torch ever does.

The trainer sends a report, and the next one only after `Got`: a window that looks away
finds one report waiting, not a thousand. Orders go the other way at any time.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass
from typing import Any, Literal

from hamlet_game.training.events import Event
from hamlet_game.training.orders import Lesson

Word = Literal["pause", "resume", "step", "stop", "skip", "hold", "release", "teach"]

BEAT_S = 0.25  # between two reports if there is nothing to tell
FORBIDDEN = "torch"  # unpickling anything of it would load it into the window


@dataclass(frozen=True, slots=True)
class Job:
    """What a trainer process is to do."""

    config: dict[str, Any]  # `RunConfig` as plain values
    folder: str | None = None  # of the run; None: nothing is written
    resume: bool = False  # from the folder's latest checkpoint


@dataclass(frozen=True, slots=True)
class Order:
    """An order by its number, which the acknowledgement repeats."""

    number: int
    word: Word
    lesson: Lesson | None = None  # what to teach


@dataclass(frozen=True, slots=True)
class Got:
    """The window has taken the report in."""


@dataclass(frozen=True, slots=True)
class Crash:
    """Why a trainer gave up."""

    sentence: str
    details: str  # the traceback


@dataclass(frozen=True, slots=True)
class Report:
    """Everything since the report before."""

    events: tuple[Event, ...]
    dropped: int  # events lost so far because nobody took them
    obeyed: tuple[int, ...]  # numbers of orders
    notes: tuple[str, ...]  # sentences for people, such as an output that failed
    idle_s: float  # since the trainer's last sign of life, when this was sent
    crash: Crash | None
    last: bool


class _Pickler(pickle.Pickler):
    def reducer_override(self, obj: object) -> Any:
        kind = obj if isinstance(obj, type) else type(obj)
        if kind.__module__.partition(".")[0] == FORBIDDEN:
            raise TypeError(f"a {kind.__module__}.{kind.__qualname__} must not leave the trainer")
        return NotImplemented


def pack(message: Report | Order | Got) -> bytes:
    """Return a message as bytes. Raises TypeError if something of torch is in it."""
    buffer = io.BytesIO()
    _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(message)
    return buffer.getvalue()


def unpack(data: bytes) -> Any:
    """Return a message from the process at the other end, which is as trusted as this one."""
    return pickle.loads(data)  # noqa: S301 - a private pipe, never a file or a network
