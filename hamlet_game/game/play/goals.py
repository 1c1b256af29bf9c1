"""How a life stands with its stars: what is safe, what is still possible, what is lost."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from hamlet_game.town.conditions import Condition
from hamlet_game.town.record import Record
from hamlet_game.town.town import FULL_SCORE


class Outlook(Enum):
    """How sure it is that a condition will be met in the end."""

    MET = "met"  # whatever happens
    HOLDS = "holds so far"  # but can still be lost
    OPEN = "still possible"
    LOST = "out of reach"


_WORST_FIRST = (Outlook.LOST, Outlook.OPEN, Outlook.HOLDS, Outlook.MET)


@dataclass(frozen=True, slots=True)
class StarView:
    """One star: its conditions and how the life stands with them."""

    conditions: tuple[Condition, ...]
    outlook: Outlook

    def text(self, steps: int) -> str:
        """Return all its conditions as a person reads them."""
        first, *more = [condition.text(steps) for condition in self.conditions]
        return ", ".join([first, *(text[:1].lower() + text[1:] for text in more)])


def total_reward(record: Record, step: int) -> float:
    """Return the sum of rewards up to a step."""
    return sum(frame.reward for frame in record.frames[: step + 1])


def outlook(condition: Condition, record: Record, step: int, par: float | None) -> Outlook:
    """Return how a life stands with one condition at a step."""
    now, least, most = _range(condition.measure, record, step, par)
    if condition.holds({condition.measure: least}):
        return Outlook.MET
    if not condition.holds({condition.measure: most}):
        return Outlook.LOST
    return Outlook.HOLDS if condition.holds({condition.measure: now}) else Outlook.OPEN


def stars(record: Record, step: int, par: float | None) -> list[StarView]:
    """Return the level's three stars; each needs those before it."""
    views, before = [], Outlook.MET
    for conditions in record.level.stars:
        found = [outlook(condition, record, step, par) for condition in conditions]
        before = min([before, *found], key=_WORST_FIRST.index)
        views.append(StarView(conditions, before))
    return views


def _range(
    measure: str, record: Record, step: int, par: float | None
) -> tuple[float, float, float]:
    """Return a measure's value now, and the least and most it can come to."""
    level, frame = record.level, record.frames[step]
    over = frame.died or frame.timed_out
    left = 0 if over else level.steps - step
    points = frame.points, frame.points, frame.points + left * FULL_SCORE / level.steps
    match measure:
        case "survival":
            return step, step, step + left
        case "alive":
            return float(frame.timed_out), float(frame.timed_out), float(not frame.died)
        case "score":
            return points
        case "par" if par:
            return points[0] / par, points[1] / par, points[2] / par
        case "par":
            return 0.0, 0.0, math.inf
        case _:
            total = total_reward(record, step)
            return (total, total, total) if over else (total, -math.inf, math.inf)
