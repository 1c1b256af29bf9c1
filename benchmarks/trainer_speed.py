"""How fast the trainer steps, and what its time goes to.

    python benchmarks/trainer_speed.py [--seconds 20] [--rounds 3] [--json]

Trains the default preset's algorithm in level 3, one agent and ten: first as it is, for the
speed, then with a stopwatch around each part, for the shares. `rest` is the trainer
besides these: its loop, clocks, and the hand-over of arrays. Checkpoints and the database
are written as `hamlet-game train` does.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # from a checkout, too

import torch
from jobs import Job, Order, Result, change, machine, machine_line, run_jobs, say, worker

from hamlet_game.learn.dqn import Dqn
from hamlet_game.training.agents import AgentManager
from hamlet_game.training.config import check_run_config, load_config, plain_values
from hamlet_game.training.examiner import Examiner
from hamlet_game.training.keeper import Keeper
from hamlet_game.training.playground import Playground
from hamlet_game.training.sinks import MetricsManager
from hamlet_game.training.sinks.sqlite import MetricsDatabase
from hamlet_game.training.sinks.summary import SummaryFile
from hamlet_game.training.teller import Teller
from hamlet_game.training.trainer import Trainer

WARM_S = 3.0  # until the memory is warm and ε is low
PARTS: dict[str, tuple[tuple[type, str], ...]] = {
    "act": ((AgentManager, "act"),),
    "town": ((Playground, "step"),),
    "observe": ((Dqn, "observe"),),
    "learn": ((Dqn, "learn"),),
    "evaluate": ((Examiner, "gate"), (Examiner, "final")),
    "checkpoints": ((Keeper, "save"), (Keeper, "save_best")),
    "events": (
        (Teller, "count"),
        (Teller, "endings"),
        (Teller, "progress"),
        (Teller, "results"),
        (MetricsManager, "write"),
    ),
}
SETUPS: dict[str, dict[str, Any]] = {
    "level 3": {"levels": "3"},
    "level 3, 10 agents": {"levels": "3", "agents": 10, "towns": 16},
}


class Stopwatch:
    """Seconds spent in each part."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    @contextmanager
    def around_all(self) -> Iterator[None]:
        """Time every part of `PARTS` while this lasts."""
        with ExitStack() as stack:
            for part, methods in PARTS.items():
                for owner, name in methods:
                    timed = self._timed(part, getattr(owner, name))
                    stack.enter_context(patch.object(owner, name, timed))
            yield

    def _timed(self, part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            began = time.perf_counter()
            result = work(*given, **named)
            self.spent[part] += time.perf_counter() - began
            return self._each(part, result) if isinstance(result, Iterator) else result

        return timed

    def _each(self, part: str, events: Iterator[Any]) -> Iterator[Any]:
        """Hand events on; only the time that making them takes counts."""
        while True:
            began = time.perf_counter()
            event = next(events, None)
            self.spent[part] += time.perf_counter() - began
            if event is None:
                return
            yield event


def work(order: Order) -> Result:
    """Train once, timed or not."""
    torch.set_num_threads(1)
    config = check_run_config(order.settings["config"], "the configuration")
    watch = Stopwatch()
    with tempfile.TemporaryDirectory(prefix="hamlet-") as name, ExitStack() as stack:
        folder = Path(name)
        if order.settings["timed"]:
            stack.enter_context(watch.around_all())
        trainer = Trainer(config, folder)
        files = SummaryFile(folder / "summary.json"), MetricsDatabase(folder / "metrics.sqlite")
        metrics = stack.enter_context(MetricsManager(files, say))
        began: tuple[float, int] | None = None
        run = trainer.run()
        for event in run:
            metrics.write(event)
            now = time.perf_counter()
            if began is None:
                if trainer.seconds >= min(WARM_S, order.settings["seconds"]):
                    began = now, trainer.step
                    watch.spent.clear()
            elif now - began[0] >= order.settings["seconds"]:
                break
        seconds = time.perf_counter() - began[0]
        steps, spent = trainer.step - began[1], dict(watch.spent)
        run.close()
    return {"steps": steps, "seconds": seconds, "spent": spent}


def jobs_of(options: argparse.Namespace) -> list[Job]:
    """Return the jobs, round by round, so that a busy minute hits all."""
    jobs = []
    for turn in range(options.rounds):
        for setup, changes in SETUPS.items():
            for timed in (False, True):
                given = {**changes, "seed": turn, **change(options.set)}
                endless = {"limits": {"max_steps": None, "max_minutes": None}}
                config = load_config(
                    "default", {"curriculum.target": ["alive > 1"], **endless, **given}
                )
                told = {"config": plain_values(config), "seconds": options.seconds, "timed": timed}
                name = f"{setup}-{'parts' if timed else 'whole'}-{turn}".replace(", ", "-")
                jobs.append(Job(name.replace(" ", "-"), told, 300 + 3 * options.seconds))
    return jobs


def findings(results: Mapping[str, Result], options: argparse.Namespace) -> dict[str, Any]:
    """Return everything that was found, as JSON values."""
    found = {}
    for setup in SETUPS:
        slug = setup.replace(", ", "-").replace(" ", "-")
        kinds = {
            kind: [results[f"{slug}-{kind}-{turn}"] for turn in range(options.rounds)]
            for kind in ("whole", "parts")
        }
        if any("failed" in result for runs in kinds.values() for result in runs):
            sys.exit(f"A run of '{setup}' failed; its trouble is above.")
        found[setup] = {
            "steps_per_s": [run["steps"] / run["seconds"] for run in kinds["whole"]],
            "steps_per_s_with_stopwatch": [run["steps"] / run["seconds"] for run in kinds["parts"]],
            "shares": _shares(kinds["parts"]),
            "microseconds_per_step": _costs(kinds["parts"]),
        }
    return {"seconds": options.seconds, "machine": machine(), "setups": found}


def _shares(runs: Sequence[Result]) -> dict[str, float]:
    """Return the share of time that each part takes, over all rounds; `rest` is no part's."""
    total = sum(run["seconds"] for run in runs)
    shares = {part: sum(run["spent"].get(part, 0.0) for run in runs) / total for part in PARTS}
    return shares | {"rest": 1 - sum(shares.values())}


def _costs(runs: Sequence[Result]) -> dict[str, float]:
    seconds, steps = sum(run["seconds"] for run in runs), sum(run["steps"] for run in runs)
    return {part: 1e6 * share * seconds / steps for part, share in _shares(runs).items()}


def table(found: Mapping[str, Any]) -> str:
    """Return the findings as text."""
    lines = [machine_line()]
    for setup, its in found["setups"].items():
        speeds, timed = its["steps_per_s"], its["steps_per_s_with_stopwatch"]
        told = f"{statistics.median(speeds):,.0f} steps/s (best {max(speeds):,.0f})"
        lines += ["", f"{setup}: {told}; with stopwatches {statistics.median(timed):,.0f}"]
        for part, share in its["shares"].items():
            cost = its["microseconds_per_step"][part]
            lines.append(f"  {part:<12}{share:>8.1%}{cost:>9.2f} µs a step")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    if worker(arguments, work):
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=20, help="of a round for each")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="override")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    options = parser.parse_args(arguments)
    say(machine_line())
    with tempfile.TemporaryDirectory(prefix="hamlet-") as out:
        results = run_jobs(__file__, jobs_of(options), Path(out))
    found = findings(results, options)
    print(json.dumps(found, indent=1) if options.json else table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
