"""Reading level files: every mistake becomes one sentence with file, key, value and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from hamlet_game import paths
from hamlet_game.town.level import Level, RewardWeights
from hamlet_game.town.plain_yaml import PlainYamlError, read_yaml
from hamlet_game.town.sentences import brief, first_sentence, meant, one_line

SUFFIX = ".yaml"
_M = TypeVar("_M", bound=BaseModel)


class LevelError(Exception):
    """A level file that can't be used; the message names file, key, value and remedy."""


def load_level(file: Path) -> Level:
    """Read one level file. Raises LevelError."""
    content = _read(file)
    if "id" in content:
        raise _error(file, "id: no such key; a level's id is its file's name.")
    content["id"] = file.stem
    if "rewards" in content:
        content["rewards"] = _rewards(content["rewards"], file)
    return _validate(Level, content, file)


def reward_presets() -> dict[str, RewardWeights]:
    """Return the shipped reward presets by name. Raises LevelError if one is broken."""
    folder = paths.levels() / "rewards"
    return {
        file.stem: _validate(RewardWeights, _read(file), file)
        for file in sorted(folder.glob("*" + SUFFIX))
    }


def _error(file: Path, sentence: str) -> LevelError:
    return LevelError(one_line(f"{file}: {sentence}"))


def _read(file: Path) -> dict[str, Any]:
    try:
        content = read_yaml(file)
    except PlainYamlError as error:
        raise _error(file, str(error)) from None
    if content is None:
        raise _error(file, "is empty; start from a copy of a shipped level.")
    if not isinstance(content, dict):
        raise _error(
            file,
            f"holds {brief(content)} instead of keys and values; "
            "start from a copy of a shipped level.",
        )
    for key in content:
        if not isinstance(key, str):
            raise _error(file, f"{brief(key)}: keys must be words; put it in quotes.")
    return content


def _rewards(rewards: object, file: Path) -> object:
    """Fill in a preset named alone or under the key `preset`."""
    if isinstance(rewards, str):
        rewards = {"preset": rewards}
    if not isinstance(rewards, dict) or "preset" not in rewards:
        return rewards
    presets = reward_presets()
    name = rewards["preset"]
    if not isinstance(name, str) or name not in presets:
        sentence = f"rewards.preset: no such preset {brief(name)}. {meant(name, presets)}"
        raise _error(file, sentence)
    own = {key: value for key, value in rewards.items() if key != "preset"}
    return presets[name].model_dump() | own


def _validate(model: type[_M], content: dict[str, Any], file: Path) -> _M:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        raise _error(file, first_sentence(model, problems)) from None
