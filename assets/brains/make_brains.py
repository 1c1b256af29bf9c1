"""Raise the brains that ship with the game: untrained, and as each level is graduated.

    python assets/brains/make_brains.py [--out FOLDER] [--minutes N]

One training run of `recipe.yaml` (a configuration with its seed). Beside the brains it
writes `results.json`: how each of them lives, greedily, in a thousand held-out towns.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy is imported

import numpy as np

from hamlet_game.brain.brain import Brain
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.evaluation import live
from hamlet_game.training import events as say
from hamlet_game.training.config import RunConfig, load_config
from hamlet_game.training.trainer import Trainer

HERE = Path(__file__).resolve().parent
RECIPE = HERE / "recipe.yaml"
UNTRAINED, MASTER = "untrained", "master"
JUDGED_IN = range(1, 1001)  # held-out towns
DECIMALS = 4


def raised(config: RunConfig) -> Iterator[tuple[str, Brain]]:
    """Train, and yield each brain by name as soon as it is there; `MASTER` is the best of all."""
    trainer, newest, begun = Trainer(config), None, False
    for event in trainer.run():
        if isinstance(event, say.BrainUpdated):
            newest = Brain(**event.brain)
            if not begun:
                begun = True
                yield UNTRAINED, newest
        elif isinstance(event, say.LevelGraduated) and newest is not None:
            yield event.level, newest
        elif isinstance(event, say.Evaluated):
            sys.stderr.write(f"{event.seconds:6.0f} s {event.level} {event.measures}\n")
    best = trainer.state()["best"]
    if best:
        yield MASTER, Brain(**best[0])


def judged(brain: Brain) -> dict[str, dict[str, float]]:
    """Return how a brain lives in the held-out towns of every shipped level."""
    return {
        entry.level.id: {
            name: round(value, DECIMALS)
            for name, value in live(entry.level, brain.policy, np.array(JUDGED_IN))
            .measures()
            .items()
        }
        for entry in load_catalog().entries
        if entry.level and not entry.custom
    }


def main() -> None:
    """Write all brains and their results."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--out", type=Path, default=HERE, help="where to (default: here)")
    words.add_argument("--minutes", type=float, help="stop training after so many")
    options = words.parse_args()
    changes = {"limits.max_minutes": options.minutes} if options.minutes else {}
    options.out.mkdir(parents=True, exist_ok=True)
    results = {}
    for name, brain in raised(load_config(RECIPE, changes)):
        brain.save(options.out / f"{name}.safetensors")
        results[name] = judged(brain)
        sys.stderr.write(f"{name}: {results[name]}\n")
        (options.out / "results.json").write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
