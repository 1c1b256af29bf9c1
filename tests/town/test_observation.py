"""What a townsperson perceives, entry by entry."""

from __future__ import annotations

import numpy as np
import pytest
from town_cases import SHIPPED, plain, put

from hamlet_game.town.names import Action
from hamlet_game.town.observation import FIELDS, MEANINGS, WIDTH, describe
from hamlet_game.town.town import Town


def seen(town: Town) -> dict[str, float]:
    return {name: value for name, (value, _) in describe(town.observe()[0]).items()}


def test_every_entry_by_hand() -> None:
    town = Town(plain(meters__hygiene__deadly=False), [0])
    put(town, x=1, y=3, energy=40, hygiene=25, satiation=100, money=4)
    assert seen(town) == pytest.approx(
        {
            "energy": 0.4, "hygiene": 0.25, "satiation": 1, "money": 0.04,
            "deadly_energy": 1, "deadly_hygiene": 0, "deadly_satiation": 1,
            "bed_dx": 0, "shower_dx": 5 / 8, "fridge_dx": 0, "job_dx": 5 / 8,
            "bed_dy": -2 / 8, "shower_dy": -2 / 8, "fridge_dy": 3 / 8, "job_dy": 3 / 8,
            "bed_sign_x": 0, "shower_sign_x": 1, "fridge_sign_x": 0, "job_sign_x": 1,
            "bed_sign_y": -1, "shower_sign_y": -1, "fridge_sign_y": 1, "job_sign_y": 1,
            "bed_here": 0, "shower_here": 0, "fridge_here": 0, "job_here": 0,
            "bed_affordable": 0, "shower_affordable": 1, "fridge_affordable": 1,
            "job_affordable": 1,
            "bed_taken": 0, "shower_taken": 0, "fridge_taken": 0, "job_taken": 0,
            "x": 1 / 7, "y": 3 / 7,
        }
    )  # fmt: skip


def test_standing_on_a_building() -> None:
    town = Town(plain(), [0])
    put(town, x=6, y=6)
    here = seen(town)
    assert [here[f"{kind}_here"] for kind in ("bed", "shower", "fridge", "job")] == [0, 0, 0, 1]
    assert (here["job_sign_x"], here["job_sign_y"]) == (0, 0)


def test_one_column_off_is_not_here() -> None:
    town = Town(plain(), [0])
    put(town, x=6, y=5)
    assert seen(town)["job_here"] == 0
    put(town, x=5, y=6)
    assert seen(town)["job_here"] == 0


def test_a_kind_that_a_level_lacks_reads_zero() -> None:
    town = Town(plain(buildings__job=None), [0])
    for x in range(8):
        put(town, x=x, y=0)
        assert {value for name, value in seen(town).items() if name.startswith("job")} == {0}


def test_far_buildings_are_clipped_but_keep_their_sign() -> None:
    town = Town(plain(grid=[40, 20], buildings__bed__at=[[39, 0]]), [0])
    put(town, x=0, y=19)
    far = seen(town)
    assert (far["bed_dx"], far["bed_dy"]) == (1, -1)
    assert (far["bed_sign_x"], far["bed_sign_y"]) == (1, -1)
    assert (far["x"], far["y"]) == (0, 1)


def test_the_width_is_the_same_in_every_level() -> None:
    lonely = {"job": {"at": [[0, 0]], "gives": {"money": 1}}}
    others = (plain(grid=[30, 7]), plain(buildings=lonely))
    assert {Town(level, [1, 2]).observe().shape for level in (*SHIPPED, *others)} == {(2, WIDTH)}
    assert len(FIELDS) == len(set(FIELDS)) == WIDTH


def test_observations_are_contiguous_rows_of_float32() -> None:
    obs = Town(plain(), range(5)).observe()
    assert (obs.dtype, obs.flags.c_contiguous) == (np.float32, True)


def test_describe_tells_every_entry_in_words() -> None:
    town = Town(plain(), [0])
    told = describe(town.observe()[0])
    assert tuple(told) == FIELDS
    assert all(meaning == MEANINGS[name] for name, (_, meaning) in told.items())
    assert told["shower_dy"][1].startswith("rows to the nearest shower")
    with pytest.raises(ValueError, match=f"{WIDTH} numbers, not 3"):
        describe([1, 2, 3])


def test_the_mask_names_the_walks_that_lead_somewhere() -> None:
    town = Town(plain(), [0, 0, 0])
    for life, (x, y) in enumerate([(0, 0), (7, 7), (3, 0)]):
        put(town, life, x=x, y=y)
    up, down, left, right = Action.UP, Action.DOWN, Action.LEFT, Action.RIGHT
    blocked = [{up, left}, {down, right}, {up}]
    for life, walls in enumerate(blocked):
        assert {Action(a) for a in np.flatnonzero(~town.mask()[life])} == walls
