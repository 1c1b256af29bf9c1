"""One thread: on a shared machine two are many times slower."""

import os

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import pytest
import torch

from hamlet_game.brain.brain import Brain
from hamlet_game.town.names import Action
from hamlet_game.town.observation import WIDTH

torch.set_num_threads(1)


@pytest.fixture
def brain() -> Brain:
    """Return a small brain with random weights."""
    rng = np.random.default_rng(0)
    architecture = {"inputs": WIDTH, "hidden": [16], "actions": len(Action), "head": "dueling"}
    shapes = {
        "hidden0.weight": (WIDTH, 16),
        "hidden0.bias": (16,),
        "head.weight": (16, len(Action) + 1),
        "head.bias": (len(Action) + 1,),
    }
    arrays = {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    return Brain(arrays, architecture, {"level": "03_full_day", "steps": 1000})
