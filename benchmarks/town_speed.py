"""How fast the town steps, on one core, observation and reward included.

Random actions in level 3 with random layouts; finished lives are restarted,
either in their own town or each in a new one. Prints life-steps a second, the
memory of 100,000 lives, and how much faster that is than one object per person.

    python benchmarks/town_speed.py [--json] [--quick]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # from a checkout, too

from ordinary_town import Person

from hamlet_game import paths
from hamlet_game.town.level import Level
from hamlet_game.town.level_file import load_level
from hamlet_game.town.names import NONE, Action, Kind, Meter
from hamlet_game.town.town import Town

TARGETS = {64: 250_000, 4096: 2_000_000}  # life-steps a second
MANY, MOST_MEGABYTES = 100_000, 200
REPEATS, SECONDS = 9, 0.5  # each repeat's length


def timed(go: Callable[[int], None], lives: int, repeats: int, seconds: float) -> list[float]:
    """Return life-steps a second of several repeats; `go(n)` does n steps of all lives."""
    steps, took = 1, 0.0
    while took < seconds / 4:
        steps *= 2
        took = _seconds(go, steps)
    steps = max(1, round(steps * seconds / took))
    return [lives * steps / _seconds(go, steps) for _ in range(repeats)]


def _seconds(go: Callable[[int], None], steps: int) -> float:
    start = time.perf_counter()
    go(steps)
    return time.perf_counter() - start


def batch(level: Level, lives: int, *, new_towns: bool) -> Callable[[int], None]:
    """Return a loop over a town of `lives` lives, each with a layout of its own."""
    town, draw = Town(level, np.arange(lives)), np.random.default_rng(0)
    actions = draw.integers(0, len(Action), (97, lives), dtype=np.int8)
    fresh = iter(range(lives, 1 << 62))

    def go(steps: int) -> None:
        for number in range(steps):
            step = town.step(actions[number % 97])
            done = step.died | step.timed_out
            if done.any():
                seeds = [next(fresh) for _ in range(int(done.sum()))] if new_towns else None
                town.restart(done, town_seeds=seeds)

    return go


def loop(level: Level, lives: int) -> Callable[[int], None]:
    """Return the same as a loop over one object per person."""
    town = Town(level, np.arange(lives))
    people = [Person(level, town.places(life), life) for life in range(lives)]
    actions = np.random.default_rng(0).integers(0, len(Action), (97, lives)).tolist()

    def go(steps: int) -> None:
        for number in range(steps):
            for person, action in zip(people, actions[number % 97], strict=True):
                _, _, died, timed_out, _ = person.step(action)
                if died or timed_out:
                    person.restart()

    return go


def check(level: Level, lives: int = 20, steps: int = 400) -> int:
    """Hold the ordinary town to the real one, life by life; return the life-steps compared."""
    town = Town(level, np.arange(lives))
    people = [Person(level, town.places(life)) for life in range(lives)]
    draw, compared = np.random.default_rng(1), 0
    for life in range(lives):
        _copy(town, life, people[life])
    for _ in range(steps):
        actions = draw.choice([0, 1, 2, 3, 4, 4], lives)
        step = town.step(actions)
        for life, person in enumerate(people):
            obs, reward, died, timed_out, info = person.step(int(actions[life]))
            np.testing.assert_allclose(step.obs[life], obs, atol=1e-4)
            np.testing.assert_allclose(step.reward[life], reward, atol=1e-3)
            used, cause = int(step.used[life]), int(step.cause[life])
            real = (bool(step.died[life]), bool(step.timed_out[life]))
            told = {
                "used": None if used == NONE else Kind(used).key,
                "cause": None if cause == NONE else Meter(cause).key,
            }
            if real != (died, timed_out) or told != info:
                raise ValueError(f"the ordinary town disagrees: {info} is not {told}")
        compared += lives
        over = step.died | step.timed_out
        town.restart(over)
        for life in np.flatnonzero(over):
            _copy(town, int(life), people[life])
    return compared


def _copy(town: Town, life: int, person: Person) -> None:
    """Put a person into the state of a life."""
    state = town.state
    person.x, person.y, person.age = int(state.x[life]), int(state.y[life]), int(state.age[life])
    person.meters = {meter.key: float(state.meters[meter, life]) for meter in Meter}


def megabytes(level: Level, lives: int) -> tuple[float, float]:
    """Return what a town and its last step hold, and the peak on the way there."""
    actions = np.random.default_rng(0).integers(0, len(Action), lives, dtype=np.int8)
    tracemalloc.start()
    town = Town(level, np.arange(lives))
    step = town.step(actions)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del town, step
    return held / 2**20, peak / 2**20


def measure(*, quick: bool) -> dict[str, Any]:
    """Run everything; `quick` only shows that it runs."""
    level = load_level(paths.levels() / "03_full_day.yaml")
    repeats, seconds = (2, 0.02) if quick else (REPEATS, SECONDS)
    compared = check(level, steps=60 if quick else 400)
    ordinary = timed(loop(level, 64), 64, repeats, seconds)
    rows = []
    for lives, target in TARGETS.items():
        for new_towns in (False, True):
            speeds = timed(batch(level, lives, new_towns=new_towns), lives, repeats, seconds)
            rows.append(
                {
                    "lives": lives,
                    "restarts": "new towns" if new_towns else "same towns",
                    "median": statistics.median(speeds),
                    "best": max(speeds),
                    "target": target,
                    "times_ordinary": statistics.median(speeds) / statistics.median(ordinary),
                }
            )
    many = MANY // 10 if quick else MANY
    held, peak = megabytes(level, many)
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, NumPy {np.__version__}",
        "checked_life_steps": compared,
        "ordinary": {"median": statistics.median(ordinary), "best": max(ordinary)},
        "town": rows,
        "memory": {"lives": many, "held_mb": held, "peak_mb": peak, "target_mb": MOST_MEGABYTES},
    }


def table(found: dict[str, Any]) -> str:
    """Return the figures as text."""
    ordinary, memory = found["ordinary"], found["memory"]
    row = "{:>7}  {:15}  {:>11}  {:>11}  {:>11}  {}".format
    one = [f"{ordinary[name]:,.0f}" for name in ("median", "best")]
    lines = [
        f"Town.step with random actions, level 3, random layouts, one core ({found['machine']})",
        row("lives", "restarts", "median/s", "best/s", "target/s", "ordinary"),
        row("64", "one object each", *one, "", "× 1"),
    ]
    for speed in found["town"]:
        figures = [f"{speed[name]:,.0f}" for name in ("lives", "median", "best", "target")]
        lives, *rest = figures
        lines.append(row(lives, speed["restarts"], *rest, f"× {speed['times_ordinary']:.0f}"))
    lines.append(
        f"Memory of {memory['lives']:,} lives and a step's result: {memory['held_mb']:.0f} MB, "
        f"peak {memory['peak_mb']:.0f} MB (target < {memory['target_mb']} MB)"
    )
    lines.append(
        f"The ordinary loop agreed with the town on {found['checked_life_steps']:,} life-steps."
    )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--quick", action="store_true", help="only show that it runs")
    options = parser.parse_args(arguments)
    found = measure(quick=options.quick)
    print(json.dumps(found, indent=1) if options.json else table(found))


if __name__ == "__main__":
    main()
