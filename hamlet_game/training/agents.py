"""One to a hundred agents that learn side by side, each with weights of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamlet_game.learn.base import BaseAlgorithm, Choice, Transitions
from hamlet_game.learn.config import AlgorithmConfig, ConfigError
from hamlet_game.learn.dqn import Dqn, make_memory
from hamlet_game.learn.dqn_config import DqnConfig
from hamlet_game.learn.registry import make_algorithm
from hamlet_game.learn.replay_buffer import Memory
from hamlet_game.learn.states import StateError
from hamlet_game.training.config import RunConfig
from hamlet_game.training.evaluation import Brains
from hamlet_game.training.playground import Happened
from hamlet_game.training.seeds import agent_seed
from hamlet_game.training.start_brain import start_weights

SHARED_FROM = 10  # agents: from here on one memory serves all, unless configured otherwise


class AgentManager:
    """Holds the algorithms and hands each its rows of (N, L, …) arrays."""

    def __init__(self, config: RunConfig, obs_width: int, actions: int) -> None:
        """Start from random weights, or those of `start_brain`.

        Raises ConfigError for settings the algorithm can't use.
        """
        self.name, self._sizes = config.algorithm["name"], (obs_width, actions)
        settings = config.algorithm_settings()
        self._explores = isinstance(settings, DqnConfig)
        self.memory = _shared_memory(settings, config, *self._sizes)
        self._algorithms = [
            make_algorithm(
                self.name,
                config.algorithm_values,
                *self._sizes,
                agent_seed(config.seed, agent),
                memory=self.memory,
            )
            for agent in range(config.agents)
        ]
        if (weights := start_weights(config)) is not None:
            for algorithm in self._algorithms:
                if isinstance(algorithm, Dqn):
                    algorithm.begin_from(weights)
        self._numbers: list[dict[str, float]] = [{} for _ in self._algorithms]

    def __len__(self) -> int:
        """Return N."""
        return len(self._algorithms)

    def __getitem__(self, agent: int) -> BaseAlgorithm:
        """Return one agent's algorithm."""
        return self._algorithms[agent]

    @property
    def uses_mask(self) -> bool:
        """Return whether `learn` must be given masks."""
        return self._algorithms[0].uses_mask

    @property
    def explores(self) -> bool:
        """Return whether random actions are part of the algorithm: whether it has an ε."""
        return self._explores

    @property
    def numbers(self) -> list[dict[str, float]]:
        """Return what each agent said of its learning last."""
        return self._numbers

    def q(self, obs: NDArray[np.float32]) -> list[NDArray[np.float32] | None]:
        """Return each agent's Q-values (L, A) for its observations; None where it has none."""
        return [
            algorithm.q(obs[n]) if isinstance(algorithm, Dqn) else None
            for n, algorithm in enumerate(self._algorithms)
        ]

    def act(self, obs: NDArray[np.float32], mask: NDArray[np.bool_] | None) -> Choice:
        """Choose exploring actions for observations (N, L, W); both arrays are (N, L)."""
        choices = [
            algorithm.act(obs[n], None if mask is None else mask[n], explore=True)
            for n, algorithm in enumerate(self._algorithms)
        ]
        if len(choices) == 1:
            return Choice(choices[0].actions[None], choices[0].random[None])
        return Choice(
            np.stack([choice.actions for choice in choices]),
            np.stack([choice.random for choice in choices]),
        )

    def learn(self, actions: NDArray[np.int64], happened: Happened) -> None:
        """Take in one step of all lives, (N, L, …), and do the updates that are due."""
        h = happened
        for n, algorithm in enumerate(self._algorithms):
            step = (h.obs[n], actions[n], h.reward[n], h.next_obs[n], h.died[n], h.timed_out[n])
            mask = None if h.mask is None else h.mask[n]
            next_mask = None if h.next_mask is None else h.next_mask[n]
            algorithm.observe(Transitions(*step, mask, next_mask))
            self._numbers[n] = algorithm.learn()

    def teach(self, stretch: Transitions) -> bool:
        """Have the first agent remember steps in a row of one life that somebody else led.

        Returns False if its algorithm keeps no experience.
        """
        first = self._algorithms[0]
        if not isinstance(first, Dqn):
            return False
        first.remember(stretch)
        return True

    def set_progress(self, progress: float) -> None:
        """Say how much of the training is done, 0..1."""
        for algorithm in self._algorithms:
            algorithm.set_progress(progress)

    def begin_level(self, *, forget: bool) -> None:
        """Drop unfinished windows, since other lives begin; `forget` drops all experience."""
        for algorithm in self._algorithms:
            algorithm.interrupt()
            if forget and isinstance(algorithm, Dqn):
                empty = make_memory(algorithm.config, *self._sizes)
                algorithm.memory.load_state(empty.state())

    def brains(self, origin: Mapping[str, Any]) -> Brains:
        """Return all greedy policies as they are now, with where they come from (JSON values)."""
        told = {**origin, "use_mask": self.uses_mask}
        states = [algorithm.network_state() for algorithm in self._algorithms]
        return [
            {
                "arrays": state.arrays,
                "architecture": state.architecture,
                "training": {**told, "agent": agent},
            }
            for agent, state in enumerate(states)
        ]

    def state(self) -> dict[str, Any]:
        """Return everything needed to go on bit for bit."""
        return {
            "agents": [algorithm.state() for algorithm in self._algorithms],
            "memory": None if self.memory is None else self.memory.state(),
            "numbers": self._numbers,
        }

    def load_state(self, state: Mapping[str, Any]) -> None:
        """Go on from a saved state. Raises StateError if it doesn't fit this configuration."""
        if len(state["agents"]) != len(self) or (state["memory"] is None) != (self.memory is None):
            raise StateError("the saved run has other agents; use the configuration it began with")
        for algorithm, saved in zip(self._algorithms, state["agents"], strict=True):
            algorithm.load_state(saved)
        if self.memory is not None:
            self.memory.load_state(state["memory"])
        self._numbers = [dict(numbers) for numbers in state["numbers"]]


def _shared_memory(
    settings: AlgorithmConfig, config: RunConfig, obs_width: int, actions: int
) -> Memory | None:
    """Return one memory for all agents, None where each has its own, or none at all."""
    wanted = config.shared_memory
    if not isinstance(settings, DqnConfig):
        if wanted is True:
            name = config.algorithm["name"]
            raise ConfigError(f"shared_memory: {name} keeps no experience; write auto, or use dqn.")
        return None
    if wanted == "auto":
        wanted = config.agents >= SHARED_FROM
    return make_memory(settings, obs_width, actions) if wanted else None
