"""The user's settings: one small YAML file that survives being broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from hamlet_game import files
from hamlet_game.game import storage
from hamlet_game.game.events import Command

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)  # times the normal live tempo
SHOW_SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 0.0)  # 0: as fast as it draws
SPARE_KEYS = 6  # a command never needs more keys than this

Notify = Callable[[str], None]
Overrides = dict[str, list[str]]  # Command.name -> names of keys or gamepad buttons


class Settings(BaseModel):
    """Everything the user can choose. Assignments are checked; a bad one raises ValidationError."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    fullscreen: bool = False
    window_scale: float = Field(1.0, ge=0.5, le=3.0)  # window size in times 1280 × 720
    effects_volume: float = Field(0.8, ge=0.0, le=1.0)
    music_volume: float = Field(0.5, ge=0.0, le=1.0)
    muted: bool = False
    silence_told: bool = False  # that there is no sound device; forgotten once there was one
    tempo: Literal["step", "live"] = "step"
    speed: float = 1.0  # one of SPEEDS
    text_scale: float = Field(1.0, ge=0.75, le=2.0)
    palette: Literal["standard", "colour-blind", "capture-safe"] = "standard"
    reduced_motion: bool = False
    gamepad: bool = True
    unlock_all: bool = False
    ghost: bool = True  # show the ghosts in this town
    ghosts: Literal["none", "best", "agent", "ages"] = "best"  # whose: see `play/ghosts.py`
    save_replays: bool = False  # save every episode by itself
    keys: Overrides = Field(default_factory=dict)
    pad: Overrides = Field(default_factory=dict)
    last_level: str | None = Field(None, max_length=255)
    seen_help: bool = False
    tutorial: bool = True  # the first level explains itself; off once it has
    panels: dict[str, bool] = Field(default_factory=dict)  # of the watch scene, by name
    show_speed: float = 1.0  # of the watched agent; one of SHOW_SPEEDS
    teach: bool = False  # steps driven by a person go into the agent's memory
    key_overlay: bool = False  # show the keys that are pressed, for streams
    feed: Literal["all", "clean", "panels"] = "all"  # what of a scene is shown, for streams
    chroma: bool = False  # a plain key colour behind it all
    portrait: bool = False  # a window of 9:16, for streams watched on phones
    lab_quests: dict[str, str] = Field(default_factory=dict)  # solved: quest to reward term
    idle_demo: bool = True  # the demo starts by itself on an idle title screen
    recording: bool = True  # the last seconds are kept in memory, to be saved as a clip
    clip_format: Literal["gif", "mp4"] = "gif"
    highlights: bool = False  # clips of graduations, records and close calls save themselves

    @field_validator("speed")
    @classmethod
    def _known_speed(cls, speed: float) -> float:
        if speed not in SPEEDS:
            raise ValueError(f"must be one of {', '.join(map(str, SPEEDS))}")
        return speed

    @field_validator("show_speed")
    @classmethod
    def _known_show_speed(cls, speed: float) -> float:
        if speed not in SHOW_SPEEDS:
            raise ValueError(f"must be one of {', '.join(map(str, SHOW_SPEEDS))}")
        return speed

    @field_validator("panels")
    @classmethod
    def _few_panels(cls, panels: dict[str, bool]) -> dict[str, bool]:
        if len(panels) > 40 or any(len(name) > 40 for name in panels):
            raise ValueError("not a list of panels")
        return panels

    @field_validator("lab_quests")
    @classmethod
    def _few_quests(cls, quests: dict[str, str]) -> dict[str, str]:
        if len(quests) > 40 or any(len(word) > 40 for pair in quests.items() for word in pair):
            raise ValueError("not a list of quests")
        return quests

    @field_validator("keys", "pad")
    @classmethod
    def _known_commands(cls, overrides: Overrides) -> Overrides:
        for command, names in overrides.items():
            if command not in Command.__members__:
                raise ValueError(f"no such command: {command}")
            if len(names) > SPARE_KEYS or not all(0 < len(name) <= 40 for name in names):
                raise ValueError(f"not a list of at most {SPARE_KEYS} key names: {command}")
        return overrides


def load_settings(path: Path, notify: Notify) -> Settings:
    """Read the settings; keep what is valid of a broken file, set it aside and say so."""
    try:
        content = _content(storage.read_text(path))
    except OSError as error:
        notify(f"Settings can't be read: {storage.reason(error)} ({path}).")
        return Settings()
    except (yaml.YAMLError, RecursionError):
        return _salvaged({}, ["it is not YAML"], path, notify)
    except ValueError as error:
        return _salvaged({}, [storage.reason(error)], path, notify)
    try:
        return Settings.model_validate(content)
    except (ValidationError, RecursionError):
        return _salvaged(content, [], path, notify)


def _content(text: str | None) -> dict[Any, Any]:
    content = yaml.safe_load(text or "")
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise ValueError("it holds no settings")  # noqa: TRY004 - the file's fault, not a caller's
    return content


def _salvaged(content: dict[Any, Any], faults: list[str], path: Path, notify: Notify) -> Settings:
    settings = Settings()
    for key, value in content.items():
        if key not in Settings.model_fields:
            faults.append(f"there is no setting '{key}'")
            continue
        try:
            setattr(settings, key, value)
        except (ValidationError, RecursionError) as error:
            faults.append(f"{key}: {_fault(error)}")
    backup = storage.set_aside(path)
    kept = f" The old file is {backup.name}." if backup else ""
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    notify(f"Settings were broken, {faults[0]}{more}: those are set to normal.{kept}")
    return settings


def _fault(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return error.errors()[0]["msg"].removeprefix("Value error, ").lower()
    return "it is nested too deep"


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings. Raises OSError when the place can't be written."""
    text = yaml.safe_dump(settings.model_dump(), sort_keys=False, allow_unicode=True)
    files.write_atomic(path, f"# Hamlet's settings\n{text}".encode())
