"""What a learning curve shows, gathered from a run's history."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Literal

from hamlet_game.game.insight.words import level_name, level_of
from hamlet_game.training.events import QUANTILES

if TYPE_CHECKING:
    from hamlet_game.game.desk.history import History
    from hamlet_game.training.events import Evaluated, LevelStarted

Clock = Literal["steps", "seconds"]  # what runs along the x axis
MOST_LIVES = 200  # points of the faint line in one stretch
_LOW, _HIGH = QUANTILES.index(0.25), QUANTILES.index(0.75)


@dataclass(frozen=True, slots=True)
class Exam:
    """One evaluation, mean over agents."""

    x: float  # steps or seconds
    survival: float  # steps lived, mean
    share: float  # of the level's steps, 0..1
    low: float  # lower quartile of the same, first agent
    high: float  # upper quartile
    total: float  # return
    alive: float
    passed: bool
    level: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Training in one level without a break."""

    level: str
    name: str
    number: int  # of the level in the run, from 0
    start: float
    end: float
    mark: float | None  # survival that the pass mark asks for, as a share of the level's steps
    exams: tuple[Exam, ...]
    lives: tuple[tuple[float, float], ...]  # x and survival share of recent training lives


@dataclass(frozen=True, slots=True)
class Curve:
    """All that is drawn."""

    stretches: tuple[Stretch, ...]
    end: float  # of the x axis, what has been trained so far
    graduations: tuple[tuple[float, str], ...]  # x and the level's name
    brains: tuple[float, ...]  # x of every kept brain

    @property
    def exams(self) -> tuple[Exam, ...]:
        """Return all evaluations of the levels while they were trained."""
        return tuple(exam for stretch in self.stretches for exam in stretch.exams)


def along(event: object, clock: Clock) -> float:
    """Return where an event lies on the x axis."""
    return float(getattr(event, "step" if clock == "steps" else "seconds"))


def gather(history: History, clock: Clock = "steps") -> Curve:
    """Return the curve so far."""
    end = float(history.step if clock == "steps" else history.seconds)
    begun = _merged(history)
    edges = [along(event, clock) for event in begun] + [end]
    stretches = []
    for k, event in enumerate(begun):
        start, stop = edges[k], edges[k + 1]
        stretches.append(_stretch(history, event.level, start, stop, clock))
    graduations = tuple((along(g, clock), level_name(g.level)) for g in history.graduations)
    brains = tuple(along(brain, clock) for brain in history.brains)
    return Curve(tuple(stretches), end, graduations, brains)


def _merged(history: History) -> list[LevelStarted]:
    """Return where levels began; going on with the same one after a resume begins nothing."""
    found: list[LevelStarted] = []
    level = None
    for event in history.levels_begun:
        if event.level != level:
            found.append(event)
        level = event.level
    return found


def survival_mark(level_id: str) -> float | None:
    """Return the survival a level's pass mark asks for as a share of its steps, if it does."""
    level = level_of(level_id)
    if level is None:
        return None
    steps = (c.value for c in level.stars[0] if c.measure == "survival")
    value = next(steps, None)
    return None if value is None else value / level.steps


def level_steps(level_id: str) -> int:
    """Return how long a life in a level lasts at most; 500 where its file is gone."""
    level = level_of(level_id)
    return level.steps if level else 500


def _stretch(history: History, level: str, start: float, end: float, clock: Clock) -> Stretch:
    steps = level_steps(level)
    by_x: dict[float, list[Evaluated]] = {}
    for exam in history.evaluations:
        x = along(exam, clock)
        if exam.level == level and start < x <= end:
            by_x.setdefault(x, []).append(exam)
    reports = history.progress
    first = bisect_left(reports, start, key=lambda p: along(p, clock))
    last = bisect_right(reports, end, key=lambda p: along(p, clock))
    every = max(1, (last - first) // MOST_LIVES)
    lives = [
        (along(p, clock), min(1.0, p.survival / steps))
        for p in reports[first:last:every]
        if p.level == level and p.agent == 0 and p.survival
    ]
    number = history.levels.index(level) if level in history.levels else 0
    return Stretch(
        level,
        level_name(level),
        number,
        start,
        end,
        survival_mark(level),
        tuple(_exam(x, exams, steps) for x, exams in sorted(by_x.items())),
        tuple(lives),
    )


def _exam(x: float, exams: Sequence[Evaluated], steps: int) -> Exam:
    survival = fmean(e.measures["survival"] for e in exams)
    quantiles = exams[0].survival_quantiles
    return Exam(
        x,
        survival,
        survival / steps,
        quantiles[_LOW] / steps,
        quantiles[_HIGH] / steps,
        fmean(e.measures["return"] for e in exams),
        fmean(e.measures["alive"] for e in exams),
        all(e.passed for e in exams),
        exams[0].level,
    )
