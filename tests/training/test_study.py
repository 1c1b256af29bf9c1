"""How lives are spent, counted step by step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.evaluation import live
from hamlet_game.town.names import Action, Kind
from hamlet_game.town.policies import random, sensible
from hamlet_game.town.town import Town
from hamlet_game.training.study import Doing, study

LEVEL = load_catalog().find("3")
TOWNS = np.arange(1, 31)


def test_lives_are_those_that_evaluation_measures() -> None:
    found, expected = study(LEVEL, sensible, TOWNS).lives, live(LEVEL, sensible, TOWNS)
    np.testing.assert_array_equal(found.survival, expected.survival)
    np.testing.assert_array_equal(found.score, expected.score)
    np.testing.assert_array_equal(found.cause, expected.cause)
    np.testing.assert_allclose(found.total, expected.total)


def test_every_living_step_is_spent_on_one_thing() -> None:
    done = study(LEVEL, random, TOWNS)
    assert sum(done.doings.values()) == done.lives.survival.sum()
    assert sum(done.shares.values()) == 1
    assert min(done.doings[doing] for doing in (Doing.WALK, Doing.WAIT, Doing.WASTE)) > 0


def test_doings_are_counted_by_what_happened() -> None:
    classic = LEVEL.model_copy(update={"layout": "classic"})  # the bed is at (1, 1)

    def to_the_corner_then_wait(town: Town) -> NDArray[np.int8]:
        state = town.state
        action = np.where(state.x > 0, Action.LEFT, Action.UP)
        return np.where((state.x == 0) & (state.y == 0), Action.INTERACT, action).astype(np.int8)

    done = study(classic, to_the_corner_then_wait, np.array([4]))
    town = Town(classic, [4])
    way = int(town.state.x[0] + town.state.y[0])
    assert done.doings[Doing.WALK] == way
    assert done.doings[Doing.WAIT] == done.lives.survival[0] - way
    assert done.doings[Doing.BED] == done.doings[Doing.WASTE] == 0


def test_the_share_still_alive_falls_where_lives_end() -> None:
    done = study(LEVEL, random, TOWNS)
    share = done.still_alive()
    assert share.shape == (LEVEL.steps + 1,)
    assert share[0] == 1
    assert (np.diff(share) <= 0).all()
    assert share[-1] == done.lives.alive.mean()
    first = int(done.lives.survival.min())
    assert share[first - 1] == 1 > share[first]


def test_the_typical_life_has_the_middle_score_and_is_lived_again() -> None:
    done = study(LEVEL, sensible, TOWNS)
    middle = done.typical
    assert (done.lives.score < done.lives.score[middle]).sum() <= 15
    assert (done.lives.score > done.lives.score[middle]).sum() <= 15
    record = done.record(sensible)
    assert record.town_seed == TOWNS[middle]
    assert record.survival == done.lives.survival[middle]
    assert record.last.points == done.lives.score[middle]
    assert any(frame.used is Kind.BED for frame in record.frames)
