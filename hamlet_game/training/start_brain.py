"""Weights to begin a run from: those of a brain that was raised before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hamlet_game.brain import files as brain_files
from hamlet_game.brain.brain import Brain
from hamlet_game.brain.files import BrainError
from hamlet_game.learn.config import ConfigError
from hamlet_game.learn.dqn_config import DqnConfig
from hamlet_game.town.sentences import brief, meant
from hamlet_game.training.config import RunConfig


def start_weights(config: RunConfig) -> dict[str, NDArray[np.float32]] | None:
    """Return the network's arrays that a run begins with, None for random ones.

    Raises ConfigError where the brain can't be had, or is of another shape than the run's.
    """
    word = config.start_brain
    if word is None:
        return None
    settings = config.algorithm_settings()
    if not isinstance(settings, DqnConfig):
        name = config.algorithm["name"]
        raise ConfigError(f"start_brain: {name} can't begin from a brain; leave it out or use dqn.")
    brain = _load(word)
    theirs = brain.architecture
    ours = list(settings.hidden), settings.head
    if (list(theirs.hidden), theirs.head) != ours:
        raise ConfigError(
            f"start_brain: {brief(word)} is a {theirs.head} network of {list(theirs.hidden)}, the "
            f"run's is {ours[1]} of {ours[0]}; set algorithm.head and algorithm.hidden alike."
        )
    return brain.arrays


def _load(word: str) -> Brain:
    shipped = brain_files.shipped()
    file = shipped.get(word, Path(word).expanduser())
    if file.suffix != brain_files.SUFFIX and not file.exists():
        raise ConfigError(
            f"start_brain: no such brain or file {brief(word)}. {meant(word, shipped)}"
        )
    try:
        return Brain.load(file)
    except BrainError as error:
        raise ConfigError(f"start_brain: {error}") from None
