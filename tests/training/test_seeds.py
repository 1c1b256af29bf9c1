"""Towns for training, for judging and for people never meet."""

import numpy as np
import pytest

from hamlet_game.training import seeds


def test_training_never_draws_a_town_of_people() -> None:
    agents, counts = np.arange(5)[:, None], np.arange(20_000)[None, :]
    for run_seed in (0, 1, 2**31 - 1):
        towns = seeds.training_towns(run_seed, agents, counts)
        assert towns.shape == (5, 20_000)
        assert towns.dtype == np.int64
        assert towns.min() >= seeds.TRAINING_FIRST > seeds.LAST_TOWN
        assert towns.max() < seeds.TRAINING_END


def test_training_towns_differ_and_come_again() -> None:
    towns = seeds.training_towns(3, np.arange(4)[:, None], np.arange(5_000)[None, :])
    assert len(np.unique(towns)) == towns.size
    assert np.array_equal(towns[2, 7:9], seeds.training_towns(3, 2, [7, 8]))
    assert not np.isin(
        towns, seeds.training_towns(4, np.arange(4)[:, None], np.arange(5_000))
    ).any()


def test_gate_and_final_towns_are_held_out_and_apart() -> None:
    gate, final = seeds.gate_towns(10_000), seeds.final_towns(100_000)
    assert gate.min() >= 1
    assert gate.max() <= seeds.LAST_TOWN
    assert final.min() >= 1
    assert not np.intersect1d(gate, final).size


@pytest.mark.parametrize(("count", "first"), [(0, 1), (1, 0), (2, 999_999)])
def test_only_towns_of_people_can_be_held_out(count: int, first: int) -> None:
    with pytest.raises(ValueError, match="choose from 1 to 999999"):
        seeds.held_out_towns(count, first)


def test_final_towns_stop_before_the_gate() -> None:
    with pytest.raises(ValueError, match="too many"):
        seeds.final_towns(seeds.GATE_FIRST)


def test_every_agent_has_a_seed_of_its_own() -> None:
    drawn = {seeds.agent_seed(run, agent) for run in range(10) for agent in range(100)}
    drawn |= {seeds.exploration_seed(run) for run in range(10)}
    assert len(drawn) == 1_010
    assert all(0 <= seed < 2**63 for seed in drawn)


def test_luck_at_the_start_depends_on_the_town_alone() -> None:
    both = seeds.start_luck(np.array([11, 12]), 3)
    assert both.shape == (3, 2)
    assert np.array_equal(both[:, 1:], seeds.start_luck(np.array([12]), 3))
    assert ((both >= 0) & (both < 1)).all()
