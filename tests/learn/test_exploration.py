"""Random actions, known as such."""

import numpy as np
import pytest

from hamlet_game.learn.exploration import epsilon_greedy, ladder

GREEDY = np.full(40_000, 2)


@pytest.mark.parametrize("epsilon", [0.0, 0.3, 1.0])
def test_the_share_of_random_actions_is_epsilon(epsilon: float) -> None:
    actions, is_random = epsilon_greedy(GREEDY, 5, epsilon, None, np.random.default_rng(0))
    assert is_random.mean() == pytest.approx(epsilon, abs=0.01)
    assert (actions[~is_random] == 2).all()
    if epsilon:
        drawn = np.bincount(actions[is_random], minlength=5) / is_random.sum()
        assert drawn == pytest.approx([0.2] * 5, abs=0.015)


def test_random_actions_are_even_over_the_allowed() -> None:
    mask = np.tile([True, False, True, False, True], (len(GREEDY), 1))
    actions, _ = epsilon_greedy(GREEDY, 5, 1.0, mask, np.random.default_rng(0))
    share = np.bincount(actions, minlength=5) / len(actions)
    assert share == pytest.approx([1 / 3, 0, 1 / 3, 0, 1 / 3], abs=0.01)


def test_each_life_may_have_its_own_epsilon() -> None:
    epsilon = np.where(np.arange(len(GREEDY)) % 2 == 0, 1.0, 0.0)
    _, is_random = epsilon_greedy(GREEDY, 5, epsilon, None, np.random.default_rng(0))
    assert is_random[::2].all()
    assert not is_random[1::2].any()


def test_the_ladder_leads_from_epsilon_to_its_eighth_power() -> None:
    assert ladder(0.5, 8).tolist() == [0.5**k for k in range(1, 9)]
    assert ladder(1.0, 3).tolist() == [1, 1, 1]
    assert ladder(0.4, 1).tolist() == [0.4]
