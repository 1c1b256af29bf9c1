"""What a run's outputs cost it: throughput with all of them at once, against none.

    python benchmarks/metrics_cost.py [--seconds 1] [--rounds 40] [--without NAME] [--json]

One training of the default preset on level 3; its events go to all outputs (SQLite, replays,
brains, summary, TensorBoard, MLflow, and the browser page in a process of its own) and to none
in turn, stretch by stretch, so that both meet the same machine and the same learner. What an
output needs once, such as loading MLflow, comes before the first stretch. The cost is told
twice: by the clock, which a busy machine blurs, and in processor time of the trainer's process:
what outputs take, their threads included, over what training takes meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # from a checkout, too

import torch
from jobs import machine, machine_line, say

from hamlet_game.training.bootstrap import of_median
from hamlet_game.training.config import RunConfig, load_config
from hamlet_game.training.events import Event
from hamlet_game.training.extras import is_there
from hamlet_game.training.runs import RunFolder
from hamlet_game.training.sinks import MetricsManager, Sink
from hamlet_game.training.sinks.of_run import sinks_of
from hamlet_game.training.trainer import Trainer

NOTE = "mlflow.json"  # in the run's folder, once MLflow knows of it

WARM_S = 6.0  # until the memory is warm and ε is low; MLflow is waited for as well
LOAD_S = 90.0  # at most, until MLflow is loaded and has made its store
REST_S = 0.1  # between two stretches, for threads to finish what they have


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the run with all outputs, or with none."""

    steps: int
    seconds: float
    training: float  # seconds of processor time
    outputs: float  # the same, all threads

    @property
    def speed(self) -> float:
        """Return steps a second."""
        return self.steps / self.seconds


def config(folder: Path, without: Sequence[str]) -> RunConfig:
    """Return a run that never ends, with every output that is installed here."""
    wanted = [name for name in ("tensorboard", "mlflow") if name not in without]
    missing = [name for name in wanted if not is_there(name)]
    if missing:
        sys.exit(f'{", ".join(missing)} are not installed: pip install "hamlet-game[tracking]"')
    return load_config(
        "default",
        {
            "levels": "3",
            "limits": {"max_steps": None, "max_minutes": None},
            "curriculum.target": ["alive > 1"],
            "experiment.store": f"sqlite:///{(folder / 'mlflow.db').as_posix()}",
            "experiment.report_towns": 0,
            **{f"outputs.{name}": True for name in wanted},
        },
    )


def outputs(run: RunFolder, settings: RunConfig, trainer: Trainer, *, page: bool) -> list[Sink]:
    """Return all outputs, the browser page among them if its libraries are there."""
    sinks = sinks_of(run, settings, say)
    if page and is_there("fastapi"):
        from hamlet_game.spectator.launch import start_beside  # noqa: PLC0415 - perhaps not there
        from hamlet_game.training.sinks.broadcast import Broadcast  # noqa: PLC0415 - as above

        beside = start_beside("127.0.0.1:0")
        sinks.append(Broadcast(beside.connection, beside.process, trainer.orders))
    return sinks


def measure(seconds: float, rounds: int, without: Sequence[str]) -> dict[str, Any]:
    """Return the stretches with all outputs and with none, pair by pair."""
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory(prefix="hamlet-", ignore_cleanup_errors=True) as folder:
        settings = config(Path(folder), without)
        run = RunFolder(Path(folder) / "run")
        trainer = Trainer(settings, run.path)
        events = trainer.run()
        sinks = outputs(run, settings, trainer, page="page" not in without)
        names = [type(sink).__name__ for sink in sinks]
        say("Outputs: " + ", ".join(names))
        with MetricsManager(sinks, say) as metrics:
            stretch(trainer, events, metrics, WARM_S)
            until = time.monotonic() + LOAD_S
            while settings.outputs.mlflow and not (run.path / NOTE).exists():
                stretch(trainer, events, metrics, 1)
                if time.monotonic() > until:
                    sys.exit("MLflow is not loaded yet; try again on a quieter machine.")
            pairs = []
            for number in range(rounds):
                order = (True, False) if number % 2 else (False, True)
                pair = {
                    on: stretch(trainer, events, metrics if on else None, seconds) for on in order
                }
                told, untold = pair[True], pair[False]
                pairs.append((told, untold))
                say(f"  round {number + 1}: {told.speed:,.0f} against {untold.speed:,.0f}")
            trainer.orders.stop()
            with suppress(StopIteration):
                while True:
                    next(events)
    return findings(pairs, names)


def stretch(
    trainer: Trainer, events: Iterator[Event], metrics: MetricsManager | None, seconds: float
) -> Stretch:
    """Train for some seconds, telling the outputs or nobody."""
    time.sleep(REST_S)
    steps, began, written = trainer.step, time.perf_counter(), 0.0
    whole, here = time.process_time(), time.thread_time()
    while time.perf_counter() - began < seconds:
        event = next(events)
        if metrics is not None:
            before = time.thread_time()
            metrics.write(event)
            written += time.thread_time() - before
    took = time.perf_counter() - began
    here = time.thread_time() - here
    beside = time.process_time() - whole - here
    return Stretch(trainer.step - steps, took, here - written, written + beside)


def findings(pairs: Sequence[tuple[Stretch, Stretch]], names: list[str]) -> dict[str, Any]:
    """Return what was found, as JSON values."""
    slower = of_median([1 - on.speed / off.speed for on, off in pairs])
    on, off = ([pair[which] for pair in pairs] for which in (0, 1))
    training = sum(s.training for s in on)
    share = sum(s.outputs for s in on) / training
    idle = sum(s.outputs for s in off) / sum(s.training for s in off)
    return {
        "outputs": names,
        "steps_per_s": {
            "all": [on.speed for on, _ in pairs],
            "none": [off.speed for _, off in pairs],
        },
        "slower_by_clock": [slower.low, slower.value, slower.high],
        "processor_share": share,
        "processor_share_with_nothing_to_do": idle,
        "machine": machine(),
    }


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 if all outputs at once cost more than 5 %."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=1, help="of each stretch")
    parser.add_argument("--rounds", type=int, default=40, help="pairs of stretches")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        choices=["tensorboard", "mlflow", "page"],
        help="leave one out",
    )
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    options = parser.parse_args(arguments)
    say(machine_line())
    found = measure(options.seconds, options.rounds, options.without)
    if options.json:
        print(json.dumps(found, indent=1))
    else:
        low, middle, high = found["slower_by_clock"]
        print(f"slower by the clock: {middle:.1%} (95 % interval {low:.1%} to {high:.1%})")
        share, idle = found["processor_share"], found["processor_share_with_nothing_to_do"]
        print(f"processor time of outputs: {share:.1%} of training's ({idle:.1%} in the pauses)")
    return int(found["processor_share"] > 0.05)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
