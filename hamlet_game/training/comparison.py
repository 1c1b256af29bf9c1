"""Two policies in the same towns: how far apart they are, and whether that is chance."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.evaluation import Lives, live
from hamlet_game.town.level import Level
from hamlet_game.town.policies import Policy
from hamlet_game.training.bootstrap import Interval, of_mean

Floats = NDArray[np.float64]

MEASURES = ("score", "survival", "alive", "return")  # the first decides


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure of both, over T towns."""

    a: Interval  # mean
    b: Interval
    difference: Interval  # mean of a − b, town by town


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two policies in the same T towns of a level."""

    names: tuple[str, str]
    level: Level
    towns: int
    measures: dict[str, Compared]
    scores: tuple[Floats, Floats]  # (T,) each

    @property
    def sentence(self) -> str:
        """Return whether the difference is real, in plain words."""
        score = self.measures["score"]
        one, other = self.names
        gap = score.difference
        where = f"in the same {self.towns:,} towns of {self.level.name}"
        sure = f"95 % interval {gap.low:+.1f} to {gap.high:+.1f}"
        if not gap.is_apart_from_zero:
            return (
                f"No real difference: {one} and {other} score {score.a.value:.0f} and "
                f"{score.b.value:.0f} {where}, and chance explains the rest ({sure})."
            )
        better, worse = (one, other) if gap.value > 0 else (other, one)
        return (
            f"The difference is real: {better} scores {abs(gap.value):.0f} points more than "
            f"{worse} {where} ({one} minus {other}: {sure})."
        )

    def values(self) -> dict[str, Any]:
        """Return everything but single towns as JSON values."""
        score = self.measures["score"].difference
        return {
            "a": self.names[0],
            "b": self.names[1],
            "level": self.level.id,
            "towns": self.towns,
            "measures": {name: asdict(its) for name, its in self.measures.items()},
            "real": score.is_apart_from_zero,
            "sentence": self.sentence,
        }


def compare(
    names: tuple[str, str], policies: tuple[Policy, Policy], level: Level, seeds: NDArray[np.int64]
) -> Comparison:
    """Let both live in every town and compare them town by town.

    Towns differ more than policies do: pairing takes that out of the difference.
    """
    a, b = (_by_town(live(level, policy, seeds), len(seeds)) for policy in policies)
    measures = {
        name: Compared(of_mean(a[name]), of_mean(b[name]), of_mean(a[name] - b[name]))
        for name in MEASURES
    }
    return Comparison(names, level, len(seeds), measures, (a["score"], b["score"]))


def _by_town(lives: Lives, towns: int) -> dict[str, Floats]:
    """Return each measure's mean over the people of a town, (T,)."""
    of_lives: tuple[NDArray[Any], ...] = (lives.score, lives.survival, lives.alive, lives.total)
    return {
        name: values.astype(np.float64).reshape(towns, -1).mean(axis=1)
        for name, values in zip(MEASURES, of_lives, strict=True)
    }
