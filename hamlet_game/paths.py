"""Where things are: shipped assets and levels, and the user's own data.

Shipped folders are found in a checkout (beside the package), in an installed
wheel (inside the package) and in a frozen executable (in its unpack folder).
User files live where the platform keeps them; `HAMLET_HOME` overrides that.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

import platformdirs

APP = "hamlet"


@cache
def _shipped(name: str) -> Path:
    package = Path(__file__).resolve().parent
    places = [package / name, package.parent / name]
    if frozen := getattr(sys, "_MEIPASS", None):
        places.insert(0, Path(frozen) / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(
        f"Hamlet's '{name}' folder is missing (looked in {', '.join(map(str, places))}). "
        "Install the game again."
    )


def assets() -> Path:
    """Return the folder of sprites, sounds and fonts."""
    return _shipped("assets")


def levels() -> Path:
    """Return the folder of the shipped level files."""
    return _shipped("levels")


def data() -> Path:
    """Return the user's data folder: scores, replays, custom levels. It may not exist yet."""
    if home := os.environ.get("HAMLET_HOME"):
        return Path(home)
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def settings_file() -> Path:
    """Return the settings file's place. It may not exist yet."""
    if home := os.environ.get("HAMLET_HOME"):
        return Path(home) / "settings.yaml"
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.yaml"


def custom_levels() -> Path:
    """Return the folder of the user's own levels. It may not exist yet."""
    return data() / "custom"


def replays() -> Path:
    """Return the folder of saved replays. It may not exist yet."""
    return data() / "replays"


def screenshots() -> Path:
    """Return the folder of screenshots. It may not exist yet."""
    return data() / "screenshots"


def crashes() -> Path:
    """Return the folder of crash reports. It may not exist yet."""
    return data() / "crashes"


def clips() -> Path:
    """Return the folder of clips saved by hand. It may not exist yet."""
    return data() / "clips"


def highlights() -> Path:
    """Return the folder of clips that were saved by themselves. It may not exist yet."""
    return data() / "highlights"
