"""Several people in one town as PettingZoo environments."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

pytest.importorskip("gymnasium")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what it says of its own older games on import is not ours
    pytest.importorskip("pettingzoo")
    zoo = pytest.importorskip("pettingzoo.test")

from hamlet_game.envs import env, parallel_env
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level_file import LevelError
from hamlet_game.town.names import Action
from hamlet_game.town.policies import sensible
from hamlet_game.town.town import Town

COUNTS = pytest.mark.parametrize("agents", [1, 4, 100])


def checked(check: Callable[..., Any], *args: Any, **words: Any) -> None:
    """Run one of PettingZoo's own tests, which must not even warn."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        check(*args, **words)
    print(*(warning.message for warning in said), sep="\n")
    assert not said


@COUNTS
@pytest.mark.parametrize("level", ["1", "5"])
def test_pettingzoo_finds_nothing_wrong_with_all_at_once(agents: int, level: str) -> None:
    checked(zoo.parallel_api_test, parallel_env(level=level, agents=agents), num_cycles=600)


@COUNTS
def test_pettingzoo_finds_nothing_wrong_with_one_after_another(agents: int) -> None:
    checked(zoo.api_test, env(agents=agents), num_cycles=600)


def test_the_same_seed_is_the_same_town() -> None:
    checked(zoo.parallel_seed_test, parallel_env, num_cycles=60)
    checked(zoo.seed_test, env, num_cycles=60)


@pytest.mark.parametrize("make", [parallel_env, env])
def test_pettingzoo_can_draw_it(make: Callable[..., Any], monkeypatch: Any) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    if make is env:
        checked(zoo.render_test, partial(make, agents=3))
    else:
        for mode, kind in (("rgb_array", np.ndarray), ("ansi", str), ("human", type(None))):
            town = make(agents=3, render_mode=mode)
            town.reset(seed=1)
            assert isinstance(town.render(), kind)
            town.close()


def test_everyone_is_in_the_picture_and_in_the_text() -> None:
    shared = parallel_env(agents=3, render_mode="rgb_array", layout="classic")
    shared.reset(options={"town_seed": 3})
    everyone = shared.render()
    state = shared.town.snapshot()
    state.over[1:] = True
    shared.town.restore(state)
    assert not np.array_equal(np.asarray(shared.render()), np.asarray(everyone))
    text = parallel_env(agents=3, render_mode="ansi")
    text.reset(options={"town_seed": 3})
    assert {"@", "1", "2"} <= set(str(text.render()).split("\n", 2)[2])


def test_it_is_the_town_itself_with_its_capacity() -> None:
    level = load_catalog().find("rush_hour")
    shared, town = parallel_env(), Town(level, [41], level.people)
    seen, _ = shared.reset(options={"town_seed": 41})
    refusals = 0
    while shared.agents:
        obs = town.observe()
        for agent in shared.agents:
            np.testing.assert_array_equal(seen[agent], obs[int(agent[-1])])
        actions = sensible(town)
        step = town.step(actions)
        seen, rewards, died, late, infos = shared.step(
            {agent: int(actions[int(agent[-1])]) for agent in shared.agents}
        )
        for agent, info in infos.items():
            life = int(agent[-1])
            assert rewards[agent] == step.reward[life]
            assert (died[agent], late[agent]) == (step.died[life], step.timed_out[life])
            assert info["score"] == town.state.points[life]
            refusals += info["taken"]
    assert town.state.over.all()
    assert refusals > 10  # they do get in each other's way


def test_two_at_a_door_for_one() -> None:
    shared = parallel_env(agents=2, layout="classic")
    shared.reset(seed=1)
    state = shared.town.snapshot()
    state.x[:], state.y[:] = 6, 6  # the job
    shared.town.restore(state)
    *_, infos = shared.step(dict.fromkeys(shared.agents, int(Action.INTERACT)))
    assert sorted(info["taken"] for info in infos.values()) == [False, True]


def test_the_dead_leave_and_the_others_live_on() -> None:
    shared = parallel_env(agents=2)
    shared.reset(seed=1)
    state = shared.town.snapshot()
    state.meters[:3, 0] = 0.1
    shared.town.restore(state)
    _, _, died, late, infos = shared.step({"citizen_0": 0, "citizen_1": 4})
    assert died == {"citizen_0": True, "citizen_1": False}
    assert not any(late.values())
    assert infos["citizen_0"]["cause"] == "energy"
    assert shared.agents == ["citizen_1"]
    assert set(shared.step({"citizen_1": 4})[0]) == {"citizen_1"}


def test_wrong_words_are_told() -> None:
    with pytest.raises(ValueError, match="agents: 101 won't do; it must be 1 to 100"):
        parallel_env(agents=101)
    with pytest.raises(ValueError, match="render_mode: 'film'"):
        parallel_env(render_mode="film")
    with pytest.raises(LevelError):
        parallel_env(level="rush_our")
    shared = parallel_env()
    with pytest.raises(RuntimeError, match=r"reset\(\)"):
        shared.state()
    shared.reset(seed=1)
    with pytest.raises(ValueError, match="citizen_1 is alive"):
        shared.step({"citizen_0": 0})
    with pytest.raises(ValueError, match="Did you mean 'town_seed'"):
        shared.reset(options={"town_sed": 1})
