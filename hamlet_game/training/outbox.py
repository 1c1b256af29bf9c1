"""Events on their way to a window that may not be looking: bounded, the newest brain wins."""

from __future__ import annotations

import threading
from collections import deque

from hamlet_game.training.events import (
    BrainUpdated,
    EpisodeEnded,
    Event,
    LearnerProgress,
    Paused,
    Played,
    RunEnded,
    RunStarted,
)

EPISODES = 1_000  # of the newest that are kept
OTHERS = 1_000  # evaluations, graduations, checkpoints


class Outbox:
    """Filled by the thread that trains, emptied by the one that sends.

    Of states (brains, progress, what was played) only each agent's newest is kept. Of
    episodes and other happenings so many; older ones are dropped and counted.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._number = 0
        self._newest: dict[tuple[type[Event], int], tuple[int, Event]] = {}
        self._episodes: deque[tuple[int, Event]] = deque(maxlen=EPISODES)
        self._others: deque[tuple[int, Event]] = deque(maxlen=OTHERS)
        self.dropped = 0

    def put(self, event: Event) -> None:
        """Keep an event until it is taken."""
        with self._lock:
            self._number += 1
            entry = (self._number, event)
            match event:
                case BrainUpdated(agent=agent) | LearnerProgress(agent=agent) | Played(agent=agent):
                    self._newest[type(event), agent] = entry
                case RunStarted() | RunEnded() | Paused():
                    self._newest[type(event), 0] = entry
                case EpisodeEnded():
                    self._push(self._episodes, entry)
                case _:
                    self._push(self._others, entry)

    def take(self) -> tuple[Event, ...]:
        """Return what is kept, in the order in which it happened, and forget it."""
        with self._lock:
            entries = [*self._newest.values(), *self._episodes, *self._others]
            for part in (self._newest, self._episodes, self._others):
                part.clear()
        return tuple(event for _, event in sorted(entries, key=lambda entry: entry[0]))

    def __bool__(self) -> bool:
        """Return whether there is anything to take."""
        return bool(self._newest or self._episodes or self._others)

    def _push(self, queue: deque[tuple[int, Event]], entry: tuple[int, Event]) -> None:
        self.dropped += len(queue) == queue.maxlen
        queue.append(entry)
