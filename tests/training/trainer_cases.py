"""A run small enough for tests, and ways to look at it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from hamlet_game.training import events as say
from hamlet_game.training.config import RunConfig, plain_values
from hamlet_game.training.trainer import Trainer

TINY: dict[str, Any] = {
    "levels": "1-2",
    "towns": 8,
    "algorithm": {
        "name": "dqn",
        "hidden": [16],
        "batch": 16,
        "capacity": 1_000,
        "warm_up": 64,
        "epsilon": {"start": 1.0, "end": 0.1, "over": 2_000},
        "learning_rate": {"start": 0.002, "end": 0.0001},
    },
    "horizon": 10_000,
    "curriculum": {
        "evaluate_every": 800,
        "towns": 5,
        "passes_needed": 1,
        "mix_earlier": 0.25,
        "rewarm": {"epsilon": 0.3, "over": 1_000},
    },
    "final": {"towns": 10},
    "report": {"progress_every": 400, "brain_every": 1_000, "actions_every": 1},
    "limits": {"max_steps": 2_000},
}
EASY = {"survival": 1_000.0, "return": 1_000.0, "alive": 1.0, "score": 1_000.0, "par": 1.0}

E = TypeVar("E")


def config(**changes: Any) -> RunConfig:
    values = plain_values(RunConfig.model_validate(TINY))
    for key, value in changes.items():
        *path, last = key.split("__")
        here = values
        for part in path:
            here = here[part]
        here[last] = value
    return RunConfig.model_validate(values)


def train(folder: Path | None = None, *, resume: bool = False, **changes: Any) -> list[say.Event]:
    return list(Trainer(config(**changes), folder, resume=resume).run())


def only(kind: type[E], told: list[say.Event]) -> list[E]:
    return [event for event in told if isinstance(event, kind)]


def timeless(told: list[say.Event]) -> list[say.Event]:
    """Return learning's events without what depends on the clock or comes with each session."""
    kinds = say.EpisodeEnded | say.Evaluated | say.LevelGraduated | say.LevelFellBack
    return [dataclasses.replace(event, seconds=0) for event in told if isinstance(event, kinds)]


def weights(trainer: Trainer) -> list[dict[str, Any]]:
    return [trainer.agents.state()["agents"][n] for n in range(len(trainer.agents))]


def same(one: Any, other: Any) -> bool:
    """Return whether two states are equal to the last bit."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def scripted(trainer: Trainer, monkeypatch: pytest.MonkeyPatch, script: dict[int, Any]) -> None:
    """Let evaluations of a level measure what a script says, by the level's number."""
    gate = trainer._examiner.gate

    def judged(number: int, brains: Any) -> Any:
        results = gate(number, brains)
        return [dataclasses.replace(r, measures=script.get(number, r.measures)) for r in results]

    monkeypatch.setattr(trainer._examiner, "gate", judged)


def until(run: Iterator[say.Event], kind: type[E]) -> E:
    for event in run:
        if isinstance(event, kind):
            return event
    raise AssertionError(f"no {kind.__name__} came")
