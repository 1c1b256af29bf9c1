"""What needs a library that Hamlet does without unless asked: which one, and how to get it."""

from __future__ import annotations

from importlib.util import find_spec

from hamlet_game.learn.config import ConfigError
from hamlet_game.training.sections import OutputsConfig

LIBRARIES = {"tensorboard": "tracking", "mlflow": "tracking", "ray": "cluster"}  # their extras


def is_there(library: str) -> bool:
    """Return whether a library is installed, without loading it."""
    return find_spec(library) is not None


def need(library: str, what: str) -> None:
    """Raise ConfigError, which says what to install for `what`, if a library is missing."""
    if not is_there(library):
        raise ConfigError(
            f'{what} needs {library}; pip install "hamlet-game[{LIBRARIES[library]}]"'
        )


def check(outputs: OutputsConfig) -> None:
    """Find outputs that can't be written here, before a run begins. Raises ConfigError."""
    for name in ("tensorboard", "mlflow"):
        if getattr(outputs, name):
            need(name, f"outputs.{name}")
