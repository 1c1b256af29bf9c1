"""How long does the point of no return take? Careless lives of shipped levels, alone and shared.

    python benchmarks/no_return.py [--levels 2,3,4,5] [--lives 20]

Each life does what the sensible script would in three steps of five and anything in the others,
until it dies; then the inquest of the death card is run at once, as one piece. The window
spreads the same work over frames, a few milliseconds each. Every way out that is found is lived
again by the rules, and the exit code is 1 if one of them dies.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from statistics import median
from time import process_time

os.environ.setdefault("OMP_NUM_THREADS", "1")  # as the program does
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # from a checkout, too

import numpy as np

from hamlet_game.game.agents.company import company_of
from hamlet_game.game.why.judge import judge_of
from hamlet_game.game.why.no_return import Inquest
from hamlet_game.game.why.past import branch
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action
from hamlet_game.town.policies import sensible
from hamlet_game.town.record import Record

SENSE = 0.6  # the share of steps that are no accident
TRIES = 25  # lives begun for each one that is wanted


def careless(level: Level, town: int) -> Record:
    """Return a life that makes sense most of the time."""
    record, dice = Record(level, town, company_of(level)), np.random.default_rng(town)
    while not record.over:
        own = int(sensible(record.town)[0])
        record.act(Action(own if dice.random() < SENSE else int(dice.integers(len(Action)))))
    return record


def holds(found: Inquest) -> bool:
    """Return whether the way out that was found, if any, is a life that survives."""
    saved = found.planner
    if saved.step is None or found.past is None:
        return True
    way = branch(found.record, found.past, saved.step, saved.others)
    for action in saved.way:
        way.act(Action(action))
    return not way.last.died and way.survival == found.until


def main() -> int:
    """Print a row for each level."""
    parser = argparse.ArgumentParser(description="How long the point of no return takes.")
    parser.add_argument("--levels", default="2,3,4,5", help="which levels (2,3,4,5)")
    parser.add_argument("--lives", type=int, default=20, help="deaths of each level (20)")
    told = parser.parse_args()
    catalog, wrong = load_catalog(), 0
    print(f"{'level':<12}{'deaths':>8}{'saved':>8}{'median':>12}{'worst':>12}   processor time")
    for word in told.levels.split(","):
        level, taken, saved = catalog.find(word), [], 0
        for town in range(told.lives * TRIES):
            record = careless(level, town)
            if not record.last.died:
                continue
            found = Inquest(record, judge_of(None, level, print).policy)
            start = process_time()
            found.finish()
            taken.append(process_time() - start)
            saved += found.planner.step is not None
            wrong += not holds(found)
            if len(taken) == told.lives:
                break
        if not taken:
            print(f"{level.name:<12}{0:>8}   nobody died")
            continue
        times = f"{median(taken) * 1000:>9.0f} ms{max(taken) * 1000:>9.0f} ms"
        print(f"{level.name:<12}{len(taken):>8}{saved:>8}{times}")
    if wrong:
        print(f"{wrong} of the ways out do not survive.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
