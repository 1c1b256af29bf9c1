"""What the curriculum is worth: one DQN, one budget of steps, three ways to spend it.

    python benchmarks/curriculum.py [--steps 4000000] [--seeds 0-4] [--jobs 2] [--docs]

`sparse` trains in level 3 from the start, by the sparse reward; `shaped` the same by the
shaped reward; `curriculum` goes through levels 1 to 3 by the shaped reward. All else is the
default preset's and equal: algorithm, network, schedules, 64 lives, spread of starts, and no
stop before the budget is spent. Every so many steps the greedy policy plays level 3 in held-out
towns; that time is not counted. Finished runs are kept and not done again (--fresh).
`--docs` puts figure, numbers and table into docs/; otherwise they stay with the results.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # from a checkout, too

import torch
from curriculum_figure import draw
from held_out import AFRESH, PROBED
from jobs import (
    RESULTS,
    ROOT,
    Job,
    Order,
    Result,
    change,
    fill_in,
    machine,
    machine_line,
    numbers,
    run_jobs,
    say,
    worker,
    write_json,
)

from hamlet_game.town.catalog import digest, load_catalog
from hamlet_game.training import events
from hamlet_game.training.config import check_run_config, load_config, plain_values
from hamlet_game.training.evaluation import evaluate, policy_of
from hamlet_game.training.trainer import Trainer

LEVEL = load_catalog().find("3")
ALONE = {"levels": "3", "curriculum.enabled": False}
ARMS: dict[str, dict[str, Any]] = {
    "sparse": {**ALONE, "rewards": "sparse"},
    "shaped": {**ALONE, "rewards": "shaped"},
    "curriculum": {"levels": "1-3"},
    "sparse-curriculum": {"levels": "1-3", "rewards": "sparse"},
}
NAMES = {
    "sparse": "sparse reward, no curriculum",
    "shaped": "shaped reward, no curriculum",
    "curriculum": "curriculum, levels 1 to 3",
    "sparse-curriculum": "sparse reward, curriculum",
}
NEVER = ["alive > 1"]  # a target that no policy reaches: the whole budget is spent
MARKS = {"lives 200 steps": ("survival", 200.0), "90 % alive": ("alive", 0.9)}
FIGURE, NUMBERS = "curriculum.png", "curriculum.json"
PAGE = ROOT / "docs" / "curriculum_learning.md"
SLOWEST = 1_500  # steps a second; below this a run counts as stuck


def work(order: Order) -> Result:
    """Train one arm with one seed, looking at how it plays along the way."""
    torch.set_num_threads(1)
    every, towns = order.settings["every"], order.settings["towns"]
    config = check_run_config(order.settings["config"], "the configuration")
    trainer = Trainer(config)
    looked, next_look = 0.0, 0  # seconds spent on looking, step of the next look
    points: list[dict[str, Any]] = []
    graduated: dict[str, dict[str, float]] = {}
    brain: dict[str, Any] = {}
    for event in trainer.run():
        seconds = getattr(event, "seconds", 0.0) - looked
        if isinstance(event, events.LevelGraduated):
            graduated.setdefault(event.level, {"step": event.step, "seconds": seconds})
            order.say(f"{event.level} graduated at step {event.step:,}")
        if not isinstance(event, events.BrainUpdated):
            continue
        brain = event.brain
        if event.step < next_look:
            continue
        next_look = (event.step // every + 1) * every
        began = time.perf_counter()
        result = evaluate(LEVEL, policy_of(brain), PROBED[:towns])
        looked += time.perf_counter() - began
        points.append({"step": event.step, "seconds": seconds, **result.measures})
        if len(points) % 10 == 1:
            m = result.measures
            order.say(f"step {event.step:>9,}: {m['survival']:.0f} steps, {m['alive']:.0%} alive")
    end = evaluate(LEVEL, policy_of(brain), AFRESH)
    return {
        "points": points,
        "graduated": graduated,
        "end": end.values(),
        "seconds": points[-1]["seconds"],
    }


def jobs_of(options: argparse.Namespace) -> list[Job]:
    """Return a job for each arm and seed, seed by seed, so that early ends still compare."""
    jobs = []
    for seed in numbers(options.seeds):
        for arm in options.arms:
            config = load_config(
                "default",
                {
                    "curriculum.target": NEVER,
                    "final.towns": 0,
                    "report.brain_every": options.every,
                    **change(options.set),
                    **ARMS[arm],
                    "limits": {"max_steps": options.steps, "max_minutes": None},
                    "seed": seed,
                },
            )
            settings = {"config": plain_values(config), "every": options.every}
            settings["levels"] = [digest(load_catalog().find(word)) for word in config.levels]
            limit = 600 + options.steps / SLOWEST
            jobs.append(Job(f"{arm}-{seed}", {**settings, "towns": options.towns}, limit))
    return jobs


def findings(results: Mapping[str, Result], options: argparse.Namespace) -> dict[str, Any]:
    """Return everything that was found, as JSON values."""
    arms, failed = {}, {}
    for arm in options.arms:
        runs = {seed: results[f"{arm}-{seed}"] for seed in numbers(options.seeds)}
        failed |= {f"{arm}-{s}": run["failed"] for s, run in runs.items() if "failed" in run}
        whole = {str(seed): run for seed, run in runs.items() if "failed" not in run}
        if whole:
            arms[arm] = {"name": NAMES[arm], "summary": _summary(whole), "runs": whole}
    return {
        "level": LEVEL.id,
        "steps_of_a_life": LEVEL.steps,
        "budget": options.steps,
        "towns_along_the_way": options.towns,
        "towns_at_the_end": len(AFRESH),
        "changes": change(options.set),
        "jobs": options.jobs,
        "machine": machine(),
        "failed": failed,
        "arms": arms,
    }


def _summary(runs: Mapping[str, Result]) -> dict[str, Any]:
    """Return median, worst and best over seeds of what an arm reached; None: not reached."""
    told: dict[str, Any] = {"seeds": len(runs)}
    for measure in ("survival", "alive"):
        told[measure] = _spread([run["end"][measure] for run in runs.values()])
    for name, (measure, value) in MARKS.items():
        for axis in ("step", "seconds"):
            found = [_first(run["points"], measure, value, axis) for run in runs.values()]
            told[f"{name}, {axis}"] = _spread(found)
    told["seconds"] = _spread([run["seconds"] for run in runs.values()])
    return told


def _first(points: Sequence[Mapping[str, Any]], measure: str, value: float, axis: str) -> Any:
    """Return when a measure first was as high as `value`, None if never."""
    return next((point[axis] for point in points if point[measure] >= value), None)


def _spread(values: Sequence[float | None]) -> dict[str, float | None]:
    known = sorted(float("inf") if value is None else value for value in values)
    ends = {"median": statistics.median(known), "min": known[0], "max": known[-1]}
    return {name: None if value == float("inf") else value for name, value in ends.items()}


def table(found: Mapping[str, Any]) -> str:
    """Return the findings as a Markdown table."""
    count = max(arm["summary"]["seeds"] for arm in found["arms"].values())
    seeds = f"{count} seed{'s' * (count > 1)}"
    head = (
        f"{found['budget'] / 1e6:g} million steps, {seeds}: median (worst to best)",
        "steps lived",
        "alive at the end",
        "first at 200 steps lived",
        "first at 90 % alive",
    )
    lines = [f"| {' | '.join(head)} |", "|---|---|---|---|---|"]
    for arm in found["arms"].values():
        s = arm["summary"]
        cells = [
            _cell(s["survival"], "{:.0f}"),
            _cell(s["alive"], "{:.1%}"),
            *(_when(s, name) for name in MARKS),
        ]
        lines.append(f"| {arm['name']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(spread: Mapping[str, float], form: str) -> str:
    low, middle, high = (form.format(spread[name]) for name in ("min", "median", "max"))
    return f"{middle} ({low} to {high})"


def _when(summary: Mapping[str, Any], name: str) -> str:
    step, seconds = summary[f"{name}, step"], summary[f"{name}, seconds"]
    if step["median"] is None:
        return "never" if step["min"] is None else "in fewer than half of the seeds"
    latest = "not in all" if seconds["max"] is None else f"latest {seconds['max']:.0f} s"
    return f"{step['median'] / 1e6:.2f} million, {seconds['median']:.0f} s ({latest})"


def page(found: Mapping[str, Any]) -> str:
    """Return what docs/curriculum_learning.md says of the measurement."""
    m = found["machine"]
    changes = [f"--set {key}={value}" for key, value in found["changes"].items()]
    command = " ".join(["python benchmarks/curriculum.py", f"--steps {found['budget']}", *changes])
    return (
        f"![Greedy play in level 3 over the course of training](images/{FIGURE})\n\n"
        f"{table(found)}\n\n"
        f"Measured with `{command}` on {m['processor']}, one thread a run, {found['jobs']} at a "
        f"time. Along the way the greedy policy plays {found['towns_along_the_way']} held-out "
        f"towns, at the end another {found['towns_at_the_end']:,}. All numbers: "
        f"[{NUMBERS}](images/{NUMBERS}).\n"
    )


def main(arguments: Sequence[str]) -> int:
    """Measure, draw and print."""
    if worker(arguments, work):
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--steps", type=int, default=4_000_000, help="budget of every run")
    parser.add_argument("--every", type=int, default=100_000, help="steps between two looks")
    parser.add_argument("--towns", type=int, default=200, help="held-out towns of a look, to 200")
    parser.add_argument("--seeds", default="0-4", help="such as 0-4 or 0,3,7")
    parser.add_argument("--arms", nargs="+", choices=ARMS, default=list(ARMS)[:3])
    parser.add_argument("--jobs", type=int, choices=(1, 2), default=1, help="runs at a time")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="override")
    parser.add_argument("--out", type=Path, default=RESULTS / "curriculum", help="for results")
    parser.add_argument("--fresh", action="store_true", help="do finished runs anew, too")
    parser.add_argument("--docs", action="store_true", help="put the findings into docs/")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    options = parser.parse_args(arguments)
    say(machine_line())
    jobs = jobs_of(options)
    results = run_jobs(__file__, jobs, options.out, count=options.jobs, fresh=options.fresh)
    found = findings(results, options)
    if found["arms"]:
        folder = ROOT / "docs" / "images" if options.docs else options.out
        write_json(folder / NUMBERS, found)
        draw(found, folder / FIGURE)
        if options.docs:
            fill_in(PAGE, "curriculum", page(found))
        print(json.dumps(found, indent=1) if options.json else table(found))
    for name, reason in found["failed"].items():
        say(f"{name}: {reason}")
    return 1 if found["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
