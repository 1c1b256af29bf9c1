"""What PPO and A2C share: a policy that is sampled, a critic, and rollouts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from hamlet_game.learn.actor_critic_config import ActorCriticConfig
from hamlet_game.learn.base import BaseAlgorithm, Choice, Progress, Transitions
from hamlet_game.learn.export import NetworkState, network_state
from hamlet_game.learn.networks import ActorCritic, masked
from hamlet_game.learn.optimizer import Adam
from hamlet_game.learn.rollout import Rollout
from hamlet_game.learn.states import State, fetch, nested, part, restore


@dataclass(frozen=True, slots=True)
class Losses:
    """What the loss of an actor-critic is made of, each a mean over a batch."""

    policy: Tensor
    value: Tensor
    entropy: Tensor


class OnPolicy(BaseAlgorithm):
    """Fills rollouts; what is learned from a full one is up to the algorithm."""

    def __init__(self, config: ActorCriticConfig, obs_width: int, actions: int, seed: int) -> None:
        """Start from random weights."""
        super().__init__(config, obs_width, actions, seed)
        self._settings = config
        self._network = ActorCritic(obs_width, config.hidden, actions)
        self._network.randomise(self._generator)
        self._adam = Adam(self._network.parameters, config.clip_norm, epsilon=1e-5)
        self._rollout: Rollout | None = None  # made when the number of lives is known
        self._latest: Progress = {}  # measures of the latest update

    @abstractmethod
    def _improve(self, rollout: Rollout) -> Progress:
        """Learn from a full rollout; return measures of the last update."""

    def act(
        self, obs: NDArray[np.float32], mask: NDArray[np.bool_] | None = None, *, explore: bool
    ) -> Choice:
        """Sample the policy, or take its likeliest action. Neither is a random exploratory move."""
        allowed = None if mask is None else torch.from_numpy(mask)
        logits = masked(self._network.actor(self._tensor(obs)), allowed).numpy()
        if explore:  # Gumbel-max: argmax(logits + Gumbel noise) has the policy's probabilities
            logits = logits + self._rng.gumbel(size=logits.shape)
        return Choice(logits.argmax(1), np.zeros(len(obs), dtype=np.bool_))

    def observe(self, batch: Transitions) -> None:
        """Take in one step of L parallel lives. `learn` must follow when a rollout is full."""
        self._check(batch)
        if self._rollout is None:
            self._rollout = Rollout(
                self._settings.rollout, len(batch), self.obs_width, self.actions
            )
        elif self._rollout.lives != len(batch):
            raise ValueError(f"{self._rollout.lives} lives became {len(batch)}; interrupt() first")
        self._rollout.push(batch, self._settings.reward_scale, use_mask=self.uses_mask)

    def interrupt(self) -> None:
        """Drop the rollout that is not full yet."""
        self._rollout = None

    def learn(self) -> Progress:
        """Learn if a rollout is full; return losses, entropy and the like."""
        if self._rollout is not None and self._rollout.is_full:
            self._latest = self._improve(self._rollout)
            self._rollout.steps = 0
        return {
            "updates": self._adam.steps,
            "buffer": self._rollout.steps * self._rollout.lives if self._rollout else 0,
            "learning_rate": self._learning_rate(),
            **self._latest,
        }

    def _values(self, rollout: Rollout) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return V(s) and V(s'), (T, L) each."""
        both = torch.stack([rollout.obs, rollout.next_obs]).flatten(0, 2)
        now, later = self._network.critic(both).view(2, *rollout.reward.shape).numpy()
        return now, later

    def _step(self, obs: Tensor, loss_of: Callable[[Tensor, Tensor], Losses]) -> Progress:
        """Go one step down a loss of the logits (B, A) and values (B,) for `obs`.

        Its slope in those comes from autograd, the rest of the way from the networks.
        """
        logits, actor_trace = self._network.actor.forward(obs)
        values, critic_trace = self._network.critic.forward(obs)
        logits.requires_grad_()
        values.requires_grad_()
        losses = loss_of(logits, values.squeeze(1))
        settings = self._settings
        loss = losses.policy + settings.value_weight * losses.value
        loss = loss - settings.entropy_weight * losses.entropy
        logits_slope, values_slope = torch.autograd.grad(loss, (logits, values))
        self._network.actor.backward(actor_trace, logits_slope)
        self._network.critic.backward(critic_trace, values_slope)
        norm = self._adam.step(self._learning_rate())
        return {
            "loss": float(loss.detach()),
            "policy_loss": float(losses.policy.detach()),
            "value_loss": float(losses.value.detach()),
            "entropy": float(losses.entropy.detach()),
            "grad_norm": norm,
        }

    def _learning_rate(self) -> float:
        return self._settings.learning_rate.at(self._adam.steps, self.progress)

    def network_state(self) -> NetworkState:
        """Return the actor's weights."""
        return network_state(
            self._network.parameters,
            prefix="actor.",
            inputs=self.obs_width,
            hidden=self._settings.hidden,
            actions=self.actions,
            head="policy",
            scale=1,
        )

    def state(self) -> State:
        """Return everything needed to go on bit for bit."""
        state = self._base_state() | nested("adam", self._adam.state())
        state |= {"weights": self._network.parameters.vector.numpy().copy(), "latest": self._latest}
        state["lives"] = self._rollout.lives if self._rollout else 0
        return state | nested("rollout", self._rollout.state()) if self._rollout else state

    def load_state(self, state: State) -> None:
        """Go on from a saved state. Raises StateError if it doesn't fit this configuration."""
        restore(self._network.parameters.vector.numpy(), state, "weights")
        self._adam.load_state(part("adam", state))
        lives = int(fetch(state, "lives"))
        self._rollout = None
        if lives:
            self._rollout = Rollout(self._settings.rollout, lives, self.obs_width, self.actions)
            self._rollout.load_state(part("rollout", state))
        self._latest = dict(fetch(state, "latest"))
        self._load_base_state(state)
