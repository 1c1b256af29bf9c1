"""Proximal policy optimisation: several careful passes over each rollout."""

from __future__ import annotations

from typing import ClassVar

import torch
from pydantic import Field
from torch import Tensor

from hamlet_game.learn import targets
from hamlet_game.learn.actor_critic import ActorCriticConfig, OnPolicy
from hamlet_game.learn.base import Progress
from hamlet_game.learn.config import AlgorithmConfig
from hamlet_game.learn.networks import masked
from hamlet_game.learn.rollout import Rollout


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


class Ppo(OnPolicy):
    """Schulman et al. 2017."""

    Config: ClassVar[type[AlgorithmConfig]] = PpoConfig

    def __init__(self, config: PpoConfig, obs_width: int, actions: int, seed: int) -> None:
        """Start from random weights."""
        super().__init__(config, obs_width, actions, seed)
        self.config = config

    def _improve(self, rollout: Rollout) -> Progress:
        config = self.config
        obs, action, mask = rollout.flat()
        now, later = self._values(rollout)
        advantages = targets.gae(
            rollout.reward, now, later, rollout.died, rollout.timed_out,
            discount=config.discount, decay=config.gae_decay,
        )  # fmt: skip
        returns = torch.from_numpy(advantages + now).flatten()
        advantage = torch.from_numpy(advantages).flatten()
        advantage = (advantage - advantage.mean()) / (advantage.std(correction=0) + 1e-8)
        with torch.no_grad():
            before = self._log_probabilities(obs, mask)
            old = before.gather(1, action.unsqueeze(1)).squeeze(1)
        columns = (obs, action, mask, old, advantage, returns)
        measures: Progress = {}
        for _ in range(config.passes):
            order = torch.from_numpy(self._rng.permutation(len(obs)))
            for rows in torch.split(order, config.batch):
                measures = self._update(*(column[rows] for column in columns))
        return measures

    def _update(  # noqa: PLR0917
        self, obs: Tensor, action: Tensor, mask: Tensor, old: Tensor, advantage: Tensor,
        returns: Tensor,
    ) -> Progress:  # fmt: skip
        config = self.config
        log_probability = self._log_probabilities(obs, mask)
        chosen = log_probability.gather(1, action.unsqueeze(1)).squeeze(1)
        ratio = (chosen - old).exp()
        policy_loss = -targets.clipped_objective(ratio, advantage, config.clip).mean()
        value_loss = targets.squared(returns - self._network.values(self._weights, obs)).mean()
        entropy = targets.entropy(log_probability).mean()
        loss = policy_loss + config.value_weight * value_loss - config.entropy_weight * entropy
        norm = self._adam.minimise(loss, self._learning_rate())
        return {
            "loss": float(loss.detach()),
            "policy_loss": float(policy_loss.detach()),
            "value_loss": float(value_loss.detach()),
            "entropy": float(entropy.detach()),
            "clipped": float(((ratio.detach() - 1).abs() > config.clip).float().mean()),
            "grad_norm": norm,
        }

    def _log_probabilities(self, obs: Tensor, mask: Tensor) -> Tensor:
        return masked(self._network.logits(self._weights, obs), mask).log_softmax(1)
