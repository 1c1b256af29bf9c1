"""Algorithms by the names that YAML files use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hamlet_game.learn.a2c import A2c
from hamlet_game.learn.base import BaseAlgorithm
from hamlet_game.learn.config import ConfigError
from hamlet_game.learn.configs import check_config
from hamlet_game.learn.dqn import Dqn
from hamlet_game.learn.dqn_config import DqnConfig
from hamlet_game.learn.ppo import Ppo
from hamlet_game.learn.replay_buffer import Memory

ALGORITHMS: dict[str, type[BaseAlgorithm]] = {"dqn": Dqn, "ppo": Ppo, "a2c": A2c}


def make_algorithm(
    name: str,
    config: Mapping[str, Any],
    obs_width: int,
    actions: int,
    seed: int,
    *,
    memory: Memory | None = None,
) -> BaseAlgorithm:
    """Return a new algorithm with random weights; equal seeds give equal ones.

    `memory`: experience shared with other agents (see `Dqn`). Raises ConfigError.
    """
    settings = check_config(name, config)
    if memory is None:
        return ALGORITHMS[name](settings, obs_width, actions, seed)
    if not isinstance(settings, DqnConfig):
        raise ConfigError(f"{name}: keeps no experience that could be shared; use dqn.")
    return Dqn(settings, obs_width, actions, seed, memory)
