"""Proximal policy optimisation: several careful passes over each rollout."""

from __future__ import annotations

from functools import partial

import torch
from torch import Tensor

from hamlet_game.learn import targets
from hamlet_game.learn.actor_critic import Losses, OnPolicy
from hamlet_game.learn.actor_critic_config import PpoConfig
from hamlet_game.learn.base import Progress
from hamlet_game.learn.networks import masked
from hamlet_game.learn.rollout import Rollout


class Ppo(OnPolicy):
    """Schulman et al. 2017."""

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
        before = masked(self._network.actor(obs), mask).log_softmax(1)
        old = before.gather(1, action.unsqueeze(1)).squeeze(1)
        measures: Progress = {}
        for _ in range(config.passes):
            order = torch.from_numpy(self._rng.permutation(len(obs)))
            for rows in torch.split(order, config.batch):
                loss_of = partial(
                    self._losses, action[rows], mask[rows], old[rows],
                    advantage[rows], returns[rows],
                )  # fmt: skip
                measures = self._step(obs[rows], loss_of)
        return measures

    def _losses(  # noqa: PLR0917
        self, action: Tensor, mask: Tensor, old: Tensor, advantage: Tensor, returns: Tensor,
        logits: Tensor, values: Tensor,
    ) -> Losses:  # fmt: skip
        log_probability = masked(logits, mask).log_softmax(1)
        chosen = log_probability.gather(1, action.unsqueeze(1)).squeeze(1)
        ratio = (chosen - old).exp()
        return Losses(
            policy=-targets.clipped_objective(ratio, advantage, self.config.clip).mean(),
            value=targets.squared(returns - values).mean(),
            entropy=targets.entropy(log_probability).mean(),
        )
