"""How fast a brain thinks: one life, a town's 64 cells, and 1,000 lives, on one core.

python benchmarks/brain_speed.py
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from hamlet_game.brain.brain import Brain
from hamlet_game.brain.network import Architecture
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action
from hamlet_game.town.observation import WIDTH
from hamlet_game.town.town import Town

HIDDEN = (128, 128)
REPEATS = 500


def random_brain() -> Brain:
    """Return a dueling brain of the default size with random weights."""
    rng = np.random.default_rng(0)
    shape = Architecture(WIDTH, HIDDEN, len(Action), "dueling")
    arrays = {n: rng.normal(size=s).astype(np.float32) for n, s in shape.shapes().items()}
    return Brain(arrays, shape.values())


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Return the median and the 99th percentile of many calls."""
    times = []
    for _ in range(REPEATS):
        start = perf_counter()
        work()
        times.append(1000 * (perf_counter() - start))
    return median(times), float(np.percentile(times, 99))


def main() -> None:
    """Print the table."""
    brain, level = random_brain(), load_catalog().levels[-1]
    one, many = Town(level, [1]), Town(level, range(1000))
    obs, crowd = one.observe(), many.observe()
    works: list[tuple[str, float, Callable[[], object]]] = [
        ("Q-values of one life", 1.0, lambda: brain.q(obs)),
        ("map of Q-values, 64 cells", 1.0, lambda: brain.q_map(one)),
        ("actions of 1,000 lives", 5.0, lambda: brain.act(crowd)),
    ]
    print(f"{'':28}{'median':>10}{'p99':>10}{'limit':>10}   (ms)")
    for name, limit, work in works:
        middle, worst = milliseconds(work)
        print(f"{name:28}{middle:10.3f}{worst:10.3f}{limit:10.1f}")


if __name__ == "__main__":
    main()
