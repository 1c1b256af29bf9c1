"""The networks: an MLP of Q-values, plain or dueling, and an actor with a critic.

Weights are (inputs, outputs), so a layer is `x @ weight + bias`, here and in the
NumPy brain.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import torch
from torch import Tensor

from hamlet_game.learn.parameters import Parameters

FORBIDDEN = -1e9  # score of a masked action: finite, so that 0 x it is 0


def layer_shapes(
    prefix: str, inputs: int, hidden: Sequence[int], outputs: int
) -> dict[str, tuple[int, ...]]:
    """Return the shapes of an MLP's weights and biases by name."""
    shapes: dict[str, tuple[int, ...]] = {}
    for number, width in enumerate(hidden):
        shapes[f"{prefix}hidden{number}.weight"] = (inputs, width)
        shapes[f"{prefix}hidden{number}.bias"] = (width,)
        inputs = width
    return shapes | {f"{prefix}head.weight": (inputs, outputs), f"{prefix}head.bias": (outputs,)}


def mlp(parameters: Parameters, prefix: str, depth: int, x: Tensor) -> Tensor:
    """Return the head's output for `x` (B, inputs) after `depth` ReLU layers, (B, outputs)."""
    for number in range(depth):
        layer = f"{prefix}hidden{number}"
        x = torch.addmm(parameters[layer + ".bias"], x, parameters[layer + ".weight"]).relu_()
    return torch.addmm(parameters[prefix + "head.bias"], x, parameters[prefix + "head.weight"])


def dueling(actions: int) -> Tensor:
    """Return the matrix (1 + A, A) that makes [V, A] into V + A − mean A. Wang et al. 2016, eq. 9.

    As a product it costs a third of what the same sum costs term by term.
    """
    return torch.cat([torch.ones(1, actions), torch.eye(actions) - 1 / actions])


def he_init(parameters: Parameters, name: str, generator: torch.Generator) -> None:
    """Draw a weight from N(0, 2 / inputs). He et al. 2015, eq. 10."""
    weight = parameters[name].detach()
    weight.normal_(0, sqrt(2 / weight.shape[0]), generator=generator)


def orthogonal_init(
    parameters: Parameters, name: str, gain: float, generator: torch.Generator
) -> None:
    """Make a weight `gain` times an orthogonal matrix. Saxe et al. 2014."""
    torch.nn.init.orthogonal_(parameters[name].detach(), gain, generator=generator)


class QNetwork:
    """Observations (B, inputs) to Q-values (B, actions)."""

    def __init__(
        self, inputs: int, hidden: Sequence[int], actions: int, *, is_dueling: bool
    ) -> None:
        self.inputs, self.hidden, self.actions = inputs, tuple(hidden), actions
        self.is_dueling = is_dueling
        self._combine = dueling(actions)

    def create(self, generator: torch.Generator) -> Parameters:
        """Return new parameters: He's initialisation, and a head that starts near 0."""
        outputs = self.actions + self.is_dueling
        parameters = Parameters(layer_shapes("", self.inputs, self.hidden, outputs))
        for number in range(len(self.hidden)):
            he_init(parameters, f"hidden{number}.weight", generator)
        orthogonal_init(parameters, "head.weight", 0.1, generator)
        return parameters

    def __call__(self, parameters: Parameters, obs: Tensor) -> Tensor:
        """Return Q-values, (B, actions)."""
        out = mlp(parameters, "", len(self.hidden), obs)
        return out @ self._combine if self.is_dueling else out


class ActorCritic:
    """Observations (B, inputs) to action logits (B, actions) and state values (B,)."""

    def __init__(self, inputs: int, hidden: Sequence[int], actions: int) -> None:
        self.inputs, self.hidden, self.actions = inputs, tuple(hidden), actions

    def create(self, generator: torch.Generator) -> Parameters:
        """Return new parameters: orthogonal, with an actor that starts out undecided."""
        shapes = layer_shapes("actor.", self.inputs, self.hidden, self.actions)
        parameters = Parameters(shapes | layer_shapes("critic.", self.inputs, self.hidden, 1))
        for part, head_gain in (("actor.", 0.01), ("critic.", 1.0)):
            for number in range(len(self.hidden)):
                orthogonal_init(parameters, f"{part}hidden{number}.weight", sqrt(2), generator)
            orthogonal_init(parameters, part + "head.weight", head_gain, generator)
        return parameters

    def logits(self, parameters: Parameters, obs: Tensor) -> Tensor:
        """Return unnormalised log-probabilities, (B, actions)."""
        return mlp(parameters, "actor.", len(self.hidden), obs)

    def values(self, parameters: Parameters, obs: Tensor) -> Tensor:
        """Return state values, (B,)."""
        return mlp(parameters, "critic.", len(self.hidden), obs).squeeze(1)


def masked(scores: Tensor, mask: Tensor | None) -> Tensor:
    """Return scores (B, A) with forbidden actions, where `mask` is False, far below all others."""
    return scores if mask is None else scores.masked_fill(~mask, FORBIDDEN)
