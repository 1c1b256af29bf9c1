"""The equations, with numbers that can be checked by hand."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import tensor

from hamlet_game.learn import targets


def test_q_target_takes_the_best_next_value() -> None:
    result = targets.q_target(tensor([1.0, 1]), tensor([0, 0.5]), tensor([[9.0, 9], [2, 4]]))
    assert result.tolist() == [1, 3]


def test_double_q_target_lets_the_online_network_choose() -> None:
    online, target = tensor([[0.0, 1], [5, 0]]), tensor([[10.0, 20], [30, 40]])
    result = targets.double_q_target(tensor([1.0, 1]), tensor([0.5, 0.1]), online, target)
    assert result.tolist() == [11, 4]


def test_td_error() -> None:
    error = targets.td_error(tensor([[1.0, 2], [3, 4]]), tensor([1, 0]), tensor([5.0, 1]))
    assert error.tolist() == [3, -2]


def test_huber_is_square_near_zero_and_straight_beyond_one() -> None:
    assert targets.huber(tensor([0.0, 0.5, -1, 3, -4])).tolist() == [0, 0.125, 0.5, 2.5, 3.5]
    errors = torch.linspace(-3, 3, 101)
    expected = torch.nn.functional.huber_loss(errors, torch.zeros(101), reduction="none")
    torch.testing.assert_close(targets.huber(errors), expected)


def test_squared() -> None:
    assert targets.squared(tensor([3.0, -2])).tolist() == [4.5, 2]


@pytest.mark.parametrize(
    ("loss", "slope"),
    [(targets.huber, targets.huber_slope), (targets.squared, targets.squared_slope)],
)
def test_slopes_are_those_of_autograd(loss: Any, slope: Any) -> None:
    errors = torch.linspace(-3, 3, 60).requires_grad_()
    (expected,) = torch.autograd.grad(loss(errors).sum(), errors)
    torch.testing.assert_close(slope(errors.detach()), expected)


def test_the_slope_in_q_is_that_of_the_mean_loss() -> None:
    q = torch.randn(6, 3, generator=torch.Generator().manual_seed(0)).requires_grad_()
    action, target = tensor([0, 1, 2, 2, 1, 0]), torch.arange(6.0)
    error = targets.td_error(q, action, target)
    (expected,) = torch.autograd.grad(targets.huber(error).mean(), q)
    slope = targets.q_slope(action, targets.huber_slope(error.detach()), 3)
    torch.testing.assert_close(slope, expected)
    by_hand = targets.q_slope(tensor([1, 0]), tensor([1.0, -4]), 2)
    assert by_hand.tolist() == [[0, -0.5], [2, 0]]


def column(*numbers: float) -> np.ndarray:
    return np.array(numbers, dtype=np.float32)[:, None]


def flags(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.bool_)[:, None]


def test_n_step_return_sums_until_the_window_ends() -> None:
    result = targets.n_step_returns(
        column(1, 2, 4), column(99, 99, 8), flags(0, 0, 0), flags(0, 0, 0), discount=0.5
    )
    assert result[:, 0].tolist() == [4, 6, 8]  # 1 + 2/2 + 4/4 + 8/8; 2 + 4/2 + 8/4; 4 + 8/2


def test_n_step_return_ends_with_a_death_but_not_with_a_time_limit() -> None:
    reward, value = column(1, 2, 4), column(99, 10, 8)
    died = targets.n_step_returns(reward, value, flags(0, 1, 0), flags(0, 0, 0), discount=0.5)
    assert died[:, 0].tolist() == [2, 2, 8]
    limit = targets.n_step_returns(reward, value, flags(0, 0, 0), flags(0, 1, 0), discount=0.5)
    assert limit[:, 0].tolist() == [4.5, 7, 8]  # 2 + 10/2 = 7; 1 + 7/2


def test_lives_side_by_side_do_not_mix() -> None:
    reward = np.array([[1, 10], [1, 10]], dtype=np.float32)
    none = np.zeros((2, 2), dtype=np.bool_)
    result = targets.n_step_returns(reward, np.zeros_like(reward), none, none, discount=0.5)
    assert result.tolist() == [[1.5, 15], [1, 10]]


def test_gae_by_hand() -> None:
    reward, value, later = column(1, 1, 1), column(0, 2, 4), column(2, 4, 6)
    none = flags(0, 0, 0)
    result = targets.gae(reward, value, later, none, none, discount=0.5, decay=0.5)
    # δ = 1+1−0, 1+2−2, 1+3−4 = 2, 1, 0; A = 2 + 1/4 + 0, 1 + 0, 0
    assert result[:, 0].tolist() == [2.25, 1, 0]


def test_gae_stops_where_a_life_ends() -> None:
    reward, value, later = column(1, 1, 1), column(0, 2, 4), column(2, 4, 6)
    died = targets.gae(
        reward, value, later, flags(0, 1, 0), flags(0, 0, 0), discount=0.5, decay=0.5
    )
    assert died[:, 0].tolist() == [1.75, -1, 0]  # δ₁ = 1 − 2
    limit = targets.gae(
        reward, value, later, flags(0, 0, 0), flags(0, 1, 0), discount=0.5, decay=0.5
    )
    assert limit[:, 0].tolist() == [2.25, 1, 0]


def test_gae_with_full_look_ahead_is_the_n_step_return_less_the_value() -> None:
    rng = np.random.default_rng(0)
    reward, value = (rng.normal(size=(7, 3)).astype(np.float32) for _ in range(2))
    died = rng.random((7, 3)) < 0.2
    timed_out = (rng.random((7, 3)) < 0.2) & ~died
    later = np.concatenate([value[1:], rng.normal(size=(1, 3)).astype(np.float32)])
    returns = targets.n_step_returns(reward, later, died, timed_out, discount=0.9)
    advantage = targets.gae(reward, value, later, died, timed_out, discount=0.9, decay=1)
    np.testing.assert_allclose(advantage, returns - value, atol=1e-5)


def test_clipped_objective_gains_nothing_from_going_too_far() -> None:
    ratio, advantage = tensor([1.5, 1.5, 0.5, 0.5]), tensor([1.0, -1, 1, -1])
    result = targets.clipped_objective(ratio, advantage, 0.25)
    assert result.tolist() == [1.25, -1.5, 0.5, -0.75]


def test_entropy_of_a_fair_coin_is_one_bit() -> None:
    result = targets.entropy(tensor([[0.5, 0.5], [0.25, 0.75]]).log())
    torch.testing.assert_close(result, tensor([0.693147, 0.562335]))
