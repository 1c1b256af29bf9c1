"""Experience in preallocated arrays, sampled uniformly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from hamlet_game.learn.states import State, StateError, fetch, restore

_COLUMNS = ("obs", "action", "reward", "next_obs", "discount", "next_mask")


@dataclass(frozen=True, slots=True)
class Experience:
    """K pieces of experience: s, a, the discounted sum of n rewards, and s' n steps on."""

    obs: NDArray[np.float32]  # (K, W)
    action: NDArray[np.int64]  # (K,)
    reward: NDArray[np.float32]  # (K,) discounted sum over the n steps
    next_obs: NDArray[np.float32]  # (K, W)
    discount: NDArray[np.float32]  # (K,) γⁿ, or 0 if the life died: a time limit keeps γⁿ
    next_mask: NDArray[np.bool_] | None  # (K, A) actions allowed in s'

    def __len__(self) -> int:
        """Return K."""
        return len(self.action)


class Batch:
    """B sampled pieces in memory that tensors and arrays share, used again for every batch."""

    def __init__(self, size: int, width: int, actions: int, *, masks: bool) -> None:
        self.size = size  # B
        self.obs, self.next_obs = torch.zeros(size, width), torch.zeros(size, width)
        self.action = torch.zeros(size, dtype=torch.int64)
        self.reward, self.discount = torch.zeros(size), torch.zeros(size)
        self.next_mask = torch.ones(size, actions, dtype=torch.bool) if masks else None
        self.weight: torch.Tensor | None = None  # (B,) importance, where sampling is uneven
        self.rows = np.zeros(size, dtype=np.int64)  # where the pieces lie
        self._arrays = [
            tensor.numpy()
            for tensor in (self.obs, self.action, self.reward, self.next_obs, self.discount)
        ]
        if self.next_mask is not None:
            self._arrays.append(self.next_mask.numpy())

    def __len__(self) -> int:
        """Return B."""
        return self.size

    def fill(self, columns: list[NDArray[Any]], rows: NDArray[np.int64]) -> None:
        """Copy the chosen rows of a buffer's columns."""
        self.rows = rows
        for column, array in zip(columns, self._arrays, strict=True):
            np.take(column, rows, axis=0, out=array, mode="clip")  # 'raise' would copy twice


class Memory(Protocol):
    """Where experience is kept and sampled from."""

    def __len__(self) -> int:
        """Return the number of pieces held."""

    def insert(self, experience: Experience) -> None:
        """Keep experience, over the oldest once full."""

    def sample(self, batch: Batch, rng: np.random.Generator, importance: float) -> None:
        """Fill `batch`; `importance` is β, how far uneven sampling is made good (0..1)."""

    def learned(self, batch: Batch, error: NDArray[np.float32]) -> None:
        """Take note of the temporal-difference errors (B,) that a batch showed."""

    def state(self) -> State:
        """Return everything held."""

    def load_state(self, state: State) -> None:
        """Go on from a saved state."""


class ReplayBuffer:
    """A ring of experience; every piece is as likely as any other."""

    def __init__(self, capacity: int, width: int, actions: int, *, masks: bool) -> None:
        self.capacity, self._size, self._cursor = capacity, 0, 0
        obs, next_obs = (np.zeros((capacity, width), dtype=np.float32) for _ in range(2))
        reward, discount = (np.zeros(capacity, dtype=np.float32) for _ in range(2))
        action = np.zeros(capacity, dtype=np.int64)
        self._columns: list[NDArray[Any]] = [obs, action, reward, next_obs, discount]
        if masks:
            self._columns.append(np.ones((capacity, actions), dtype=np.bool_))

    def __len__(self) -> int:
        """Return the number of pieces held."""
        return self._size

    @property
    def cursor(self) -> int:
        """Return the row that the next piece goes to."""
        return self._cursor

    def insert(self, experience: Experience) -> None:
        """Keep experience, over the oldest once full. Raises ValueError if it is more than fits."""
        count = len(experience)
        if count > self.capacity:
            raise ValueError(f"{count} pieces at once are more than the buffer's {self.capacity}")
        e = experience
        news: tuple[Any, ...] = (e.obs, e.action, e.reward, e.next_obs, e.discount, e.next_mask)
        start, first = self._cursor, min(count, self.capacity - self._cursor)
        for column, new in zip(self._columns, news, strict=False):  # without masks one fewer
            column[start : start + first] = new[:first]
            if first < count:
                column[: count - first] = new[first:]
        self._cursor = (start + count) % self.capacity
        self._size = min(self._size + count, self.capacity)

    def sample(self, batch: Batch, rng: np.random.Generator, importance: float) -> None:  # noqa: ARG002
        """Fill `batch`, with repetition."""
        self.take(batch, rng.integers(0, self._size, len(batch)))

    def take(self, batch: Batch, rows: NDArray[np.int64]) -> None:
        """Fill `batch` with chosen rows."""
        batch.fill(self._columns, rows)

    def learned(self, batch: Batch, error: NDArray[np.float32]) -> None:
        """Do nothing: all pieces stay alike."""

    def state(self) -> State:
        """Return copies of what is held."""
        held = {name: column[: self._size].copy() for name, column in self._named()}
        return held | {"cursor": self._cursor, "capacity": self.capacity}

    def load_state(self, state: State) -> None:
        """Go on from a saved state. Raises StateError if it doesn't fit."""
        if fetch(state, "capacity") != self.capacity:
            raise StateError(
                f"the saved buffer holds {state['capacity']}, this configuration {self.capacity}; "
                "use the configuration it was saved with"
            )
        size, cursor = len(fetch(state, "obs")), int(fetch(state, "cursor"))
        if size > self.capacity or not 0 <= cursor < self.capacity:
            raise StateError("the saved buffer is damaged; use another checkpoint")
        for name, column in self._named():
            restore(column[:size], state, name)
        self._size, self._cursor = size, cursor

    def _named(self) -> list[tuple[str, NDArray[Any]]]:
        return list(zip(_COLUMNS, self._columns, strict=False))
