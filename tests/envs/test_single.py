"""One life as a Gymnasium environment."""

from __future__ import annotations

import subprocess
import sys
import warnings

import numpy as np
import pytest

gymnasium = pytest.importorskip("gymnasium")
from gymnasium.utils.env_checker import check_env  # noqa: E402

from hamlet_game.envs import ID, TownEnv  # noqa: E402
from hamlet_game.town.catalog import load_catalog  # noqa: E402
from hamlet_game.town.level_file import LevelError  # noqa: E402
from hamlet_game.town.names import Action  # noqa: E402
from hamlet_game.town.policies import idle, sensible  # noqa: E402
from hamlet_game.town.town import Town  # noqa: E402


@pytest.mark.parametrize("level", ["1", "2", "3", "4"])
@pytest.mark.parametrize("render_mode", [None, "ansi", "rgb_array"])
def test_gymnasium_finds_nothing_to_say(level: str, render_mode: str | None) -> None:
    check_env(gymnasium.make(ID, level=level, render_mode=render_mode).unwrapped)


@pytest.mark.parametrize("level", ["1", "4"])
def test_stable_baselines_finds_nothing_to_say(level: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("default")  # what its dependencies say on import is not ours
        checker = pytest.importorskip("stable_baselines3.common.env_checker")
    checker.check_env(gymnasium.make(ID, level=level).unwrapped, warn=True)


def test_a_seed_draws_the_same_towns_again_and_another_seed_others() -> None:
    env = TownEnv("2")
    towns = [env.reset(seed=7)[1]["town_seed"], env.reset()[1]["town_seed"]]
    assert towns == [env.reset(seed=7)[1]["town_seed"], env.reset()[1]["town_seed"]]
    assert len({*towns, env.reset(seed=8)[1]["town_seed"]}) == 3
    assert min(towns) >= 2**32  # never a person's town


def test_a_life_is_the_one_that_the_town_itself_plays() -> None:
    env, level = TownEnv("3"), load_catalog().find("3")
    obs, _ = env.reset(options={"town_seed": 41})
    town, total = Town(level, [41]), 0.0
    for _ in range(level.steps):
        np.testing.assert_array_equal(obs, town.observe()[0])
        action = sensible(town)
        step = town.step(action)
        obs, reward, terminated, truncated, info = env.step(action[0])
        total += reward
        assert (terminated, truncated) == (step.died[0], step.timed_out[0])
        np.testing.assert_array_equal(info["action_mask"], town.mask()[0])
        if terminated or truncated:
            break
    assert info["town_seed"] == 41
    assert info["survival"] == town.state.age[0]
    assert info["score"] == town.state.points[0]


def test_a_death_terminates_and_names_its_cause() -> None:
    env = TownEnv("1")
    env.reset(seed=1)
    for _ in range(50):
        _, _, terminated, truncated, info = env.step(Action.INTERACT)
        if terminated or truncated:
            break
    assert (terminated, truncated, info["cause"]) == (True, False, "energy")
    with pytest.raises(gymnasium.error.ResetNeeded):
        env.step(Action.INTERACT)


def test_the_step_limit_truncates() -> None:
    env = TownEnv("1")
    env.reset(options={"town_seed": 5})
    while True:
        _, _, terminated, truncated, info = env.step(sensible(env.town)[0])
        if terminated or truncated:
            break
    assert (terminated, truncated) == (False, True)
    assert (info["survival"], info["cause"]) == (50, None)


def test_rewards_and_layout_can_be_chosen() -> None:
    env = TownEnv("3", rewards="sparse", layout="classic")
    env.reset(seed=3)
    assert [(x, y) for _, x, y in env.town.places()] == [(1, 1), (6, 1), (1, 6), (6, 6)]
    assert env.step(int(idle(env.town)[0]))[1] == 1.0  # a step lived, nothing critical yet


@pytest.mark.parametrize(
    ("words", "error", "sentence"),
    [
        ({"level": "9"}, LevelError, "There is no level '9'"),
        ({"rewards": "sparce"}, ValueError, "no such preset 'sparce'. Did you mean 'sparse'?"),
        ({"layout": "round"}, ValueError, "layout: 'round' won't do"),
        ({"render_mode": "human"}, ValueError, "render_mode: 'human' won't do"),
    ],
)
def test_wrong_words_get_a_sentence(
    words: dict[str, str], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence.replace("?", r"\?")):
        TownEnv(**words)  # type: ignore[arg-type]


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(ValueError, match="Did you mean 'town_seed'"):
        TownEnv("1").reset(options={"town": 3})


def test_nothing_works_before_reset() -> None:
    with pytest.raises(gymnasium.error.ResetNeeded):
        TownEnv("1").step(0)


def test_pictures_show_the_town() -> None:
    env = TownEnv("3", render_mode="rgb_array")
    env.reset(options={"town_seed": 2})
    before = env.render()
    assert isinstance(before, np.ndarray)
    assert before.dtype == np.uint8
    assert before.shape == (8 * 40 + 8 + 4 * 20, 320, 3)
    env.step(Action.INTERACT)
    after = env.render()
    assert isinstance(after, np.ndarray)
    assert np.array_equal(before[:320], after[:320])  # nobody moved
    assert not np.array_equal(before[320:], after[320:])  # but meters fell


def test_text_shows_the_town() -> None:
    env = TownEnv("1", render_mode="ansi", layout="classic")
    env.reset(options={"town_seed": 2})
    shown = env.render()
    assert isinstance(shown, str)
    head, _meters, *rows = shown.splitlines()
    assert head == "First Night, step 0 of 50"
    state = env.town.state
    assert rows[state.y[0]].split()[state.x[0]] == "@"
    assert rows[1].split()[1] in {"B", "@"}


def test_without_gymnasium_one_sentence_names_the_remedy() -> None:
    code = "import sys; sys.modules['gymnasium'] = None; import hamlet_game.envs"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip().endswith("pip install 'hamlet-game[envs]'")
    assert "During handling" not in done.stderr
