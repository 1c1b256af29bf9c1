"""What every algorithm can do: act, observe, learn, save and go on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from hamlet_game.learn.config import AlgorithmConfig
from hamlet_game.learn.export import NetworkState
from hamlet_game.learn.states import State, StateError, fetch

Progress = dict[str, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """What L lives are to do."""

    actions: NDArray[np.int64]  # (L,)
    random: NDArray[np.bool_]  # (L,) drawn by ε-greedy exploration, not chosen by the policy


@dataclass(frozen=True, slots=True)
class Transitions:
    """One step of L parallel lives.

    `next_obs` is what the step led to, before any restart. After `died | timed_out`
    the life's next `obs` belongs to another episode.
    """

    obs: NDArray[np.float32]  # (L, W)
    action: NDArray[np.int64]  # (L,)
    reward: NDArray[np.float32]  # (L,)
    next_obs: NDArray[np.float32]  # (L, W)
    died: NDArray[np.bool_]  # (L,)
    timed_out: NDArray[np.bool_]  # (L,) not a death: the value of `next_obs` still counts
    mask: NDArray[np.bool_] | None = None  # (L, A) allowed in `obs`
    next_mask: NDArray[np.bool_] | None = None  # (L, A) allowed in `next_obs`

    def __len__(self) -> int:
        """Return L."""
        return len(self.action)

    def rows(self, which: slice) -> Transitions:
        """Return some of the lives."""
        return Transitions(
            self.obs[which],
            self.action[which],
            self.reward[which],
            self.next_obs[which],
            self.died[which],
            self.timed_out[which],
            None if self.mask is None else self.mask[which],
            None if self.next_mask is None else self.next_mask[which],
        )


class BaseAlgorithm(ABC):
    """A pluggable algorithm over observations (L, W) and actions 0..A−1.

    Everything random comes from one NumPy generator, and `state` is complete, so
    that going on from a saved state is bit-exact. `observe` keeps references to
    nothing it is given.
    """

    def __init__(self, config: AlgorithmConfig, obs_width: int, actions: int, seed: int) -> None:
        """Start from random weights."""
        self.obs_width, self.actions = obs_width, actions
        self.progress = 0.0  # share of the training done, 0..1, for schedules
        self._rng = np.random.default_rng([seed, 1])
        self._generator = torch.Generator().manual_seed(seed)  # initial weights only
        self._seen = torch.empty(0, obs_width)
        self.uses_mask = config.use_mask  # whether transitions must bring their masks

    @abstractmethod
    def act(
        self, obs: NDArray[np.float32], mask: NDArray[np.bool_] | None = None, *, explore: bool
    ) -> Choice:
        """Choose actions for `obs` (L, W), only such as `mask` (L, A) allows.

        Without `explore` the best-known policy plays, and nothing random is drawn.
        """

    @abstractmethod
    def observe(self, batch: Transitions) -> None:
        """Take in one step of L parallel lives, the same L in every step.

        Raises ValueError if L changes without `interrupt`, or a mask is needed and missing.
        """

    @abstractmethod
    def learn(self) -> Progress:
        """Do the gradient updates that are due; return named numbers.

        Always: `updates` so far, pieces of experience in the `buffer`, `learning_rate`, and
        for DQN `epsilon`. From the first update on, as the latest one measured them: `loss`,
        `grad_norm` before clipping, and `mean_q` in units of reward, or `policy_loss`,
        `value_loss` and `entropy` in nats.
        """

    @abstractmethod
    def interrupt(self) -> None:
        """Drop unfinished windows: all lives stop here and others, maybe more or fewer, begin."""

    @abstractmethod
    def network_state(self) -> NetworkState:
        """Return the weights that act without exploring, for a brain."""

    @abstractmethod
    def state(self) -> State:
        """Return everything needed to go on bit for bit: copied arrays and plain JSON values."""

    @abstractmethod
    def load_state(self, state: State) -> None:
        """Go on from a saved state.

        Raises StateError if it doesn't fit this configuration; make a new algorithm then.
        """

    def set_progress(self, progress: float) -> None:
        """Say how much of the training is done, 0..1, for schedules without a length."""
        self.progress = min(max(progress, 0.0), 1.0)

    def _tensor(self, obs: NDArray[np.float32]) -> Tensor:
        """Return observations in aligned memory, so that products round alike in every process."""
        if obs.ndim != 2 or obs.shape[1] != self.obs_width:
            raise ValueError(f"observations must be (L, {self.obs_width}), not {obs.shape}")
        if len(self._seen) != len(obs):
            self._seen = torch.empty(len(obs), self.obs_width)
        self._seen.numpy()[...] = obs
        return self._seen

    def _check(self, batch: Transitions) -> None:
        if self.uses_mask and (batch.mask is None or batch.next_mask is None):
            raise ValueError("use_mask is on: transitions must bring mask and next_mask")

    def _base_state(self) -> State:
        return {"rng": self._rng.bit_generator.state, "progress": self.progress}

    def _load_base_state(self, state: State) -> None:
        rng: dict[str, Any] = fetch(state, "rng")
        try:
            self._rng.bit_generator.state = rng
        except (TypeError, ValueError, KeyError, OverflowError):
            raise StateError("the saved random state is damaged; use another checkpoint") from None
        self.progress = float(fetch(state, "progress"))
