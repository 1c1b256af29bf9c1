"""Prioritised replay: what surprised more is seen more often. Schaul et al. 2016."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from hamlet_game.learn.replay_buffer import Batch, Experience, ReplayBuffer
from hamlet_game.learn.states import State, StateError, fetch, nested, part
from hamlet_game.learn.sum_tree import SumTree

SMALLEST = 1e-3  # added to every |δ|, so that nothing is forgotten for good


def importance_weights(
    probability: NDArray[np.float64], size: int, importance: float
) -> NDArray[np.float32]:
    """(N · P(i))^−β over its largest, (B,). Schaul et al. 2016, section 3.4."""
    weights = (size * probability) ** -importance
    relative: NDArray[np.float32] = (weights / weights.max()).astype(np.float32)
    return relative


class PrioritizedMemory:
    """A replay buffer sampled in proportion to (|δ| + small)^α; what is new comes first."""

    def __init__(
        self, capacity: int, width: int, actions: int, *, masks: bool, exponent: float
    ) -> None:
        self._buffer = ReplayBuffer(capacity, width, actions, masks=masks)
        self._tree = SumTree(capacity)
        self._exponent = exponent  # α
        self._highest = 1.0  # priority of new experience, already to the power of α

    def __len__(self) -> int:
        """Return the number of pieces held."""
        return len(self._buffer)

    def insert(self, experience: Experience) -> None:
        """Keep experience at the highest priority seen so far."""
        rows = (self._buffer.cursor + np.arange(len(experience))) % self._buffer.capacity
        self._buffer.insert(experience)
        self._tree[rows] = self._highest

    def sample(self, batch: Batch, rng: np.random.Generator, importance: float) -> None:
        """Fill `batch`, a piece from each of B equal parts of all priorities; β = `importance`."""
        count, total = len(batch), self._tree.total
        rows = self._tree.find((np.arange(count) + rng.random(count)) * (total / count))
        self._buffer.take(batch, rows)
        probability = self._tree[rows] / total
        weights = importance_weights(probability, len(self._buffer), importance)
        batch.weight = torch.from_numpy(weights)

    def learned(self, batch: Batch, error: NDArray[np.float32]) -> None:
        """Set the priorities of a batch from its errors (B,)."""
        priority = (np.abs(error).astype(np.float64) + SMALLEST) ** self._exponent
        self._tree[batch.rows] = priority
        self._highest = max(self._highest, float(priority.max()))

    def state(self) -> State:
        """Return copies of what is held."""
        priority = self._tree[: len(self._buffer)].copy()
        own = {"priority": priority, "highest": self._highest}
        return own | nested("buffer", self._buffer.state())

    def load_state(self, state: State) -> None:
        """Go on from a saved state. Raises StateError if it doesn't fit."""
        priority = np.asarray(fetch(state, "priority"), dtype=np.float64)
        self._buffer.load_state(part("buffer", state))
        if priority.shape != (len(self._buffer),):
            raise StateError("the saved priorities are damaged; use another checkpoint")
        self._tree = SumTree(self._buffer.capacity)
        self._tree[np.arange(len(priority))] = priority
        self._highest = float(fetch(state, "highest"))
