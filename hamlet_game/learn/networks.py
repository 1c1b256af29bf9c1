"""The networks: Q-values, plain or dueling, and an actor with a critic."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import torch
from torch import Tensor

from hamlet_game.learn.mlp import Mlp, Trace, mlp_shapes, product
from hamlet_game.learn.parameters import Parameters

FORBIDDEN = -1e9  # score of a masked action: finite, so that 0 x it is 0


def dueling(actions: int) -> Tensor:
    """Return the matrix (1 + A, A) that makes [V, A] into V + A − mean A. Wang et al. 2016, eq. 9.

    As a product it costs a third of what the same sum costs term by term.
    """
    return torch.cat([torch.ones(1, actions), torch.eye(actions) - 1 / actions])


def he_init(parameters: Parameters, name: str, generator: torch.Generator) -> None:
    """Draw a weight from N(0, 2 / inputs). He et al. 2015, eq. 10."""
    weight = parameters[name]
    weight.normal_(0, sqrt(2 / weight.shape[0]), generator=generator)


def orthogonal_init(
    parameters: Parameters, name: str, gain: float, generator: torch.Generator
) -> None:
    """Make a weight `gain` times an orthogonal matrix. Saxe et al. 2014."""
    torch.nn.init.orthogonal_(parameters[name], gain, generator=generator)


def masked(scores: Tensor, mask: Tensor | None) -> Tensor:
    """Return scores (B, A) with forbidden actions, where `mask` is False, far below all others."""
    return scores if mask is None else scores.masked_fill(~mask, FORBIDDEN)


class QNetwork:
    """Observations (B, inputs) to Q-values (B, actions)."""

    def __init__(
        self, inputs: int, hidden: Sequence[int], actions: int, *, is_dueling: bool
    ) -> None:
        self._depth = len(hidden)
        self._combine = dueling(actions).numpy() if is_dueling else None
        shapes = mlp_shapes("", inputs, hidden, actions + is_dueling)
        self._bind(Parameters(shapes))

    def _bind(self, parameters: Parameters) -> None:
        self.parameters = parameters
        self._mlp = Mlp(parameters, "", self._depth)

    def randomise(self, generator: torch.Generator) -> None:
        """Draw He's initial weights, and a head that starts near 0."""
        for number in range(self._depth):
            he_init(self.parameters, f"hidden{number}.weight", generator)
        orthogonal_init(self.parameters, "head.weight", 0.1, generator)

    def copy(self) -> QNetwork:
        """Return a network of the same weights that shares none."""
        other = QNetwork.__new__(QNetwork)
        other._depth, other._combine = self._depth, self._combine
        other._bind(self.parameters.copy())
        return other

    def __call__(self, obs: Tensor) -> Tensor:
        """Return Q-values, (B, actions)."""
        return self.forward(obs)[0]

    def forward(self, obs: Tensor) -> tuple[Tensor, Trace]:
        """Return Q-values, (B, actions), and what `backward` needs."""
        out, trace = self._mlp.forward(obs)
        return (out if self._combine is None else product(out, self._combine)), trace

    def backward(self, trace: Trace, slope: Tensor) -> None:
        """Set the gradient of a loss whose slope in the Q-values is `slope` (B, actions)."""
        if self._combine is not None:
            slope = product(slope, self._combine.T)
        self._mlp.backward(trace, slope)


class ActorCritic:
    """Observations (B, inputs) to action logits (B, actions) and to state values (B, 1)."""

    def __init__(self, inputs: int, hidden: Sequence[int], actions: int) -> None:
        shapes = mlp_shapes("actor.", inputs, hidden, actions)
        self._depth = len(hidden)
        self.parameters = Parameters(shapes | mlp_shapes("critic.", inputs, hidden, 1))
        self.actor = Mlp(self.parameters, "actor.", self._depth)
        self.critic = Mlp(self.parameters, "critic.", self._depth)

    def randomise(self, generator: torch.Generator) -> None:
        """Draw orthogonal initial weights, with an actor that starts out undecided."""
        for part, head_gain in (("actor.", 0.01), ("critic.", 1.0)):
            for number in range(self._depth):
                name = f"{part}hidden{number}.weight"
                orthogonal_init(self.parameters, name, sqrt(2), generator)
            orthogonal_init(self.parameters, part + "head.weight", head_gain, generator)
