"""What changes from step to step: plain arrays, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(slots=True)
class TownState:
    """The whole state of L lives. Copies of it are snapshots."""

    meters: NDArray[np.float32]  # (4, L) 0..100, by `Meter`
    x: NDArray[np.int16]  # (L,) column
    y: NDArray[np.int16]  # (L,) row
    age: NDArray[np.int32]  # (L,) steps lived in this episode
    over: NDArray[np.bool_]  # (L,) dead or out of time, waiting for a restart
    points: NDArray[np.float64]  # (L,) score so far, 0..1000
    busy: NDArray[np.int16]  # (L,) building used in the last step, or NONE
    seed: NDArray[np.int64]  # (L,) town seed
    episode: NDArray[np.int64]  # (L,) restarts in this town
    citizen: NDArray[np.int64]  # (L,) number within the town

    def __len__(self) -> int:
        """Return L, the number of lives."""
        return len(self.x)

    def copy(self) -> TownState:
        """Return a copy that shares nothing."""
        return TownState(**{f.name: getattr(self, f.name).copy() for f in fields(self)})

    def take(self, lives: Any) -> TownState:
        """Return the chosen lives (any NumPy index), copied, in that order; repeats allowed."""
        return TownState(**{f.name: getattr(self, f.name)[..., lives].copy() for f in fields(self)})

    @staticmethod
    def join(states: list[TownState]) -> TownState:
        """Return the lives of several states, one after another."""
        return TownState(
            **{
                f.name: np.concatenate([getattr(s, f.name) for s in states], axis=-1)
                for f in fields(TownState)
            }
        )
