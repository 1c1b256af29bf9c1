"""Mistakes in settings are told in one sentence."""

from typing import Any

import pytest

from hamlet_game.learn.config import ConfigError
from hamlet_game.learn.configs import check_config
from hamlet_game.learn.registry import make_algorithm
from hamlet_game.learn.replay_buffer import ReplayBuffer


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        (
            {"batch": -1},
            "dqn.batch: -1 won't do; input should be greater than or equal to 1.",
        ),
        (
            {"head": "duelling"},
            "dqn.head: 'duelling' won't do; input should be 'plain' or 'dueling'.",
        ),
        (
            {"epsilon": {"start": 1, "ende": 0}},
            "dqn.epsilon.end: missing. Add it.",
        ),
        (
            {"epsilon": {"start": 1, "end": 0, "ovr": 5}},
            "dqn.epsilon.ovr: no such key. Did you mean 'over'?",
        ),
        (
            {"learning_rate": {"start": 1, "end": 0, "shape": "exponential"}},
            "an exponential schedule needs a start and an end above 0.",
        ),
        ({"warm_up": 10, "capacity": 5}, "warm_up is more than capacity; lower it."),
        ({"epsilon": 1.5}, "epsilon is a share, 0..1."),
        ({"hidden": [0]}, "dqn.hidden.0: 0 won't do"),
        ({"discount": float("nan")}, "dqn.discount: nan won't do"),
    ],
)
def test_mistakes_are_named(config: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ConfigError) as error:
        check_config("dqn", config)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


def test_an_unknown_algorithm_is_named() -> None:
    with pytest.raises(ConfigError, match=r"no such algorithm 'dqm'\. Did you mean 'dqn'"):
        check_config("dqm", {})


def test_only_dqn_shares_experience() -> None:
    memory = ReplayBuffer(10, 4, 2, masks=False)
    with pytest.raises(ConfigError, match="use dqn"):
        make_algorithm("ppo", {}, 4, 2, 0, memory=memory)


def test_a_plain_number_is_a_constant_schedule() -> None:
    rate = check_config("a2c", {"learning_rate": 0.5}).learning_rate
    assert rate.at(0, 0.0) == rate.at(1000, 1.0) == 0.5
