"""The smallest town: five rooms in a row, a reward behind the last door."""

import numpy as np

from hamlet_game.learn.base import BaseAlgorithm, Progress, Transitions

ROOMS = 5
LEFT, RIGHT = 0, 1
LIMIT = 20  # steps


class Corridor:
    """L lives that start on the left; the right end pays 1 and ends the life."""

    def __init__(self, lives: int = 8) -> None:
        self.room = np.zeros(lives, dtype=np.int64)
        self.age = np.zeros(lives, dtype=np.int64)

    def observe(self) -> np.ndarray:
        return np.eye(ROOMS, dtype=np.float32)[self.room]

    def mask(self) -> np.ndarray:
        return np.stack([self.room > 0, np.ones(len(self.room), dtype=np.bool_)], axis=1)

    def step(self, actions: np.ndarray) -> Transitions:
        obs, mask = self.observe(), self.mask()
        self.room = np.clip(self.room + np.where(actions == RIGHT, 1, -1), 0, ROOMS - 1)
        self.age += 1
        died = self.room == ROOMS - 1
        timed_out = (self.age >= LIMIT) & ~died
        step = Transitions(
            obs, actions, died.astype(np.float32), self.observe(), died, timed_out,
            mask, self.mask(),
        )  # fmt: skip
        ended = died | timed_out
        self.room[ended], self.age[ended] = 0, 0
        return step


def play(algorithm: BaseAlgorithm, town: Corridor, steps: int) -> list[Progress]:
    """Train for some steps of all lives; return the progress of each."""
    measures = []
    for _ in range(steps):
        choice = algorithm.act(town.observe(), town.mask(), explore=True)
        algorithm.observe(town.step(choice.actions))
        measures.append(algorithm.learn())
    return measures


def goes_right(algorithm: BaseAlgorithm) -> bool:
    """Return whether the greedy policy walks straight to the reward."""
    rooms = np.eye(ROOMS, dtype=np.float32)[: ROOMS - 1]
    return bool((algorithm.act(rooms, explore=False).actions == RIGHT).all())
