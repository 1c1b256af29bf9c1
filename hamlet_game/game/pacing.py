"""Sixty even frames a second, and how long they took."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path

FPS = 60
HIDDEN_FPS = 10  # minimised: life goes on, nothing is drawn
LONGEST_STEP = 0.1  # seconds a scene is ever asked to move on by, however long a frame took
REMEMBERED = 60 * FPS * 10  # frames, ten minutes
_IMPORTED = time.perf_counter()


class Pacer:
    """Waits for the next frame's turn and keeps the recent frames' times.

    It sleeps until a deadline rather than for whole milliseconds, as pygame's
    clock does: that gives 62.5 uneven frames a second.
    """

    def __init__(self) -> None:
        self._started = self._due = time.perf_counter()
        self._first = True
        self.intervals: deque[float] = deque(maxlen=REMEMBERED)  # seconds from frame to frame
        self.work: deque[float] = deque(maxlen=REMEMBERED)  # seconds of it spent working

    def wait(self, fps: int) -> float:
        """Sleep until the next frame is due; return seconds since the last one, clamped."""
        worked = time.perf_counter() - self._started
        self._due += 1 / fps
        pause = self._due - time.perf_counter()
        if pause > 0:
            time.sleep(pause)
        else:
            self._due -= pause  # too late: go on from now, don't hurry after lost time
        now = time.perf_counter()
        interval = now - self._started
        self._started = now
        if self._first:  # it loads and opens everything: `first_frame_s` tells of it
            self._first = False
        else:
            self.intervals.append(interval)
            self.work.append(worked)
        return min(interval, LONGEST_STEP)


def summary_ms(times: Sequence[float]) -> dict[str, float]:
    """Return median, 99th percentile and worst of times in seconds, in milliseconds."""
    if not times:
        return {"median": 0.0, "p99": 0.0, "worst": 0.0}
    ordered = sorted(times)
    last = len(ordered) - 1
    places = {"median": last // 2, "p99": round(last * 0.99), "worst": last}
    return {name: round(ordered[place] * 1000, 3) for name, place in places.items()}


def process_age() -> float:
    """Return seconds since the process started; where that is unknown, since this was imported.

    Linux tells the start in clock ticks (a hundredth of a second) since boot.
    """
    if sys.platform == "linux":
        try:
            fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
            started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
            return time.clock_gettime(time.CLOCK_BOOTTIME) - started
        except (OSError, ValueError, IndexError):
            pass
    return time.perf_counter() - _IMPORTED
