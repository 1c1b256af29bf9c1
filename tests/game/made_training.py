"""A training that never was: a history of made events, and a desk that seems to be at it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from hamlet_game import paths
from hamlet_game.brain import files
from hamlet_game.game.desk.desk import State, TrainingDesk
from hamlet_game.game.desk.history import History
from hamlet_game.game.services import Services
from hamlet_game.training import events as say
from hamlet_game.training.worker import Problem

LEVELS = ("01_first_night", "02_clean_start", "03_full_day", "04_thrive")
STEPS = (50, 100, 500, 500)  # of each level
BEGUN = (0, 150_000, 450_000, 1_900_000)  # steps at which each level began
RATE = 9_000.0  # steps a second


def brain(word: str, step: int, level: str = LEVELS[2], agent: int = 0) -> say.BrainUpdated:
    """Return a shipped brain as if the trainer had just sent it."""
    arrays, header = files.read(paths.assets() / "brains" / f"{word}.safetensors")
    told: dict[str, Any] = {
        "arrays": arrays,
        "architecture": header["architecture"],
        "training": {"level": level, "step": step},
    }
    return say.BrainUpdated(step, step / RATE, agent, level, told)


def happened(until: int = 1_240_000, agents: int = 1) -> Iterator[say.Event]:
    """Yield what a trainer would have said by a step."""
    yield say.RunStarted("made", {"seed": 0, "levels": list(LEVELS)}, LEVELS, agents, 0)
    yield brain("untrained", 0, LEVELS[0])
    episode = 0
    for number, (level, begun) in enumerate(zip(LEVELS, BEGUN, strict=True)):
        if begun >= until:
            break
        seconds = begun / RATE
        yield say.LevelStarted(begun, seconds, level)
        end = min(until, BEGUN[number + 1] if number < 3 else until)
        for step in range(begun + 25_000, end + 1, 25_000):
            share = min(1.0, (step - begun) / (1.1 * (end - begun)) + 0.06 * ((step // 25_000) % 3))
            lived = STEPS[number] * (0.25 + 0.72 * share)
            yield _progress(step, level, lived * 0.9)
            for _ in range(3):
                episode += 1
                yield _episode(step, level, episode, round(lived * (0.5 + 0.16 * (episode % 4))))
            if step % 50_000 == 0:
                yield _exam(step, level, lived, STEPS[number])
        word = ("01_first_night", "02_clean_start", "03_full_day", "master")[number]
        yield brain(word, end, level)
        if number < 3 and end == BEGUN[number + 1]:
            told = {"survival": STEPS[number] * 0.94, "alive": 0.91, "return": 88.0, "score": 801.0}
            yield say.LevelGraduated(end, end / RATE, level, episode, told)
    for agent in range(1, agents):
        yield brain("02_clean_start", until, LEVELS[2], agent)


def feed(history: History, until: int = 1_240_000, agents: int = 1) -> History:
    """Tell a history all of it; the newest brain is 3 seconds old."""
    for event in happened(until, agents):
        history.take(event)
    history.heard_at = time.monotonic() - 2.6
    return history


class MadeDesk(TrainingDesk):
    """A desk without a trainer, in whatever state is wanted. It notes its orders."""

    def __init__(self, state: State = "running") -> None:
        super().__init__()
        self.orders: list[Any] = []
        self._made_state: State = state
        self._made_problem: Problem | None = None

    @property
    def state(self) -> State:
        return self._made_state

    @property
    def problem(self) -> Problem | None:
        return self._made_problem

    def crash(self, sentence: str = "The trainer is gone: the system ended it.") -> None:
        self._made_state, self._made_problem = "failed", Problem(sentence, "", over=True)

    def pause(self) -> None:
        self.orders.append("pause")
        self._made_state = "paused"

    def go(self) -> None:
        self.orders.append("go")
        self._made_state = "running"

    def stop(self) -> None:
        self.orders.append("stop")
        self._made_state = "ended"

    def skip(self) -> None:
        self.orders.append("skip")

    def recover(self) -> None:
        self.orders.append("recover")
        self._made_state, self._made_problem = "running", None

    def start(self, *args: Any, **kwargs: Any) -> None:
        self.orders.append(("start", args, kwargs))
        self._made_state = "loading"

    def teach(self, level_id: str, town_seed: int, actions: bytes, first: int) -> bool:
        self.orders.append(("teach", level_id, town_seed, actions, first))
        return True


def at_training(services: Services, until: int = 1_240_000, agents: int = 1) -> MadeDesk:
    """Give services a desk at which a training is under way."""
    desk = MadeDesk()
    feed(desk.history, until, agents)
    services.training = desk
    return desk


def _progress(step: int, level: str, lived: float) -> say.LearnerProgress:
    epsilon = max(0.05, 1 - step / 400_000)
    numbers = {"loss": 0.02 + 0.3 / (1 + step / 90_000), "epsilon": epsilon, "buffer": 100_000.0}
    return say.LearnerProgress(step, step / RATE, level, 0, RATE, numbers, lived, epsilon)


def _episode(step: int, level: str, number: int, lived: int) -> say.EpisodeEnded:
    return say.EpisodeEnded(
        step, step / RATE, number, 0, level, 2**32 + number, lived, lived * 0.4, lived * 0.9,
        "energy", 0.12, None,
    )  # fmt: skip


def _exam(step: int, level: str, lived: float, steps: int) -> say.Evaluated:
    measures = {"survival": lived, "return": lived * 0.4, "alive": lived / steps, "score": lived}
    spread = (0.3, 0.5, 0.8, 1.0, 1.1, 1.2, 1.3)
    quantiles = tuple(min(float(steps), lived * share) for share in spread)
    causes = {"energy": 12, "hygiene": 3}
    passed = lived > 0.85 * steps
    return say.Evaluated(
        step, step / RATE, level, 0, 100, measures, passed, int(passed), causes, quantiles
    )
