"""Opening a run for training: which configuration, in which folder, anew or going on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamlet_game.files import write_atomic
from hamlet_game.learn.config import ConfigError
from hamlet_game.training import extras, runs
from hamlet_game.training.config import RunConfig, load_config, to_yaml
from hamlet_game.training.runs import RunError, RunFolder
from hamlet_game.training.stages import find_stages

UNNAMED = "run"  # a run from values that give no name
# What may change when a run goes on: nothing that touches learning.
MAY_CHANGE = ("limits.max_steps", "limits.max_minutes", "outputs.")


@dataclass(frozen=True, slots=True)
class Opening:
    """A run about to be trained."""

    config: RunConfig
    folder: RunFolder
    resume: bool


def open_run(
    source: str | Path | Mapping[str, Any],
    overrides: Mapping[str, Any],
    out: Path | None,
    *,
    resume: bool,
) -> Opening:
    """Return a new run from a preset, a file or values, or the one to go on with.

    `out` is the run's folder; without it a new run gets one among the user's runs, and the
    one changed last goes on. Raises ConfigError and RunError.
    """
    if resume:
        return _go_on(overrides, out)
    config = load_config(source, overrides)
    _check(config)
    name = config.name or (UNNAMED if isinstance(source, Mapping) else Path(source).stem)
    if out is None:
        return Opening(config, runs.create(name, to_yaml(config)), resume=False)
    return Opening(config, _make(out, config), resume=False)


def open_unkept(source: str | Path | Mapping[str, Any], overrides: Mapping[str, Any]) -> RunConfig:
    """Return the configuration of a run that is not to be kept. Raises ConfigError."""
    config = load_config(source, overrides)
    _check(config)
    return config


def _check(config: RunConfig) -> None:
    """Find mistakes that only the levels and the algorithm know, before a folder is made."""
    find_stages(config)
    config.algorithm_settings()
    extras.check(config.outputs)


def _go_on(overrides: Mapping[str, Any], out: Path | None) -> Opening:
    if fixed := [key for key in overrides if not key.startswith(MAY_CHANGE)]:
        raise ConfigError(
            f"{fixed[0]}: a run goes on as it began; leave it out, or begin a new run "
            "without --resume."
        )
    folder = runs.newest() if out is None else RunFolder(out)
    if not folder.config.is_file():
        raise RunError(f"{folder.path}: holds no run to go on with; leave out --resume.")
    config = load_config(folder.config, overrides)
    extras.check(config.outputs)
    return Opening(config, folder, resume=True)


def _make(out: Path, config: RunConfig) -> RunFolder:
    folder = RunFolder(out)
    if folder.config.exists():
        raise RunError(f"{out}: holds a run already; add --resume or choose another folder.")
    try:
        write_atomic(folder.config, to_yaml(config).encode())
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise RunError(f"{out}: can't be written ({reason}); choose another folder.") from None
    return folder
