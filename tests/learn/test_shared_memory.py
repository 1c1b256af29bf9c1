"""Several agents may learn from one memory."""

from typing import Any

from corridor import ROOMS, Corridor, goes_right, play

from hamlet_game.learn.dqn import Dqn, make_memory
from hamlet_game.learn.dqn_config import DqnConfig
from hamlet_game.learn.registry import make_algorithm

CONFIG: dict[str, Any] = {
    "hidden": [32, 32], "learning_rate": 3e-3, "batch": 32, "capacity": 2_000, "warm_up": 64,
    "discount": 0.9, "reward_scale": 1.0, "tau": 0.05, "ema": 0.9,
}  # fmt: skip


def test_one_agents_experience_teaches_another() -> None:
    config = DqnConfig(**CONFIG)
    memory = make_memory(config, ROOMS, 2)
    doer, watcher = (Dqn(config, ROOMS, 2, seed, memory) for seed in (0, 1))
    play(doer, Corridor(), 40)
    assert watcher.learn()["buffer"] == len(memory) > 0
    watcher.interrupt()
    for _ in range(600):
        watcher._due = 1
        watcher.learn()
    assert goes_right(watcher)


def test_a_shared_memory_is_saved_by_whoever_shares_it() -> None:
    memory = make_memory(DqnConfig(**CONFIG), ROOMS, 2)
    shared = make_algorithm("dqn", CONFIG, ROOMS, 2, 0, memory=memory)
    own = make_algorithm("dqn", CONFIG, ROOMS, 2, 0)
    assert not any(key.startswith("memory.") for key in shared.state())
    assert any(key.startswith("memory.") for key in own.state())
