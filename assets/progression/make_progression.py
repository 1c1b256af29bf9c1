"""Record a training: life 1, 100, 500 and the mastered town, as replays, GIFs and figures.

    python assets/progression/make_progression.py [--only films]

One training run of `recipe.yaml` (a configuration with its seed). The lives shown are of the
complete town (level 3), which many training lives play from the start: the 1st, 100th and 500th of
those that began as the level says. They explore, as training lives do. `before` and `mastered`
are the untrained network, and the first one that lived to the end in 99 % of 1,000 held-out
towns, both at play in another held-out town; with that the run ends.

Replays and `progress.json` stand beside this file, films and figures in docs/images/progression.
`--only films` draws those again from what was recorded.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy is imported

import numpy as np
import progress_figures
from numpy.typing import NDArray

from hamlet_game.brain.brain import Brain
from hamlet_game.game.recorder.export import Wish, export
from hamlet_game.town.catalog import digest, load_catalog
from hamlet_game.town.evaluation import live
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record
from hamlet_game.town.replay import SUFFIX, Replay, encode
from hamlet_game.training import events as say
from hamlet_game.training.config import load_config
from hamlet_game.training.seeds import final_towns, held_out_towns
from hamlet_game.training.trainer import Trainer

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent.parent / "docs" / "images" / "progression"
LEVEL = "03_full_day"
MOMENTS = (1, 100, 500)  # lives in the complete town
BEFORE, MASTERED = "before", "mastered"
PROBED, JUDGED = final_towns(200), held_out_towns(1000, 201)  # for the curve, and for mastery
TOWN = 2001  # before and mastered live in it
MASTERY = 0.99  # alive at the end of the day
DECIMALS = 4
LONG = 250  # steps of a life
SLOW, FAST = 4.0, 16.0  # of films, times the normal tempo: of short lives and of long ones


class Recording:
    """What is kept of a training: a few lives, and how each of its brains lives."""

    def __init__(self, level: Level) -> None:
        self._level = level
        self.first: Brain | None = None
        self.mastered: Brain | None = None
        self.final: dict[str, float] = {}  # how the mastered one lives
        self.lives: dict[int, say.EpisodeEnded] = {}  # by moment
        self.training: list[int] = []  # steps lived, of every life in the complete town
        self.exams: list[dict[str, float]] = []
        self.graduated: list[dict[str, Any]] = []

    def take(self, event: say.Event) -> None:
        """Take in one event."""
        if isinstance(event, say.EpisodeEnded):
            if event.level == self._level.id and event.actions:
                self.training.append(event.survival)
                if len(self.training) in MOMENTS:
                    self.lives[len(self.training)] = event
        elif isinstance(event, say.BrainUpdated):
            self._examine(event)
        elif isinstance(event, say.LevelGraduated):
            number = len(self.training)
            self.graduated.append({"level": event.level, "life": number, **_when(event)})

    def _examine(self, event: say.BrainUpdated) -> None:
        """Let the newest brain live greedily in held-out towns."""
        brain = Brain(**event.brain)
        self.first = self.first or brain
        found = self._measured(brain, PROBED)
        exam = {"survival": found["survival"], "alive": found["alive"]}
        self.exams.append({"life": len(self.training), **_when(event), **exam})
        sys.stderr.write(f"{self.exams[-1]}\n")
        if found["alive"] >= MASTERY:
            final = self._measured(brain, JUDGED)
            if final["alive"] >= MASTERY:
                self.mastered, self.final = brain, final

    def _measured(self, brain: Brain, towns: NDArray[np.int64]) -> dict[str, float]:
        found = live(self._level, brain.policy, towns).measures()
        return {name: round(value, DECIMALS) for name, value in found.items()}


def _when(event: say.BrainUpdated | say.LevelGraduated) -> dict[str, float]:
    return {"step": event.step, "seconds": round(event.seconds, 1)}


def recorded() -> dict[str, Any]:
    """Train, write the replays, and return what the figures show."""
    level = load_catalog().find(LEVEL)
    recording, trainer = Recording(level), Trainer(load_config(HERE / "recipe.yaml"))
    for event in trainer.run():
        recording.take(event)
        if recording.mastered is not None:
            break
    if recording.first is None or recording.mastered is None:
        raise SystemExit("it was not mastered; choose another seed, or raise limits.max_steps")
    shown = [
        _kept(level, f"life_{moment}", life.town_seed, life.actions or b"", life)
        for moment, life in recording.lives.items()
    ]
    for name, brain in ((BEFORE, recording.first), (MASTERED, recording.mastered)):
        shown.append(_kept(level, name, TOWN, greedy(level, brain), None))
    return {
        "level": LEVEL,
        "lives": shown,
        "graduated": recording.graduated,
        "mastered": recording.final,
        "exams": recording.exams,
        "training": recording.training,
    }


def greedy(level: Level, brain: Brain) -> bytes:
    """Return what a brain does in the town, without a random move."""
    record = Record(level, TOWN)
    while not record.over:
        record.act(Action(int(brain.policy(record.town)[0])))
    return record.actions


def _kept(
    level: Level, name: str, town: int, actions: bytes, life: say.EpisodeEnded | None
) -> dict[str, Any]:
    """Write a life as a replay and return what is to be said of it."""
    replay = Replay(level.id, digest(level), town, actions, name.replace("_", " "))
    (HERE / f"{name}{SUFFIX}").write_bytes(encode(replay))
    last = replay.record(level).last
    return {
        "name": name,
        "step": life.step if life else None,
        "random": round(life.random_share, DECIMALS) if life else 0.0,
        "survival": len(actions),
        "cause": last.cause.key if last.cause is not None else None,
        "points": round(last.points),
    }


def draw(found: dict[str, Any]) -> None:
    """Draw the films and the figures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for life in found["lives"]:
        name = life["name"]
        wish = Wish(
            HERE / f"{name}{SUFFIX}",
            PICTURES / f"{name}.gif",
            size=(480, 270),
            fps=8,
            speed=FAST if life["survival"] > LONG else SLOW,
            force=True,
        )
        made = export(wish, lambda _what, _share: None)
        sys.stderr.write(f"{made.file.name}: {made.seconds:.0f} s, {made.bytes / 1e6:.2f} MB\n")
    progress_figures.learning_curve(found, PICTURES / "learning_curve.png")
    replays = {name: HERE / f"{name}{SUFFIX}" for name in (BEFORE, MASTERED)}
    progress_figures.before_after(replays, PICTURES / "before_after.png")


def main() -> None:
    """Record a training, or only draw it again."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", choices=["films"], help="train nothing, draw what was recorded")
    options = words.parse_args()
    file = HERE / "progress.json"
    if options.only is None:
        file.write_text(json.dumps(recorded()) + "\n", encoding="utf-8")
    draw(json.loads(file.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
