"""What the learner panel says, gathered from a run's history."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log10
from typing import TYPE_CHECKING

from hamlet_game.game.insight.words import short
from hamlet_game.learn.config import ConfigError
from hamlet_game.training.config import check_run_config

if TYPE_CHECKING:
    from hamlet_game.game.desk.history import History

SPARK = 120  # latest reports in the sparkline


@dataclass(frozen=True, slots=True)
class Gauge:
    """A line of the panel. `share` fills its bar; None has no bar."""

    name: str
    text: str
    hint: str
    share: float | None = None
    mark: float | None = None  # a tick at another share
    spark: tuple[float, ...] = ()  # 0..1, oldest first; in place of the bar


def gauges(history: History) -> tuple[Gauge, ...]:
    """Return what is known of the first agent's learner, the most telling first."""
    mine = [p for p in history.progress if p.agent == 0]
    if not mine:
        return ()
    latest = mine[-1]
    numbers = latest.numbers
    found = [_exploring(numbers.get("epsilon"), latest.random_share)]
    if "loss" in numbers:
        losses = [p.numbers["loss"] for p in mine[-SPARK:] if "loss" in p.numbers]
        hint = "how far off its guesses are (log)"
        found.append(Gauge("Loss", f"{numbers['loss']:.3g}", hint, spark=log_scaled(losses)))
    if "buffer" in numbers:
        found.append(_memory(history, numbers["buffer"]))
    speed = latest.steps_per_s
    found.append(Gauge("Speed", f"{short(speed)} steps/s", "steps of all its lives a second"))
    if "updates" in numbers:
        found.append(Gauge("Updates", short(numbers["updates"]), "corrections of the network"))
    if "learning_rate" in numbers:
        rate = f"{numbers['learning_rate']:.2g}"
        found.append(Gauge("Learning rate", rate, "how large a correction is"))
    return tuple(found)


def _exploring(epsilon: float | None, random_share: float) -> Gauge:
    if epsilon is None:
        text = f"{100 * random_share:.1f} % random"
        return Gauge("Exploring", text, "share of moves drawn at random", random_share)
    text = f"ε {epsilon:.2f}, truly {100 * random_share:.1f} %"
    hint = "random moves: set by ε; tick: as it came"
    return Gauge("Exploring", text, hint, epsilon, random_share)


def _memory(history: History, size: float) -> Gauge:
    room = capacity(history)
    if room is None:
        return Gauge("Memory", short(size), "experience it learns from")
    text = f"{short(size)} of {short(room)}"
    return Gauge("Memory", text, "experience it learns from", min(1.0, size / room))


def capacity(history: History) -> int | None:
    """Return how much experience the run's memory holds, None where it has no such memory."""
    algorithm = history.config.get("algorithm")
    if not isinstance(algorithm, dict):
        return None
    return _capacity(json.dumps(algorithm, sort_keys=True, default=str))


@lru_cache(maxsize=8)
def _capacity(algorithm: str) -> int | None:
    try:
        settings = check_run_config({"algorithm": json.loads(algorithm)}, "run")
        value = getattr(settings.algorithm_settings(), "capacity", None)
    except ConfigError:
        return None
    return value if isinstance(value, int) else None


def log_scaled(values: Sequence[float]) -> tuple[float, ...]:
    """Return values on a log scale between their own extremes, 0..1."""
    logs = [log10(max(value, 1e-9)) for value in values]
    if not logs:
        return ()
    low, high = min(logs), max(logs)
    span = max(high - low, 0.3)  # less than a factor of two is shown as less
    return tuple((value - low) / span for value in logs)
