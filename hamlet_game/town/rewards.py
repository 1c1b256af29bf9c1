"""Reward terms: named, weighted, and reported one by one.

A term's natural value is documented in `TERMS`; a level's weight multiplies
it. Need-weighted bonuses (`improvement`, `affordance_bonus`) can be farmed by
draining a meter on purpose; level-based (`wellbeing`) and potential-based
(`proximity`, `money`) terms cannot (Ng, Harada and Russell, "Policy invariance
under reward transformations", 1999).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.level import Level, RewardWeights
from hamlet_game.town.names import FULL, NONE, VITAL, Kind, Meter
from hamlet_game.town.observation import REACH, Surroundings

Floats = NDArray[np.float32]

TERMS = {
    "survival": "1 for each step lived",
    "critical": "the number of deadly meters that fall into the red in this step",
    "death": "1 when the life ends at an empty meter",
    "improvement": "points a building gave, each weighted by how low the meter was",
    "affordance_bonus": "1 for using the building of a meter that needed it",
    "proximity": "steps come closer to the building that the most urgent meter needs",
    "wellbeing": "minus the squared lack of each deadly meter, and of money, below comfort",
    "money": "money gained, as a share of a full purse; negative when spent",
    "efficiency": "1 for a wasted step: walking into the edge, or an unsuccessful use",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One step of L lives as the reward terms see it."""

    before: Floats  # (4, L) meters before the step
    drained: Floats  # (4, L) after draining, before any building
    after: Floats  # (4, L) at the end
    used: NDArray[np.int8]  # (L,) kind used, or NONE
    died: NDArray[np.bool_]  # (L,)
    wasted: NDArray[np.bool_]  # (L,)
    around_before: Surroundings
    around_after: Surroundings


class RewardShaper:
    """Computes the active terms of a level's reward, weighted and separately."""

    def __init__(self, level: Level, weights: RewardWeights | None = None) -> None:
        self.weights = weights or level.rewards
        rules = [level.meters.of(meter) for meter in Meter]
        self._deadly = [m for m in VITAL if m in level.deadly]
        self._critical = np.array([[r.critical] for r in rules], dtype=np.float32)
        self._comfort = [np.float32(r.comfort) for r in rules]
        self._importance = [np.float32(r.importance) for r in rules]
        self._serves = np.array(
            [rule.serves if (rule := level.buildings.of(k)) else NONE for k in Kind], dtype=np.int8
        )
        self._server = {  # which building the most urgent meter needs
            meter: kind for kind in reversed(level.kinds) for meter in [Meter(self._serves[kind])]
        }
        self._urgent = [m for m in self._deadly if m in self._server]
        every: dict[str, Callable[[Happening], Floats]] = {
            "survival": self._survival,
            "critical": self._into_the_red,
            "death": lambda h: h.died.astype(np.float32),
            "improvement": self._improvement,
            "affordance_bonus": self._affordance_bonus,
            "proximity": self._proximity,
            "wellbeing": self._wellbeing,
            "money": lambda h: (h.after[Meter.MONEY] - h.before[Meter.MONEY]) * np.float32(0.01),
            "efficiency": lambda h: h.wasted.astype(np.float32),
        }
        self._active = [
            (name, np.float32(weight), term)
            for name, term in every.items()
            if (weight := float(getattr(self.weights, name)))
        ]

    @property
    def active(self) -> tuple[str, ...]:
        """The names of the terms with a weight other than 0."""
        return tuple(name for name, _, _ in self._active)

    def __call__(self, happening: Happening) -> tuple[Floats, dict[str, Floats]]:
        """Return the reward, (L,), and what each active term contributed, (L,) each."""
        terms = {name: weight * term(happening) for name, weight, term in self._active}
        total = np.zeros(len(happening.died), dtype=np.float32)
        for value in terms.values():
            total += value
        return total, terms

    @staticmethod
    def _survival(h: Happening) -> Floats:
        return (~h.died).astype(np.float32)

    def _into_the_red(self, h: Happening) -> Floats:
        count = np.zeros(len(h.died), dtype=np.float32)
        for meter in self._deadly:
            edge = self._critical[meter]
            count += (h.after[meter] < edge) & (h.before[meter] >= edge)
        return count

    @staticmethod
    def _improvement(h: Happening) -> Floats:
        total = np.zeros(len(h.died), dtype=np.float32)
        for meter in VITAL:
            gain = np.maximum(h.after[meter] - h.drained[meter], 0)
            total += gain * (np.float32(1) - h.before[meter] * np.float32(1 / FULL))
        return total

    def _affordance_bonus(self, h: Happening) -> Floats:
        serves = self._serves[h.used]  # NONE picks the last kind; `used` masks it below
        level = np.take_along_axis(h.before, serves[None, :].astype(np.intp), axis=0)[0]
        needed = (h.used != NONE) & (level < np.float32(self.weights.needed_below))
        bonus: Floats = needed.astype(np.float32)
        return bonus

    def _potential(self, meters: Floats, around: Surroundings) -> Floats:
        """Φ = −(distance to the most urgent meter's building / REACH) · (its lack)."""
        best_lack = np.full(meters.shape[1], -1, dtype=np.float32)
        potential = np.zeros(meters.shape[1], dtype=np.float32)
        for meter in self._urgent:
            kind = self._server[meter]
            lack = np.float32(1) - meters[meter] * np.float32(1 / FULL)
            distance = (np.abs(around.dx[kind]) + np.abs(around.dy[kind])).astype(np.float32)
            worse = lack > best_lack
            best_lack = np.where(worse, lack, best_lack)
            potential = np.where(worse, -lack * distance * np.float32(1 / REACH), potential)
        return potential

    def _proximity(self, h: Happening) -> Floats:
        """Φ(s′) − Φ(s), with Φ of a dead state 0. Ng et al. 1999, with discount 1."""
        after = np.where(h.died, np.float32(0), self._potential(h.after, h.around_after))
        return after - self._potential(h.before, h.around_before)

    def _wellbeing(self, h: Happening) -> Floats:
        total = np.zeros(len(h.died), dtype=np.float32)
        for meter in (*self._deadly, Meter.MONEY):
            comfort, importance = self._comfort[meter], self._importance[meter]
            if comfort and importance:
                lack = np.maximum(comfort - h.after[meter], 0) * (np.float32(1) / comfort)
                total -= lack * lack * importance
        return total
