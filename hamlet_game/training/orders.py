"""Orders to a running trainer, given between events or by another thread."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

HEARTBEAT = 0.1  # seconds a pause lasts before whoever iterates is asked again
LESSONS = 64  # that wait for a paused trainer; of more, the newest


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a person did in the middle of an agent's life."""

    level: str  # id
    town_seed: int
    actions: bytes  # one `Action` a byte, from the life's first step on
    first: int  # of them that the person chose, as all after it


class Orders:
    """What a trainer is told. Every order takes effect at its next step."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paused = self._stopped = self._skip = False
        self._hold: bool | None = None
        self._steps = 0
        self._lessons: deque[Lesson] = deque(maxlen=LESSONS)

    @property
    def stopped(self) -> bool:
        """Return whether the run is to end."""
        return self._stopped

    def pause(self) -> None:
        """Do no more steps until resumed."""
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        """Go on."""
        with self._changed:
            self._paused, self._steps = False, 0
            self._changed.notify_all()

    def step(self) -> None:
        """Pause, but do one more step of all lives."""
        with self._changed:
            self._paused = True
            self._steps += 1
            self._changed.notify_all()

    def stop(self) -> None:
        """End the run with a checkpoint; it can be resumed later."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def skip(self) -> None:
        """Go to the next level without graduation."""
        with self._changed:
            self._skip = True

    def hold(self, on: bool = True) -> None:
        """Stay at this level whatever evaluations say, or let them decide again."""
        with self._changed:
            self._hold = on

    def teach(self, lesson: Lesson) -> None:
        """Put what a person did into the first agent's memory."""
        self._lessons.append(lesson)

    def may_step(self) -> bool:
        """Return whether to do a step; if not, wait a little for that to change first."""
        if not self._paused:  # asked thousands of times a second: no lock where none is needed
            return not self._stopped
        with self._changed:
            if self._idle():
                self._changed.wait(HEARTBEAT)
            if self._idle() or self._stopped:
                return False
            if self._paused:
                self._steps -= 1
            return True

    def take_skip(self) -> bool:
        """Return whether a level is to be skipped, once."""
        if not self._skip:
            return False
        with self._changed:
            skip, self._skip = self._skip, False
            return skip

    def take_hold(self) -> bool | None:
        """Return whether to hold the level, once; None if nothing was said."""
        if self._hold is None:
            return None
        with self._changed:
            hold, self._hold = self._hold, None
            return hold

    def take_lessons(self) -> list[Lesson]:
        """Return what is to be taught, once."""
        return [self._lessons.popleft() for _ in range(len(self._lessons))]

    def _idle(self) -> bool:
        return self._paused and not self._steps and not self._stopped
