"""Everyone who can play besides a person, by a word that people can type."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hamlet_game import paths
from hamlet_game.brain.brain import Brain
from hamlet_game.brain.files import BrainError
from hamlet_game.game.agents.players import BrainPlayer, PlanPlayer, Player, ScriptPlayer
from hamlet_game.learn.config import ConfigError
from hamlet_game.training.checkpoint_file import CheckpointError
from hamlet_game.training.checkpoints import SUFFIX
from hamlet_game.training.players import load_player
from hamlet_game.training.runs import RunError, RunFolder, list_runs

_STAGES = {  # file in assets/brains: name, what it has learned
    "untrained": ("Newborn", "Untrained: a network of random weights."),
    "01_first_night": ("Sleeper", "Has graduated from First Night."),
    "02_clean_start": ("Neat", "Has graduated from Clean Start."),
    "03_full_day": ("Worker", "Has graduated from Full Day."),
    "04_thrive": ("Thriver", "Has graduated from Thrive."),
    "master": ("Master", "The best of a whole training."),
}
_SCRIPTS = {
    "sensible": ("Script", "A few sensible rules, nothing learned."),
    "random": ("Dice", "Does anything at random."),
    "idle": ("Idler", "Only ever waits."),
}
_SCRIPT_LOOK = ScriptPlayer.look
_STEPS = re.compile(r"-step(\d+)")
PLANNER = "planner"
MASTER = "master"
_FORGOTTEN = ("01_first_night", "02_clean_start")  # with fewer needs than the master is used to
MOST_RUNS = 8  # of one's own that are offered; older ones can still be named


class RosterError(Exception):
    """A player that can't be had; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody who can play. `make` may read a file and raises RosterError."""

    word: str
    name: str
    detail: str
    icon: str
    make: Callable[[], Player]
    look: int = 1  # how it is dressed, see `draw_person`


def shipped() -> list[Entry]:
    """Return the brains that come with the game, the least trained first."""
    return [_stage(word, look) for look, word in enumerate(_STAGES)]


def scripted() -> list[Entry]:
    """Return the planner and the scripts."""
    look, detail = PlanPlayer.look, PlanPlayer.detail
    planner = Entry(PLANNER, PlanPlayer.name, detail, "trophy", PlanPlayer, look)
    scripts = [
        Entry(word, name, detail, "step", partial(ScriptPlayer, word, name, detail), _SCRIPT_LOOK)
        for word, (name, detail) in _SCRIPTS.items()
    ]
    return [planner, *scripts]


def suited(level_id: str) -> str:
    """Return the word of the shipped brain to meet in a level.

    That is the master, but where the later stages have made it forget: there the brain
    that graduated from that level.
    """
    return level_id if level_id in _FORGOTTEN else MASTER


def runs() -> list[Entry]:
    """Return the user's own runs, the one changed last first, and the checkpoints of each."""
    found: list[Entry] = []
    for run in list_runs()[:MOST_RUNS]:
        found.append(_run(run.name))
        found += checkpoints(run)
    return found


def checkpoints(run: RunFolder) -> list[Entry]:
    """Return the brains that a run keeps as its best few, the least trained first."""
    found = []
    for file in sorted(run.checkpoints.glob(f"best-*{SUFFIX}")):
        if match := _STEPS.search(file.name):
            steps, word = int(match[1]), str(file)
            name = f"{run.name} @ {steps:,}"
            make = partial(_from_files, word)
            found.append(Entry(word, name, f"Your run after {steps:,} steps.", "save", make))
    return found


def everyone() -> list[Entry]:
    """Return all who can play: shipped brains, scripts, own runs."""
    return [*shipped(), *scripted(), *runs()]


def player(word: str) -> Player:
    """Return who a word means: an entry of the roster, or a brain, checkpoint or run by path.

    Raises RosterError.
    """
    return entry(word).make()


def entry(word: str) -> Entry:
    """Return the entry a word stands for; one from a file has no name until it is made."""
    known = {entry.word: entry for entry in (*shipped(), *scripted())}
    return known.get(word) or Entry(word, "", "", "save", partial(_from_files, word))


def _stage(word: str, look: int) -> Entry:
    name, detail = _STAGES[word]
    file = paths.assets() / "brains" / f"{word}.safetensors"

    def make() -> Player:
        return BrainPlayer(_brain(file), name, detail, look)

    return Entry(word, name, detail, "star_full" if word == MASTER else "flag", make, look)


def _run(name: str) -> Entry:
    return Entry(name, name, "Your run: its best brain.", "save", lambda: _from_files(name))


def _brain(file: Path) -> Brain:
    try:
        return Brain.load(file)
    except BrainError as error:
        raise RosterError(str(error)) from None


def _from_files(word: str) -> Player:
    skipped: list[str] = []
    try:
        found = load_player(word, warn=skipped.append)
    except (RunError, BrainError, CheckpointError, ConfigError) as error:
        raise RosterError(str(error)) from None
    if found.brain is None:
        raise RosterError(f"{found.file}: holds no brain; choose another file.")
    about = found.about
    steps, level = about.get("step"), about.get("level")
    words = [f"{steps:,} steps" if isinstance(steps, int) else "", f"level {level}" * bool(level)]
    name = str(about.get("run") or "") or found.file.stem
    return BrainPlayer(found.brain, name[:24], "Trained " + ", ".join(w for w in words if w))
