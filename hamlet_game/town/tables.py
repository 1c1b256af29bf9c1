"""A level's rules as arrays, ready to be looked up for many lives at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.level import Level
from hamlet_game.town.names import MOVES, Action, Kind, Meter

_STEPS = [MOVES[action] for action in Action]
DX = np.array([dx for dx, _ in _STEPS], dtype=np.int16)  # (5,) columns by action
DY = np.array([dy for _, dy in _STEPS], dtype=np.int16)  # (5,) rows by action


@dataclass(frozen=True, slots=True)
class Tables:
    """The numbers of one level. K kinds, 4 meters."""

    drains: NDArray[np.float32]  # (4, 2) points a step, by whether it moved
    effects: NDArray[np.float32]  # (4, K + 1) what a use adds; the last column, NONE, is 0
    price: NDArray[np.float32]  # (K, 1) money; infinite where the level has none of a kind
    capacity: NDArray[np.float64]  # (K,) users a step; infinite where there is no limit
    deadly: NDArray[np.intp]  # (D,) meters that end a life at 0
    last_x: NDArray[np.int16]  # () last column
    last_y: NDArray[np.int16]  # () last row

    @classmethod
    def of(cls, level: Level) -> Tables:
        """Read a level's numbers."""
        rules = [level.meters.of(meter) for meter in Meter]
        still = np.array([rule.drain for rule in rules], dtype=np.float32)
        walk = np.array([rule.move_drain for rule in rules], dtype=np.float32)
        effects = np.zeros((len(Meter), len(Kind) + 1), dtype=np.float32)
        price = np.full((len(Kind), 1), np.inf, dtype=np.float32)
        capacity = np.full(len(Kind), np.inf)
        for kind in level.kinds:
            rule = level.buildings.of(kind)
            if rule is None:
                continue
            effects[:, kind] = [rule.gives.of(meter) - rule.costs.of(meter) for meter in Meter]
            price[kind] = rule.costs.money
            capacity[kind] = rule.capacity or np.inf
        return cls(
            drains=np.stack([still, still + walk], axis=1),
            effects=effects,
            price=price,
            capacity=capacity,
            deadly=np.array(level.deadly, dtype=np.intp),
            last_x=np.array(level.width - 1, np.int16),
            last_y=np.array(level.height - 1, np.int16),
        )
