"""When things are due: every so many steps, every so many seconds."""

from __future__ import annotations

import time

from hamlet_game.training.config import RunConfig


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
        """Stand still at `seconds`."""
        self._before = seconds
        self._since: float | None = None  # when it was set going; None: it stands still

    @property
    def seconds(self) -> float:
        """Return the time so far."""
        if self._since is None:
            return self._before
        return self._before + time.perf_counter() - self._since

    def pause(self) -> None:
        """Stand still."""
        self._before, self._since = self.seconds, None

    def resume(self) -> None:
        """Run on."""
        if self._since is None:
            self._since = time.perf_counter()


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


class Clocks:
    """All that a run does now and then, counted from where it starts or goes on."""

    def __init__(self, config: RunConfig, step: int, seconds: float) -> None:
        report = config.report
        self.watch = Stopwatch(seconds)
        self.evaluation = EverySteps(config.curriculum.evaluate_every, step)
        self.progress = EverySteps(report.progress_every, step)
        self.brains = EverySteps(report.brain_every, step)
        self.checkpoint = EverySeconds(config.checkpoint.every_seconds, seconds)
