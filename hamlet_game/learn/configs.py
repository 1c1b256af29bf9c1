"""Settings of all algorithms by the names that YAML files use. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hamlet_game.learn.actor_critic_config import A2cConfig, PpoConfig
from hamlet_game.learn.config import AlgorithmConfig, ConfigError, did_you_mean, read_config
from hamlet_game.learn.dqn_config import DqnConfig

CONFIGS: dict[str, type[AlgorithmConfig]] = {"dqn": DqnConfig, "ppo": PpoConfig, "a2c": A2cConfig}


def check_config(name: str, config: Mapping[str, Any]) -> AlgorithmConfig:
    """Return an algorithm's settings, defaults filled in. Raises ConfigError."""
    if name not in CONFIGS:
        remedy = did_you_mean(name, list(CONFIGS))
        raise ConfigError(f"algorithm: no such algorithm '{name}'. {remedy}")
    return read_config(CONFIGS[name], config, name)
