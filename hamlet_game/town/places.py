"""Where the buildings of each town stand, as lookup tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.hashing import Draw, mix
from hamlet_game.town.level import Level
from hamlet_game.town.names import NONE, Kind

_AT_ONCE = 1 << 20  # table entries worked out at a time; bounds the memory of many large towns


@dataclass(slots=True)
class Places:
    """Tables of R layouts on C cells, K kinds with up to M buildings each.

    A building's number is `kind * M + slot`; a cell's is `y * width + x`.
    """

    seeds: NDArray[np.int64]  # (R,) town seed of each row
    x: NDArray[np.int16]  # (R, K, M) column of each building; slots beyond a kind's last repeat it
    y: NDArray[np.int16]  # (R, K, M)
    building: NDArray[np.int16]  # (R, C) number of the building on a cell, or NONE
    nearest: NDArray[np.int8] | None  # (R, K, C) slot nearest to a cell; None where M is 1

    @classmethod
    def build(cls, level: Level, seeds: NDArray[np.int64]) -> Places:
        """Lay out one town per seed."""
        if level.layout == "classic":
            seeds = seeds[:1]
        most = max(len(rule.at) for kind in level.kinds if (rule := level.buildings.of(kind)))
        rows = max(1, _AT_ONCE // (level.width * level.height * len(Kind) * most))
        parts = [cls._chunk(level, seeds[i : i + rows]) for i in range(0, len(seeds), rows)]
        if len(parts) == 1:
            return parts[0]
        near = [part.nearest for part in parts if part.nearest is not None]
        return cls(
            seeds,
            np.concatenate([part.x for part in parts]),
            np.concatenate([part.y for part in parts]),
            np.concatenate([part.building for part in parts]),
            np.concatenate(near) if near else None,
        )

    @classmethod
    def _chunk(cls, level: Level, seeds: NDArray[np.int64]) -> Places:
        counts = [len(rule.at) if (rule := level.buildings.of(kind)) else 0 for kind in Kind]
        slots = max(counts)
        rows, cells = len(seeds), level.width * level.height
        chosen = _chosen_cells(level, seeds)  # (R, sum(counts)), kind by kind
        table = np.zeros((rows, len(Kind), slots), dtype=np.int16)
        building = np.full((rows, cells), NONE, dtype=np.int16)
        row, column = np.arange(rows), 0
        for kind, count in zip(Kind, counts, strict=True):
            for slot in range(count):
                cell = chosen[:, column]
                table[:, kind, slot:] = cell[:, None]
                building[row, cell] = kind * slots + slot
                column += 1
        x, y = (table % level.width).astype(np.int16), (table // level.width).astype(np.int16)
        return cls(seeds, x, y, building, _nearest(level, x, y) if slots > 1 else None)

    @property
    def slots(self) -> int:
        """M, the most buildings of one kind."""
        return int(self.x.shape[2])

    def take(self, rows: NDArray[np.intp]) -> Places:
        """Return the chosen rows, copied, in that order; repeats allowed."""
        near = None if self.nearest is None else self.nearest[rows]
        return Places(self.seeds[rows], self.x[rows], self.y[rows], self.building[rows], near)

    def put(self, rows: NDArray[np.intp], other: Places) -> None:
        """Overwrite some rows with another table's rows, in order."""
        self.seeds[rows] = other.seeds
        self.x[rows], self.y[rows] = other.x, other.y
        self.building[rows] = other.building
        if self.nearest is not None and other.nearest is not None:
            self.nearest[rows] = other.nearest


def _chosen_cells(level: Level, seeds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the cells of all buildings, kind by kind, one row per seed."""
    classic = [
        y * level.width + x
        for kind in Kind
        if (rule := level.buildings.of(kind))
        for x, y in rule.at
    ]
    if level.layout == "classic":
        return np.tile(np.array(classic, dtype=np.int64), (len(seeds), 1))
    keys = mix(seeds[:, None], Draw.LAYOUT, np.arange(level.width * level.height)[None, :])
    return np.argsort(keys, axis=1, kind="stable")[:, : len(classic)].astype(np.int64)


def _nearest(level: Level, x: NDArray[np.int16], y: NDArray[np.int16]) -> NDArray[np.int8]:
    """Return the slot nearest to each cell by steps to walk, (R, K, C); ties to the first."""
    cell = np.arange(level.width * level.height, dtype=np.int16)
    across = np.abs(x[:, :, None, :] - (cell % level.width)[None, None, :, None])
    down = np.abs(y[:, :, None, :] - (cell // level.width)[None, None, :, None])
    slot: NDArray[np.intp] = np.argmin(across + down, axis=3)
    return slot.astype(np.int8)
