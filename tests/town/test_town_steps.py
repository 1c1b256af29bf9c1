"""What one step does, with numbers that a person can check by hand."""

from __future__ import annotations

import numpy as np
import pytest
from town_cases import bits, meters, plain, put, standing_on

from hamlet_game.town.names import NONE, Action, Kind, Meter
from hamlet_game.town.outcome import Refusal
from hamlet_game.town.town import Town

INTERACT = [Action.INTERACT]
# Energy 50, hygiene 50, satiation 50, money 50; a waiting step takes 0.5, 0.25, 0.5, 0.
WAITED = [49.5, 49.75, 49.5, 50]


@pytest.mark.parametrize(
    ("kind", "after"),
    [
        (Kind.BED, [99.5, 54.75, 49.5, 45]),
        (Kind.SHOWER, [46.5, 89.75, 49.5, 47]),
        (Kind.FRIDGE, [54.5, 49.75, 94.5, 46]),
        (Kind.JOB, [34.5, 39.75, 49.5, 80]),
    ],
)
def test_each_building_gives_and_costs(kind: Kind, after: list[float]) -> None:
    town = standing_on(kind)
    step = town.step(INTERACT)
    assert meters(town) == after
    assert step.used.tolist() == [kind]
    assert step.refused.tolist() == [Refusal.NO]


def test_waiting_drains_and_moving_drains_more() -> None:
    town = Town(plain(), [0])
    put(town, x=3, y=3)
    town.step(INTERACT)
    assert meters(town) == WAITED
    step = town.step([Action.RIGHT])
    assert meters(town) == [48.5, 49.25, 48.75, 50]  # another 1, 0.5, 0.75
    assert (town.state.x[0], town.state.y[0], step.moved[0]) == (4, 3, True)


@pytest.mark.parametrize(
    ("action", "x", "y"),
    [(Action.UP, 3, 2), (Action.DOWN, 3, 4), (Action.LEFT, 2, 3), (Action.RIGHT, 4, 3)],
)
def test_directions(action: Action, x: int, y: int) -> None:
    town = Town(plain(), [0])
    put(town, x=3, y=3)
    town.step([action])
    assert (town.state.x[0], town.state.y[0]) == (x, y)


@pytest.mark.parametrize(
    ("action", "x", "y"),
    [(Action.UP, 3, 0), (Action.DOWN, 3, 7), (Action.LEFT, 0, 3), (Action.RIGHT, 7, 3)],
)
def test_the_edge_stops_a_walk_and_costs_a_waiting_step(action: Action, x: int, y: int) -> None:
    town = Town(plain(), [0])
    put(town, x=x, y=y)
    assert not town.mask()[0, action]
    step = town.step([action])
    assert (town.state.x[0], town.state.y[0], step.moved[0]) == (x, y, False)
    assert meters(town) == WAITED
    assert town.state.age.tolist() == [1]


def test_interacting_on_an_empty_cell_is_waiting() -> None:
    town = Town(plain(), [0])
    put(town, x=3, y=3)
    step = town.step(INTERACT)
    assert meters(town) == WAITED
    assert (step.used[0], step.refused[0]) == (NONE, Refusal.NOTHING_HERE)


def test_what_one_cannot_afford_does_nothing() -> None:
    town = standing_on(Kind.BED, money=4.5)
    step = town.step(INTERACT)
    assert meters(town) == [49.5, 49.75, 49.5, 4.5]
    assert (step.used[0], step.refused[0]) == (NONE, Refusal.UNAFFORDABLE)
    put(town, money=5)
    assert town.step(INTERACT).used.tolist() == [Kind.BED]
    assert town.state.meters[Meter.MONEY, 0] == 0


def test_a_job_is_affordable_without_money() -> None:
    assert standing_on(Kind.JOB, money=0).step(INTERACT).used.tolist() == [Kind.JOB]


def test_meters_stop_at_100_and_at_0() -> None:
    town = standing_on(Kind.JOB, money=90, hygiene=5, energy=80)
    town.step(INTERACT)
    assert meters(town) == [64.5, 0, 49.5, 100]


def test_an_empty_deadly_meter_ends_the_life_and_names_the_cause() -> None:
    town = Town(plain(), [0])
    put(town, x=3, y=3, satiation=0.5)
    step = town.step(INTERACT)
    assert (step.died[0], step.timed_out[0], step.cause[0]) == (True, False, Meter.SATIATION)
    assert town.state.over.tolist() == [True]


def test_the_first_of_several_empty_meters_is_the_cause() -> None:
    town = Town(plain(), [0])
    put(town, x=3, y=3, hygiene=0.1, satiation=0.1)
    assert town.step(INTERACT).cause.tolist() == [Meter.HYGIENE]


def test_an_empty_meter_that_is_not_deadly_ends_nothing() -> None:
    town = Town(plain(meters__hygiene__deadly=False), [0])
    put(town, x=3, y=3, hygiene=0.1, money=0)
    step = town.step(INTERACT)
    assert (step.died[0], step.cause[0]) == (False, NONE)
    assert meters(town)[Meter.HYGIENE] == 0


def test_a_building_reached_with_the_last_breath_saves_a_life() -> None:
    town = standing_on(Kind.BED, energy=0.5)
    step = town.step(INTERACT)
    assert not step.died[0]
    assert meters(town)[Meter.ENERGY] == 50


def test_a_shift_can_be_the_death_of_the_worker() -> None:
    step = standing_on(Kind.JOB, energy=15).step(INTERACT)
    assert (step.used[0], step.died[0], step.cause[0]) == (Kind.JOB, True, Meter.ENERGY)


def test_a_time_limit_is_not_a_death() -> None:
    town = Town(plain(steps=3), [0])
    put(town, x=3, y=3)
    steps = [town.step(INTERACT) for _ in range(3)]
    assert [bool(step.timed_out[0]) for step in steps] == [False, False, True]
    assert not any(step.died[0] for step in steps)
    assert steps[-1].cause[0] == NONE
    assert town.state.over.tolist() == [True]


def test_death_at_the_last_step_is_a_death() -> None:
    town = Town(plain(steps=1), [0])
    put(town, x=3, y=3, energy=0.5)
    step = town.step(INTERACT)
    assert (step.died[0], step.timed_out[0]) == (True, False)


def test_a_life_that_is_over_stays_as_it_was() -> None:
    town = Town(plain(), [0, 1])
    put(town, 0, x=1, y=1, energy=0.5)
    put(town, 1, x=3, y=3)
    assert town.step([Action.RIGHT, Action.RIGHT]).died.tolist() == [True, False]
    before = town.snapshot().take([0])
    for action in Action:
        step = town.step([action, Action.INTERACT])
        assert step.reward[0] == 0
        assert all(value[0] == 0 for value in step.terms.values())
        assert not any([step.died[0], step.timed_out[0], step.moved[0]])
        assert (step.used[0], step.refused[0], step.cause[0]) == (NONE, Refusal.NO, NONE)
    after = town.snapshot().take([0])
    for name in type(after).__slots__:
        assert getattr(after, name).tobytes() == getattr(before, name).tobytes(), name
    assert town.state.age.tolist() == [1, 6]


def test_restart_begins_the_next_episode_of_the_same_town() -> None:
    town = Town(plain(layout="random"), [5, 6])
    homes, starts = [town.places(0), town.places(1)], town.snapshot()
    for _ in range(4):
        town.step([Action.LEFT, Action.DOWN])
    town.restart([True, False])
    state = town.state
    assert state.episode.tolist() == [1, 0]
    assert state.age.tolist() == [0, 4]
    assert (state.points[0], state.points[1] > 0) == (0, True)
    assert [town.places(0), town.places(1)] == homes
    restarted = [town.snapshot() for _ in range(20) if town.restart([0]) is None]
    cells = {(int(s.x[0]), int(s.y[0])) for s in restarted}
    assert len(cells) > 10  # each episode begins elsewhere
    fresh = Town(plain(layout="random"), [5, 6])
    assert fresh.snapshot().x.tolist() == starts.x.tolist()


def test_restart_with_new_seeds_moves_to_other_towns() -> None:
    level = plain(layout="random")
    town = Town(level, [5, 5, 5])
    town.restart([1, 2], town_seeds=[8, 9])
    assert town.state.seed.tolist() == [5, 8, 9]
    for life, seed in enumerate([5, 8, 9]):
        alone = Town(level, [seed])
        assert town.places(life) == alone.places()
        assert town.observe()[life].tobytes() == alone.observe()[0].tobytes()
    with pytest.raises(ValueError, match="shape"):
        town.restart([0, 1], town_seeds=[1, 2, 3])


def test_a_restart_of_nobody_changes_nothing() -> None:
    town = Town(plain(), [1, 2])
    before = bits(town)
    town.restart([False, False])
    assert bits(town) == before


def test_starts_keep_to_their_range_and_off_the_buildings() -> None:
    level = plain(meters__energy__start=[30, 34], start={"near": "bed", "within": 2})
    town = Town(level, np.arange(300))
    energy = town.meters[:, Meter.ENERGY]
    assert set(energy.tolist()) == {30, 31, 32, 33, 34}
    steps = np.abs(town.state.x - 1) + np.abs(town.state.y - 1)
    assert set(steps.tolist()) == {1, 2}


@pytest.mark.parametrize("actions", [[0], [0, 5], [0, -1], [[0, 1]], [0.0, 1.0], [True, False], []])
def test_wrong_actions_are_turned_down(actions: list[object]) -> None:
    town = Town(plain(), [1, 2])
    before = bits(town)
    with pytest.raises(ValueError, match="actions must be"):
        town.step(actions)
    assert bits(town) == before


@pytest.mark.parametrize(("seeds", "sharing"), [([], 1), ([1], 0), ([[1, 2]], 1)])
def test_a_town_needs_seeds_and_lives(seeds: list[object], sharing: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        Town(plain(), seeds, sharing)


def test_a_perfect_life_is_worth_1000_points() -> None:
    level = plain(
        steps=4,
        score={"living": 0.5, "wellbeing": 0.3, "wealth": 0.2},
        meters={
            "energy": {"start": 100, "deadly": True},
            "hygiene": {"start": 100},
            "satiation": {"start": 100},
            "money": {"start": 100},
        },
    )
    town = Town(level, [0])
    put(town, x=3, y=3)
    for _ in range(4):
        town.step(INTERACT)
    assert town.state.points[0] == pytest.approx(1000, abs=1e-9)


def test_points_by_hand() -> None:
    level = plain(steps=10, score={"living": 0.5, "wellbeing": 0.3, "wealth": 0.2})
    town = Town(level, [0])
    put(town, x=3, y=3, energy=40.5, hygiene=20.25, satiation=60.5, money=25)
    town.step(INTERACT)  # then 40, 20 and 60: a mean of 40 %
    assert town.state.points[0] == pytest.approx(100 * (0.5 + 0.3 * 0.4 + 0.2 * 0.25))
    put(town, energy=0.5)
    before = float(town.state.points[0])
    assert town.step(INTERACT).died[0]
    assert town.state.points[0] == before  # the step of a death earns nothing
