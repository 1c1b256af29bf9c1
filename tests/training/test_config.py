"""Run configurations: presets, files, overrides, and a sentence for every slip."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hamlet_game.learn.config import ConfigError
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level_file import reward_presets
from hamlet_game.training.config import (
    RunConfig,
    check_run_config,
    load_config,
    plain_values,
    presets,
    to_yaml,
)
from hamlet_game.training.stages import find_stages


@pytest.mark.parametrize("name", presets())
def test_every_preset_can_be_trained(name: str) -> None:
    config = load_config(name)
    assert find_stages(config)
    assert config.algorithm_settings()
    assert check_run_config(plain_values(config), "again") == config


def test_the_presets_are_what_their_names_say() -> None:
    assert set(presets()) == {"default", "quick", "sparse", "classic", "rush_hour"}
    assert load_config().levels == ("1", "2", "3", "4")
    minutes = load_config("quick").limits.max_minutes
    assert minutes is not None
    assert minutes * 60 < 20
    sparse = load_config("sparse")
    assert (sparse.rewards, sparse.curriculum.enabled) == ("sparse", False)
    assert sparse.start_spread.share == 0
    assert load_config("classic").layout == "classic"


def test_a_written_configuration_reads_back_the_same(tmp_path: Path) -> None:
    config = load_config("default", {"name": "mine", "seed": 7, "limits.max_steps": 5})
    file = tmp_path / "config.yaml"
    file.write_text(to_yaml(config), encoding="utf-8")
    assert load_config(file) == config


def test_a_file_may_start_from_a_preset(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("preset: quick\nseed: 3\nalgorithm: {batch: 99}\n", encoding="utf-8")
    config, quick = load_config(file), load_config("quick")
    assert (config.seed, config.levels) == (3, quick.levels)
    assert config.algorithm == quick.algorithm | {"batch": 99}


def test_another_algorithm_does_not_inherit_settings() -> None:
    assert load_config("quick", {"algorithm.name": "ppo"}).algorithm == {"name": "ppo"}
    both = load_config("quick", {"algorithm": {"name": "dqn", "batch": 7}}).algorithm
    assert both["batch"] == 7
    assert both["hidden"] == load_config("quick").algorithm["hidden"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1-3", ("1", "2", "3")),
        ("1,full_day", ("1", "full_day")),
        ([1, 4], ("1", "4")),
        (3, ("3",)),
    ],
)
def test_levels_can_be_written_in_many_ways(written: object, read: tuple[str, ...]) -> None:
    assert RunConfig.model_validate({"levels": written}).levels == read


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"towsn": 3}, "towsn: no such key. Did you mean 'towns'?"),
        ({"curriculum.evaluate_evry": 3}, "Did you mean 'evaluate_every'?"),
        ({"curriculum.fall_back.bellow": 3}, "Did you mean 'below'?"),
        ({"levels": "4-1"}, "write 1-4"),
        ({"levels": []}, "levels"),
        ({"curriculum.target": ["aliv > 1"]}, "Did you mean 'alive'?"),
        ({"towns": 0}, "at least 1"),
        ({"agents": 101}, "at most 100"),
        ({"algorithm.name": 3}, "algorithm: the name is missing"),
        ({"algorithm.name": "dqm"}, "Did you mean 'dqn'?"),
        ({"algorithm.bach": 3}, "Did you mean 'batch'?"),
        ({"algorithm": 3}, "algorithm: 3 must be keys and values"),
        ({"name": "../x"}, "a run's name is its folder"),
        ({"shared_memory": "maybe"}, "write auto, true or false"),
        ({"start_spread.vital": [3, 1]}, "write [1, 3]"),
        ({"checkpoint.every_seconds": float("nan")}, "an ordinary number"),
        ({"towns": 1, "curriculum.mix_earlier": 0.5}, "too few to mix"),
    ],
)
def test_every_slip_is_one_sentence(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config("quick", change)
    sentence = str(caught.value)
    assert said in sentence
    assert sentence.startswith("preset 'quick': ")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no keys"),
        ("- 1", "holds no keys"),
        ("preset: quik", "Did you mean 'quick'?"),
        ("towns: &a 3", "not allowed"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    assert str(file) in str(caught.value)
    assert said in str(caught.value)


def test_a_missing_preset_or_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Did you mean 'default'"):
        load_config("defalt")
    with pytest.raises(ConfigError, match=r"nowhere\.yaml"):
        load_config(tmp_path / "nowhere.yaml")


def test_stages_are_judged_by_their_own_rewards() -> None:
    stages = find_stages(RunConfig(levels=("1", "3"), rewards="sparse"))
    catalog = load_catalog()
    assert [stage.id for stage in stages] == ["01_first_night", "03_full_day"]
    for stage in stages:
        assert stage.judged == catalog.find(stage.id)
        assert stage.trained.rewards == reward_presets()["sparse"]


def test_a_forced_layout_holds_for_training_and_judging() -> None:
    (stage,) = find_stages(RunConfig(levels=("3",), layout="classic"))
    assert stage.judged.layout == stage.trained.layout == "classic"


def test_without_curriculum_only_the_last_level_is_trained() -> None:
    config = RunConfig.model_validate({"levels": "1-3", "curriculum": {"enabled": False}})
    assert [stage.id for stage in find_stages(config)] == ["03_full_day"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"levels": ["9"]}, "levels: There is no level '9'"),
        ({"levels": ["1", "first_night"]}, "named twice"),
        ({"rewards": "spars"}, "Did you mean 'sparse'?"),
    ],
)
def test_levels_and_rewards_must_exist(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        find_stages(RunConfig.model_validate(change))
    assert said in str(caught.value)


def test_checking_a_configuration_loads_no_torch() -> None:
    code = (
        "import sys; from hamlet_game.training import events, seeds; "
        "from hamlet_game.training.config import load_config; load_config(); "
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
