"""Train a run in a process that is killed at a random moment, again and again.

`python kill_rounds.py FOLDER KILLS`: torch is loaded once and each round is a fork, so that
twenty rounds take seconds. Round R writes what its trainer said to FOLDER/R.jsonl.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

import torch

from hamlet_game.training.config import check_run_config
from hamlet_game.training.events import CheckpointSaved, EpisodeEnded, RunEnded, RunStarted
from hamlet_game.training.runs import RunFolder
from hamlet_game.training.trainer import Trainer

EVERY_S = 0.05  # between checkpoints: often enough to be hit while one is written
LASTS_S = 0.45  # a round at most, after its trainer's first word
EARLY = 5  # every so many rounds the kill comes while the trainer still begins


# A run that takes no time to start and never ends, with checkpoints of 5 MB.
VALUES = {
    "levels": "1",
    "towns": 32,
    "algorithm": {"name": "dqn", "hidden": [16], "batch": 16, "capacity": 15_000},
    "curriculum": {"evaluate_every": 3_000, "towns": 4, "passes_needed": 1_000_000},
    "final": {"towns": 0},
    "checkpoint": {"every_seconds": EVERY_S},
}


def train(run: RunFolder, log: Path) -> None:
    """Go on with a run for ever, and write down at once what happens."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    config = check_run_config(VALUES, "test")
    with run.writing():
        for event in Trainer(config, run.path, resume=True).run():
            line: dict[str, object] = {"kind": type(event).__name__}
            if isinstance(event, RunStarted | CheckpointSaved | RunEnded):
                line |= {"step": event.step, "seconds": event.seconds}
            elif isinstance(event, EpisodeEnded):
                line |= {"step": event.step, "seconds": event.seconds, "episode": event.episode}
                line |= {"life": [event.town_seed, event.survival, event.total]}
            if isinstance(event, CheckpointSaved):
                line["file"] = Path(event.file).name
            os.write(descriptor, json.dumps(line).encode() + b"\n")


def main(folder: Path, kills: int) -> None:
    torch.set_num_threads(1)
    dice = random.Random(0)
    for number in range(kills):
        log = folder / f"{number}.jsonl"
        child = os.fork()
        if child == 0:
            try:
                train(RunFolder(folder / "run"), log)
            except BaseException:
                log.write_text(json.dumps({"kind": traceback.format_exc()}), encoding="utf-8")
            os._exit(1)
        early = number % EARLY == EARLY - 1
        while not early and not (log.exists() and log.stat().st_size):
            time.sleep(0.005)
        time.sleep(dice.uniform(0, LASTS_S / 3 if early else LASTS_S))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
