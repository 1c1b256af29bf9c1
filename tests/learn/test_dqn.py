"""What DQN's parts do together."""

from typing import Any

import numpy as np
import pytest

from hamlet_game.learn.base import Transitions
from hamlet_game.learn.dqn import Dqn
from hamlet_game.learn.dqn_config import DqnConfig

LIVES = 4
OBS = np.ones((LIVES, 2), dtype=np.float32)


def made(**config: Any) -> Dqn:
    quick = {
        "hidden": [16], "batch": 16, "capacity": 64, "warm_up": 8, "learning_rate": 0.01,
        "discount": 0.5, "tau": 0.1, "ema": 0.9,
    }  # fmt: skip
    return Dqn(DqnConfig(**(quick | config)), 2, 3, seed=0)


def step(*, died: bool = False, timed_out: bool = False) -> Transitions:
    """Return a step that pays 1 and changes nothing."""
    actions = np.arange(LIVES) % 3
    ones, flag = np.ones(LIVES, dtype=np.float32), np.ones(LIVES, dtype=np.bool_)
    return Transitions(OBS, actions, ones, OBS, flag & died, flag & timed_out)


@pytest.mark.parametrize("reward_scale", [0.1, 1.0])
@pytest.mark.parametrize("n_step", [1, 3])
@pytest.mark.parametrize("memory", ["uniform", "prioritized"])
@pytest.mark.parametrize(
    ("ending", "worth"), [({}, 2), ({"timed_out": True}, 2), ({"died": True}, 1)]
)
def test_a_death_ends_the_return_and_a_time_limit_does_not(
    ending: dict[str, bool], worth: float, memory: str, n_step: int, reward_scale: float
) -> None:
    dqn = made(memory=memory, n_step=n_step, reward_scale=reward_scale)
    for _ in range(300):
        dqn.observe(step(**ending))
        measures = dqn.learn()
    np.testing.assert_allclose(dqn.q(OBS), worth, atol=0.05)  # 1 + ½ + ¼ + … = 2
    assert measures["mean_q"] == pytest.approx(worth, abs=0.05)


def test_exploration_follows_its_schedule_and_is_known() -> None:
    dqn = made(epsilon={"start": 1.0, "end": 0.0, "over": 40})
    assert dqn.act(OBS, explore=True).random.all()
    for _ in range(5):
        dqn.observe(step())
    assert dqn.epsilon == 0.5
    for _ in range(5):
        dqn.observe(step())
    assert dqn.epsilon == 0
    assert not dqn.act(OBS, explore=True).random.any()


def test_a_ladder_gives_every_life_its_own_share() -> None:
    dqn = made(exploration="ladder", epsilon=0.5)
    shares = np.mean([dqn.act(OBS, explore=True).random for _ in range(3000)], axis=0)
    assert shares == pytest.approx(0.5 ** (1 + 7 * np.arange(4) / 3), abs=0.03)


@pytest.mark.parametrize(("ratio", "updates"), [(0.25, 5), (1.0, 20), (3.0, 60)])
def test_updates_keep_their_ratio_to_steps(ratio: float, updates: int) -> None:
    dqn = made(updates_per_step=ratio, n_step=1)
    for _ in range(2):
        dqn.observe(step())  # warming up: 8 pieces
    dqn.learn()
    before = dqn.updates
    for _ in range(20):
        dqn.observe(step())
        measures = dqn.learn()
    assert dqn.updates - before == measures["updates"] - before == updates


def test_nothing_is_learned_while_warming_up() -> None:
    dqn = made(warm_up=9, n_step=1)
    for _ in range(2):
        dqn.observe(step())
        assert dqn.learn().keys() == {"updates", "buffer", "epsilon", "learning_rate"}
    assert dqn.updates == 0


def test_a_mask_keeps_forbidden_actions_out_of_the_target() -> None:
    dqn = made(use_mask=True, n_step=1, reward_scale=1.0)
    mask = np.zeros((LIVES, 3), dtype=np.bool_)
    mask[:, 0] = True
    pay = np.array([1, 9, 9, 1], dtype=np.float32)  # life 1 and 2 do what is forbidden next
    none = np.zeros(LIVES, dtype=np.bool_)
    for _ in range(400):
        actions = np.array([0, 1, 2, 0])
        dqn.observe(Transitions(OBS, actions, pay, OBS, none, none, mask, mask))
        dqn.learn()
    # Forbidden actions pay 9, then Q(0) = 2 follows; Q(0) itself never sees their 10.
    np.testing.assert_allclose(dqn.q(OBS)[0], [2, 10, 10], atol=0.2)
