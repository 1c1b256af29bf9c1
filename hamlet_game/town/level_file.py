"""Reading level files: every mistake becomes one sentence with file, key, value and remedy."""

from __future__ import annotations

import difflib
import reprlib
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from hamlet_game import paths
from hamlet_game.town.level import Level, RewardWeights

MAX_BYTES = 64 * 1024
SUFFIX = ".yaml"


class LevelError(Exception):
    """A level file that can't be used; the message names file, key, value and remedy."""


def load_level(file: Path) -> Level:
    """Read one level file. Raises LevelError."""
    content = _read(file)
    content["id"] = file.stem
    content["rewards"] = _rewards(content.get("rewards"), file)
    return _validate(Level, content, file)


def reward_presets() -> dict[str, RewardWeights]:
    """Return the shipped reward presets by name. Raises LevelError if one is broken."""
    folder = paths.levels() / "rewards"
    return {
        file.stem: _validate(RewardWeights, _read(file), file)
        for file in sorted(folder.glob("*" + SUFFIX))
    }


def _read(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LevelError(f"{file}: byte {error.start} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LevelError(f"{file}: can't be read ({reason}); check the path.") from None
    if len(raw) > MAX_BYTES:
        raise LevelError(f"{file}: larger than {MAX_BYTES // 1024} KB; a level is far smaller.")
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise LevelError(f"{file}: {_yaml_trouble(error)}") from None
    except (RecursionError, ValueError, OverflowError, TypeError, AttributeError) as error:
        why = "nested too deeply" if isinstance(error, RecursionError) else _brief(str(error))
        raise LevelError(f"{file}: not valid YAML ({why}); simplify it.") from None
    if not isinstance(content, dict):
        raise LevelError(
            f"{file}: holds {_brief(content)} instead of keys and values; "
            "start from a copy of a shipped level."
        )
    for key in content:
        if not isinstance(key, str):
            raise LevelError(f"{file}: {_brief(key)}: keys must be words; put it in quotes.")
    return content


def _yaml_trouble(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = _brief(str(getattr(error, "problem", None) or "unreadable"))
    where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return f"{where}not valid YAML ({problem}); check quotes and indentation there."


def _rewards(rewards: object, file: Path) -> object:
    """Fill in a preset named alone or under the key `preset`."""
    if isinstance(rewards, str):
        rewards = {"preset": rewards}
    if not isinstance(rewards, dict) or "preset" not in rewards:
        return rewards
    presets = reward_presets()
    name = rewards["preset"]
    if not isinstance(name, str) or name not in presets:
        raise LevelError(f"{file}: rewards.preset: no such preset {_brief(name)}. {_meant(name, presets)}")
    own = {key: value for key, value in rewards.items() if key != "preset"}
    return presets[name].model_dump() | own


_M = typing.TypeVar("_M", bound=BaseModel)


def _validate(model: type[_M], content: dict[str, Any], file: Path) -> _M:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        raise LevelError(f"{file}: {_sentence(model, problems[0])}") from None
    except (RecursionError, OverflowError) as error:
        raise LevelError(f"{file}: not usable ({_brief(str(error))}); simplify it.") from None


def _sentence(model: type[BaseModel], problem: Mapping[str, Any]) -> str:
    loc, value = problem["loc"], _brief(problem["input"])
    key = ".".join(str(part) for part in loc)
    match problem["type"]:
        case "extra_forbidden":
            known = _known_keys(model, loc[:-1])
            thing = "meter" if {"energy", "money"} <= set(known) and len(known) == 4 else "key"
            return f"{key}: no such {thing}. {_meant(loc[-1], known)}"
        case "missing":
            return f"{key}: missing. Add it; the shipped levels show how."
        case "value_error":
            reason = str(problem["ctx"]["error"]).rstrip(".")
            shown = f" {value}:" if key and not isinstance(problem["input"], dict | BaseModel) else ""
            return f"{key}:{shown} {reason}." if key else f"{reason}."
        case _:
            reason = problem["msg"][0].lower() + problem["msg"][1:]
            return f"{key}: {value} won't do; {reason}."


def _known_keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys allowed at `loc` inside `model`."""
    here: object = model
    for part in loc:
        here = _inner(here)
        if isinstance(here, type) and issubclass(here, BaseModel) and part in here.model_fields:
            here = here.model_fields[str(part)].annotation
    here = _inner(here)
    if isinstance(here, type) and issubclass(here, BaseModel):
        return [name for name in here.model_fields if not (here is Level and name == "id")]
    return []


def _inner(annotation: object) -> object:
    """Strip `X | None` down to the model X."""
    if get_origin(annotation) in (types.UnionType, typing.Union):
        return next((a for a in get_args(annotation) if a is not type(None)), annotation)
    return annotation


def _meant(name: object, known: typing.Iterable[str]) -> str:
    known = list(known)
    close = difflib.get_close_matches(str(name).lower(), known, 1, cutoff=0.5)
    return f"Did you mean '{close[0]}'?" if close else f"Known: {', '.join(known)}."


_short = reprlib.Repr()
_short.maxstring = _short.maxother = 60
_short.maxlist, _short.maxdict, _short.maxlevel, _short.maxlong = 4, 3, 2, 30


def _brief(value: object) -> str:
    """Return a value as one short line, whatever it is."""
    try:
        text = value if isinstance(value, str) and "\n" not in value else _short.repr(value)
    except (ValueError, RecursionError):  # integers too long to print, endless aliases
        text = f"a {type(value).__name__}"
    if text is value:
        text = f"'{text}'" if len(text) <= 60 else f"'{text[:57]}…'"
    return text if len(text) <= 120 else text[:117] + "…"
