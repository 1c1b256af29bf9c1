"""Numbers that change while learning."""

import pytest

from hamlet_game.learn.schedules import Schedule, exponential, linear


def test_linear_goes_in_equal_differences() -> None:
    assert [linear(10, 20, share) for share in (0, 0.5, 1)] == [10, 15, 20]


def test_exponential_goes_in_equal_factors() -> None:
    steps = [exponential(100, 1, share) for share in (0, 0.5, 1)]
    assert steps == pytest.approx([100, 10, 1])


def test_a_length_counts_and_then_stays() -> None:
    epsilon = Schedule(start=1, end=0.2, over=100)
    values = [epsilon.at(count, progress=0.9) for count in (0, 50, 100, 999)]
    assert values == pytest.approx([1, 0.6, 0.2, 0.2])


def test_without_a_length_it_follows_the_progress() -> None:
    rate = Schedule(start=1, end=0.01, shape="exponential")
    assert rate.at(12345, progress=0.5) == pytest.approx(0.1)
