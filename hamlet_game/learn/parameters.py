"""Parameters that live in one vector.

An optimiser, a target network and a running average then each touch all layers
with one operation instead of one per layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

# In float32s: every array starts on a cache line, so that a matrix product rounds
# alike in every process.
_ALIGNMENT = 16


class Parameters:
    """Named float32 tensors, all of them views into `vector`, their gradients into `gradient`."""

    def __init__(self, shapes: Mapping[str, tuple[int, ...]]) -> None:
        self.shapes = dict(shapes)
        room = [-(-prod(shape) // _ALIGNMENT) * _ALIGNMENT for shape in self.shapes.values()]
        self.vector = torch.zeros(sum(room))  # (N,), gaps between arrays stay 0
        self.gradient = torch.zeros(sum(room))  # (N,)
        self._values: dict[str, Tensor] = {}
        self._slopes: dict[str, Tensor] = {}
        start = 0
        for (name, shape), size in zip(self.shapes.items(), room, strict=True):
            part = slice(start, start + prod(shape))
            self._values[name] = self.vector[part].view(shape)
            self._slopes[name] = self.gradient[part].view(shape)
            start += size

    def __getitem__(self, name: str) -> Tensor:
        """Return one parameter."""
        return self._values[name]

    def slope(self, name: str) -> Tensor:
        """Return one parameter's gradient."""
        return self._slopes[name]

    def __iter__(self) -> Iterator[str]:
        """Return the names in order."""
        return iter(self._values)

    def copy(self) -> Parameters:
        """Return a copy that shares nothing."""
        other = Parameters(self.shapes)
        other.vector.copy_(self.vector)
        return other

    def arrays(self, prefix: str = "") -> dict[str, NDArray[np.float32]]:
        """Return copies of the parameters whose names start with `prefix`, without it."""
        return {
            name.removeprefix(prefix): tensor.numpy().copy()
            for name, tensor in self._values.items()
            if name.startswith(prefix)
        }
