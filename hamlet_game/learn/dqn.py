"""Deep Q-learning. Double, dueling, n-step and prioritised replay are parts that it is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from hamlet_game.learn import targets
from hamlet_game.learn.base import BaseAlgorithm, Choice, Progress, Transitions
from hamlet_game.learn.dqn_config import DqnConfig
from hamlet_game.learn.exploration import epsilon_greedy, ladder
from hamlet_game.learn.export import NetworkState, network_state
from hamlet_game.learn.n_step import NStepWindow
from hamlet_game.learn.networks import QNetwork, masked
from hamlet_game.learn.optimizer import Adam
from hamlet_game.learn.parameters import Parameters
from hamlet_game.learn.prioritized import PrioritizedMemory
from hamlet_game.learn.replay_buffer import Batch, Memory, ReplayBuffer
from hamlet_game.learn.states import State, fetch, nested, part, restore
from hamlet_game.learn.target_update import Average, TargetUpdate

LOSSES = {  # each with its derivative
    "huber": (targets.huber, targets.huber_slope),
    "mse": (targets.squared, targets.squared_slope),
}


def make_memory(config: DqnConfig, obs_width: int, actions: int) -> Memory:
    """Return the empty memory that a configuration asks for, to own or to share."""
    masks = config.use_mask
    if config.memory == "uniform":
        return ReplayBuffer(config.capacity, obs_width, actions, masks=masks)
    exponent = config.priority_exponent
    return PrioritizedMemory(config.capacity, obs_width, actions, masks=masks, exponent=exponent)


class Dqn(BaseAlgorithm):
    """Mnih et al. 2015, with the parts that its configuration names."""

    def __init__(
        self,
        config: DqnConfig,
        obs_width: int,
        actions: int,
        seed: int,
        memory: Memory | None = None,
    ) -> None:
        """Start from random weights.

        `memory` is experience shared with other agents; `state` leaves it out, since
        whoever shares it saves it.
        """
        super().__init__(config, obs_width, actions, seed)
        self.config = config
        self._shares_memory = memory is not None
        self.memory = make_memory(config, obs_width, actions) if memory is None else memory
        is_dueling = config.head == "dueling"
        self._online = QNetwork(obs_width, config.hidden, actions, is_dueling=is_dueling)
        self._online.randomise(self._generator)
        self._target, self._average = self._online.copy(), self._online.copy()
        self._follow = TargetUpdate(config.target_update, config.tau, config.target_every)
        self._averaging = Average(config.ema)
        self._adam = Adam(self._online.parameters, config.clip_norm)
        self._batch = Batch(config.batch, obs_width, actions, masks=config.use_mask)
        self._window: NStepWindow | None = None  # made when the number of lives is known
        self._steps = 0  # of one life, taken in
        self._due = 0.0  # gradient updates
        self._latest: Progress = {}  # measures of the latest update

    @property
    def updates(self) -> int:
        """Return the number of gradient updates so far."""
        return self._adam.steps

    @property
    def epsilon(self) -> float:
        """Return the share of random actions, before any ladder."""
        return self.config.epsilon.at(self._steps, self.progress)

    def q(self, obs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the Q-values that act without exploring, (L, A), in units of reward."""
        q: NDArray[np.float32] = self._average(self._tensor(obs)).numpy()
        return q / np.float32(self.config.reward_scale)

    def act(
        self, obs: NDArray[np.float32], mask: NDArray[np.bool_] | None = None, *, explore: bool
    ) -> Choice:
        """Choose the best action of the averaged weights, or ε-greedily of the latest."""
        scores = (self._online if explore else self._average)(self._tensor(obs))
        best = masked(scores, None if mask is None else torch.from_numpy(mask))
        greedy: NDArray[np.int64] = best.argmax(1).numpy()
        if not explore:
            return Choice(greedy, np.zeros(len(greedy), dtype=np.bool_))
        epsilon = self.epsilon
        shares = ladder(epsilon, len(greedy)) if self.config.exploration == "ladder" else epsilon
        return Choice(*epsilon_greedy(greedy, self.actions, shares, mask, self._rng))

    def begin_from(self, arrays: Mapping[str, NDArray[np.float32]]) -> None:
        """Take over the weights of an earlier network, named as `network_state` names them.

        Its Q-values are in units of reward. Raises KeyError or RuntimeError for another shape.
        """
        scale = self.config.reward_scale
        for parameters in self._networks().values():
            for name in parameters:
                factor = np.float32(scale if name.startswith("head.") else 1)
                parameters[name].copy_(torch.from_numpy(arrays[name] * factor))

    def observe(self, batch: Transitions) -> None:
        """Take in one step of L parallel lives."""
        self._check(batch)
        if self._window is None:
            config = self.config
            self._window = NStepWindow(config.n_step, config.discount, len(batch), self.obs_width)
        elif len(self._window) != len(batch):
            raise ValueError(f"{len(self._window)} lives became {len(batch)}; interrupt() first")
        experience = self._window.push(batch, self.config.reward_scale)
        if experience is not None:
            self.memory.insert(experience)
        self._steps += len(batch)
        self._due += self.config.updates_per_step

    def remember(self, stretch: Transitions) -> None:
        """Keep K steps in a row of one life that somebody else led, (K, …), as experience.

        Nothing else changes: no update is due for it, and ε stays. Where the stretch ends
        before the life does, its last returns are shorter.
        """
        self._check(stretch)
        window = NStepWindow(self.config.n_step, self.config.discount, 1, self.obs_width)
        for k in range(len(stretch)):
            row = stretch.rows(slice(k, k + 1))
            if k == len(stretch) - 1:
                row = replace(row, timed_out=~row.died)
            experience = window.push(row, self.config.reward_scale)
            if experience is not None:
                self.memory.insert(experience)

    def interrupt(self) -> None:
        """Drop the experience that does not span n steps yet."""
        self._window = None

    def learn(self) -> Progress:
        """Do the updates that are due; return loss, Q-values and the like."""
        if len(self.memory) < self.config.warm_up:
            self._due = 0.0
        while self._due >= 1:
            self._due -= 1
            self._update()
        return {
            "updates": self.updates,
            "buffer": len(self.memory),
            "epsilon": self.epsilon,
            "learning_rate": self._learning_rate(),
            **self._latest,
        }

    def _update(self) -> None:
        config, batch, online = self.config, self._batch, self._online
        importance = config.importance.at(self.updates, self.progress)
        self.memory.sample(batch, self._rng, importance)
        q, trace = online.forward(batch.obs)
        error = targets.td_error(q, batch.action, self._targets(batch))
        loss_of, slope_of = LOSSES[config.loss]
        losses, slope = loss_of(error), slope_of(error)
        if batch.weight is not None:
            losses, slope = losses * batch.weight, slope * batch.weight
        online.backward(trace, targets.q_slope(batch.action, slope, self.actions))
        norm = self._adam.step(self._learning_rate())
        self.memory.learned(batch, error.numpy())
        self._follow(self._target.parameters, online.parameters, self.updates)
        self._averaging(self._average.parameters, online.parameters, self.updates)
        mean_q = float(q.mean()) / config.reward_scale
        self._latest = {"loss": float(losses.mean()), "mean_q": mean_q, "grad_norm": norm}

    def _targets(self, batch: Batch) -> Tensor:
        q_next = masked(self._target(batch.next_obs), batch.next_mask)
        if self.config.target == "plain":
            return targets.q_target(batch.reward, batch.discount, q_next)
        chosen = masked(self._online(batch.next_obs), batch.next_mask)
        return targets.double_q_target(batch.reward, batch.discount, chosen, q_next)

    def _learning_rate(self) -> float:
        return self.config.learning_rate.at(self.updates, self.progress)

    def network_state(self) -> NetworkState:
        """Return the averaged weights, yielding Q-values in units of reward."""
        return network_state(
            self._average.parameters,
            prefix="",
            inputs=self.obs_width,
            hidden=self.config.hidden,
            actions=self.actions,
            head=self.config.head,
            scale=1 / self.config.reward_scale,
        )

    def state(self) -> State:
        """Return everything needed to go on bit for bit, but for a shared memory."""
        vectors = {name: p.vector.numpy().copy() for name, p in self._networks().items()}
        state = self._base_state() | vectors | nested("adam", self._adam.state())
        state |= {"steps": self._steps, "due": self._due, "latest": self._latest}
        state["lives"] = 0 if self._window is None else len(self._window)
        if self._window is not None:
            state |= nested("window", self._window.state())
        return state if self._shares_memory else state | nested("memory", self.memory.state())

    def load_state(self, state: State) -> None:
        """Go on from a saved state. Raises StateError if it doesn't fit this configuration."""
        for name, parameters in self._networks().items():
            restore(parameters.vector.numpy(), state, name)
        self._adam.load_state(part("adam", state))
        if not self._shares_memory:
            self.memory.load_state(part("memory", state))
        lives = int(fetch(state, "lives"))
        self._window = None
        if lives:
            config = self.config
            self._window = NStepWindow(config.n_step, config.discount, lives, self.obs_width)
            self._window.load_state(part("window", state))
        self._steps, self._due = int(fetch(state, "steps")), float(fetch(state, "due"))
        self._latest = dict(fetch(state, "latest"))
        self._load_base_state(state)

    def _networks(self) -> dict[str, Parameters]:
        return {
            "online": self._online.parameters,
            "target": self._target.parameters,
            "average": self._average.parameters,
        }
