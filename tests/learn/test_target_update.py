"""Weights that follow other weights."""

import pytest

from hamlet_game.learn.parameters import Parameters
from hamlet_game.learn.target_update import Average, TargetUpdate


def pair() -> tuple[Parameters, Parameters]:
    follower, leader = Parameters({"x": (1,)}), Parameters({"x": (1,)})
    leader.vector.fill_(8)
    return follower, leader


def test_a_soft_target_goes_a_share_of_the_way() -> None:
    follower, leader = pair()
    follow = TargetUpdate("soft", 0.25, 10)
    values = []
    for update in (1, 2):
        follow(follower, leader, update)
        values.append(follower["x"].item())
    assert values == [2, 3.5]


def test_a_hard_target_jumps_now_and_then() -> None:
    follower, leader = pair()
    follow = TargetUpdate("hard", 0.25, 3)
    values = []
    for update in range(1, 5):
        follow(follower, leader, update)
        values.append(follower["x"].item())
    assert values == [0, 0, 8, 8]


def test_an_average_forgets_the_first_weights_at_once_and_later_weights_slowly() -> None:
    follower, leader = pair()
    average = Average(0.5)
    average(follower, leader, 1)
    assert follower["x"].item() == 8
    leader.vector.fill_(0)
    average(follower, leader, 2)
    assert follower["x"].item() == pytest.approx(8 / 11)  # a tenth of what is known counts
    average(follower, leader, 1000)
    assert follower["x"].item() == pytest.approx(4 / 11)
