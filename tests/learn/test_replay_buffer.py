"""A ring of experience."""

import numpy as np
import pytest

from hamlet_game.learn.replay_buffer import Batch, Experience, ReplayBuffer
from hamlet_game.learn.states import StateError


def numbered(*numbers: int) -> Experience:
    n = np.array(numbers, dtype=np.float32)
    obs = np.stack([n, n + 0.5], axis=1)
    mask = np.stack([n % 2 == 0, n % 2 == 1], axis=1)
    return Experience(obs, n.astype(np.int64), 10 * n, obs + 100, n / 100, mask)


def held(buffer: ReplayBuffer, *, masks: bool = True) -> list[int]:
    batch = Batch(200, 2, 2, masks=masks)
    buffer.sample(batch, np.random.default_rng(0), 1.0)
    return sorted(set(batch.action.tolist()))


def test_the_oldest_make_room() -> None:
    buffer = ReplayBuffer(5, 2, 2, masks=True)
    buffer.insert(numbered(1, 2, 3))
    assert (len(buffer), held(buffer)) == (3, [1, 2, 3])
    buffer.insert(numbered(4, 5, 6, 7))
    assert (len(buffer), held(buffer), buffer.cursor) == (5, [3, 4, 5, 6, 7], 2)


def test_rows_stay_together() -> None:
    buffer = ReplayBuffer(4, 2, 2, masks=True)
    buffer.insert(numbered(1, 2, 3))
    buffer.insert(numbered(4, 5, 6))
    batch = Batch(64, 2, 2, masks=True)
    buffer.sample(batch, np.random.default_rng(0), 1.0)
    n = batch.action.float()
    assert (batch.obs[:, 0] == n).all()
    assert (batch.next_obs[:, 1] == n + 100.5).all()
    assert (batch.reward == 10 * n).all()
    assert (batch.discount == n / 100).all()
    assert (batch.next_mask[:, 1] == (n % 2 == 1)).all()


def test_sampling_is_even() -> None:
    buffer = ReplayBuffer(10, 2, 2, masks=False)
    buffer.insert(numbered(*range(10)))
    batch = Batch(100_000, 2, 2, masks=False)
    buffer.sample(batch, np.random.default_rng(0), 1.0)
    share = np.bincount(batch.action.numpy()) / 100_000
    assert np.abs(share - 0.1).max() < 0.005


def test_more_than_fits_is_refused() -> None:
    with pytest.raises(ValueError, match="3 pieces at once are more than the buffer's 2"):
        ReplayBuffer(2, 2, 2, masks=False).insert(numbered(1, 2, 3))


def test_only_what_is_held_is_saved() -> None:
    buffer = ReplayBuffer(1000, 2, 2, masks=False)
    buffer.insert(numbered(1, 2, 3))
    state = buffer.state()
    assert state["obs"].shape == (3, 2)
    other = ReplayBuffer(1000, 2, 2, masks=False)
    other.load_state(state)
    assert (len(other), other.cursor, held(other, masks=False)) == (3, 3, [1, 2, 3])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("capacity", 999),
        ("cursor", 1000),
        ("obs", np.zeros((1001, 2), dtype=np.float32)),
        ("obs", np.zeros((3, 3), dtype=np.float32)),
        ("reward", np.zeros(2, dtype=np.float32)),
    ],
)
def test_a_damaged_state_is_refused(key: str, value: object) -> None:
    buffer = ReplayBuffer(1000, 2, 2, masks=False)
    buffer.insert(numbered(1, 2, 3))
    with pytest.raises(StateError):
        buffer.load_state(buffer.state() | {key: value})
