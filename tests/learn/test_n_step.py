"""n rewards in a row, and the shorter rows at a life's end."""

import numpy as np
import pytest

from hamlet_game.learn.base import Transitions
from hamlet_game.learn.n_step import NStepWindow


def step(now: float, reward: float, *, died: bool = False, timed_out: bool = False) -> Transitions:
    return Transitions(
        np.array([[now]], dtype=np.float32), np.array([int(now)]),
        np.array([reward], dtype=np.float32), np.array([[now + 1]], dtype=np.float32),
        np.array([died]), np.array([timed_out]),
    )  # fmt: skip


def rows(experience: object) -> list[tuple[float, float, float, float]]:
    """Return (obs, return, next obs, discount), oldest first."""
    if experience is None:
        return []
    columns = (experience.obs[:, 0], experience.reward, experience.next_obs[:, 0])
    return sorted(zip(*(c.tolist() for c in (*columns, experience.discount)), strict=True))


def test_a_row_is_handed_out_once_it_spans_n_steps() -> None:
    window = NStepWindow(3, 0.5, 1, 1)
    assert [rows(window.push(step(t, 2**t), 1.0)) for t in range(4)] == [
        [],
        [],
        [(0, 1 + 2 / 2 + 4 / 4, 3, 0.125)],
        [(1, 2 + 4 / 2 + 8 / 4, 4, 0.125)],
    ]


def test_a_death_hands_out_shorter_rows_worth_nothing_beyond() -> None:
    window = NStepWindow(3, 0.5, 1, 1)
    for t in range(3):
        window.push(step(t, 2**t), 1.0)
    assert rows(window.push(step(3, 8, died=True), 1.0)) == [
        (1, 2 + 4 / 2 + 8 / 4, 4, 0),
        (2, 4 + 8 / 2, 4, 0),
        (3, 8, 4, 0),
    ]
    assert rows(window.push(step(10, 1), 1.0)) == []  # nothing left over for the next life


def test_a_time_limit_hands_them_out_with_the_discount_of_their_length() -> None:
    window = NStepWindow(3, 0.5, 1, 1)
    for t in range(3):
        window.push(step(t, 2**t), 1.0)
    last = rows(window.push(step(3, 8, timed_out=True), 1.0))
    assert last == [(1, 6, 4, 0.125), (2, 8, 4, 0.25), (3, 8, 4, 0.5)]


def test_one_step_is_the_plain_transition() -> None:
    window = NStepWindow(1, 0.5, 1, 1)
    assert rows(window.push(step(7, 3), 0.1)) == [(7, pytest.approx(0.3), 8, 0.5)]
    assert rows(window.push(step(8, 3, died=True), 1.0)) == [(8, 3, 9, 0)]


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_many_lives_get_what_each_would_get_alone(n: int) -> None:
    rng, lives, length, gamma = np.random.default_rng(n), 6, 60, 0.9
    reward = rng.normal(size=(length, lives)).astype(np.float32)
    died = rng.random((length, lives)) < 0.1
    timed_out = (rng.random((length, lives)) < 0.1) & ~died
    window = NStepWindow(n, gamma, lives, 2)
    got = []
    for t in range(length):
        now = np.stack([np.arange(lives), np.full(lives, t)], axis=1).astype(np.float32)
        later = now + np.array([0, 1], dtype=np.float32)
        transitions = Transitions(now, np.full(lives, t), reward[t], later, died[t], timed_out[t])
        if e := window.push(transitions, 1.0):
            got += [
                (*e.obs[k].tolist(), e.next_obs[k, 1].item(), e.reward[k], e.discount[k])
                for k in range(len(e))
            ]
    assert np.allclose(sorted(got), sorted(expected(reward, died, timed_out, n, gamma)), atol=1e-5)


def expected(
    reward: np.ndarray, died: np.ndarray, timed_out: np.ndarray, n: int, gamma: float
) -> list[tuple[float, ...]]:
    """Return (life, start, next, return, discount) of every row, one by one."""
    result, (length, lives) = [], reward.shape
    for life in range(lives):
        for start in range(length):
            total, discount = 0.0, 1.0
            for t in range(start, min(start + n, length)):
                total += discount * reward[t, life]
                discount *= gamma
                if died[t, life] or timed_out[t, life] or t == start + n - 1:
                    worth = 0.0 if died[t, life] else discount
                    result.append((life, start, t + 1, total, worth))
                    break
    return result
