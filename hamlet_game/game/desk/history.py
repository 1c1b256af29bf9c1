"""What a trainer has said so far, kept small enough to draw at any moment."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import hamlet_game.training.events as say

KEPT_BRAINS = 96  # of the first agent; when full, every other one goes
KEPT_POINTS = 1_500  # of progress and of evaluations, likewise
RECENT = 300  # episodes
NEWS = 60

_T = TypeVar("_T")


class _Stepped(Protocol):
    @property
    def step(self) -> int: ...


_S = TypeVar("_S", bound=_Stepped)


@dataclass(frozen=True, slots=True)
class News:
    """A line of the ticker."""

    step: int
    icon: str
    text: str


class History:
    """Takes events in. Lists are by time, oldest first."""

    def __init__(self) -> None:
        self.started: say.RunStarted | None = None
        self.ended: say.RunEnded | None = None
        self.level = ""  # that is trained
        self.step, self.seconds = 0, 0.0
        self.progress: list[say.LearnerProgress] = []
        self.evaluations: list[say.Evaluated] = []
        self.graduations: list[say.LevelGraduated] = []
        self.levels_begun: list[say.LevelStarted] = []
        self.recent: deque[say.EpisodeEnded] = deque(maxlen=RECENT)
        self.episodes = 0  # number of the last one
        self.brains: list[say.BrainUpdated] = []  # of the first agent, the newest always last
        self.others: dict[int, say.BrainUpdated] = {}  # the newest of each other agent
        self.heard_at = 0.0  # `time.monotonic` of the newest brain
        self.saved: say.CheckpointSaved | None = None  # everything needed to go on
        self.news: deque[News] = deque(maxlen=NEWS)

    @property
    def levels(self) -> tuple[str, ...]:
        """Return the ids of the run's levels, in order."""
        return self.started.levels if self.started else ()

    @property
    def config(self) -> dict[str, Any]:
        """Return the run's configuration as plain values."""
        return self.started.config if self.started else {}

    @property
    def newest(self) -> say.BrainUpdated | None:
        """Return the newest brain of the first agent."""
        return self.brains[-1] if self.brains else None

    @property
    def brain_age_s(self) -> float:
        """Return the seconds since the newest brain came."""
        return time.monotonic() - self.heard_at if self.brains else 0.0

    def graduated(self, level: str) -> say.LevelGraduated | None:
        """Return a level's latest graduation."""
        return next((g for g in reversed(self.graduations) if g.level == level), None)

    def last_evaluation(self, level: str) -> say.Evaluated | None:
        """Return the latest evaluation in a level."""
        return next((e for e in reversed(self.evaluations) if e.level == level), None)

    def brain_at(self, step: int) -> say.BrainUpdated | None:
        """Return the kept brain whose step is nearest."""
        return min(self.brains, key=lambda brain: abs(brain.step - step), default=None)

    def take(self, event: say.Event, age_s: float = 0.0) -> None:
        """Take in one event, told so many seconds ago."""
        if isinstance(event, say.RunStarted):
            self._go_back(event.step)
        elif isinstance(event, say.LevelStarted) and event.level == self.level:
            return  # a run that goes on says it again
        self.step = max(self.step, getattr(event, "step", 0))
        self.seconds = max(self.seconds, getattr(event, "seconds", 0.0))
        if isinstance(event, say.BrainUpdated):
            self._take_brain(event, age_s)
        else:
            self._take(event)
        if line := _line(event):
            self.news.append(line)

    def _take(self, event: say.Event) -> None:
        match event:
            case say.RunStarted():
                self.started, self.ended = event, None
            case say.LevelStarted():
                self.level = event.level
                self.levels_begun.append(event)
            case say.EpisodeEnded():
                self.recent.append(event)
                self.episodes = event.episode
            case say.LearnerProgress():
                self.progress = _thinned([*self.progress, event], KEPT_POINTS)
            case say.Evaluated():
                self.evaluations = _thinned([*self.evaluations, event], KEPT_POINTS)
            case say.LevelGraduated():
                self.graduations.append(event)
            case say.CheckpointSaved(best=False):
                self.saved = event
            case say.RunEnded():
                self.ended = event

    def _take_brain(self, event: say.BrainUpdated, age_s: float) -> None:
        if event.agent:
            self.others[event.agent] = event
        else:
            self.brains = _thinned([*self.brains, event], KEPT_BRAINS)
            self.heard_at = time.monotonic() - age_s

    def _go_back(self, step: int) -> None:
        """Forget what came after a step, since the run goes on from there and it comes again."""
        if step >= self.step:
            return
        self.step = step
        self.progress, self.evaluations, self.graduations, self.levels_begun, self.brains = (
            _until(step, self.progress),
            _until(step, self.evaluations),
            _until(step, self.graduations),
            _until(step, self.levels_begun),
            _until(step, self.brains),
        )
        self.recent = deque(_until(step, self.recent), maxlen=RECENT)
        self.episodes = self.recent[-1].episode if self.recent else 0
        self.others = {n: brain for n, brain in self.others.items() if brain.step <= step}
        self.news = deque(_until(step, self.news), maxlen=NEWS)
        self.level = self.levels_begun[-1].level if self.levels_begun else ""


def _until(step: int, items: Iterable[_S]) -> list[_S]:
    return [item for item in items if item.step <= step]


def _thinned(items: list[_T], most: int) -> list[_T]:
    """Return items with every other one gone if they are too many; the newest stays."""
    return items if len(items) <= most else items[-1::-2][::-1]


def _line(event: say.Event) -> News | None:
    """Return what the ticker says of an event, if anything."""
    icon = text = ""
    match event:
        case say.RunStarted(step=step) if step:
            icon, text = "play", f"Training goes on at step {step:,}."
        case say.LevelStarted():
            icon, text = "flag", f"Level {event.level} begins."
        case say.LevelGraduated():
            icon, text = "star_full", f"Level {event.level} graduated!"
        case say.LevelFellBack():
            icon, text = "rewind", f"Forgot {event.to}: back to it."
        case say.Evaluated(measures=m):
            icon = "check" if event.passed else "clock"
            text = f"Exam: {m['survival']:.0f} steps, {m['alive']:.0%} alive."
        case say.Taught(steps=steps, refusal=refusal):
            icon, text = "wheel", refusal or f"{steps} of your steps are in its memory."
        case say.CheckpointSkipped() | say.CheckpointFailed():
            icon, text = "warning", event.reason
        case say.RunEnded():
            icon, text = "flag", f"Training has ended: {event.reason}."
    return News(getattr(event, "step", 0), icon, text) if text else None
