"""Drawing rows in proportion to weights that keep changing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FAN_OUT = 16  # children of a node: few levels, each one pass over all points, and small rows


class SumTree:
    """Weights (capacity,) under nodes that hold the sums of 16 below; 0 is never drawn."""

    def __init__(self, capacity: int) -> None:
        self._levels: list[NDArray[np.float64]] = []
        width = capacity
        while True:
            nodes = -(-width // FAN_OUT)
            self._levels.append(np.zeros((nodes, FAN_OUT)))
            if nodes == 1:
                break
            width = nodes
        self.capacity = capacity

    @property
    def total(self) -> float:
        """Return the sum of all weights."""
        return float(self._levels[-1].sum())

    def __getitem__(self, rows: NDArray[np.int64] | slice) -> NDArray[np.float64]:
        """Return the weights of some rows."""
        return self._levels[0].reshape(-1)[rows]

    def __setitem__(self, rows: NDArray[np.int64], weights: NDArray[np.float64] | float) -> None:
        """Change some weights. Sums are taken anew, so rounding never builds up."""
        self._levels[0].reshape(-1)[rows] = weights
        for below, above in zip(self._levels, self._levels[1:], strict=False):
            rows = np.unique(rows // FAN_OUT)
            above.reshape(-1)[rows] = below[rows].sum(1)

    def find(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the rows at `points` (B,) along all weights laid end to end, 0..total."""
        node = np.zeros(len(points), dtype=np.int64)
        rest = points
        here = np.arange(len(points))
        for level in reversed(self._levels):
            ends = level[node].cumsum(1)  # (B, 16)
            # Rounding may leave a point just past the end; the last child with a weight has it.
            rest = np.minimum(rest, np.nextafter(ends[:, -1], 0))
            child = (ends <= rest[:, None]).sum(1)
            rest = rest - np.where(child > 0, ends[here, child - 1], 0)
            node = node * FAN_OUT + child
        return node
