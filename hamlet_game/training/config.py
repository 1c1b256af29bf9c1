"""Run configurations: what to train, on what, for how long. Every mistake is one sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from hamlet_game.learn.config import AlgorithmConfig, ConfigError
from hamlet_game.learn.configs import check_config
from hamlet_game.town.level import RewardWeights
from hamlet_game.town.plain_yaml import PlainYamlError, read_yaml
from hamlet_game.town.sentences import brief, first_sentence, meant, one_line
from hamlet_game.training.sections import (
    CheckpointConfig,
    Count,
    CurriculumConfig,
    ExperimentConfig,
    FinalConfig,
    Limits,
    OutputsConfig,
    ReportConfig,
    Settings,
    StartSpread,
)

PRESETS = Path(__file__).parent / "presets"
SUFFIX = ".yaml"


def _words(value: object) -> object:
    """Read `3`, `1-3`, `1,full_day` and lists of such words as level words."""
    if isinstance(value, int) and not isinstance(value, bool):
        return (str(value),)
    if isinstance(value, str):
        return tuple(word for part in value.split(",") for word in _range(part.strip()))
    if isinstance(value, list | tuple):
        return tuple(str(word) if type(word) is int else word for word in value)
    return value


def _range(word: str) -> list[str]:
    ends = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", word)
    if not ends:
        return [word] if word else []
    first, last = int(ends[1]), int(ends[2])
    if first > last:
        raise ValueError(f"the range runs backwards; write {last}-{first}")
    return [str(number) for number in range(first, last + 1)]


def _named(algorithm: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(algorithm.get("name"), str):
        raise ValueError("the name is missing; write for example {name: dqn}")  # noqa: TRY004
    return algorithm


def _file_name(name: str) -> str:
    if not re.fullmatch(r"([A-Za-z0-9][A-Za-z0-9_. -]*)?", name):
        raise ValueError("a run's name is its folder; use letters, digits, '-' and '_'")
    return name


def _weighted(value: object) -> object:
    """Read a preset's name, or weights by the names of the reward terms."""
    if isinstance(value, str | RewardWeights | None):
        return value
    if not isinstance(value, Mapping):
        raise ValueError("name a preset, or write weights such as {survival: 1}")  # noqa: TRY004
    try:
        return RewardWeights.model_validate(dict(value))
    except ValidationError as error:
        sentence = first_sentence(RewardWeights, error.errors(include_url=False))
        raise ValueError(sentence) from None


def _sharing(value: object) -> object:
    if value != "auto" and not isinstance(value, bool):
        raise ValueError("write auto, true or false")
    return value


class RunConfig(Settings):
    """A training run. The same configuration learns the same weights on the same machine."""

    name: Annotated[str, Field(max_length=60), AfterValidator(_file_name)] = ""  # of its folder
    # words that `Catalog.find` knows, in the order of the curriculum
    levels: Annotated[tuple[str, ...], BeforeValidator(_words), Field(min_length=1)] = (
        "1", "2", "3", "4",
    )  # fmt: skip
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    towns: Annotated[int, Field(ge=1, le=4_096)] = 64  # lives of an agent at once, a town each
    agents: Annotated[int, Field(ge=1, le=100)] = 1
    # one memory for all agents; auto: from `agents.SHARED_FROM` agents on
    shared_memory: Annotated[Literal["auto"] | bool, BeforeValidator(_sharing)] = "auto"
    # to begin from instead of random weights: a shipped brain's name, or a file, for dqn
    start_brain: Annotated[str, Field(min_length=1, max_length=1_000)] | None = None
    # to train by: a preset, or weights of one's own; None: each level's own
    rewards: Annotated[str | RewardWeights | None, BeforeValidator(_weighted)] = None
    layout: Literal["classic", "random"] | None = None  # None: each level's own
    algorithm: Annotated[dict[str, Any], AfterValidator(_named)] = Field(
        default_factory=lambda: {"name": "dqn"}  # and settings that `learn` knows, by key
    )
    horizon: Count = 3_000_000  # steps that schedules without a length of their own take
    start_spread: StartSpread = StartSpread()
    curriculum: CurriculumConfig = CurriculumConfig()
    final: FinalConfig = FinalConfig()
    checkpoint: CheckpointConfig = CheckpointConfig()
    report: ReportConfig = ReportConfig()
    outputs: OutputsConfig = OutputsConfig()
    experiment: ExperimentConfig = ExperimentConfig()
    limits: Limits = Limits()

    @property
    def algorithm_values(self) -> dict[str, Any]:
        """Return the algorithm's settings as written, without its name."""
        return {key: value for key, value in self.algorithm.items() if key != "name"}

    def algorithm_settings(self) -> AlgorithmConfig:
        """Return the algorithm's settings checked, defaults filled in. Raises ConfigError."""
        return check_config(self.algorithm["name"], self.algorithm_values)

    @model_validator(mode="after")
    def _enough_lives(self) -> Self:
        others = len(self.levels) - 1
        if self.curriculum.enabled and self.curriculum.mix_earlier and self.towns <= others:
            raise ValueError(f"towns: {self.towns} are too few to mix levels; use {others + 1}")
        return self


def presets() -> dict[str, Path]:
    """Return the shipped configurations by name."""
    return {file.stem: file for file in sorted(PRESETS.glob("*" + SUFFIX))}


def load_config(
    source: str | Path | Mapping[str, Any] = "default", overrides: Mapping[str, Any] | None = None
) -> RunConfig:
    """Return a preset by name, or a file or values that may name a `preset` to start from.

    `overrides` go last; `{"limits.max_steps": 5000}` and `{"limits": {"max_steps": 5000}}`
    mean the same. Raises ConfigError.
    """
    content, where = _content(source)
    for key, value in (overrides or {}).items():
        change: Any = value
        for part in reversed(key.split(".")):
            change = {part: change}
        content = _merged(content, change)
    return check_run_config(content, where)


def check_run_config(content: Mapping[str, Any], where: str) -> RunConfig:
    """Return plain values as a configuration. Raises ConfigError, which starts with `where`."""
    try:
        config = RunConfig.model_validate(dict(content))
        config.algorithm_settings()
    except ValidationError as error:
        sentence = first_sentence(RunConfig, error.errors(include_url=False))
        raise _error(where, sentence) from None
    except ConfigError as error:
        raise _error(where, str(error)) from None
    return config


def plain_values(config: RunConfig) -> dict[str, Any]:
    """Return a configuration as JSON values, which `check_run_config` reads back."""
    return config.model_dump(mode="json")


def to_yaml(config: RunConfig) -> str:
    """Return a configuration as the text of a file, all defaults written out."""
    return yaml.safe_dump(plain_values(config), sort_keys=False, allow_unicode=True)


def _content(source: str | Path | Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Return the values of a preset, a file or others, and how messages call them."""
    known = presets()
    if isinstance(source, Mapping):
        return _on_preset(dict(source), "the configuration", known)
    if str(source) in known:
        return _read(known[str(source)]), f"preset '{source}'"
    file = Path(source)
    if not file.suffix and not file.exists():
        raise _error(str(source), f"no such preset or file. {meant(source, known)}")
    return _on_preset(_read(file), str(file), known)


def _on_preset(
    content: dict[str, Any], where: str, known: Mapping[str, Path]
) -> tuple[dict[str, Any], str]:
    """Return values put over the preset that they name, if any."""
    if "preset" not in content:
        return content, where
    name = content.pop("preset")
    if name not in known:
        raise _error(where, f"preset: no such preset {brief(name)}. {meant(name, known)}")
    return _merged(_read(known[name]), content), where


def _read(file: Path) -> dict[str, Any]:
    try:
        content = read_yaml(file)
    except PlainYamlError as error:
        raise _error(str(file), str(error).replace("a level", "a configuration")) from None
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise _error(str(file), "holds no keys and values; start from a copy of a preset.")
    return content


def _merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return `base` with `changes` put over it, section by section.

    Another algorithm starts from its own defaults instead of the settings of the old one.
    """
    result = dict(base)
    for key, value in changes.items():
        old = result.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping) and not _other(old, value):
            value = _merged(old, value)  # noqa: PLW2901
        result[key] = value
    return result


def _other(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return bool(old.get("name", "") != new.get("name", old.get("name", "")))


def _error(where: str, sentence: str) -> ConfigError:
    return ConfigError(one_line(f"{where}: {sentence}"))
