"""What a person did in an agent's life becomes its experience, and nothing else changes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from trainer_cases import config, only, same, until, weights

from hamlet_game.learn.base import Transitions
from hamlet_game.learn.dqn import Dqn
from hamlet_game.learn.dqn_config import DqnConfig
from hamlet_game.town.record import Record
from hamlet_game.training import events as say
from hamlet_game.training.lessons import LessonError, relived
from hamlet_game.training.orders import LESSONS, Lesson, Orders
from hamlet_game.training.stages import find_stages
from hamlet_game.training.trainer import Trainer
from hamlet_game.training.worker import MAX_LESSONS, TrainerClient

FIRST = "01_first_night"
WALK = bytes([3, 3, 1, 1, 4, 4, 0, 2])  # a life's first steps


def stretch(*rewards: float, died: bool = False) -> Transitions:
    """Return a life of as many steps, whose observations are 0, 1, 2, …"""
    count = len(rewards)
    obs = np.arange(count + 1, dtype=np.float32)[:, None]
    ended = np.zeros(count, dtype=np.bool_)
    ended[-1] = died
    return Transitions(
        obs[:-1],
        np.arange(count) % 2,
        np.array(rewards, dtype=np.float32),
        obs[1:],
        ended,
        np.zeros(count, dtype=np.bool_),
    )


def remembered(dqn: Dqn) -> list[list[float]]:
    """Return what the memory holds: s, a, return, s', discount."""
    held = dqn.memory.state()
    names = ("obs", "action", "reward", "next_obs", "discount")
    columns = [held[name].reshape(len(dqn.memory), -1)[:, 0].tolist() for name in names]
    return sorted(map(list, zip(*columns, strict=True)))


@pytest.fixture
def dqn() -> Dqn:
    settings: dict[str, Any] = {"n_step": 2, "discount": 0.5, "hidden": [4], "reward_scale": 1}
    return Dqn(DqnConfig.model_validate(settings), 1, 2, seed=0)


def test_a_stretch_is_remembered_in_returns_of_n_steps(dqn: Dqn) -> None:
    dqn.remember(stretch(1, 2, 4))
    # Two steps each, the last one a step: it goes on, so what is there still counts.
    assert remembered(dqn) == [[0, 0, 2, 2, 0.25], [1, 1, 4, 3, 0.25], [2, 0, 4, 3, 0.5]]


def test_a_death_at_its_end_counts_as_one(dqn: Dqn) -> None:
    dqn.remember(stretch(1, 2, died=True))
    assert remembered(dqn) == [[0, 0, 2, 2, 0], [1, 1, 2, 2, 0]]


def test_remembering_changes_nothing_but_the_memory(dqn: Dqn) -> None:
    before = dqn.state()
    dqn.remember(stretch(1, 2, 4))
    after = dqn.state()
    changed = {key for key in after if not same(before[key], after[key])}
    assert changed
    assert all(key.startswith("memory.") for key in changed)


def test_a_lesson_is_lived_again_as_it_was() -> None:
    stages = find_stages(config())
    record = Record.of(stages[0].judged, 77, WALK)
    steps = relived(Lesson(FIRST, 77, WALK, 5), stages)
    assert len(steps) == 3
    assert steps.action.tolist() == list(WALK[5:])
    assert steps.reward.tolist() == [frame.reward for frame in record.frames[6:]]
    assert np.array_equal(steps.next_obs[-1:], record.town.observe())
    assert np.array_equal(steps.obs[1:], steps.next_obs[:-1])
    assert steps.mask is not None
    assert steps.mask.shape == (3, 5)


@pytest.mark.parametrize(
    ("lesson", "said"),
    [
        (Lesson("05_nowhere", 7, WALK, 0), "this run has no level 05_nowhere"),
        (Lesson(FIRST, 7, WALK, 8), "can't be"),
        (Lesson(FIRST, 7, bytes([9]), 0), "can't be"),
        (Lesson(FIRST, 7, bytes(60), 55), "can't be"),
        (Lesson(FIRST, 7, bytes(50), 49), "that life was over"),
        (Lesson(FIRST, 7, b"", 0), "can't be"),
    ],
)
def test_what_cannot_have_been_lived_is_refused(lesson: Lesson, said: str) -> None:
    with pytest.raises(LessonError, match=said):
        relived(lesson, find_stages(config()))


@pytest.mark.parametrize(
    "algorithm", [{}, {"algorithm__use_mask": True, "algorithm__memory": "prioritized"}]
)
def test_a_trainer_learns_what_it_is_taught(algorithm: dict[str, Any]) -> None:
    trainer = Trainer(config(**algorithm))
    run = trainer.run()
    until(run, say.LearnerProgress)
    memory = trainer.agents[0].memory  # type: ignore[attr-defined]
    held = len(memory)
    trainer.orders.teach(Lesson(FIRST, 77, WALK, 3))
    taught = until(run, say.Taught)
    assert (taught.level, taught.steps, taught.refusal) == (FIRST, 5, "")
    assert held + 5 <= len(memory)
    assert until(run, say.RunEnded).step == 2_000


def test_an_algorithm_without_a_memory_says_so() -> None:
    trainer = Trainer(config(algorithm={"name": "ppo", "hidden": [16], "rollout": 16}))
    trainer.orders.teach(Lesson(FIRST, 77, WALK, 3))
    told = list(trainer.run())
    assert [event.refusal for event in only(say.Taught, told)] == [
        "Nothing was learned from you: ppo keeps no experience."
    ]


def test_a_lesson_changes_what_is_learned_and_a_refused_one_does_not() -> None:
    plain, taught, refused = (Trainer(config()) for _ in range(3))
    taught.orders.teach(Lesson(FIRST, 77, WALK, 0))
    refused.orders.teach(Lesson("05_nowhere", 77, WALK, 0))
    for trainer in (plain, taught, refused):
        list(trainer.run())
    assert same(weights(plain), weights(refused))
    assert not same(weights(plain), weights(taught))


def test_lessons_for_a_paused_trainer_wait_and_do_not_pile_up() -> None:
    orders = Orders()
    for seed in range(2 * LESSONS):
        orders.teach(Lesson(FIRST, seed, WALK, 0))
    waiting = orders.take_lessons()
    assert [lesson.town_seed for lesson in waiting] == list(range(LESSONS, 2 * LESSONS))
    assert orders.take_lessons() == []


def test_lessons_that_nobody_takes_do_not_fill_the_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    client = TrainerClient()
    assert not client.teach(FIRST, 7, WALK, 0)  # nobody is there
    monkeypatch.setattr(client, "_connection", object())
    monkeypatch.setattr(client, "_send", lambda _message: True)
    sent = [client.teach(FIRST, 7, WALK, 0) for _ in range(2 * MAX_LESSONS)]
    assert sent == [True] * MAX_LESSONS + [False] * MAX_LESSONS
    assert client.order("pause")
