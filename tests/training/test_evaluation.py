"""Judging in held-out towns: measures, stars, par."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hamlet_game.town import policies
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.evaluation import Lives
from hamlet_game.town.level import Level
from hamlet_game.town.names import NONE, Action, Meter
from hamlet_game.town.observation import WIDTH
from hamlet_game.town.planner import plan
from hamlet_game.town.town import Town
from hamlet_game.training import par as par_module
from hamlet_game.training.evaluation import (
    evaluate,
    mean_measures,
    policy_of,
    quality,
    stars_of,
    summarise,
)
from hamlet_game.training.par import ParTable
from hamlet_game.training.seeds import gate_towns


def level(word: str) -> Level:
    return load_catalog().find(word)


def lives(survival: list[int], cause: list[int], score: list[float]) -> Lives:
    return Lives(
        np.array(survival, dtype=np.int32),
        np.array([1.0] * len(survival)),
        np.array(score),
        np.array(cause, dtype=np.int8),
    )


def test_measures_are_means_over_towns() -> None:
    four = lives([10, 20, 50, 50], [Meter.ENERGY, Meter.ENERGY, NONE, NONE], [100, 200, 700, 800])
    result = summarise(level("1"), four, np.array([800.0, 1000.0]))
    assert result.towns == 4
    assert result.measures == {
        "survival": 32.5,
        "return": 1.0,
        "alive": 0.5,
        "score": 450.0,
        "par": 0.5,  # 450 / 900
    }
    assert result.causes == {"energy": 2}
    assert (result.passed, result.stars) == (False, 0)  # level 1: survival > 40
    assert (result.survival_quantiles[0], result.survival_quantiles[-1]) == (10.0, 50.0)


@pytest.mark.parametrize(
    ("measures", "stars"),
    [
        ({"survival": 40.0, "alive": 1.0}, 0),
        ({"survival": 40.5, "alive": 0.9}, 1),
        ({"survival": 50.0, "alive": 1.0}, 2),  # the third asks for par
        ({"survival": 50.0, "alive": 1.0, "par": 0.95}, 3),
        ({"survival": 30.0, "alive": 1.0, "par": 1.0}, 0),  # none without the first
    ],
)
def test_stars_are_earned_in_order(measures: dict[str, float], stars: int) -> None:
    assert stars_of(level("1"), measures) == stars


def test_quality_counts_living_and_score_alike() -> None:
    assert quality({"alive": 1.0, "score": 500.0}) == 0.75


def test_agents_are_averaged() -> None:
    poor = summarise(level("1"), lives([10], [Meter.ENERGY], [100]))
    good = summarise(level("1"), lives([50], [NONE], [900]))
    assert mean_measures([poor, good])["survival"] == 30
    assert mean_measures([poor, good])["alive"] == 0.5


def test_a_sensible_policy_passes_where_idling_fails() -> None:
    good = evaluate(level("2"), policies.sensible, gate_towns(50))
    idle = evaluate(level("2"), policies.idle, gate_towns(50))
    assert good.passed
    assert not idle.passed
    assert idle.stars == 0
    assert sum(idle.causes.values()) == 50
    assert "par" not in good.measures


def test_evaluations_repeat_exactly() -> None:
    first, second = (evaluate(level("1"), policies.random, gate_towns(20)) for _ in range(2))
    assert first == second


def test_par_is_planned_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, towns = level("1"), gate_towns(2)
    table = ParTable(tmp_path)
    expected = [plan(one, seed).score for seed in towns.tolist()]
    assert table.scores(one, towns).tolist() == expected

    def never(*_: Any) -> None:
        raise AssertionError("planned again")

    monkeypatch.setattr(par_module, "plan", never)
    assert table.scores(one, towns).tolist() == expected
    assert ParTable(tmp_path).scores(one, towns[::-1]).tolist() == expected[::-1]


@pytest.mark.parametrize("text", ["", "[1]", '{"900001": "x"}', '{"900001": -5}', "\x00"])
def test_a_damaged_par_table_is_worked_out_again(tmp_path: Path, text: str) -> None:
    one, towns = level("1"), gate_towns(1)
    expected = ParTable(tmp_path).scores(one, towns)
    (file,) = tmp_path.iterdir()
    file.write_text(text, encoding="utf-8")
    assert ParTable(tmp_path).scores(one, towns) == expected


def test_par_is_taken_from_the_first_towns(tmp_path: Path) -> None:
    table, towns = ParTable(tmp_path), gate_towns(10)
    result = evaluate(level("1"), policies.sensible, towns, par=table, par_towns=2)
    par = table.scores(level("1"), towns[:2]).mean()
    assert result.measures["par"] == pytest.approx(result.measures["score"] / par)
    assert result.towns == 10


def brain(**training: Any) -> dict[str, Any]:
    """Return a brain that always wants UP."""
    bias = np.zeros(len(Action), dtype=np.float32)
    bias[Action.UP] = 1
    return {
        "arrays": {
            "head.weight": np.zeros((WIDTH, len(Action)), dtype=np.float32),
            "head.bias": bias,
        },
        "architecture": {
            "inputs": WIDTH,
            "hidden": [],
            "actions": len(Action),
            "head": "plain",
        },
        "training": training,
    }


def test_a_brain_trained_with_masks_plays_with_masks() -> None:
    town = Town(level("1"), gate_towns(50))
    state = town.snapshot()
    state.y[:] = 0  # nothing above
    town.restore(state)
    assert (policy_of(brain(use_mask=False))(town) == Action.UP).all()
    assert (policy_of(brain(use_mask=True))(town) != Action.UP).all()
