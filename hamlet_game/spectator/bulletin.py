"""Messages about a training, from its history: how it stands, its curves, its road, its news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from hamlet_game.game.desk.history import History
from hamlet_game.game.insight.curriculum_data import road
from hamlet_game.game.insight.curve_data import Stretch, gather, level_steps
from hamlet_game.game.insight.words import level_name, level_of
from hamlet_game.town.catalog import Catalog

Message = dict[str, Any]
MOST_POINTS = 160  # of each line of a stretch
NEWS = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page says beside the town that no history knows."""

    state: str
    can: Sequence[str]  # the orders that make sense now
    speed: float
    frozen: bool
    label: str  # who plays
    problem: str
    watching: int
    beat: int  # grows now and then, so that a page hears something even if nothing happens


def run(history: History, standing: Standing) -> Message:
    """Tell how the training stands."""
    last = history.progress[-1] if history.progress else None
    return {
        "type": "run",
        "run": history.started.run if history.started else "",
        "state": standing.state,
        "can": list(standing.can),
        "showSpeed": standing.speed,
        "frozen": standing.frozen,
        "label": standing.label,
        "problem": standing.problem,
        "watching": standing.watching,
        "beat": standing.beat,
        "step": history.step,
        "seconds": round(history.seconds, 1),
        "episode": history.episodes,
        "level": level_name(history.level) if history.level else "",
        "stepsPerS": round(last.steps_per_s) if last else None,
        "survival": round(last.survival, 1) if last and last.survival else None,
        "numbers": _finite(last.numbers) if last else {},
    }


def _finite(numbers: dict[str, float]) -> dict[str, float]:
    """Return numbers without what JSON can't say."""
    return {name: round(value, 5) for name, value in numbers.items() if isfinite(value)}


def curves(history: History) -> Message:
    """Tell the learning curves with their pass marks."""
    curve = gather(history, "steps")
    return {
        "type": "curves",
        "end": curve.end,
        "stretches": [_stretch(stretch) for stretch in curve.stretches],
        "graduations": [[x, name] for x, name in curve.graduations],
    }


def _stretch(stretch: Stretch) -> Message:
    steps = level_steps(stretch.level)
    exams = [
        {
            "x": e.x,
            "survival": round(e.survival, 1),
            "low": round(e.low * steps, 1),
            "high": round(e.high * steps, 1),
            "reward": round(e.total, 2),
            "passed": e.passed,
        }
        for e in _thinned(stretch.exams)
    ]
    return {
        "name": stretch.name,
        "number": stretch.number,
        "from": stretch.start,
        "to": stretch.end,
        "steps": steps,
        "mark": None if stretch.mark is None else round(stretch.mark * steps, 1),
        "rewardMark": _mark(stretch.level, "return"),
        "exams": exams,
        "lives": [[x, round(share * steps, 1)] for x, share in _thinned(stretch.lives)],
    }


def _thinned(items: Sequence[Any]) -> Sequence[Any]:
    every = 1 + len(items) // MOST_POINTS
    return items[::-1][::every][::-1]  # the newest stays


def _mark(level_id: str, measure: str) -> float | None:
    level = level_of(level_id)
    marks = level.stars[0] if level else ()
    return next((mark.value for mark in marks if mark.measure == measure), None)


def curriculum(history: History, catalog: Catalog) -> Message:
    """Tell where the training is on its road through the levels."""
    way = road(history, catalog)
    return {
        "type": "road",
        "stations": [
            {"name": s.name, "state": s.state, "seconds": round(s.seconds, 1)} for s in way.stations
        ],
        "marks": [
            {
                "text": mark.condition.text(level_steps(history.level)),
                "value": None if mark.value is None else round(mark.value, 2),
                "share": round(mark.share, 3),
            }
            for mark in way.marks
        ],
        "passes": way.passes,
        "needed": way.needed,
        "eta": None if way.eta_s is None else round(way.eta_s),
        "finished": way.finished,
        "teaches": way.teaches,
    }


def news(history: History, notes: Sequence[str]) -> Message:
    """Tell the latest happenings, newest first."""
    lines = [[n.icon, n.step, n.text] for n in list(history.news)[-NEWS:]][::-1]
    told = [["warning", None, note] for note in notes[-2:]]
    return {"type": "news", "lines": [*told, *lines][:NEWS]}
