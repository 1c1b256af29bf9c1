"""Do four agents learn to share a town? The `rush_hour` preset over several seeds.

    python benchmarks/rush_hour.py [--seeds 0-4] [--jobs 2] [--json]

Each seed begins with the shipped brain that graduated from level 4 and trains four
independent agents in shared towns, in a process of its own. The clock starts with the
process: loading torch and every evaluation count. It must graduate within five minutes; the
best policies are then judged in held-out towns that no choice was made in. Finished seeds are
kept and not trained again (--fresh). The exit code is 1 if a seed misses the mark.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # from a checkout, too

import torch
from jobs import RESULTS, Job, Order, Result, change, machine_line, numbers, run_jobs, say, worker

from hamlet_game import paths
from hamlet_game.brain.brain import Brain
from hamlet_game.town.catalog import digest, load_catalog
from hamlet_game.training import events
from hamlet_game.training.config import check_run_config, load_config, plain_values
from hamlet_game.training.evaluation import evaluate, stars_of
from hamlet_game.training.seeds import final_towns
from hamlet_game.training.trainer import Trainer

RUSH = load_catalog().find("rush_hour")
MUST_S = 300.0
GRACE_S = 600.0  # for loading and final results, beyond the time that training may take


def work(order: Order) -> Result:
    """Train one seed in a process of its own."""
    torch.set_num_threads(1)
    shutil.rmtree(order.folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="hamlet-") as home:
        os.environ["HAMLET_HOME"] = home
        return _train(order)


def _train(order: Order) -> Result:
    config = check_run_config(order.settings["config"], "the configuration")
    graduated: dict[str, Any] = {}
    summary: dict[str, Any] = {}
    for event in Trainer(config, order.folder).run():
        if isinstance(event, events.LevelGraduated):
            graduated = {"seconds": order.seconds, "step": event.step, "measures": event.measures}
        elif isinstance(event, events.Evaluated) and event.agent == 0:
            m = event.measures
            order.say(f"step {event.step:>9,}  agent 0: {m['alive']:.0%} alive, {m['score']:.0f}")
        elif isinstance(event, events.RunEnded):
            summary = event.summary
    final = summary["levels"][RUSH.id]["final"]
    return {"graduated": graduated, "final": final, "steps_per_s": summary["steps_per_s"]}


def start_measures(word: str, towns: int) -> Mapping[str, float]:
    """Return how a crowd of the brain that all begin with does before any training."""
    brain = Brain.load(paths.assets() / "brains" / f"{word}.safetensors")
    return evaluate(RUSH, brain.policy, final_towns(towns)).measures


def findings(results: Mapping[str, Result], start: Mapping[str, float]) -> dict[str, Any]:
    """Return what the table says, as JSON values."""
    seeds = {name: result for name, result in results.items() if not result.get("failed")}
    times = [result["graduated"].get("seconds") for result in seeds.values()]
    reached = [seconds for seconds in times if seconds is not None]
    complete = len(reached) == len(results)
    return {
        "seeds": dict(results),
        "start": dict(start),
        "median_s": statistics.median(reached) if complete else None,
        "worst_s": max(reached) if complete else None,
        "passed": complete and max(reached) <= MUST_S,
    }


def table(found: Mapping[str, Any]) -> str:
    """Return the findings as a table in Markdown."""
    lines = [
        "| seed | graduated after | alive at the end | score | stars |",
        "|---|---|---|---|---|",
    ]
    for name, result in found["seeds"].items():
        if result.get("failed"):
            lines.append(f"| {name} | failed: {result['failed']} | | | |")
            continue
        seconds, final = result["graduated"].get("seconds"), result["final"]
        when = "never" if seconds is None else f"{seconds:.0f} s"
        stars = stars_of(RUSH, final)
        lines.append(f"| {name} | {when} | {final['alive']:.1%} | {final['score']:.0f} | {stars} |")
    start = found["start"]
    before = f"{start['alive']:.1%} alive, score {start['score']:.0f}"
    lines += ["", f"Before training: {before}, {stars_of(RUSH, dict(start))} stars."]
    if found["median_s"] is not None:
        lines.append(
            f"Graduated after {found['median_s']:.0f} s in the median, {found['worst_s']:.0f} s "
            f"at worst; must: {MUST_S:.0f} s."
        )
    return "\n".join(lines)


def jobs_of(options: argparse.Namespace) -> list[Job]:
    """Return a job for each seed."""
    jobs = []
    for seed in numbers(options.seeds):
        config = load_config("rush_hour", {**change(options.set), "seed": seed})
        limit = (config.limits.max_minutes or 60) * 60 + GRACE_S
        settings = {"config": plain_values(config), "level": digest(RUSH)}
        jobs.append(Job(f"seed-{seed}", settings, limit))
    return jobs


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    if worker(arguments, work):
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seeds", default="0-4", help="such as 0-4 or 0,3,7")
    parser.add_argument("--jobs", type=int, choices=(1, 2), default=1, help="seeds at a time")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="override")
    parser.add_argument("--out", type=Path, default=RESULTS / "rush_hour", help="of the results")
    parser.add_argument("--fresh", action="store_true", help="train finished seeds anew, too")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    options = parser.parse_args(arguments)
    say(machine_line())
    config = load_config("rush_hour")
    results = run_jobs(
        __file__, jobs_of(options), options.out, count=options.jobs, fresh=options.fresh
    )
    found = findings(results, start_measures(str(config.start_brain), config.final.towns))
    print(json.dumps(found, indent=1) if options.json else table(found))
    return 0 if found["passed"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
