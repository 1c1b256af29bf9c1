"""The policy network in NumPy: an MLP with ReLU layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

HEADS = ("plain", "dueling", "policy")
MAX_LAYERS, MAX_WIDTH = 8, 4096  # far above anything that plays in real time
_ZERO = np.array(0, dtype=np.float32)


class NetworkError(ValueError):
    """Weights or an architecture that can't be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """How the layers are to be read."""

    inputs: int
    hidden: tuple[int, ...]  # widths of the ReLU layers
    actions: int
    head: str  # 'plain' Q-values, 'dueling' value and advantages, 'policy' logits

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Architecture:
        """Return an architecture checked. Raises NetworkError."""
        if not isinstance(values, Mapping) or set(values) != {
            "inputs",
            "hidden",
            "actions",
            "head",
        }:
            raise NetworkError("the architecture needs inputs, hidden, actions and head")
        hidden, head = values["hidden"], values["head"]
        if not isinstance(hidden, list | tuple) or len(hidden) > MAX_LAYERS:
            raise NetworkError(f"hidden must list at most {MAX_LAYERS} layer widths")
        for width in (values["inputs"], values["actions"], *hidden):
            if type(width) is not int or not 1 <= width <= MAX_WIDTH:
                raise NetworkError(f"{width!r:.20} is no layer width of 1 to {MAX_WIDTH}")
        if head not in HEADS:
            raise NetworkError(f"{head!r:.20} is no head; known: {', '.join(HEADS)}")
        return cls(values["inputs"], tuple(hidden), values["actions"], head)

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Return the shapes of all arrays by name."""
        widths = [self.inputs, *self.hidden]
        shapes: dict[str, tuple[int, ...]] = {}
        for number, (inputs, outputs) in enumerate(pairwise(widths)):
            shapes[f"hidden{number}.weight"] = (inputs, outputs)
            shapes[f"hidden{number}.bias"] = (outputs,)
        outputs = self.actions + (self.head == "dueling")
        return shapes | {"head.weight": (widths[-1], outputs), "head.bias": (outputs,)}

    def values(self) -> dict[str, Any]:
        """Return the architecture as JSON values."""
        return {
            "inputs": self.inputs,
            "hidden": list(self.hidden),
            "actions": self.actions,
            "head": self.head,
        }


class Network:
    """Observations (L, W) to one number per action (L, A)."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], architecture: Architecture) -> None:
        """Take copies of the arrays. Raises NetworkError where they don't fit."""
        self.architecture = architecture
        self.arrays = _checked(arrays, architecture)
        count = len(architecture.hidden)
        self._hidden = [
            (self.arrays[f"hidden{i}.weight"], self.arrays[f"hidden{i}.bias"]) for i in range(count)
        ]
        weight, bias = self.arrays["head.weight"], self.arrays["head.bias"]
        if architecture.head == "dueling":
            weight, bias = _combined(weight), _combined(bias)
        self._head = (weight, bias)

    def __call__(self, obs: Floats) -> Floats:
        """Return Q-values, or log-probabilities for a 'policy' head, (L, A)."""
        x = obs
        for weight, bias in self._hidden:
            x = x @ weight
            x += bias
            np.maximum(x, _ZERO, out=x)
        weight, bias = self._head
        out: Floats = x @ weight
        out += bias
        if self.architecture.head == "policy":
            out -= out.max(1, keepdims=True)
            out -= np.log(np.exp(out).sum(1, keepdims=True))
        return out


def hidden(network: Network, obs: Floats) -> list[Floats]:
    """Return what each hidden layer gives on for observations (L, W), (L, its width) each."""
    found, x = [], obs
    for number in range(len(network.architecture.hidden)):
        weight, bias = (network.arrays[f"hidden{number}.{part}"] for part in ("weight", "bias"))
        x = np.maximum(x @ weight + bias, _ZERO)
        found.append(x)
    return found


def _combined(head: Floats) -> Floats:
    """Return [V, A] layers as one Q layer: V + A − mean A. Wang et al. 2016, eq. 9."""
    value, advantage = head[..., :1], head[..., 1:]
    return np.ascontiguousarray(value + (advantage - advantage.mean(-1, keepdims=True)))


def _checked(arrays: Mapping[str, NDArray[Any]], architecture: Architecture) -> dict[str, Floats]:
    shapes = architecture.shapes()
    if set(arrays) != set(shapes):
        odd = min(set(arrays) ^ set(shapes))
        raise NetworkError(f"the layers don't match the architecture (see '{odd:.40}')")
    checked: dict[str, Floats] = {}
    for name, shape in shapes.items():
        array = np.asarray(arrays[name])
        if array.shape != shape or array.dtype != np.float32:
            raise NetworkError(
                f"'{name}' is {array.dtype}{list(array.shape)}, not float32{list(shape)}"
            )
        if not np.isfinite(array).all():
            raise NetworkError(f"'{name}' holds numbers that are not finite")
        checked[name] = np.array(array, order="C")
    return checked
