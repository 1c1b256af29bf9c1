"""An MLP with ReLU layers and a linear head, its backward pass written out.

The matrix products run in NumPy's BLAS on memory shared with the tensors: for
networks of this size autograd and torch's own products take about twice as long.
Weights are (inputs, outputs), so a layer is `x @ weight + bias`, here and in the
NumPy brain.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from hamlet_game.learn.parameters import Parameters

Trace = list[Tensor]  # a layer's inputs each, (B, width), as backward needs them


def mlp_shapes(
    prefix: str, inputs: int, hidden: Sequence[int], outputs: int
) -> dict[str, tuple[int, ...]]:
    """Return the shapes of an MLP's weights and biases by name."""
    shapes: dict[str, tuple[int, ...]] = {}
    for number, width in enumerate(hidden):
        shapes[f"{prefix}hidden{number}.weight"] = (inputs, width)
        shapes[f"{prefix}hidden{number}.bias"] = (width,)
        inputs = width
    return shapes | {f"{prefix}head.weight": (inputs, outputs), f"{prefix}head.bias": (outputs,)}


class Mlp:
    """The layers under `prefix` of some parameters."""

    def __init__(self, parameters: Parameters, prefix: str, depth: int) -> None:
        self._layers = []
        for layer in (*(f"{prefix}hidden{number}" for number in range(depth)), f"{prefix}head"):
            weight, bias = layer + ".weight", layer + ".bias"
            self._layers.append(
                (
                    parameters[weight].numpy(), parameters[bias],
                    parameters.slope(weight).numpy(), parameters.slope(bias),
                )
            )  # fmt: skip

    def __call__(self, x: Tensor) -> Tensor:
        """Return the head's output for `x` (B, inputs), (B, outputs)."""
        return self.forward(x)[0]

    def forward(self, x: Tensor) -> tuple[Tensor, Trace]:
        """Return the head's output for `x` (B, inputs), and what `backward` needs."""
        trace = [x]
        for weight, bias, _, _ in self._layers:
            if len(trace) > 1:
                x.relu_()
            x = product(x, weight).add_(bias)
            trace.append(x)
        return trace.pop(), trace

    def backward(self, trace: Trace, slope: Tensor) -> None:
        """Set the gradient of a loss whose slope in the head's output is `slope` (B, outputs)."""
        for number in reversed(range(len(self._layers))):
            weight, _, weight_slope, bias_slope = self._layers[number]
            x = trace[number]
            np.matmul(x.numpy().T, slope.numpy(), out=weight_slope)
            torch.sum(slope, 0, out=bias_slope)
            if number:  # a ReLU passes on the slope where it was above 0
                slope = torch.ops.aten.threshold_backward(product(slope, weight.T), x, 0)


def product(x: Tensor, matrix: np.ndarray) -> Tensor:
    """Return x (B, I) times a matrix (I, O), (B, O), in aligned memory."""
    result = torch.empty(len(x), matrix.shape[1])
    np.matmul(x.numpy(), matrix, out=result.numpy())
    return result
