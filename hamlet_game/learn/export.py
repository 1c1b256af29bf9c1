"""A policy's weights as plain arrays, for a brain that knows no torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamlet_game.learn.parameters import Parameters


@dataclass(frozen=True, slots=True)
class NetworkState:
    """An MLP's layers and how to read them.

    `architecture`: `inputs`, `hidden` (widths), `actions`, and `head`, which says what the
    last layer yields: 'plain' Q-values (A), 'dueling' a value and advantages (1 + A),
    'policy' the logits of action probabilities (A).
    """

    arrays: dict[str, NDArray[np.float32]]  # hidden0.weight (inputs, width), hidden0.bias, … head.*
    architecture: dict[str, Any]  # JSON values


def network_state(
    parameters: Parameters,
    *,
    prefix: str,
    inputs: int,
    hidden: Sequence[int],
    actions: int,
    head: str,
    scale: float,
) -> NetworkState:
    """Return the network under `prefix`, its output multiplied by `scale`."""
    arrays = parameters.arrays(prefix)
    for name in ("head.weight", "head.bias"):
        arrays[name] *= np.float32(scale)
    architecture = {"inputs": inputs, "hidden": list(hidden), "actions": actions, "head": head}
    return NetworkState(arrays, architecture)
