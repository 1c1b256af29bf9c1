"""Plain facts about this machine, cheap enough to be gathered after a crash."""

from __future__ import annotations

import os
import platform
import sys

from hamlet_game import __version__, paths
from hamlet_game.doctor.libraries import LIBRARIES

Facts = dict[str, str | int | None]
_TOLD = ("SDL_VIDEODRIVER", "SDL_AUDIODRIVER", "DISPLAY", "WAYLAND_DISPLAY", "OMP_NUM_THREADS")


def frozen() -> bool:
    """Return whether this is the executable."""
    return bool(getattr(sys, "frozen", False))


def facts() -> Facts:
    """Return what a report should say about where it comes from. Loads and opens nothing."""
    told: Facts = {
        "hamlet": __version__,
        "edition": "executable" if frozen() else "installed",
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}".strip(),
        "processors": os.cpu_count(),
        "data folder": str(paths.data()),
    }
    told |= {library.name: library.version or None for library in LIBRARIES}
    return told | {name: os.environ[name] for name in _TOLD if name in os.environ}
