"""The window's end of training: a process of its own that can be asked, told, and survived.

Nothing here waits for the trainer, except `stop`, and nothing imports torch.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Final

from hamlet_game.training import worker_process
from hamlet_game.training.events import Event, Paused
from hamlet_game.training.orders import Lesson
from hamlet_game.training.protocol import Got, Job, Order, Report, Word, pack, unpack

Make = worker_process.Make

PATIENCE_S: Final = 30.0  # without a sign of life; judging a thousand towns takes a third of it
MAX_WAITING: Final = 64  # orders; more than fit into the pipe must not pile up
MAX_LESSONS: Final = 4  # of them; one may be as long as a life
_NOTES: Final = 20
_LAST_BREATH_S: Final = 1.0  # from the end of the pipe to the end of the process
_LAST_READ_S: Final = 2.0  # for what is still in the pipe of a dead process


@dataclass(frozen=True, slots=True)
class Problem:
    """What people are told when a trainer is in trouble."""

    sentence: str
    details: str  # a traceback, or empty
    over: bool  # the process is gone; otherwise it may still recover


class TrainerClient:
    """One trainer process. `poll` it once a frame; it goes on training if nobody does."""

    def __init__(self, patience_s: float = PATIENCE_S, make: Make | None = None) -> None:
        """Prepare a process that trains what `make` returns, `Trainer` unless said otherwise."""
        self._make = make or worker_process.real_training
        self._patience_s = patience_s
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._inbox: deque[Report] = deque()  # at most two: see `protocol`
        self._reader: threading.Thread | None = None
        self._killed = False  # by us
        self._gone: str | None = None  # why the pipe ended, empty if nobody knows
        self._gone_at = 0.0  # when
        self._count = 0
        self._waiting: dict[int, Word] = {}
        self._notes: deque[str] = deque(maxlen=_NOTES)
        self._heard_at, self._idle_s = 0.0, 0.0  # when the last report came, what it said
        self._stalled_s = 0.0
        self._problem: Problem | None = None
        self.dropped = 0  # events that were lost because nobody polled
        self.paused = False
        self.ended = False  # the run is over, by itself, by order or by a crash

    def start(self, job: Job) -> None:
        """Start the process; once. Its first events take as long as torch takes to load."""
        if self._process is not None:
            raise RuntimeError("a client starts one process; make another client")
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(
            target=worker_process.main,
            args=(theirs, job, self._make),
            name="hamlet trainer",
            daemon=True,
        )
        self._process.start()
        theirs.close()  # or its end would never be noticed
        self._connection = ours
        self._heard_at = time.monotonic()
        self._reader = threading.Thread(target=self._read, args=(ours,), daemon=True)
        self._reader.start()

    def poll(self) -> list[Event]:
        """Return what happened since the last call, without waiting."""
        events: list[Event] = []
        now = time.monotonic()
        gone = self._gone is not None  # asked first: all that came before is in the inbox then
        while self._inbox:
            report = self._inbox.popleft()
            events += report.events
            self._take_in(report, now)
        if gone and not self.ended and (not self.alive or now > self._gone_at + _LAST_BREATH_S):
            self.ended = True
            self._problem = None if self._killed else self._post_mortem()
        living = self._process is not None and not self.ended
        self._stalled_s = now - self._heard_at + self._idle_s if living else 0.0
        return events

    @property
    def alive(self) -> bool:
        """Return whether the process lives."""
        return self._process is not None and self._process.is_alive()

    @property
    def stalled_s(self) -> float:
        """Return the seconds since the trainer's last sign of life, as of the last `poll`."""
        return self._stalled_s

    @property
    def waiting(self) -> tuple[Word, ...]:
        """Return the orders that the trainer has not confirmed yet."""
        return tuple(self._waiting.values())

    @property
    def notes(self) -> tuple[str, ...]:
        """Return the latest sentences for people, such as that an output failed."""
        return tuple(self._notes)

    @property
    def problem(self) -> Problem | None:
        """Return what is wrong, as of the last `poll`."""
        if self._problem is None and self._stalled_s > self._patience_s:
            return Problem(
                f"The trainer has not moved for {self._stalled_s:.0f} s. Wait, or end it and "
                "resume from its last checkpoint.",
                "",
                over=False,
            )
        return self._problem

    def order(self, word: Word) -> bool:
        """Give an order; return whether it is on its way.

        The trainer obeys before its next step. It is in `waiting` until it is confirmed.
        """
        return self._give(word)

    def teach(self, level: str, town_seed: int, actions: bytes, first: int) -> bool:
        """Have the first agent remember what a person did; return whether it is on its way.

        `actions`: a life from its first step on, of which a person chose those from `first` on.
        """
        if list(self._waiting.values()).count("teach") >= MAX_LESSONS:
            return False
        return self._give("teach", Lesson(level, town_seed, bytes(actions), first))

    def _give(self, word: Word, lesson: Lesson | None = None) -> bool:
        if self._connection is None or len(self._waiting) >= MAX_WAITING:
            return False
        self._count += 1
        order = Order(self._count, word, lesson)
        if not self._send(order):
            return False
        self._waiting[order.number] = word
        return True

    def stop(self, timeout_s: float = 10.0) -> bool:
        """End the run with a checkpoint; return whether it ended by itself within the time.

        Waits. A trainer that doesn't listen is killed and loses what came after its last
        checkpoint. What it said last can be polled.
        """
        if self._process is None:
            return True
        self.order("stop")
        self._process.join(timeout_s)
        in_time = not self._process.is_alive()
        self.kill()
        return in_time

    def kill(self) -> None:
        """End the process at once; its last checkpoint stays good."""
        if self._process is None or self._reader is None:
            return
        self._killed |= self._process.is_alive()
        self._process.kill()
        self._process.join()
        self._reader.join(_LAST_READ_S)
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _send(self, message: Order | Got) -> bool:
        connection = self._connection  # another thread may be about to close it
        if connection is None:
            return False
        try:
            connection.send_bytes(pack(message))
        except OSError:
            return False  # it is dead: the reader notices
        return True

    def _read(self, connection: Connection) -> None:
        """Take in what comes, in a thread: a message cut short must not stop the window."""
        try:
            while True:
                self._inbox.append(unpack(connection.recv_bytes()))
        except (EOFError, OSError):
            reason = ""
        except Exception as error:
            reason = f"what it sent can't be read ({error})"
        self._gone_at, self._gone = time.monotonic(), reason

    def _take_in(self, report: Report, now: float) -> None:
        self._heard_at, self._idle_s = now, report.idle_s
        self.dropped = max(self.dropped, report.dropped)
        self._notes.extend(report.notes)
        for number in report.obeyed:
            self._waiting.pop(number, None)
        if report.events:
            self.paused = isinstance(report.events[-1], Paused)
        if report.crash is not None:
            self._problem = Problem(report.crash.sentence, report.crash.details, over=True)
        if report.last:
            self.ended, self.paused = True, False
            self._waiting.clear()
        else:
            self._send(Got())

    def _post_mortem(self) -> Problem:
        """Say why a trainer is gone that did not say so itself."""
        code = self._process.exitcode if self._process is not None else None
        reason = self._gone or "it ended without a word"
        if code is not None and code < 0:
            name = signal.Signals(-code).name
            reason = f"the system ended it with {name}"
            if name == "SIGKILL":
                reason += ", perhaps because memory ran out"
        return Problem(
            f"The trainer is gone: {reason}. Resume from its last checkpoint.", "", over=True
        )
