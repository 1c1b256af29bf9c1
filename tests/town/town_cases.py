"""Towns made for tests: numbers that a person can check by hand."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
from hypothesis import strategies as st

from hamlet_game import paths
from hamlet_game.town.level import Level
from hamlet_game.town.level_file import load_level
from hamlet_game.town.names import Kind, Meter
from hamlet_game.town.outcome import Step
from hamlet_game.town.town import Town

PLAIN: dict[str, Any] = {
    "format": 1,
    "name": "Plain",
    "goal": "Live.",
    "hint": "Eat.",
    "teaches": "Nothing.",
    "grid": [8, 8],
    "steps": 100,
    "layout": "classic",
    "meters": {
        "energy": {"start": 50, "drain": 0.5, "move_drain": 0.5, "deadly": True},
        "hygiene": {"start": 50, "drain": 0.25, "move_drain": 0.25, "deadly": True},
        "satiation": {"start": 50, "drain": 0.5, "move_drain": 0.25, "deadly": True},
        "money": {"start": 50},
    },
    "buildings": {
        "bed": {"at": [[1, 1]], "costs": {"money": 5}, "gives": {"energy": 50, "hygiene": 5}},
        "shower": {"at": [[6, 1]], "costs": {"money": 3, "energy": 3}, "gives": {"hygiene": 40}},
        "fridge": {"at": [[1, 6]], "costs": {"money": 4}, "gives": {"satiation": 45, "energy": 5}},
        "job": {"at": [[6, 6]], "costs": {"energy": 15, "hygiene": 10}, "gives": {"money": 30}},
    },
    "rewards": {"survival": 1},
    "stars": [["survival > 10"], ["survival > 50"], ["alive >= 1"]],
    "id": "plain",
}

SHIPPED = tuple(load_level(file) for file in sorted(paths.levels().glob("*.yaml")))


def plain(**changes: Any) -> Level:
    """Return the plain level with some values changed: `plain(meters__energy__drain=2)`."""
    content = copy.deepcopy(PLAIN)
    for name, value in changes.items():
        *path, last = name.split("__")
        here = content
        for key in path:
            here = here.setdefault(key, {})
        here[last] = value
    return Level.model_validate(content)


def put(town: Town, life: int = 0, **values: float) -> None:
    """Set a life's column `x`, row `y`, `age`, or meters by name."""
    state = town.snapshot()
    for name, value in values.items():
        if name in {"x", "y", "age"}:
            getattr(state, name)[life] = value
        else:
            state.meters[Meter[name.upper()], life] = value
    town.restore(state)


def standing_on(kind: Kind, level: Level | None = None, **values: float) -> Town:
    """Return a town whose only life stands on a building."""
    town = Town(level or plain(), [0])
    _, x, y = next(place for place in town.places() if place[0] is kind)
    put(town, x=x, y=y, **values)
    return town


def meters(town: Town, life: int = 0) -> list[float]:
    """Return a life's meters, energy, hygiene, satiation, money."""
    return [float(value) for value in town.meters[life]]


def bits(town: Town) -> dict[str, bytes]:
    """Return every array of a town's state as bytes."""
    state = town.state
    return {name: getattr(state, name).tobytes() for name in type(state).__slots__}


def one_life(step: Step, life: int) -> dict[str, bytes]:
    """Return all that a step says about one life, as bytes."""
    told = {
        name: np.ascontiguousarray(getattr(step, name)[life]).tobytes()
        for name in type(step).__slots__
        if name != "terms"
    }
    return told | {f"term {name}": value[life].tobytes() for name, value in step.terms.items()}


_AMOUNT = st.sampled_from([0, 0.1, 0.3, 1, 3.7, 12, 40, 100])
_SOME = st.sampled_from([0.3, 1, 3.7, 12, 40, 100])
_METERS = ("energy", "hygiene", "satiation", "money")
_WEIGHT = st.sampled_from([0, 0, 0.5, 1, -2])
_TERMS = (
    "survival", "critical", "death", "improvement", "affordance_bonus",
    "proximity", "wellbeing", "money", "efficiency",
)  # fmt: skip
_SHARES = (
    {"living": 1},
    {"living": 0.6, "wellbeing": 0.3, "wealth": 0.1},
    {"living": 0, "wellbeing": 1},
    {"living": 0.2, "wealth": 0.8},
)


@st.composite
def generated_levels(draw: st.DrawFn) -> Level:
    """Draw small towns with several buildings of a kind, limits, odd grids and all rewards."""
    width, height = draw(st.integers(2, 9)), draw(st.integers(2, 9))
    cells = draw(st.permutations([[x, y] for x in range(width) for y in range(height)]))
    counts = draw(st.lists(st.integers(0, 3), min_size=4, max_size=4))
    counts = counts if any(counts) else [1, 0, 0, 0]
    buildings: dict[str, Any] = {}
    for kind, count in zip(Kind, counts, strict=True):
        at = cells[: min(count, len(cells) - 1)]
        if at:
            cells = cells[len(at) :]
            main = draw(st.sampled_from(_METERS))
            buildings[kind.key] = {
                "at": at,
                "costs": {draw(st.sampled_from(_METERS)): draw(_AMOUNT)},
                "gives": {main: draw(_SOME)},
                "capacity": draw(st.sampled_from([None, 1, 2])),
            }
    rules: dict[str, Any] = {
        name: {
            "start": sorted([draw(st.integers(0, 100)), draw(st.integers(0, 100))]),
            "drain": draw(_AMOUNT),
            "move_drain": draw(_AMOUNT),
            "deadly": name != "money" and draw(st.booleans()),
        }
        for name in _METERS
    }
    if not any(rule["deadly"] for rule in rules.values()):
        rules["energy"]["deadly"] = True
    near = draw(st.sampled_from([None, *buildings]))
    return Level.model_validate(
        PLAIN
        | {
            "grid": [width, height],
            "steps": draw(st.integers(1, 60)),
            "layout": draw(st.sampled_from(["classic", "random"])),
            "start": {"near": near, "within": draw(st.integers(1, 5))} if near else {},
            "meters": rules,
            "buildings": buildings,
            "rewards": {name: draw(_WEIGHT) for name in _TERMS},
            "score": draw(st.sampled_from(_SHARES)),
        }
    )
