"""What surprised more is seen more often."""

import numpy as np
import pytest

from hamlet_game.learn.prioritized import PrioritizedMemory, importance_weights
from hamlet_game.learn.replay_buffer import Batch, Experience
from hamlet_game.learn.sum_tree import SumTree


def test_points_along_the_weights_find_their_rows() -> None:
    tree = SumTree(5)
    tree[np.array([0, 1, 3])] = np.array([1.0, 2, 4])
    assert tree.total == 7
    points = np.array([0, 0.99, 1, 2.99, 3, 6.99])
    assert tree.find(points).tolist() == [0, 0, 1, 1, 3, 3]


def test_the_very_end_finds_the_last_row_with_a_weight() -> None:
    tree = SumTree(1000)
    tree[np.arange(700)] = np.full(700, 0.1)
    assert tree.find(np.array([tree.total, tree.total * 1.01])).tolist() == [699, 699]


@pytest.mark.parametrize("capacity", [1, 16, 17, 5000])
def test_the_tree_agrees_with_a_plain_sum(capacity: int) -> None:
    rng = np.random.default_rng(capacity)
    tree, plain = SumTree(capacity), np.zeros(capacity)
    for _ in range(20):
        some = np.unique(rng.integers(0, capacity, 50))
        plain[some] = rng.random(len(some))
        tree[some] = plain[some]
    assert tree.total == pytest.approx(plain.sum())
    points = rng.random(500) * plain.sum() * 0.999
    expected = np.searchsorted(plain.cumsum(), points, side="right")
    np.testing.assert_array_equal(tree.find(points), expected)


def test_importance_weights_by_hand() -> None:
    probability = np.array([0.5, 0.125])  # of 4 pieces: N·P = 2 and ½
    assert importance_weights(probability, 4, 1.0).tolist() == [0.25, 1]
    assert importance_weights(probability, 4, 0.5).tolist() == [0.5, 1]
    assert importance_weights(probability, 4, 0.0).tolist() == [1, 1]


def memory_of(count: int, exponent: float) -> tuple[PrioritizedMemory, Batch]:
    memory = PrioritizedMemory(8, 1, 2, masks=False, exponent=exponent)
    obs, n = np.zeros((count, 1), dtype=np.float32), np.arange(count)
    zeros = np.zeros(count, dtype=np.float32)
    memory.insert(Experience(obs, n, zeros, obs, zeros, None))
    return memory, Batch(4000, 1, 2, masks=False)


def test_pieces_are_drawn_in_proportion_to_their_surprise() -> None:
    memory, batch = memory_of(4, exponent=1.0)
    batch.rows = np.arange(4)
    memory.learned(batch, np.array([1, 0, -3, 4], dtype=np.float32))
    memory.sample(batch, np.random.default_rng(0), 1.0)
    share = np.bincount(batch.action.numpy(), minlength=4) / 4000
    assert share == pytest.approx([1 / 8, 0, 3 / 8, 4 / 8], abs=0.005)
    assert batch.weight is not None
    first = batch.weight[batch.action == 0].mean() / batch.weight[batch.action == 3].mean()
    assert first == pytest.approx(4, rel=0.01)


def test_new_pieces_come_at_the_highest_priority() -> None:
    memory, batch = memory_of(4, exponent=1.0)
    batch.rows = np.arange(4)
    memory.learned(batch, np.array([0, 0, 0, 7.999], dtype=np.float32))
    obs, zeros = np.zeros((1, 1), dtype=np.float32), np.zeros(1, dtype=np.float32)
    memory.insert(Experience(obs, np.array([4]), zeros, obs, zeros, None))
    memory.sample(batch, np.random.default_rng(0), 1.0)
    share = np.bincount(batch.action.numpy(), minlength=5) / 4000
    assert share[3:] == pytest.approx([0.5, 0.5], abs=0.01)


def test_without_an_exponent_all_are_alike() -> None:
    memory, batch = memory_of(4, exponent=0.0)
    batch.rows = np.arange(4)
    memory.learned(batch, np.array([1, 0, -3, 4], dtype=np.float32))
    memory.sample(batch, np.random.default_rng(0), 1.0)
    assert np.bincount(batch.action.numpy()).tolist() == [1000] * 4
