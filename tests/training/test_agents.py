"""Agents side by side: whose memory, whose weights, whose lives."""

from typing import Any

import numpy as np
import pytest

from hamlet_game.learn.config import ConfigError
from hamlet_game.learn.dqn import Dqn
from hamlet_game.learn.states import StateError
from hamlet_game.training.agents import SHARED_FROM, AgentManager
from hamlet_game.training.config import RunConfig
from hamlet_game.training.playground import Happened

WIDTH, ACTIONS, LIVES = 6, 3, 4
TINY = {"name": "dqn", "hidden": [8], "batch": 8, "capacity": 500, "warm_up": 8, "n_step": 1}


def manager(agents: int = 1, **changes: Any) -> AgentManager:
    config = RunConfig.model_validate({"agents": agents, "algorithm": TINY, **changes})
    return AgentManager(config, WIDTH, ACTIONS)


def happened(agents: int, seed: int, **changes: Any) -> Happened:
    rng = np.random.default_rng(seed)
    shape = (agents, LIVES)
    nobody = np.zeros(shape, dtype=np.bool_)
    arrays: dict[str, Any] = {
        "obs": rng.random((*shape, WIDTH), dtype=np.float32),
        "reward": rng.random(shape, dtype=np.float32),
        "next_obs": rng.random((*shape, WIDTH), dtype=np.float32),
        "died": nobody,
        "timed_out": nobody,
        "mask": None,
        "next_mask": None,
    }
    return Happened(**arrays | changes)


def train(agents: AgentManager, steps: int, first: int = 0) -> None:
    for seed in range(first, first + steps):
        what = happened(len(agents), seed)
        agents.learn(agents.act(what.obs, None).actions, what)


def memories(agents: AgentManager) -> set[int]:
    return {id(a.memory) for a in map(agents.__getitem__, range(len(agents))) if isinstance(a, Dqn)}


def test_from_ten_agents_on_one_memory_serves_all() -> None:
    nine, ten = manager(SHARED_FROM - 1), manager(SHARED_FROM)
    assert SHARED_FROM == 10
    assert (nine.memory, len(memories(nine))) == (None, 9)
    assert ten.memory is not None
    assert memories(ten) == {id(ten.memory)}


def test_sharing_can_be_chosen() -> None:
    assert len(memories(manager(2, shared_memory=True))) == 1
    assert len(memories(manager(10, shared_memory=False))) == 10


def test_a_shared_memory_gets_everyones_experience() -> None:
    shared, own = manager(10), manager(9)
    train(shared, 3)
    train(own, 3)
    assert shared.memory is not None
    assert len(shared.memory) == 10 * LIVES * 3
    one = own[0]
    assert isinstance(one, Dqn)
    assert len(one.memory) == LIVES * 3


def test_algorithms_without_memory_cannot_share_one() -> None:
    ppo = {"algorithm": {"name": "ppo", "hidden": [8]}}
    assert manager(10, **ppo).memory is None
    with pytest.raises(ConfigError, match=r"shared_memory: ppo keeps no experience"):
        manager(2, shared_memory=True, **ppo)


def test_agents_differ_from_the_start() -> None:
    agents = manager(3)
    firsts = [brain["arrays"]["hidden0.weight"] for brain in agents.brains({})]
    assert not np.array_equal(firsts[0], firsts[1])
    assert not np.array_equal(firsts[1], firsts[2])
    assert np.array_equal(firsts[1], manager(3).brains({})[1]["arrays"]["hidden0.weight"])


def test_each_agent_acts_on_its_own_rows() -> None:
    agents = manager(2, algorithm=TINY | {"epsilon": 0})
    obs = np.random.default_rng(0).random((2, LIVES, WIDTH), dtype=np.float32)
    choice = agents.act(obs, None)
    assert choice.actions.shape == choice.random.shape == (2, LIVES)
    for n in range(2):
        assert np.array_equal(choice.actions[n], agents[n].act(obs[n], explore=True).actions)


@pytest.mark.parametrize(("died", "timed_out", "kept"), [(True, False, 0.0), (False, True, 0.98)])
def test_a_time_limit_is_not_a_death(*, died: bool, timed_out: bool, kept: float) -> None:
    agents = manager(1)
    flags = {"died": np.full((1, LIVES), died), "timed_out": np.full((1, LIVES), timed_out)}
    agents.learn(np.zeros((1, LIVES), dtype=np.int64), happened(1, 0, **flags))
    one = agents[0]
    assert isinstance(one, Dqn)
    assert np.allclose(one.memory.state()["discount"], kept)


def test_a_new_level_may_begin_with_an_empty_memory() -> None:
    agents = manager(2)
    train(agents, 5)
    one = agents[0]
    assert isinstance(one, Dqn)
    agents.begin_level(forget=False)
    assert len(one.memory) == 5 * LIVES
    agents.begin_level(forget=True)
    assert len(one.memory) == 0
    train(agents, 1)
    assert len(one.memory) == LIVES


@pytest.mark.parametrize("count", [2, 10])
def test_saved_agents_go_on_bit_for_bit(count: int) -> None:
    straight, first, second = manager(count), manager(count), manager(count)
    train(straight, 12)
    train(first, 6)
    second.load_state(first.state())
    train(second, 6, first=6)
    for one, other in zip(straight.brains({}), second.brains({}), strict=True):
        for name, array in one["arrays"].items():
            assert np.array_equal(array, other["arrays"][name])
    assert second.numbers == straight.numbers


def test_other_agents_are_refused() -> None:
    with pytest.raises(StateError, match="other agents"):
        manager(2).load_state(manager(3).state())
    with pytest.raises(StateError, match="other agents"):
        manager(2).load_state(manager(2, shared_memory=True).state())
