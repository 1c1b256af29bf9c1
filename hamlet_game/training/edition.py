"""What this Hamlet has come with: a small one plays, but has nothing to train with."""

from __future__ import annotations

import importlib.util
import sys
from typing import Final

_IN_PLAYER: Final = (
    "is for the full Hamlet, and this is the small Player: "
    "get the one named 'hamlet' from where you got this one."
)
_INSTALL: Final = "needs a library that is missing here: pip install"


def cannot_train() -> str:
    """Return why nothing can be trained here and what to do about it; empty if it can."""
    return _without("torch", "Training", "'torch>=2.13,<2.14'")


def cannot_draw() -> str:
    """Return why no figures can be drawn here and what to do about it; empty if they can."""
    return _without("matplotlib", "A report", "matplotlib")


def frozen() -> bool:
    """Return whether this is an executable, not Python with Hamlet installed."""
    return bool(getattr(sys, "frozen", False))


def _without(module: str, what: str, project: str) -> str:
    if importlib.util.find_spec(module) is not None:
        return ""
    return f"{what} {_IN_PLAYER}" if frozen() else f"{what} {_INSTALL} {project}"
