"""Several lives in one town, and several buildings of a kind."""

from __future__ import annotations

import numpy as np
import pytest
from town_cases import bits, plain, put

from hamlet_game.town.catalog import digest
from hamlet_game.town.evaluation import live
from hamlet_game.town.names import NONE, Action, Kind
from hamlet_game.town.observation import FIELDS
from hamlet_game.town.outcome import Refusal
from hamlet_game.town.policies import idle
from hamlet_game.town.town import Town

CALM = {  # nothing drains, so that a life can stand at a door for good
    name: {"start": 100, "deadly": name == "energy"}
    for name in ("energy", "hygiene", "satiation", "money")
}


def contest(lives: int, capacity: int | None, towns: int = 1) -> Town:
    """Return towns whose lives all stand on a free shower."""
    level = plain(
        steps=5000,
        meters=CALM,
        buildings__shower={"at": [[6, 1]], "gives": {"hygiene": 40}, "capacity": capacity},
    )
    town = Town(level, range(towns), lives)
    for life in range(len(town)):
        put(town, life, x=6, y=1)
    return town


def test_a_building_serves_as_many_as_it_holds() -> None:
    town = contest(lives=5, capacity=2, towns=3)
    step = town.step([Action.INTERACT] * 15)
    used = (step.used == Kind.SHOWER).reshape(3, 5)
    assert used.sum(axis=1).tolist() == [2, 2, 2]
    assert (step.refused[step.used == NONE] == Refusal.TAKEN).all()


def test_without_a_limit_everyone_is_served() -> None:
    step = contest(lives=5, capacity=None).step([Action.INTERACT] * 5)
    assert step.used.tolist() == [Kind.SHOWER] * 5


def test_who_comes_first_is_a_fair_draw() -> None:
    town = contest(lives=2, capacity=1, towns=4)
    wins = np.zeros(8)
    for _ in range(400):
        wins += town.step([Action.INTERACT] * 8).used == Kind.SHOWER
    shares = wins.reshape(4, 2) / 400
    assert shares.sum(axis=1).tolist() == [1, 1, 1, 1]
    assert (shares > 0.4).all()
    assert (shares < 0.6).all()


def test_the_draw_does_not_repeat_from_town_to_town() -> None:
    town = contest(lives=2, capacity=1, towns=200)
    first = (town.step([Action.INTERACT] * 400).used == Kind.SHOWER).reshape(200, 2)
    assert 70 < first[:, 0].sum() < 130


def test_others_in_the_building_are_perceived_as_taken() -> None:
    town = contest(lives=2, capacity=1)
    step = town.step([Action.INTERACT, Action.LEFT])  # one washes, the other looks back
    taken = step.obs[:, FIELDS.index("shower_taken")]
    assert taken.tolist() == [0, 1]  # one's own use does not count as others'
    assert step.obs[:, FIELDS.index("bed_taken")].tolist() == [0, 0]
    step = town.step([Action.LEFT, Action.LEFT])
    assert step.obs[:, FIELDS.index("shower_taken")].tolist() == [0, 0]


def test_those_who_cannot_pay_do_not_compete() -> None:
    level = plain(buildings__bed__capacity=1)
    town = Town(level, [0], 2)
    put(town, 0, x=1, y=1, money=0)
    put(town, 1, x=1, y=1)
    step = town.step([Action.INTERACT] * 2)
    assert step.refused.tolist() == [Refusal.UNAFFORDABLE, Refusal.NO]


def test_citizens_of_a_town_share_its_layout_but_begin_apart() -> None:
    town = Town(plain(layout="random"), [3, 4], 6)
    assert town.places(0) == town.places(5) == Town(plain(layout="random"), [3]).places()
    assert town.places(6) != town.places(0)
    assert town.state.citizen.tolist() == [0, 1, 2, 3, 4, 5] * 2
    assert len({(x, y) for x, y in zip(town.state.x[:6], town.state.y[:6], strict=True)}) > 1


def test_sharing_lives_stay_in_whole_towns() -> None:
    town = Town(plain(), [3, 4], 3)
    before = bits(town)
    for lives, seeds in ([[0], [9]], [[0, 1, 3], [9] * 3], [[1, 2, 3], [9] * 3]):
        with pytest.raises(ValueError, match="share a town"):
            town.restart(lives, town_seeds=seeds)
    with pytest.raises(ValueError, match="to one town"):
        town.restart([0, 1, 2], town_seeds=[9, 9, 8])
    with pytest.raises(ValueError, match="towns of 3"):
        town.restore(town.snapshot().take([0, 1]))
    assert bits(town) == before
    town.restore(town.snapshot().take([3, 4, 5]))
    assert town.state.seed.tolist() == [4, 4, 4]


def test_a_whole_town_can_move() -> None:
    level = plain(layout="random")
    town, there = Town(level, [3, 4], 3), Town(level, [9], 3)
    town.step([Action.UP] * 6)
    town.restart([3, 4, 5], town_seeds=[9] * 3)
    assert town.state.seed.tolist() == [3] * 3 + [9] * 3
    assert town.places(3) == there.places()
    assert town.observe()[3:].tobytes() == there.observe().tobytes()
    assert town.state.age.tolist() == [1] * 3 + [0] * 3


def test_a_level_says_how_many_live_together() -> None:
    shared = plain(people=3, buildings__bed__capacity=1)
    assert plain().people == 1
    assert len(live(shared, idle, [5, 6]).survival) == 6
    assert digest(shared) != digest(plain(buildings__bed__capacity=1))


def test_the_nearest_of_several_buildings_counts() -> None:
    level = plain(buildings__bed__at=[[0, 0], [7, 7], [7, 0]])
    town = Town(level, [0])

    def way(x: int, y: int) -> tuple[float, float]:
        put(town, x=x, y=y)
        seen = town.observe()[0]
        return tuple(float(8 * seen[FIELDS.index(f"bed_{axis}")]) for axis in ("dx", "dy"))

    assert way(1, 2) == (-1, -2)
    assert way(6, 5) == (1, 2)
    assert way(6, 1) == (1, -1)
    assert way(0, 7) == (0, -7)  # as far from two of them: the first counts


def test_each_building_of_a_kind_works_and_has_its_own_capacity() -> None:
    level = plain(buildings__bed__at=[[0, 0], [7, 7]], buildings__bed__capacity=1, meters=CALM)
    town = Town(level, [0], 3)
    for life, (x, y) in enumerate([(0, 0), (7, 7), (7, 7)]):
        put(town, life, x=x, y=y)
    step = town.step([Action.INTERACT] * 3)
    assert step.used[0] == Kind.BED
    assert sorted(step.used[1:].tolist()) == [NONE, Kind.BED]


def test_random_layouts_hold_every_building_on_a_cell_of_its_own() -> None:
    level = plain(layout="random", grid=[3, 3], buildings__bed__at=[[0, 0], [1, 1], [2, 2]],
                  buildings__shower__at=[[0, 1]], buildings__fridge__at=[[1, 0]],
                  buildings__job__at=[[2, 1]])  # fmt: skip
    town = Town(level, np.arange(200))
    layouts = {tuple(town.places(life)) for life in range(200)}
    assert len(layouts) > 100
    for layout in layouts:
        assert [kind for kind, _, _ in layout] == [0, 0, 0, 1, 2, 3]
        assert len({(x, y) for _, x, y in layout}) == 6


def test_large_towns_are_laid_out_piece_by_piece() -> None:
    """Tables beyond one piece's size equal those of towns laid out alone."""
    level = plain(layout="random", grid=[64, 64], buildings__bed__at=[[x, 0] for x in range(40)])
    town = Town(level, [7, 3, 11, 5])
    for life, seed in enumerate([7, 3, 11, 5]):
        alone = Town(level, [seed])
        assert town.places(life) == alone.places()
        assert town.observe()[life].tobytes() == alone.observe()[0].tobytes()
