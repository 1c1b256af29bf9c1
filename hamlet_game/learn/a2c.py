"""Advantage actor-critic: one update per rollout."""

from __future__ import annotations

from typing import ClassVar

import torch

from hamlet_game.learn import targets
from hamlet_game.learn.actor_critic import ActorCriticConfig, OnPolicy
from hamlet_game.learn.base import Progress
from hamlet_game.learn.config import AlgorithmConfig
from hamlet_game.learn.networks import masked
from hamlet_game.learn.rollout import Rollout


class A2cConfig(ActorCriticConfig):
    """Settings of A2C."""


class A2c(OnPolicy):
    """The synchronous form of Mnih et al. 2016, with Adam."""

    Config: ClassVar[type[AlgorithmConfig]] = A2cConfig

    def _improve(self, rollout: Rollout) -> Progress:
        settings = self._settings
        obs, action, mask = rollout.flat()
        _, later = self._values(rollout)
        returns = torch.from_numpy(
            targets.n_step_returns(
                rollout.reward,
                later,
                rollout.died,
                rollout.timed_out,
                discount=settings.discount,
            )
        ).flatten()
        error = returns - self._network.values(self._weights, obs)
        logits = masked(self._network.logits(self._weights, obs), mask)
        log_probability = logits.log_softmax(1)
        chosen = log_probability.gather(1, action.unsqueeze(1)).squeeze(1)
        entropy = targets.entropy(log_probability).mean()
        policy_loss = -(chosen * error.detach()).mean()
        value_loss = targets.squared(error).mean()
        loss = policy_loss + settings.value_weight * value_loss - settings.entropy_weight * entropy
        norm = self._adam.minimise(loss, self._learning_rate())
        return {
            "loss": float(loss.detach()),
            "policy_loss": float(policy_loss.detach()),
            "value_loss": float(value_loss.detach()),
            "entropy": float(entropy.detach()),
            "grad_norm": norm,
        }
