"""A brain says what the network it comes from says."""

from typing import Any

import numpy as np
import pytest
import torch

from hamlet_game.brain.brain import Brain
from hamlet_game.brain.network import NetworkError
from hamlet_game.learn.registry import make_algorithm
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.evaluation import live
from hamlet_game.town.names import Action
from hamlet_game.town.observation import WIDTH
from hamlet_game.town.town import Town


def exported(name: str, config: dict[str, Any], seed: int) -> tuple[Any, Brain]:
    algorithm = make_algorithm(name, config, WIDTH, len(Action), seed)
    network = algorithm.network_state()
    return algorithm, Brain(network.arrays, network.architecture)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("head", ["plain", "dueling"])
@pytest.mark.parametrize("hidden", [[], [64], [128, 128], [32, 48, 16]])
def test_q_equals_torchs_to_1e_5(head: str, hidden: list[int], seed: int) -> None:
    config = {"head": head, "hidden": hidden, "reward_scale": 0.1, "capacity": 10, "warm_up": 1}
    algorithm, brain = exported("dqn", config, seed)
    obs = np.random.default_rng(seed).uniform(-1, 1, (500, WIDTH)).astype(np.float32)
    np.testing.assert_allclose(brain.q(obs), algorithm.q(obs), rtol=1e-5, atol=1e-5)
    gap = np.sort(algorithm.q(obs), axis=1)
    clear = gap[:, -1] - gap[:, -2] > 1e-4
    chosen = algorithm.act(obs, explore=False).actions
    np.testing.assert_array_equal(brain.act(obs)[clear], chosen[clear])
    assert brain.measures == "q"


@pytest.mark.parametrize("name", ["ppo", "a2c"])
def test_a_policys_log_probabilities_equal_torchs(name: str) -> None:
    algorithm, brain = exported(name, {}, 3)
    obs = np.random.default_rng(0).uniform(-1, 1, (100, WIDTH)).astype(np.float32)
    logits = algorithm._network.actor(torch.from_numpy(obs))
    np.testing.assert_allclose(brain.q(obs), logits.log_softmax(1).numpy(), atol=1e-5)
    assert brain.measures == "log_probability"


def by_hand(head: str, outputs: int, bias: list[float]) -> Brain:
    """Return a brain whose output is its bias, whatever it sees."""
    arrays = {
        "head.weight": np.zeros((WIDTH, outputs), dtype=np.float32),
        "head.bias": np.array(bias, dtype=np.float32),
    }
    return Brain(arrays, {"inputs": WIDTH, "hidden": [], "actions": 5, "head": head})


def test_heads_by_hand() -> None:
    obs = np.zeros((1, WIDTH), dtype=np.float32)
    plain = by_hand("plain", 5, [1, 2, 3, 4, 5])
    assert plain.q(obs).tolist() == [[1, 2, 3, 4, 5]]
    assert plain.advantage(obs).tolist() == [[-2, -1, 0, 1, 2]]
    dueling = by_hand("dueling", 6, [10, 1, 2, 3, 4, 5])
    assert dueling.q(obs).tolist() == [[8, 9, 10, 11, 12]]
    assert dueling.advantage(obs).tolist() == [[-2, -1, 0, 1, 2]]
    fair = by_hand("policy", 5, [7, 7, 7, 7, 7])
    np.testing.assert_allclose(np.exp(fair.q(obs)), [[0.2] * 5], rtol=1e-6)


def test_a_mask_is_respected() -> None:
    brain = by_hand("plain", 5, [1, 2, 3, 4, 5])
    obs = np.zeros((2, WIDTH), dtype=np.float32)
    mask = np.array([[True, True, True, True, False], [False, True, False, False, False]])
    assert brain.act(obs, mask).tolist() == [3, 1]
    assert brain.act(obs).tolist() == [4, 4]


def test_a_brain_lives_in_a_town(brain: Brain) -> None:
    level = load_catalog().find("1")
    lives = live(level, brain.policy, range(20))
    assert (lives.survival > 0).all()
    again = live(level, brain.policy, range(20))
    np.testing.assert_array_equal(lives.survival, again.survival)


@pytest.mark.parametrize("level", ["1", "3"])
@pytest.mark.parametrize("life", [0, 2])
def test_the_map_shows_what_the_life_would_think_on_every_cell(
    brain: Brain, level: str, life: int
) -> None:
    rules = load_catalog().find(level)
    town = Town(rules, [11, 12, 13])
    for _ in range(5):
        town.step(brain.policy(town))
    before, seen = town.snapshot(), town.observe()
    chart = brain.q_map(town, life)
    assert chart.shape == (rules.height, rules.width, len(Action))
    np.testing.assert_array_equal(seen, town.observe())
    np.testing.assert_array_equal(before.x, town.state.x)
    for x, y in ((0, 0), (5, 2), (int(before.x[life]), int(before.y[life]))):
        moved = town.snapshot()
        moved.x[life], moved.y[life] = x, y
        town.restore(moved)
        np.testing.assert_allclose(chart[y, x], brain.q(town.observe())[life], rtol=1e-5, atol=1e-5)


def test_a_map_in_a_shared_town_shows_it_with_nobody_else_about(brain: Brain) -> None:
    town = Town(load_catalog().find("3"), [7], lives_per_town=3)
    np.testing.assert_array_equal(
        brain.q_map(town)[town.state.y[0], town.state.x[0]].round(3),
        brain.q(town.observe())[0].round(3),
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"inputs": 12}, "the town has"),
        ({"head": "double"}, "'double' is no head; known: plain, dueling, policy"),
        ({"hidden": [0]}, "0 is no layer width"),
        ({"hidden": "x"}, "hidden must list"),
        ({"hidden": [True]}, "True is no layer width"),
        ({"depth": 3}, "needs inputs, hidden, actions and head"),
        ({"hidden": [16, 16]}, "the layers don't match the architecture"),
        ({"hidden": [17]}, "not float32"),
    ],
)
def test_what_does_not_fit_is_named(brain: Brain, change: dict[str, Any], reason: str) -> None:
    arrays = brain._network.arrays
    with pytest.raises(NetworkError, match=reason):
        Brain(arrays, brain.architecture.values() | change)


def test_a_wrong_observation_is_refused(brain: Brain) -> None:
    with pytest.raises(ValueError, match="observations must be"):
        brain.q(np.zeros((2, 3), dtype=np.float32))
