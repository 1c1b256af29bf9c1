"""The ground that lives stand on: each one's town layout, and the way to what is near."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.level import Level
from hamlet_game.town.names import Kind
from hamlet_game.town.observation import Surroundings
from hamlet_game.town.places import Places

_KINDS = np.arange(len(Kind), dtype=np.int16)[:, None]  # (K, 1)


class Grounds:
    """Layouts of the towns of L lives. `row` (L,) is each life's row in `places`."""

    def __init__(self, level: Level, seed: NDArray[np.int64]) -> None:
        self._level = level
        self.places = Places.build(level, np.unique(seed))
        self.settle(seed)

    @property
    def doors(self) -> int:
        """The most buildings that a town may have."""
        return len(Kind) * self.places.slots

    def settle(self, seed: NDArray[np.int64]) -> None:
        """Find each life's row in the table of layouts, laid out once per town seed (L,)."""
        known = self.places.seeds
        self.everyone = np.arange(len(seed))
        if self._level.layout == "classic" or (len(known) == 1 and (seed == known[0]).all()):
            self.row = np.zeros(len(seed), dtype=np.intp)
        else:
            unique, self.row = np.unique(seed, return_inverse=True)
            if not np.array_equal(unique, known):
                self.places = Places.build(self._level, unique)
        self._remember_doors()

    def move(self, which: NDArray[np.intp], seed: NDArray[np.int64]) -> None:
        """Lay out the new towns, by `seed`, of some lives, each life in a row of its own."""
        if self._level.layout == "classic":
            return
        if len(self.places.seeds) < len(self.row):  # lives that shared a layout part
            self.places = self.places.take(self.row)
            self.row = self.everyone
        self.places.put(self.row[which], Places.build(self._level, seed))
        self._remember_doors()

    def building(
        self, x: NDArray[np.int16], y: NDArray[np.int16], lives: NDArray[np.intp]
    ) -> NDArray[np.int16]:
        """Return the number of the building that each of some lives stands on, or NONE."""
        number: NDArray[np.int16] = self.places.building[self.row[lives], self._cell(x, y, lives)]
        return number

    def around(self, x: NDArray[np.int16], y: NDArray[np.int16]) -> Surroundings:
        """Return the way from (x, y), (L,) each, to the nearest building of each kind."""
        p = self.places
        if p.nearest is None:
            return Surroundings(self._door_x - x, self._door_y - y, self._door)
        slot = p.nearest[self.row, :, self._cell(x, y)].T  # (K, L)
        door_x, door_y = p.x[self.row, _KINDS, slot], p.y[self.row, _KINDS, slot]
        return Surroundings(door_x - x, door_y - y, _KINDS * np.int16(p.slots) + slot)

    def listed(self, life: int) -> list[tuple[Kind, int, int]]:
        """Return the buildings of one life's town as (kind, x, y)."""
        row, p = self.row[life], self.places
        found: list[tuple[Kind, int, int]] = []
        for kind in self._level.kinds:
            rule = self._level.buildings.of(kind)
            slots = range(len(rule.at) if rule else 0)
            found += [(kind, int(p.x[row, kind, i]), int(p.y[row, kind, i])) for i in slots]
        return found

    def _cell(
        self, x: NDArray[np.int16], y: NDArray[np.int16], lives: Any = ...
    ) -> NDArray[np.intp]:
        cell: NDArray[np.intp] = y[lives].astype(np.intp) * self._level.width + x[lives]
        return cell

    def _remember_doors(self) -> None:
        """Keep each life's way to its buildings at hand where no kind has two of them."""
        p = self.places
        row = self.row if len(p.seeds) > 1 else slice(1)  # one layout: (K, 1), for all
        self._door = np.broadcast_to(_KINDS, (len(Kind), len(self.row)))
        self._door_x, self._door_y = (np.ascontiguousarray(at[row, :, 0].T) for at in (p.x, p.y))
