"""Advantage actor-critic: one update per rollout."""

from __future__ import annotations

import torch
from torch import Tensor

from hamlet_game.learn import targets
from hamlet_game.learn.actor_critic import Losses, OnPolicy
from hamlet_game.learn.base import Progress
from hamlet_game.learn.networks import masked
from hamlet_game.learn.rollout import Rollout


class A2c(OnPolicy):
    """The synchronous form of Mnih et al. 2016, with Adam."""

    def _improve(self, rollout: Rollout) -> Progress:
        obs, action, mask = rollout.flat()
        now, later = self._values(rollout)
        returns = torch.from_numpy(
            targets.n_step_returns(
                rollout.reward,
                later,
                rollout.died,
                rollout.timed_out,
                discount=self._settings.discount,
            )
        )
        advantage = (returns - torch.from_numpy(now)).flatten()

        def loss_of(logits: Tensor, values: Tensor) -> Losses:
            log_probability = masked(logits, mask).log_softmax(1)
            chosen = log_probability.gather(1, action.unsqueeze(1)).squeeze(1)
            return Losses(
                policy=-(chosen * advantage).mean(),
                value=targets.squared(returns.flatten() - values).mean(),
                entropy=targets.entropy(log_probability).mean(),
            )

        return self._step(obs, loss_of)
