"""What every algorithm must do, whatever it is made of."""

import json
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from corridor import ROOMS, Corridor, goes_right, play

from hamlet_game.learn.base import BaseAlgorithm, Transitions
from hamlet_game.learn.config import ConfigError
from hamlet_game.learn.configs import CONFIGS
from hamlet_game.learn.registry import ALGORITHMS, make_algorithm
from hamlet_game.learn.states import StateError

QUICK_DQN = {
    "batch": 32,
    "capacity": 2_000,
    "warm_up": 64,
    "epsilon": {"start": 1.0, "end": 0.1, "over": 2_000},
    "tau": 0.05,
    "ema": 0.9,
}
ALL: dict[str, tuple[str, dict[str, Any]]] = {
    "dqn": ("dqn", QUICK_DQN),
    "plain dqn": (
        "dqn",
        QUICK_DQN
        | {"target": "plain", "head": "plain", "n_step": 1, "loss": "mse", "ema": 0}
        | {"target_update": "hard", "target_every": 50},
    ),
    "prioritized dqn": (
        "dqn",
        QUICK_DQN | {"memory": "prioritized", "exploration": "ladder", "updates_per_step": 0.5},
    ),
    "masked dqn": ("dqn", QUICK_DQN | {"use_mask": True}),
    "ppo": ("ppo", {"rollout": 16, "batch": 64}),
    "a2c": ("a2c", {"rollout": 8}),
    "masked ppo": ("ppo", {"rollout": 16, "batch": 64, "use_mask": True}),
}
COMMON = {"hidden": [32, 32], "learning_rate": 3e-3, "reward_scale": 1.0, "discount": 0.9}


def made(variant: str, seed: int = 0) -> BaseAlgorithm:
    name, config = ALL[variant]
    return make_algorithm(name, COMMON | config, ROOMS, 2, seed)


@pytest.fixture(params=ALL)
def variant(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def through_files(state: dict[str, Any]) -> dict[str, Any]:
    """Return a state as it comes back from arrays and JSON text."""
    words = {key: value for key, value in state.items() if not isinstance(value, np.ndarray)}
    arrays = {key: value.copy() for key, value in state.items() if isinstance(value, np.ndarray)}
    return json.loads(json.dumps(words, allow_nan=False)) | arrays


def assert_equal(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert one.keys() == other.keys()
    for key, value in one.items():
        np.testing.assert_array_equal(value, other[key], err_msg=key)


def test_every_registered_algorithm_is_held_to_the_contract() -> None:
    assert {name for name, _ in ALL.values()} == set(ALGORITHMS) == set(CONFIGS)


@pytest.mark.parametrize("explore", [True, False])
def test_act_returns_one_allowed_action_per_life(variant: str, *, explore: bool) -> None:
    algorithm, rng = made(variant), np.random.default_rng(1)
    obs = rng.random((300, ROOMS), dtype=np.float32)
    mask = np.zeros((300, 2), dtype=np.bool_)
    allowed = rng.integers(0, 2, 300)
    mask[np.arange(300), allowed] = True
    choice = algorithm.act(obs, mask, explore=explore)
    np.testing.assert_array_equal(choice.actions, allowed)
    assert choice.random.shape == (300,)
    assert choice.random.dtype == np.bool_
    free = algorithm.act(obs, explore=explore)
    assert set(free.actions) <= {0, 1}


def test_greedy_play_is_never_random_and_draws_nothing(variant: str) -> None:
    algorithm = made(variant)
    play(algorithm, Corridor(), 20)
    obs = np.random.default_rng(1).random((300, ROOMS), dtype=np.float32)
    before = algorithm.state()
    first, second = (algorithm.act(obs, explore=False) for _ in range(2))
    np.testing.assert_array_equal(first.actions, second.actions)
    assert not first.random.any()
    assert_equal(before, algorithm.state())


def test_a_life_acts_alike_alone_and_in_a_batch(variant: str) -> None:
    algorithm = made(variant)
    obs = np.random.default_rng(1).random((50, ROOMS), dtype=np.float32)
    together = algorithm.act(obs, explore=False).actions
    alone = [algorithm.act(row[None], explore=False).actions[0] for row in obs]
    np.testing.assert_array_equal(together, alone)


def test_it_solves_the_corridor_and_its_loss_falls(variant: str) -> None:
    algorithm = made(variant)
    before = algorithm.network_state().arrays
    measures = play(algorithm, Corridor(), 900)
    assert goes_right(algorithm)
    after = algorithm.network_state().arrays
    assert all((before[name] != after[name]).any() for name in before)
    key = "value_loss" if "value_loss" in measures[-1] else "loss"
    losses = [m[key] for m in measures if key in m]
    assert np.mean(losses[-100:]) < 0.5 * np.mean(losses[:100])
    assert measures[-1]["updates"] > 0
    assert all(np.isfinite(value) for value in measures[-1].values())


@pytest.mark.parametrize("steps", [3, 203])
def test_going_on_from_a_saved_state_is_bit_exact(variant: str, steps: int) -> None:
    one, town = made(variant), Corridor()
    one.set_progress(0.3)
    play(one, town, steps)
    other, same_town = made(variant, seed=99), deepcopy(town)
    other.load_state(through_files(one.state()))
    assert_equal(one.state(), other.state())
    assert play(one, town, 150) == play(other, same_town, 150)
    assert_equal(one.state(), other.state())
    assert_equal(one.network_state().arrays, other.network_state().arrays)


def test_equal_seeds_learn_alike_and_others_differ(variant: str) -> None:
    states = []
    for seed in (1, 1, 2):
        algorithm = made(variant, seed)
        play(algorithm, Corridor(), 60)
        states.append(algorithm.network_state().arrays)
    assert_equal(states[0], states[1])
    assert any((states[0][name] != states[2][name]).any() for name in states[0])


def test_a_state_is_a_copy(variant: str) -> None:
    algorithm, town = made(variant), Corridor()
    play(algorithm, town, 100)
    state = algorithm.state()
    kept = deepcopy(state)
    play(algorithm, town, 50)
    assert_equal(kept, state)


def test_observe_keeps_no_reference(variant: str) -> None:
    kept, wiped = made(variant), made(variant)
    for algorithm, wipe in ((kept, False), (wiped, True)):
        town = Corridor()
        for _ in range(100):
            step = town.step(algorithm.act(town.observe(), town.mask(), explore=True).actions)
            algorithm.observe(step)
            if wipe:
                for array in (step.obs, step.action, step.reward, step.next_obs, step.mask):
                    array[...] = 1
            algorithm.learn()
    assert_equal(kept.state(), wiped.state())


def test_other_lives_may_come_after_an_interruption(variant: str) -> None:
    algorithm = made(variant)
    play(algorithm, Corridor(8), 10)
    with pytest.raises(ValueError, match="8 lives became 5"):
        play(algorithm, Corridor(5), 1)
    algorithm.interrupt()
    play(algorithm, Corridor(5), 40)


def test_a_state_of_another_network_is_refused(variant: str) -> None:
    name, config = ALL[variant]
    wide = make_algorithm(name, COMMON | config | {"hidden": [64]}, ROOMS, 2, 0)
    with pytest.raises(StateError, match="use the configuration it was saved with"):
        made(variant).load_state(wide.state())
    with pytest.raises(StateError, match="lacks"):
        made(variant).load_state({})


def test_observations_of_another_width_are_refused(variant: str) -> None:
    with pytest.raises(ValueError, match=r"must be \(L, 5\)"):
        made(variant).act(np.zeros((3, 6), dtype=np.float32), explore=True)


@pytest.mark.parametrize("name", ALGORITHMS)
def test_masks_are_demanded_where_they_are_used(name: str) -> None:
    algorithm = make_algorithm(name, {"use_mask": True}, ROOMS, 2, 0)
    obs, none = np.zeros((1, ROOMS), dtype=np.float32), np.zeros(1, dtype=np.bool_)
    step = Transitions(obs, np.zeros(1, np.int64), np.zeros(1, np.float32), obs, none, none)
    with pytest.raises(ValueError, match="next_mask"):
        algorithm.observe(step)


@pytest.mark.parametrize("name", ALGORITHMS)
def test_a_misspelt_setting_is_named(name: str) -> None:
    with pytest.raises(ConfigError) as error:
        make_algorithm(name, {"learnin_rate": 1}, ROOMS, 2, 0)
    told = f"{name}.learnin_rate: no such key. Did you mean 'learning_rate'?"
    assert str(error.value) == told
