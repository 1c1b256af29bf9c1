"""Which run was broken off: the one that "go on" means."""

from __future__ import annotations

import json

from hamlet_game.training.runs import RunFolder, list_runs

_GOES_ON = {"stopped", None}  # how a run ended that can be gone on with; None: nobody knows


def latest() -> RunFolder | None:
    """Return the newest of the user's runs that has a checkpoint and no end."""
    return next((run for run in list_runs() if goes_on(run)), None)


def goes_on(run: RunFolder) -> bool:
    """Return whether training can be taken up where a run was broken off."""
    return next(run.checkpoints.glob("latest-*"), None) is not None and _reason(run) in _GOES_ON


def _reason(run: RunFolder) -> str | None:
    """Return how a run ended as its summary says, None if it was cut off or tells nothing."""
    try:
        summary = json.loads(run.summary.read_bytes())
        return str(summary["reason"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
