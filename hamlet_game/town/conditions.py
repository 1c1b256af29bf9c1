"""Star conditions such as `survival > 40`: a measure, a comparison, a number."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

MEASURES = {
    "survival": "steps lived",
    "return": "sum of rewards",
    "alive": "share of lives that reach the last step",
    "score": "points out of 1,000",
    "par": "score as a share of par",
}
_FORM = re.compile(r"\s*([a-z_]+)\s*(>=|>)\s*(-?\d+(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison that a life, or the mean of many, passes or not."""

    measure: str
    strict: bool  # True: '>', False: '>='
    value: float

    def holds(self, measures: Mapping[str, float]) -> bool:
        """Return whether the measured value passes. Raises KeyError without the measure."""
        got = measures[self.measure]
        return got > self.value if self.strict else got >= self.value

    def text(self, steps: int) -> str:
        """Return the condition as a person reads it; `steps` is the level's limit."""
        value, than = f"{self.value:g}", "more than" if self.strict else "at least"
        match self.measure:
            case "survival":
                return f"Live {than} {value} steps"
            case "alive":
                return f"Be alive after all {steps} steps"
            case "return":
                return f"Total reward {'above' if self.strict else 'at least'} {value}"
            case "par":
                return f"Score {than} {self.value * 100:g} % of par"
            case _:
                return f"Score {than} {value}"

    def __str__(self) -> str:
        """Return the condition as written in a level file."""
        return f"{self.measure} {'>' if self.strict else '>='} {self.value:g}"


def parse_condition(text: object) -> Condition:
    """Return the condition that `text` says. Raises ValueError with the remedy."""
    if isinstance(text, Condition):
        return text
    match = _FORM.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError("not a condition; write it like 'survival > 40' or 'alive >= 1'")
    measure, comparison, number = match.groups()
    if measure not in MEASURES:
        close = difflib.get_close_matches(measure, MEASURES, 1)
        remedy = f"Did you mean '{close[0]}'?" if close else f"Known: {', '.join(MEASURES)}."
        raise ValueError(f"no such measure '{measure}'. {remedy}")
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number} is too large a number")
    return Condition(measure, comparison == ">", value)
