"""A short run's events, numbers chosen to be checked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hamlet_game.training.events import (
    CheckpointSaved,
    EpisodeEnded,
    Evaluated,
    Event,
    LearnerProgress,
    LevelGraduated,
    LevelStarted,
    RunEnded,
    RunStarted,
)

FIRST, FULL = "01_first_night", "03_full_day"


def started(step: int = 0, **config: Any) -> RunStarted:
    return RunStarted("test", {"seed": 3} | config, (FIRST, FULL), 1, step, step / 100)


def episode(number: int, total: float = 1.0, level: str = FIRST, **changes: Any) -> EpisodeEnded:
    values: dict[str, Any] = {
        "step": number * 10,
        "seconds": number / 10,
        "episode": number,
        "agent": 0,
        "level": level,
        "town_seed": 2**32 + number,
        "survival": 10 + number,
        "total": total,
        "score": 5.0 * number,
        "cause": "energy",
        "random_share": 0.25,
        "actions": None,
    }
    return EpisodeEnded(**(values | changes))


def progress(step: int, survival: float = 30.0, **numbers: float) -> LearnerProgress:
    told = {"loss": 0.5, "epsilon": 0.1} | numbers
    return LearnerProgress(step, step / 100, FIRST, 0, 9_000.0, told, survival, 0.1)


def evaluated(
    step: int, survival: float, level: str = FIRST, *, passed: bool = False, towns: int = 100
) -> Evaluated:
    measures = {"survival": survival, "return": survival - 5, "alive": 0.5, "score": 500.0}
    quantiles = (1.0, 5.0, 20.0, survival, 45.0, 48.0, 50.0)
    return Evaluated(
        step, step / 100, level, 0, towns, measures, passed, int(passed), {"energy": 50}, quantiles
    )


def whole_run() -> Iterator[Event]:
    """Yield a run of 40 episodes that graduates one level and is stopped in the next."""
    yield started()
    yield LevelStarted(0, 0.0, FIRST)
    for number in range(1, 21):
        yield episode(number, total=float(number))
    yield progress(200)
    yield evaluated(200, 45.0, passed=True)
    yield LevelGraduated(200, 2.0, FIRST, 20, {"survival": 45.0})
    yield LevelStarted(200, 2.0, FULL)
    yield CheckpointSaved(200, 2.0, "checkpoints/latest", 0.5, best=True)
    for number in range(21, 41):
        yield episode(number, total=float(number), level=FULL, cause=None)
    yield evaluated(400, 120.0, FULL)
    yield RunEnded(400, 4.0, "stopped", {"run": "test", "reason": "stopped"})
