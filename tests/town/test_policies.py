"""Scripts, the measuring of them, and par."""

from __future__ import annotations

import numpy as np
import pytest
from town_cases import SHIPPED, bits, plain, standing_on

from hamlet_game.town.evaluation import live
from hamlet_game.town.names import Action, Kind
from hamlet_game.town.planner import Search, plan
from hamlet_game.town.policies import SCRIPTS, Policy
from hamlet_game.town.record import Record
from hamlet_game.town.town import Town

SHORT = SHIPPED[2].model_copy(update={"steps": 60})
scripts = pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)


@scripts
def test_a_script_changes_nothing_and_needs_no_company(script: Policy) -> None:
    level = plain(layout="random", buildings__bed__at=[[0, 0], [5, 5]])
    town, alone = Town(level, range(30)), Town(level, [17])
    for _ in range(40):
        before = bits(town)
        actions = script(town)
        assert bits(town) == before
        assert script(town).tolist() == actions.tolist()
        assert actions[17] == script(alone)[0]
        town.step(actions)
        alone.step(actions[[17]])


def test_random_does_everything_about_equally_often() -> None:
    town = Town(plain(), range(2000))
    counts = np.bincount(SCRIPTS["random"](town), minlength=len(Action))
    assert (counts > 320).all()
    assert (counts < 480).all()


def test_sensible_sleeps_when_tired_and_works_when_broke() -> None:
    town = standing_on(Kind.BED, energy=15)
    assert SCRIPTS["sensible"](town).tolist() == [Action.INTERACT]
    town = standing_on(Kind.BED, energy=60, money=0)  # the job is down and to the right
    assert SCRIPTS["sensible"](town)[0] in {Action.RIGHT, Action.DOWN}


def test_measuring_by_hand() -> None:
    level = plain(layout="random", meters__energy__start=5, steps=12)
    lives = live(level, SCRIPTS["idle"], range(50))
    assert lives.survival.tolist() == [10] * 50  # 5 points at 0.5 a step
    assert lives.total.tolist() == [9] * 50  # the step of the death is not paid
    assert lives.causes() == {"energy": 50}
    got = lives.measures(par=[750.0] * 50)
    assert got["score"] == pytest.approx(750)  # nine of twelve steps
    assert (got["par"], got["alive"], got["survival"]) == (pytest.approx(1), 0, 10)
    assert live(level.model_copy(update={"steps": 6}), SCRIPTS["idle"], range(5)).alive.all()


@pytest.fixture(scope="module")
def plans() -> dict[int, float]:
    return {seed: plan(SHORT, seed).score for seed in range(4)}


def test_a_plan_can_be_lived(plans: dict[int, float]) -> None:
    for seed, score in plans.items():
        found = plan(SHORT, seed)
        assert found.score == score  # equal each time
        record = Record.of(SHORT, seed, [int(action) for action in found.actions])
        assert record.last.points == pytest.approx(found.score, abs=1e-9)
        assert (record.survival, record.over) == (found.survival, True)


def test_par_is_hard_to_beat(plans: dict[int, float]) -> None:
    for script in SCRIPTS.values():
        scores = live(SHORT, script, list(plans)).score
        assert (scores <= np.array(list(plans.values())) + 1e-9).all()


def test_a_search_can_be_spread_over_frames(plans: dict[int, float]) -> None:
    search = Search(SHORT, 0)
    shares = list(search.run())
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
    assert search.best.score == plans[0]
