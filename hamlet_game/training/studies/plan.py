"""A study's file: which configurations, which seeds. Every mistake is one sentence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, field_validator

from hamlet_game.learn.config import ConfigError
from hamlet_game.town.plain_yaml import PlainYamlError, read_yaml
from hamlet_game.town.sentences import first_sentence, one_line
from hamlet_game.training import extras
from hamlet_game.training.config import RunConfig, load_config, presets, to_yaml
from hamlet_game.training.sections import Settings
from hamlet_game.training.stages import find_stages

MOST_RUNS = 10_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_. -]{0,59}")


def _seeds(value: object) -> object:
    """Read `3`, `0-4`, `0,3,7` and lists of numbers as seeds."""
    if isinstance(value, int) and not isinstance(value, bool):
        return (value,)
    if isinstance(value, str):
        found: list[int] = []
        for part in value.split(","):
            ends = re.fullmatch(r"\s*([0-9]{1,9})\s*(?:-\s*([0-9]{1,9})\s*)?", part)
            if not ends:
                raise ValueError("write seeds such as 0-4 or [0, 3, 7]")
            first, last = int(ends[1]), int(ends[2] or ends[1])
            found += range(first, min(last, first + MOST_RUNS) + 1)
        return tuple(found)
    return value


def _file_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("a study's name is its folder; use up to 60 letters, digits and '-'")
    return name


def _different(seeds: tuple[int, ...]) -> tuple[int, ...]:
    if len(set(seeds)) < len(seeds):
        raise ValueError("a seed is there twice")
    return seeds


Seed = Annotated[int, Field(ge=0, lt=2**31)]


class StudyConfig(Settings):
    """What a study's file says: arms × combinations of the grid × seeds."""

    name: Annotated[str, AfterValidator(_file_name)] | None = None  # none: the file's
    base: str | dict[str, Any] = "default"  # a preset, a file beside this one, or values
    arms: dict[str, dict[str, Any]] = Field(default_factory=dict)  # changes, by a name
    grid: dict[str, list[Any]] = Field(default_factory=dict)  # values to try, by a setting's key
    seeds: Annotated[
        tuple[Seed, ...], BeforeValidator(_seeds), Field(min_length=1), AfterValidator(_different)
    ] = (0, 1, 2, 3, 4)

    @field_validator("grid")
    @classmethod
    def _with_values(cls, grid: dict[str, list[Any]]) -> dict[str, list[Any]]:
        for key, values in grid.items():
            if not values:
                raise ValueError(f"{key}: no values to try; write [...]")
        return grid


@dataclass(frozen=True, slots=True)
class Arm:
    """One configuration of a study, for all seeds."""

    name: str
    config: RunConfig

    def of_seed(self, seed: int) -> RunConfig:
        """Return the configuration of one run."""
        return self.config.model_copy(update={"seed": seed})


@dataclass(frozen=True, slots=True)
class Job:
    """One run of a study."""

    arm: str
    seed: int
    config: RunConfig

    @property
    def name(self) -> str:
        """Return what its folder is called."""
        return self.folder_of(self.arm, self.seed)

    @staticmethod
    def folder_of(arm: str, seed: int) -> str:
        """Return what the folder of an arm's run is called."""
        slug = re.sub(r"[^A-Za-z0-9_.=-]+", "-", arm).strip("-.") or "run"
        return f"{slug}-seed{seed}"

    @property
    def text(self) -> str:
        """Return its configuration as the text of a file."""
        return to_yaml(self.config)


@dataclass(frozen=True, slots=True)
class Plan:
    """A study, checked."""

    name: str
    arms: tuple[Arm, ...]
    seeds: tuple[int, ...]

    def jobs(self, parents: dict[str, str] | None = None) -> list[Job]:
        """Return all runs, seed by seed, so that early results are of every arm.

        `parents`: runs in MLflow's store, by arm, that the seeds' are nested in.
        """
        return [
            Job(arm.name, seed, _nested(arm.of_seed(seed), (parents or {}).get(arm.name)))
            for seed in self.seeds
            for arm in self.arms
        ]


def load_plan(file: Path, outputs: tuple[str, ...] = ()) -> Plan:
    """Read a study's file; `outputs` are written besides those it asks for. Raises ConfigError."""
    try:
        content = read_yaml(file)
    except PlainYamlError as error:
        raise ConfigError(f"{file}: {error}".replace("a level", "a study")) from None
    if not isinstance(content, dict):
        raise ConfigError(f"{file}: holds no keys and values; see docs/experiments.md.")
    try:
        study = StudyConfig.model_validate(content)
    except ValidationError as error:
        sentence = first_sentence(StudyConfig, error.errors(include_url=False))
        raise ConfigError(one_line(f"{file}: {sentence}")) from None
    name = study.name or _file_name(re.sub(r"[^A-Za-z0-9_.-]+", "-", file.stem).lstrip("-._"))
    arms = tuple(_arms(study, file, name, outputs))
    if len(arms) * len(study.seeds) > MOST_RUNS:
        raise ConfigError(f"{file}: more than {MOST_RUNS:,} runs; name fewer values or seeds.")
    return Plan(name, arms, study.seeds)


def _arms(study: StudyConfig, file: Path, name: str, outputs: tuple[str, ...]) -> Iterator[Arm]:
    base: str | Path | dict[str, Any] = study.base
    if isinstance(base, str) and base not in presets():
        base = file.parent / base
    usual = {"experiment.name": name, "experiment.report_towns": 0}
    usual |= {f"outputs.{output}": True for output in outputs}
    for arm, changes in (study.arms or {"": {}}).items():
        for chosen in itertools.product(*study.grid.values()):
            picked = dict(zip(study.grid, chosen, strict=True))
            words = [arm, *(f"{key.split('.')[-1]}={_word(v)}" for key, v in picked.items())]
            called = " ".join(word for word in words if word) or "base"
            try:
                config = load_config(base, usual | changes | picked)
                find_stages(config)
                extras.check(config.outputs)
            except ConfigError as error:
                raise ConfigError(f"{file}: arm '{called}': {error}") from None
            yield Arm(called, config)


def _word(value: object) -> str:
    """Return a value as a part of an arm's name."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return ",".join(f"{key}={_word(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ",".join(map(_word, value))
    return str(value)


def _nested(config: RunConfig, parent: str | None) -> RunConfig:
    if not parent:
        return config
    experiment = config.experiment.model_copy(update={"parent": parent})
    return config.model_copy(update={"experiment": experiment})
