"""What numbers are called in TensorBoard and MLflow: group/name, as docs/metrics.md lists them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from hamlet_game.training.events import EpisodeEnded, Evaluated, LearnerProgress

Numbers = dict[str, float]

OF_A_LIFE = ("total_reward", "survival", "score", "random_share")


class Lives:
    """Means over the training lives since the last progress report, agent by agent."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, int], list[float]] = {}

    def add(self, life: EpisodeEnded) -> None:
        """Take in a life."""
        key = life.level, life.agent
        sums = self._sums.get(key)
        if sums is None:
            sums = self._sums[key] = [0.0] * (1 + len(OF_A_LIFE))
        sums[0] += 1
        sums[1] += life.total  # one by one: lives end hundreds of times a second
        sums[2] += life.survival
        sums[3] += life.score
        sums[4] += life.random_share

    def take(self, agent: int) -> Iterator[tuple[str, Numbers]]:
        """Yield each level that an agent lived in, with the means, and forget them."""
        for level, one in [key for key in self._sums if key[1] == agent]:
            count, *sums = self._sums.pop((level, one))
            yield level, {name: s / count for name, s in zip(OF_A_LIFE, sums, strict=True)}


def of_progress(event: LearnerProgress) -> Numbers:
    """Return what a progress report says, by the names in metrics.sqlite."""
    own = {
        "steps_per_s": event.steps_per_s,
        "training_survival": event.survival,
        "explored_share": event.random_share,
    }
    return own | event.numbers


def of_evaluation(event: Evaluated) -> Numbers:
    """Return what an evaluation measured, by the names in metrics.sqlite."""
    return {f"eval_{name}": value for name, value in event.measures.items()}


def tagged(group: str, numbers: Numbers, agent: int, agents: int) -> Numbers:
    """Return numbers by tag; those that are none are left out."""
    behind = f"/agent_{agent}" if agents > 1 else ""
    return {
        f"{group}/{name}{behind}": float(value)
        for name, value in numbers.items()
        if math.isfinite(value)
    }


def final_results(summary: dict[str, Any]) -> Numbers:
    """Return what the best policy of a run came to on each level, and what the run took."""
    found = {f"final/{name}": float(summary[name]) for name in ("steps", "seconds")}
    for level, page in summary["levels"].items():
        for name, value in (page["final"] or {}).items():
            if name in {"survival", "return", "alive", "score", "par", "stars"}:
                found[f"final_{level}/{name}"] = float(value)
        if page["graduated"]:
            found[f"final_{level}/graduated_step"] = float(page["graduated"]["step"])
    return found


def flat(values: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Return nested values by their keys joined with dots."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, dict) and value:
            found |= flat(value, f"{before}{key}.")
        else:
            found[before + key] = value
    return found
