"""Where a run stands on the road through its levels, and how long the rest may take."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from statistics import fmean
from typing import TYPE_CHECKING, Any, Literal

from hamlet_game.town.catalog import Catalog
from hamlet_game.town.conditions import Condition, parse_condition
from hamlet_game.town.level import Level
from hamlet_game.town.level_file import LevelError

if TYPE_CHECKING:
    from hamlet_game.game.desk.history import History
    from hamlet_game.training.events import Evaluated

TREND = 6  # latest evaluations that an estimate is made from
_LEAST = 3
_FARTHEST_S = 3_600.0  # beyond that nothing can be said

State = Literal["done", "now", "ahead"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One condition that the current level still asks for, and where the agent is."""

    condition: Condition
    value: float | None  # of the latest evaluation; None before it, or where it was not measured
    share: float  # of the way to it, 0..1


@dataclass(frozen=True, slots=True)
class Station:
    """One level on the road."""

    id: str
    name: str
    state: State
    step: int = 0  # of the graduation
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Road:
    """The whole curriculum as it stands."""

    stations: tuple[Station, ...]
    marks: tuple[Mark, ...]  # of the current level
    passes: int  # in a row
    needed: int
    eta_s: float | None  # to the next graduation; None: unknown
    finished: bool
    ended: bool  # nothing more comes
    graduated: bool  # the current level is, and goes on to its target
    teaches: str  # what the current level is for, in a sentence


def road(history: History, catalog: Catalog) -> Road:
    """Return the road of the run so far."""
    ids = history.levels
    current = ids.index(history.level) if history.level in ids else 0
    finished = history.ended is not None and history.ended.reason == "finished"
    stations = []
    for k, id_ in enumerate(ids):
        done = history.graduated(id_) if k < current or finished or k == current else None
        state: State = "now" if k == current and not finished else "ahead"
        if k < current or (finished and k <= current):
            state = "done"
        step, seconds = (done.step, done.seconds) if done else (0, 0.0)
        stations.append(Station(id_, _name(catalog, id_), state, step, seconds))
    level = _find(catalog, history.level)
    graduated = history.graduated(history.level) is not None and current == len(ids) - 1
    conditions = _wanted(history, level, graduated=graduated)
    exams = exams_now(history)
    marks = tuple(_mark(condition, exams) for condition in conditions)
    teaches = level.teaches if level else ""
    needed = int(_section(history).get("passes_needed") or 2)
    passes = min(needed, passes_in_a_row(exams, conditions))
    ended = history.ended is not None
    eta = None if ended else estimate(exams, conditions, needed)
    return Road(tuple(stations), marks, passes, needed, eta, finished, ended, graduated, teaches)


def exams_now(history: History) -> list[Evaluated]:
    """Return the first agent's evaluations in the current level since it began last."""
    began = 0
    for event in reversed(history.levels_begun):
        if event.level != history.level:
            break
        began = event.step
    return [
        e
        for e in history.evaluations
        if e.level == history.level and e.agent == 0 and e.step >= began
    ]


def passes_in_a_row(exams: list[Evaluated], conditions: tuple[Condition, ...]) -> int:
    """Return how many of the latest evaluations pass, one after another."""
    count = 0
    for exam in reversed(exams):
        if not conditions or not all(_holds(c, exam) for c in conditions):
            break
        count += 1
    return count


def estimate(
    exams: list[Evaluated], conditions: tuple[Condition, ...], needed: int
) -> float | None:
    """Return the seconds until enough passes in a row, by the trend of the latest evaluations.

    A straight line through each measure, and the pace at which evaluations come. None where
    there are too few of them, or a line does not rise.
    """
    recent = exams[-TREND:]
    if len(recent) < 2 or not conditions:
        return None
    every = (recent[-1].seconds - recent[0].seconds) / (len(recent) - 1)
    passes = min(needed, passes_in_a_row(exams, conditions))
    if passes:
        return max(1, needed - passes) * every
    if len(recent) < _LEAST:
        return None
    longest = 0.0
    for condition in conditions:
        if _holds(condition, recent[-1]):
            continue
        wait = _reaches(recent, condition)
        if wait is None:
            return None
        longest = max(longest, wait)
    total = ceil(longest / every) * every + (needed - 1) * every if every > 0 else None
    return total if total is not None and total <= _FARTHEST_S else None


def _reaches(exams: list[Evaluated], condition: Condition) -> float | None:
    """Return the seconds from the last evaluation until a least-squares line meets a mark."""
    if any(condition.measure not in e.measures for e in exams):
        return None
    times = [e.seconds for e in exams]
    values = [e.measures[condition.measure] for e in exams]
    middle, mean = fmean(times), fmean(values)
    spread = sum((t - middle) ** 2 for t in times)
    if not spread:
        return None
    slope = sum((t - middle) * (v - mean) for t, v in zip(times, values, strict=True)) / spread
    if slope <= 0:
        return None
    now = mean + slope * (times[-1] - middle)
    return max(0.0, (condition.value - now) / slope)


def _holds(condition: Condition, exam: Evaluated) -> bool:
    return condition.measure in exam.measures and condition.holds(exam.measures)


def _mark(condition: Condition, exams: list[Evaluated]) -> Mark:
    value = exams[-1].measures.get(condition.measure) if exams else None
    if value is None:
        return Mark(condition, None, 0.0)
    if condition.holds({condition.measure: value}):
        return Mark(condition, value, 1.0)
    share = value / condition.value if condition.value > 0 else 0.0
    return Mark(condition, value, min(0.99, max(0.0, share)))


def _wanted(history: History, level: Level | None, *, graduated: bool) -> tuple[Condition, ...]:
    """Return what the current level asks for: its pass mark, or the run's target after it."""
    target = _section(history).get("target") or ()
    if graduated and target:
        try:
            return tuple(parse_condition(text) for text in target)
        except ValueError:
            return ()
    return level.stars[0] if level else ()


def _section(history: History) -> dict[str, Any]:
    section = history.config.get("curriculum")
    return section if isinstance(section, dict) else {}


def _find(catalog: Catalog, id_: str) -> Level | None:
    try:
        return catalog.find(id_)
    except LevelError:
        return None


def _name(catalog: Catalog, id_: str) -> str:
    level = _find(catalog, id_)
    return level.name if level else id_
