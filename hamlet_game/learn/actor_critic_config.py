"""Settings of the algorithms that learn from what their own policy just did."""

from __future__ import annotations

from pydantic import Field

from hamlet_game.learn.config import AlgorithmConfig


class ActorCriticConfig(AlgorithmConfig):
    """What PPO and A2C have in common."""

    # steps of all lives before learning
    rollout: int = Field(default=16, ge=1, le=10_000)
    # weight of the critic's error in the loss
    value_weight: float = Field(default=0.5, ge=0)
    # weight of the policy's entropy, which keeps it from settling too soon
    entropy_weight: float = Field(default=0.01, ge=0)
    # the gradient is scaled down to this norm
    clip_norm: float = Field(default=0.5, gt=0)


class A2cConfig(ActorCriticConfig):
    """Settings of A2C."""


class PpoConfig(ActorCriticConfig):
    """Settings of PPO."""

    # steps of all lives before learning
    rollout: int = Field(default=64, ge=1, le=10_000)
    # passes over a rollout
    passes: int = Field(default=4, ge=1, le=100)
    # pieces of experience per update
    batch: int = Field(default=512, ge=1)
    # λ: how far advantages look ahead before the critic takes over
    gae_decay: float = Field(default=0.95, ge=0, le=1)
    # ε: how far a probability may move from the rollout's, as a ratio
    clip: float = Field(default=0.2, gt=0, lt=1)
