"""Small towns and lives that end in death, for the tests of why they did."""

from __future__ import annotations

from typing import Any

import numpy as np
from driver import CATALOG

from hamlet_game.town.level import Level
from hamlet_game.town.names import Action
from hamlet_game.town.policies import SCRIPTS, Policy
from hamlet_game.town.record import Record


def tiny(needs: int = 1, **changes: Any) -> Level:
    """Return a town of 4 × 4 cells in which energy, and perhaps satiation, is deadly.

    Every step takes 1 point; a bed gives 10 energy, a fridge 10 satiation, for nothing.
    """
    content: dict[str, Any] = {
        "format": 1,
        "id": "tiny",
        "name": "Tiny",
        "goal": "Live.",
        "hint": "Sleep in time.",
        "teaches": "Nothing.",
        "grid": [4, 4],
        "steps": 40,
        "layout": "classic",
        "meters": {
            "energy": {"start": 12, "drain": 1, "deadly": True},
            "hygiene": {"start": 100, "drain": 0},
            "satiation": {"start": 14, "drain": 1, "deadly": needs > 1},
            "money": {"start": 50},
        },
        "buildings": {
            "bed": {"at": [[0, 0]], "gives": {"energy": 10}},
            "fridge": {"at": [[3, 3]], "gives": {"satiation": 10}},
        },
        "rewards": {"survival": 1},
        "stars": [["survival > 10"], ["survival > 20"], ["alive >= 1"]],
    }
    return Level.model_validate(content | changes)


def lived(level: Level, town: int, policy: Policy, *, noise: float = 0.0) -> Record:
    """Return a life led by a policy, with a share of its moves drawn by lot."""
    record, dice = Record(level, town), np.random.default_rng(town)
    while not record.over:
        action = int(policy(record.town)[0])
        if dice.random() < noise:
            action = int(dice.integers(len(Action)))
        record.act(Action(action))
    return record


def dead(word: str = "1", town: int = 7, script: str = "idle", *, noise: float = 0.0) -> Record:
    """Return a life of a shipped level that ends in death."""
    record = lived(CATALOG.find(word), town, SCRIPTS[script], noise=noise)
    assert record.last.died
    return record
