"""Many lives as one Gymnasium vector environment."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

gymnasium = pytest.importorskip("gymnasium")
from gymnasium.vector import AutoresetMode  # noqa: E402
from gymnasium.wrappers.vector import DictInfoToList, RecordEpisodeStatistics  # noqa: E402

from hamlet_game.envs import ID, TownEnv, TownVectorEnv  # noqa: E402
from hamlet_game.town.names import Action  # noqa: E402


def waiting(lives: int) -> Any:
    return np.full(lives, Action.INTERACT, dtype=np.int64)


def test_make_vec_makes_it() -> None:
    envs = gymnasium.make_vec(ID, num_envs=5, level="2")
    assert isinstance(envs, TownVectorEnv)
    assert envs.metadata["autoreset_mode"] is AutoresetMode.NEXT_STEP
    obs, _ = envs.reset(seed=1)
    assert obs in envs.observation_space
    obs, reward, terminated, truncated, _ = envs.step(envs.action_space.sample())
    assert obs in envs.observation_space
    assert reward.shape == terminated.shape == truncated.shape == (5,)


def test_every_life_is_the_one_that_a_single_environment_plays() -> None:
    towns = np.array([11, 12, 13, 14])
    envs = TownVectorEnv(len(towns), "1")
    obs, info = envs.reset(options={"town_seeds": towns})
    singles = [TownEnv("1") for _ in towns]
    for life, env in enumerate(singles):
        alone, told = env.reset(options={"town_seed": towns[life]})
        np.testing.assert_array_equal(obs[life], alone)
        np.testing.assert_array_equal(info["action_mask"][life], told["action_mask"])
    random, over = np.random.default_rng(0), np.zeros(len(towns), dtype=bool)
    while not over.all():
        actions = random.integers(0, 5, len(towns))
        obs, reward, terminated, truncated, info = envs.step(actions)
        for life in np.flatnonzero(~over).tolist():
            alone, gain, died, timed_out, told = singles[life].step(actions[life])
            np.testing.assert_array_equal(obs[life], alone)
            assert (reward[life], terminated[life], truncated[life]) == (gain, died, timed_out)
            assert {name: info[name][life] for name in ("survival", "score", "cause")} == {
                name: told[name] for name in ("survival", "score", "cause")
            }
        over |= terminated | truncated


def test_an_ended_life_begins_anew_in_the_next_step() -> None:
    envs = TownVectorEnv(3, "1")
    _, info = envs.reset(seed=2)
    old = info["town_seed"]
    for _ in range(60):
        obs, _, terminated, _, info = envs.step(waiting(3))
        if terminated.any():
            break
    ended = terminated.copy()
    assert list(info["cause"][ended]) == ["energy"] * int(ended.sum())
    last = obs.copy()
    obs, reward, terminated, truncated, info = envs.step(np.zeros(3, dtype=np.int64))
    assert (reward[ended] == 0).all()
    assert not terminated[ended].any()
    assert not truncated[ended].any()
    assert (info["survival"][ended] == 0).all()
    assert (info["survival"][~ended] > 0).all()
    assert (info["town_seed"][ended] != old[ended]).all()
    assert (obs[ended] != last[ended]).any()


def test_a_seed_makes_the_whole_run_again() -> None:
    def play() -> list[Any]:
        envs = TownVectorEnv(4, "1")
        random, seen = np.random.default_rng(1), [envs.reset(seed=9)[0]]
        seen += [envs.step(random.integers(0, 5, 4))[0] for _ in range(120)]
        return seen

    for one, other in zip(play(), play(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_reset_mask_restarts_only_the_lives_it_marks() -> None:
    envs = TownVectorEnv(3, "2")
    envs.reset(seed=1)
    envs.step(waiting(3))
    _, info = envs.reset(options={"reset_mask": np.array([True, False, False])})
    assert list(info["survival"]) == [0, 1, 1]
    with pytest.raises(ValueError, match="reset_mask"):
        envs.reset(options={"reset_mask": np.array([True])})


def test_gymnasiums_own_wrappers_understand_it() -> None:
    envs = DictInfoToList(RecordEpisodeStatistics(TownVectorEnv(2, "1")))
    envs.reset(seed=4)
    episodes = []
    for _ in range(120):
        _, _, _, _, infos = envs.step(waiting(2))
        episodes += [info["episode"]["l"] for info in infos if "episode" in info]
        assert all(info["action_mask"].shape == (5,) for info in infos)
    assert len(episodes) >= 4
    assert all(5 < length < 50 for length in episodes)


def test_wrong_words_get_a_sentence() -> None:
    with pytest.raises(ValueError, match="num_envs"):
        TownVectorEnv(0, "1")
    with pytest.raises(ValueError, match="one for each of the 2"):
        TownVectorEnv(2, "1").reset(options={"town_seeds": [1, 2, 3]})
    with pytest.raises(gymnasium.error.ResetNeeded):
        TownVectorEnv(2, "1").step(waiting(2))
