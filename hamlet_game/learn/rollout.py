"""T steps of L lives in a row, as actor-critic algorithms learn from them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from hamlet_game.learn.base import Transitions
from hamlet_game.learn.states import State, fetch, restore


class Rollout:
    """Preallocated arrays (T, L, …), filled step by step."""

    def __init__(self, steps: int, lives: int, width: int, actions: int) -> None:
        shape = (steps, lives)
        # Tensors, whose memory is aligned: products round alike in every process.
        self.obs, self.next_obs = torch.zeros(*shape, width), torch.zeros(*shape, width)
        self.action = torch.zeros(shape, dtype=torch.int64)
        self.mask = torch.ones(*shape, actions, dtype=torch.bool)
        self.reward = np.zeros(shape, dtype=np.float32)
        self.died, self.timed_out = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
        self.steps = 0  # filled

    @property
    def lives(self) -> int:
        """Return L."""
        return self.reward.shape[1]

    @property
    def is_full(self) -> bool:
        """Return whether T steps are there."""
        return self.steps == len(self.reward)

    def push(self, t: Transitions, reward_scale: float, *, use_mask: bool) -> None:
        """Take in one step of all lives."""
        at = self.steps
        self.obs.numpy()[at], self.next_obs.numpy()[at] = t.obs, t.next_obs
        self.action.numpy()[at] = t.action
        self.reward[at] = t.reward * np.float32(reward_scale)
        self.died[at], self.timed_out[at] = t.died, t.timed_out
        if use_mask:
            self.mask.numpy()[at] = t.mask
        self.steps += 1

    def flat(self) -> tuple[Tensor, Tensor, Tensor]:
        """Return obs (T·L, W), action (T·L,) and mask (T·L, A), step by step."""
        return self.obs.flatten(0, 1), self.action.flatten(), self.mask.flatten(0, 1)

    def state(self) -> State:
        """Return copies of the filled steps."""
        return {name: array.copy() for name, array in self._arrays()} | {"steps": self.steps}

    def load_state(self, state: State) -> None:
        """Go on from a saved state. Raises StateError if it doesn't fit."""
        self.steps = int(fetch(state, "steps"))
        for name, array in self._arrays():
            restore(array, state, name)

    def _arrays(self) -> list[tuple[str, NDArray[Any]]]:
        tensors = ("obs", "next_obs", "action", "mask")
        named = [(name, getattr(self, name).numpy()) for name in tensors]
        named += [(name, getattr(self, name)) for name in ("reward", "died", "timed_out")]
        return [(name, array[: self.steps]) for name, array in named]
