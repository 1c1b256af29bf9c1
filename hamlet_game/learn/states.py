"""What a saved algorithm is made of: arrays and plain JSON values under dotted names."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

State = dict[str, Any]  # NumPy arrays and JSON values, by dotted name


class StateError(ValueError):
    """A saved state that belongs to another configuration, or lacks something."""


def nested(name: str, state: State) -> State:
    """Return a part's state with its names put under `name`."""
    return {f"{name}.{key}": value for key, value in state.items()}


def part(name: str, state: State) -> State:
    """Return what was put under `name`."""
    prefix = name + "."
    return {key[len(prefix) :]: value for key, value in state.items() if key.startswith(prefix)}


def fetch(state: State, key: str) -> Any:
    """Return one entry. Raises StateError if it is missing."""
    if key not in state:
        raise StateError(f"the saved state lacks '{key}'; it was saved with another configuration")
    return state[key]


def restore(target: NDArray[Any], state: State, key: str) -> None:
    """Copy a saved array into `target`. Raises StateError if it is missing or of another shape."""
    saved = np.asarray(fetch(state, key))
    if saved.shape != target.shape or saved.dtype != target.dtype:
        raise StateError(
            f"the saved '{key}' is {saved.dtype}{list(saved.shape)}, this configuration needs "
            f"{target.dtype}{list(target.shape)}; use the configuration it was saved with"
        )
    np.copyto(target, saved)
