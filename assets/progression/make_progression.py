"""Record a training: life 1, 100, 500 and the mastered town, as replays, GIFs and figures.

    python assets/progression/make_progression.py [--only films]

One training run of `recipe.yaml` (a configuration with its seed). The lives shown are of the
complete town (level 3), which half of the training lives play from the start: the first one
numbered 1, 100, 500 or later that began as the level says. They explore, as training lives do.
`before` and `mastered` are the untrained and the best network at play in one held-out town.

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

import progress_figures

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
from hamlet_game.training.seeds import final_towns
from hamlet_game.training.trainer import Trainer

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent.parent / "docs" / "images" / "progression"
LEVEL = "03_full_day"
MOMENTS = (1, 100, 500)  # lives of the run
BEFORE, MASTERED = "before", "mastered"
TOWN = 1  # held out: before and mastered live in it
JUDGED_IN = 200  # held-out towns, for every point of the curve
SPEEDS = {BEFORE: 4.0, MASTERED: 16.0}  # of films, times the normal tempo; the others as before


class Recording:
    """What is kept of a training: a few lives, and how each of its brains lives."""

    def __init__(self, level: Level) -> None:
        self._level, self._newest_life = level, 0
        self.first: Brain | None = None
        self.lives: dict[int, say.EpisodeEnded] = {}  # by moment
        self.training: list[tuple[int, int]] = []  # life, steps lived: begun as the level says
        self.exams: list[dict[str, float]] = []
        self.graduated: list[dict[str, Any]] = []

    def take(self, event: say.Event) -> None:
        """Take in one event."""
        if isinstance(event, say.EpisodeEnded):
            self._newest_life = event.episode
            if event.level == self._level.id and event.actions:
                self.training.append((event.episode, event.survival))
                for moment in MOMENTS:
                    if event.episode >= moment:
                        self.lives.setdefault(moment, event)
        elif isinstance(event, say.BrainUpdated):
            self._examine(event)
        elif isinstance(event, say.LevelGraduated):
            self.graduated.append(
                {"level": event.level, "life": self._newest_life, "seconds": round(event.seconds, 1)}
            )

    def _examine(self, event: say.BrainUpdated) -> None:
        """Let the newest brain live greedily in held-out towns."""
        brain = Brain(**event.brain)
        self.first = self.first or brain
        found = live(self._level, brain.policy, final_towns(JUDGED_IN)).measures()
        self.exams.append(
            {
                "life": self._newest_life,
                "step": event.step,
                "seconds": round(event.seconds, 1),
                "survival": round(found["survival"], 2),
                "alive": found["alive"],
            }
        )
        sys.stderr.write(f"{self.exams[-1]}\n")


def recorded() -> dict[str, Any]:
    """Train, write the replays, and return what the figures show."""
    level = load_catalog().find(LEVEL)
    recording, trainer = Recording(level), Trainer(load_config(HERE / "recipe.yaml"))
    for event in trainer.run():
        recording.take(event)
    best = Brain(**trainer.state()["best"][0])
    if recording.first is None:
        raise RuntimeError("no brain was told of; is report.brain_every too large?")
    shown = [
        _kept(level, f"life_{moment}", life.town_seed, life.actions or b"", life.episode)
        for moment, life in recording.lives.items()
    ]
    for name, brain in ((BEFORE, recording.first), (MASTERED, best)):
        shown.append(_kept(level, name, TOWN, greedy(level, brain), None))
    final = live(level, best.policy, final_towns(1000)).measures()
    return {
        "level": LEVEL,
        "lives": shown,
        "graduated": recording.graduated,
        "mastered": {name: round(value, 4) for name, value in final.items()},
        "exams": recording.exams,
        "training": recording.training,
    }


def greedy(level: Level, brain: Brain) -> bytes:
    """Return what a brain does in the town, without a random move."""
    record = Record(level, TOWN)
    while not record.over:
        record.act(Action(int(brain.policy(record.town)[0])))
    return record.actions


def _kept(level: Level, name: str, town: int, actions: bytes, life: int | None) -> dict[str, Any]:
    """Write a life as a replay and return what is to be said of it."""
    who = f"agent in training, life {life:,}" if life else f"{name}, without random moves"
    replay = Replay(level.id, digest(level), town, actions, who)
    (HERE / f"{name}{SUFFIX}").write_bytes(encode(replay))
    last = replay.record(level).last
    return {
        "name": name,
        "life": life,
        "town": town,
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
            speed=SPEEDS.get(name, SPEEDS[BEFORE]),
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
