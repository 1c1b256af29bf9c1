"""The shipped levels and rewards: idling and luck fail, good sense passes, living longer pays."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
import pytest
from town_cases import SHIPPED

from hamlet_game.town.evaluation import Lives, live
from hamlet_game.town.level import Level
from hamlet_game.town.level_file import reward_presets
from hamlet_game.town.planner import plan
from hamlet_game.town.policies import SCRIPTS

TOWNS = 1000
PAR_TOWNS = 6
PRESETS = reward_presets()
levels = pytest.mark.parametrize("level", SHIPPED, ids=lambda level: level.id)


@cache
def lives(level: Level, script: str, towns: int = TOWNS) -> Lives:
    return live(level, SCRIPTS[script], np.arange(towns))


@cache
def par(level: Level) -> float:
    return float(np.mean([plan(level, seed).score for seed in range(PAR_TOWNS)]))


def measures(level: Level, script: str) -> dict[str, float]:
    asked = {condition.measure for condition in level.stars[0]}
    return lives(level, script).measures(par(level) if "par" in asked else None)


def passes(level: Level, script: str) -> bool:
    """Print what a script reached and return whether that is the pass mark."""
    got = measures(level, script)
    words = ", ".join(f"{name} {value:.2f}" for name, value in got.items())
    print(f"{level.id:16} {script:9} {words}; died of {lives(level, script).causes()}")
    return all(condition.holds(got) for condition in level.stars[0])


def asked_survival(level: Level) -> float:
    """Return the steps that the pass mark asks for, all of them where it asks to stay alive."""
    marks = [c.value for c in level.stars[0] if c.measure == "survival"]
    return marks[0] if marks else float(level.steps)


@levels
@pytest.mark.parametrize("script", ["idle", "random"])
def test_idling_and_luck_fail_by_a_wide_margin(level: Level, script: str) -> None:
    assert not passes(level, script)
    assert measures(level, script)["survival"] <= 0.7 * asked_survival(level)


@levels
def test_good_sense_passes(level: Level) -> None:
    assert passes(level, "sensible")


@levels
def test_stars_get_harder(level: Level) -> None:
    """Each star asks at least as much of every measure that the star before names."""
    for easier, harder in zip(level.stars, level.stars[1:], strict=False):
        asked = {c.measure: c.value for c in harder}
        for condition in easier:
            assert asked.get(condition.measure, np.inf) >= condition.value


@levels
@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_a_longer_life_never_pays_less(level: Level, preset: str) -> None:
    """Otherwise learning *well* would look like getting worse."""
    paid = level.model_copy(update={"rewards": PRESETS[preset]})
    by_script = {script: lives(paid, script, 200) for script in ("idle", "random", "sensible")}
    total = {script: float(got.total.mean()) for script, got in by_script.items()}
    survival = {script: float(got.survival.mean()) for script, got in by_script.items()}
    print(f"{level.id:16} {preset:7} {total} survival {survival}")
    assert total["sensible"] > max(total["random"], total["idle"])
    for one, other in combinations(by_script, 2):
        short, long = sorted((one, other), key=survival.__getitem__)
        assert survival[short] == survival[long] or total[short] <= total[long], (short, long)


@levels
def test_a_levels_own_reward_agrees_with_its_aim(level: Level) -> None:
    total = {script: lives(level, script).total.mean() for script in SCRIPTS}
    assert total["sensible"] == max(total.values())
