"""What a townsperson perceives: named numbers, the same width in every level.

Distances are in units of `REACH` cells, whatever the grid, so that a brain
raised in a small town finds its way in a large one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.level import Level
from hamlet_game.town.names import FULL, VITAL, Kind, Meter

REACH = 8.0  # cells; offsets are divided by it and clipped to -1..1
_FAR_LEFT, _FAR_RIGHT = np.array(-1, dtype=np.float32), np.array(1, dtype=np.float32)
_HERE = np.array(0, dtype=np.int16)

_PER_KIND = {
    "dx": "columns to the nearest {0}, right positive, in units of 8 cells, clipped to -1..1",
    "dy": "rows to the nearest {0}, down positive, in units of 8 cells, clipped to -1..1",
    "sign_x": "-1 if the nearest {0} is to the left, 1 to the right, 0 in this column",
    "sign_y": "-1 if the nearest {0} is above, 1 below, 0 in this row",
    "here": "1 if standing on a {0}",
    "affordable": "1 if there is money for a {0}",
    "taken": "1 if others filled the nearest {0} in the last step",
}


def _meanings() -> dict[str, str]:
    fields = {m.key: f"{m.key}, 0..1" for m in Meter}
    fields |= {f"deadly_{m.key}": f"1 if {m.key} at 0 ends the life in this level" for m in VITAL}
    for name, meaning in _PER_KIND.items():
        fields |= {f"{kind.key}_{name}": meaning.format(kind.key) for kind in Kind}
    return fields | {"x": "own column, 0 left edge .. 1", "y": "own row, 0 top edge .. 1"}


MEANINGS = _meanings()
FIELDS: tuple[str, ...] = tuple(MEANINGS)
WIDTH = len(FIELDS)
_BLOCK = {name: FIELDS.index(f"{Kind(0).key}_{name}") for name in _PER_KIND}


def describe(observation: Sequence[float] | NDArray[np.float32]) -> dict[str, tuple[float, str]]:
    """Return each entry of one observation by name, as (value, what it means)."""
    if len(observation) != WIDTH:
        raise ValueError(f"an observation has {WIDTH} numbers, not {len(observation)}")
    pairs = zip(MEANINGS.items(), observation, strict=True)
    return {name: (float(value), meaning) for (name, meaning), value in pairs}


@dataclass(slots=True)
class Surroundings:
    """What surrounds L lives, kind by kind."""

    dx: NDArray[np.int16]  # (K, L) columns to the nearest building
    dy: NDArray[np.int16]  # (K, L) rows
    nearest: NDArray[np.int16]  # (K, L) number of that building


class Observer:
    """Turns state into observations. Reads only; fills rows that a level lacks with 0."""

    def __init__(self, level: Level) -> None:
        missing = [kind for kind in Kind if kind not in level.kinds]
        self._missing = np.array(missing, dtype=np.intp)
        self._deadly = np.array([[m in level.deadly] for m in VITAL], dtype=np.float32)
        self._across = np.float32(1 / max(level.width - 1, 1))
        self._down = np.float32(1 / max(level.height - 1, 1))

    def __call__(
        self,
        meters: NDArray[np.float32],
        x: NDArray[np.int16],
        y: NDArray[np.int16],
        around: Surroundings,
        *,
        affordable: NDArray[np.bool_],
        taken: NDArray[np.bool_] | None,
    ) -> NDArray[np.float32]:
        """Return observations, (L, WIDTH) float32."""
        out = np.empty((WIDTH, len(x)), dtype=np.float32)
        kinds = len(Kind)
        np.multiply(meters, np.float32(1 / FULL), out=out[:4])
        out[4:7] = self._deadly
        for name, offset in (("x", around.dx), ("y", around.dy)):
            scaled = out[_BLOCK["d" + name] :][:kinds]
            np.multiply(offset, np.float32(1 / REACH), out=scaled, casting="unsafe")
            np.sign(scaled, out=out[_BLOCK["sign_" + name] :][:kinds])
            np.minimum(np.maximum(scaled, _FAR_LEFT, out=scaled), _FAR_RIGHT, out=scaled)
        here = out[_BLOCK["here"] :][:kinds]
        np.equal(around.dx | around.dy, _HERE, out=here, casting="unsafe")
        out[_BLOCK["affordable"] :][:kinds] = affordable
        out[_BLOCK["taken"] :][:kinds] = 0 if taken is None else taken
        if len(self._missing):
            for start in _BLOCK.values():
                out[start + self._missing] = 0
        np.multiply(x, self._across, out=out[-2], casting="unsafe")
        np.multiply(y, self._down, out=out[-1], casting="unsafe")
        return np.ascontiguousarray(out.T)
