"""Trained policies by word: a run's best, or what a checkpoint or brain file holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamlet_game.brain.brain import Brain
from hamlet_game.brain.network import NetworkError
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level import Level
from hamlet_game.town.policies import Policy
from hamlet_game.training import checkpoint_read
from hamlet_game.training.checkpoint_file import Checkpoint
from hamlet_game.training.checkpoints import CheckpointManager, Loaded
from hamlet_game.training.config import RunConfig, load_config
from hamlet_game.training.evaluation import brain_of
from hamlet_game.training.runs import BrainFile, CheckpointFile, RunError, RunFolder, resolve
from hamlet_game.training.stages import find_stages

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Player:
    """A trained policy and where it comes from."""

    policy: Policy  # greedy
    file: Path
    about: dict[str, Any]  # run, seed, step, level, agent: as the brain says, perhaps empty
    config: RunConfig | None  # of its run, None for a file outside any run
    brain: Brain | None = None  # what `policy` asks, where it is a brain

    def level(self, word: str | None = None) -> Level:
        """Return a level as this player's run lays it out; by default the one it learned last.

        Raises LevelError.
        """
        level = load_catalog().find(word or str(self.about.get("level") or "3"))
        if self.config is None or self.config.layout is None:
            return level
        return level.model_copy(update={"layout": self.config.layout})

    def levels(self) -> tuple[Level, ...]:
        """Return all levels of its run, in order, or the one it learned last."""
        if self.config is None:
            return (self.level(),)
        return tuple(stage.judged for stage in find_stages(self.config))


def load_player(word: str, agent: int = 0, *, warn: Say) -> Player:
    """Return the player that `word` names: a run, its folder, a checkpoint or a brain.

    `warn` is told of checkpoints that had to be skipped. Raises RunError, BrainError,
    CheckpointError and ConfigError.
    """
    found = resolve(word)
    if isinstance(found, BrainFile):
        return _from_brain(Brain.load(found.path), found.path)
    if isinstance(found, CheckpointFile):
        folder = _run_around(found.path)
        config = load_config(folder.config) if folder else None
        return _from_checkpoint(checkpoint_read.read(found.path), agent, config)
    return run_player(found, agent, warn=warn)


def run_player(run: RunFolder, agent: int = 0, *, warn: Say) -> Player:
    """Return the best player of a run. Raises as `load_player` does."""
    manager = CheckpointManager(run.checkpoints)
    checkpoint = _whole(manager.load_best(), warn) or _whole(manager.load_latest(), warn)
    if checkpoint is None:
        raise RunError(f"run '{run.name}' has no whole checkpoint yet; train it a little longer.")
    return _from_checkpoint(checkpoint, agent, load_config(run.config))


def _whole(loaded: Loaded, warn: Say) -> Checkpoint | None:
    for skipped in loaded.skipped:
        warn(f"{skipped.file}: {skipped.reason}")
    return loaded.checkpoint


def _run_around(file: Path) -> RunFolder | None:
    """Return the run in whose folder of checkpoints a file lies."""
    run = RunFolder(file.resolve().parent.parent)
    return run if run.checkpoints == file.resolve().parent and run.config.is_file() else None


def _from_brain(brain: Brain, file: Path) -> Player:
    return Player(brain.policy, file, brain.training, None, brain)


def _from_checkpoint(checkpoint: Checkpoint, agent: int, config: RunConfig | None) -> Player:
    state = checkpoint.state
    brains = state.get("brains") or state.get("best")
    if not brains:
        raise RunError(f"{checkpoint.file}: was saved before the first evaluation; train longer.")
    if not 0 <= agent < len(brains):
        known = "0" if len(brains) == 1 else f"0 to {len(brains) - 1}"
        raise RunError(f"{checkpoint.file}: has no agent {agent}; known: {known}.")
    try:
        brain = brain_of(brains[agent])
        return Player(brain.policy, checkpoint.file, brain.training, config, brain)
    except (NetworkError, KeyError, TypeError) as error:
        raise RunError(
            f"{checkpoint.file}: holds no brain that fits this town ({error})."
        ) from None
