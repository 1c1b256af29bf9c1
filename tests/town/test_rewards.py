"""Every reward term, with numbers checked by hand."""

from __future__ import annotations

import pytest
from town_cases import plain, put, standing_on

from hamlet_game.town.level import Level, RewardWeights
from hamlet_game.town.names import Action, Kind
from hamlet_game.town.rewards import TERMS
from hamlet_game.town.town import Town

WAIT = [Action.INTERACT]


def only(term: str, weight: float = 1.0, **changes: object) -> Level:
    return plain(rewards={term: weight}, **changes)


def at(level: Level, x: int = 3, y: int = 3, **meters: float) -> Town:
    town = Town(level, [0])
    put(town, x=x, y=y, **meters)
    return town


def paid(town: Town, action: Action = Action.INTERACT) -> float:
    return float(town.step([action]).reward[0])


def test_survival_pays_for_steps_lived_and_not_for_dying() -> None:
    town = at(only("survival", 2), energy=1)
    assert [paid(town), paid(town), paid(town)] == [2, 0, 0]  # lives, dies, is dead


def test_critical_is_charged_when_a_meter_falls_into_the_red() -> None:
    town = at(only("critical", -2), energy=20.25, hygiene=20.125, satiation=50)
    assert [paid(town), paid(town)] == [-4, 0]  # both at once, and only once


def test_critical_asks_deadly_meters_only() -> None:
    assert paid(at(only("critical", meters__hygiene__deadly=False), hygiene=20.125)) == 0


def test_critical_follows_each_meters_own_edge() -> None:
    level = only("critical", meters__hygiene__critical=45)
    assert paid(at(level, hygiene=45.125)) == 1


def test_death_counts_once() -> None:
    town = at(only("death", -20), energy=1)
    assert [paid(town), paid(town), paid(town)] == [0, -20, 0]


def test_a_time_limit_is_charged_as_no_death() -> None:
    assert paid(at(only("death", -20, steps=1))) == 0


def test_improvement_weighs_the_gain_by_the_need() -> None:
    # Energy 20 → 19.5 → 69.5: 50 at need 0.8. Hygiene 60 → 59.75 → 64.75: 5 at need 0.4.
    town = standing_on(Kind.BED, only("improvement", 0.5), energy=20, hygiene=60)
    assert paid(town) == pytest.approx(0.5 * (50 * 0.8 + 5 * 0.4))


def test_improvement_counts_only_what_fits_into_the_meter() -> None:
    # Energy 80 → 79.5 → 100: 20.5 at need 0.2; hygiene is full but for what it just lost.
    town = standing_on(Kind.BED, only("improvement"), energy=80, hygiene=100)
    assert paid(town) == pytest.approx(20.5 * 0.2, rel=1e-5)


def test_affordance_bonus_pays_for_a_needed_building() -> None:
    level = only("affordance_bonus", 5)
    assert paid(standing_on(Kind.BED, level, energy=49)) == 5
    assert paid(standing_on(Kind.BED, level, energy=50)) == 0  # not below 50: not needed
    assert paid(standing_on(Kind.BED, level, energy=49, money=0)) == 0  # not used
    assert paid(standing_on(Kind.JOB, level, money=10)) == 5
    assert paid(standing_on(Kind.JOB, level, money=60)) == 0
    assert paid(at(level, energy=49)) == 0


def test_what_counts_as_needed_is_a_number_of_the_level() -> None:
    level = plain(rewards={"affordance_bonus": 1, "needed_below": 80})
    assert paid(standing_on(Kind.BED, level, energy=79)) == 1


def test_proximity_pays_for_coming_closer_to_what_is_most_urgent() -> None:
    # Energy 40 is the lowest: Φ = −0.6 · 4/8 at (3, 3), bed at (1, 1).
    town = at(only("proximity"), energy=40)
    assert paid(town, Action.LEFT) == pytest.approx(-0.61 * 3 / 8 + 0.6 * 4 / 8, abs=1e-6)


def test_proximity_of_the_dead_is_nought() -> None:
    town = at(only("proximity"), energy=0.5)
    assert paid(town) == pytest.approx(0.995 * 4 / 8, abs=1e-6)


def test_proximity_cannot_be_farmed() -> None:
    """Its sum over any way there and back is nought: Φ(last) − Φ(first). Ng et al. 1999."""
    calm = {
        name: {"start": 40, "deadly": name == "energy"}
        for name in ("energy", "hygiene", "satiation", "money")
    }
    circle = [Action.RIGHT, Action.DOWN, Action.LEFT, Action.UP]
    town = at(only("proximity", 3, meters=calm))
    steps = [paid(town, action) for action in circle * 5]
    assert any(steps)
    assert sum(steps) == pytest.approx(0, abs=1e-5)


def test_wellbeing_squares_the_lack_below_comfort() -> None:
    # Comfort 60. Energy 30 after draining: half is missing. Others are above, money at comfort.
    town = at(only("wellbeing", 2), energy=30.5, hygiene=70, satiation=70, money=60)
    assert paid(town) == pytest.approx(2 * -(0.5**2))


def test_wellbeing_weighs_meters_and_counts_money() -> None:
    level = only("wellbeing", meters__money__importance=0.5, meters__hygiene__deadly=False)
    town = at(level, energy=90, hygiene=0.5, satiation=90, money=15)
    assert paid(town) == pytest.approx(-0.5 * 0.75**2)  # hygiene is not deadly: not counted


def test_money_pays_for_earning_and_charges_spending() -> None:
    assert paid(standing_on(Kind.JOB, only("money"))) == pytest.approx(0.3)
    assert paid(standing_on(Kind.BED, only("money"))) == pytest.approx(-0.05)
    assert paid(standing_on(Kind.JOB, only("money"), money=90)) == pytest.approx(0.1)


def test_efficiency_counts_wasted_steps() -> None:
    level = only("efficiency", -0.5)
    assert paid(at(level, x=0), Action.LEFT) == -0.5  # into the edge
    assert paid(standing_on(Kind.BED, level, money=0)) == -0.5  # can't pay
    assert paid(at(level)) == 0  # waiting is no waste
    assert paid(at(level), Action.LEFT) == 0
    assert paid(standing_on(Kind.BED, level)) == 0


def test_terms_are_reported_one_by_one_and_add_up() -> None:
    weights = dict.fromkeys(TERMS, 0.5) | {"death": -20, "critical": -2}
    town = at(plain(rewards=weights), energy=20.25, money=10)
    step = town.step(WAIT)
    assert set(step.terms) == set(TERMS)
    assert step.reward[0] == pytest.approx(sum(value[0] for value in step.terms.values()))
    assert step.terms["critical"].tolist() == [-2]
    assert step.terms["survival"].tolist() == [0.5]


def test_a_weight_of_nought_switches_a_term_off() -> None:
    town = at(plain(rewards={"survival": 1, "death": 0}))
    assert town.shaper.active == ("survival",)
    assert set(town.step(WAIT).terms) == {"survival"}


def test_every_term_has_a_weight_and_words() -> None:
    assert set(TERMS) == set(RewardWeights.model_fields) - {"needed_below"}
    assert all(TERMS.values())


def test_a_town_can_be_given_other_rewards() -> None:
    town = Town(plain(), [0], rewards=RewardWeights(death=-1))
    assert town.shaper.active == ("death",)
