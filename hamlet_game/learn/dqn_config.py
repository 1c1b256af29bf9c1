"""The parts that a DQN is built of, by name, and their numbers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from hamlet_game.learn.config import AlgorithmConfig
from hamlet_game.learn.schedules import Schedule


class DqnConfig(AlgorithmConfig):
    """Settings of DQN. All counts of steps are steps of one life."""

    # what Q learns towards: 'plain' max of the target network, or 'double' Q-learning
    target: Literal["plain", "double"] = "double"
    # 'plain' Q-values, or 'dueling' state value and advantages
    head: Literal["plain", "dueling"] = "dueling"
    # how experience is drawn: 'uniform', or 'prioritized' by how much it surprised
    memory: Literal["uniform", "prioritized"] = "uniform"
    # rewards summed before the target network takes over
    n_step: int = Field(default=3, ge=1, le=100)
    # pieces of experience per update
    batch: int = Field(default=256, ge=1)
    # pieces of experience kept
    capacity: int = Field(default=200_000, ge=1, le=10_000_000)
    # pieces of experience before the first update
    warm_up: int = Field(default=2_000, ge=1)
    # gradient updates per step of all lives; 0.5 is one every other step
    updates_per_step: float = Field(default=1.0, gt=0, le=64)
    # 'huber' is linear beyond an error of 1, 'mse' squares every error
    loss: Literal["huber", "mse"] = "huber"
    # the target network follows a little after every update ('soft') or jumps now and then ('hard')
    target_update: Literal["soft", "hard"] = "soft"
    # share of the way that a soft target goes per update
    tau: float = Field(default=0.005, gt=0, le=1)
    # updates between two jumps of a hard target
    target_every: int = Field(default=1_000, ge=1)
    # share of random actions; `over` counts steps
    epsilon: Schedule = Schedule(start=1.0, end=0.05, over=30_000)
    # one ε for all lives ('shared'), or from ε down to ε⁸ over the lives ('ladder')
    exploration: Literal["shared", "ladder"] = "shared"
    # decay per update of the running average of the weights that plays without exploring;
    # 0 plays the latest weights
    ema: float = Field(default=0.998, ge=0, lt=1)
    # prioritised memory: how much surprise counts, α (0 is uniform)
    priority_exponent: float = Field(default=0.6, ge=0, le=1)
    # prioritised memory: how far uneven sampling is made good, β; `over` counts updates
    importance: Schedule = Schedule(start=0.4, end=1.0)

    @model_validator(mode="after")
    def _room(self) -> DqnConfig:
        if self.warm_up > self.capacity:
            raise ValueError("warm_up is more than capacity; lower it")
        if max(self.epsilon.start, self.epsilon.end) > 1:
            raise ValueError("epsilon is a share, 0..1")
        return self
