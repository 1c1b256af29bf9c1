"""When things are due: every so many steps, every so many seconds."""

from __future__ import annotations

import time


class EverySteps:
    """Due whenever the run passes a multiple of `every` steps; depends on nothing else."""

    def __init__(self, every: int, now: int) -> None:
        """Start at step `now`, whose multiple counts as passed."""
        self._every, self._passed = every, now // every

    def __call__(self, step: int) -> bool:
        """Return whether a multiple was passed since the last call."""
        passed = step // self._every
        due = passed > self._passed
        self._passed = passed
        return due


class Stopwatch:
    """Training time, which pauses don't count towards, summed over resumed sessions."""

    def __init__(self, seconds: float = 0.0) -> None:
        """Go on from `seconds`, running."""
        self._before, self._since = seconds, time.perf_counter()
        self._paused = False

    @property
    def seconds(self) -> float:
        """Return the time so far."""
        running = 0.0 if self._paused else time.perf_counter() - self._since
        return self._before + running

    def pause(self) -> None:
        """Stand still."""
        if not self._paused:
            self._before, self._paused = self.seconds, True

    def resume(self) -> None:
        """Run on."""
        if self._paused:
            self._since, self._paused = time.perf_counter(), False


class EverySeconds:
    """Due when so much time of a stopwatch has passed."""

    def __init__(self, every: float, now: float) -> None:
        self._every, self._last = every, now

    def __call__(self, seconds: float) -> bool:
        """Return whether it is time, and start anew if so."""
        if seconds - self._last < self._every:
            return False
        self._last = seconds
        return True
