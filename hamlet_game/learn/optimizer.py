"""Adam on one vector of parameters, with the gradient's norm clipped.

`torch.optim.Adam` does the same per layer, and importing it loads a second's
worth of compiler machinery.
"""

from __future__ import annotations

import torch

from hamlet_game.learn.parameters import Parameters
from hamlet_game.learn.states import State, restore


class Adam:
    """Kingma & Ba 2015, algorithm 1."""

    def __init__(
        self,
        parameters: Parameters,
        clip_norm: float,
        *,
        decays: tuple[float, float] = (0.9, 0.999),
        epsilon: float = 1e-8,
    ) -> None:
        self._parameters, self._clip_norm = parameters, clip_norm
        self._decays, self._epsilon = decays, epsilon
        self.steps = 0
        self._mean = torch.zeros_like(parameters.vector)  # (N,) of gradients
        self._square = torch.zeros_like(parameters.vector)  # (N,) of their squares
        self._scratch = torch.empty_like(parameters.vector)

    def step(self, learning_rate: float) -> float:
        """Take one step down the parameters' gradient; return its norm before clipping."""
        gradient = self._parameters.gradient
        norm = float(torch.linalg.vector_norm(gradient))
        if norm > self._clip_norm:
            gradient.mul_(self._clip_norm / norm)
        self.steps += 1
        first, second = self._decays
        self._mean.lerp_(gradient, 1 - first)
        self._square.mul_(second).addcmul_(gradient, gradient, value=1 - second)
        spread = torch.sqrt(self._square, out=self._scratch)
        spread.div_((1 - second**self.steps) ** 0.5).add_(self._epsilon)
        rate = learning_rate / (1 - first**self.steps)
        self._parameters.vector.addcdiv_(self._mean, spread, value=-rate)
        return norm

    def state(self) -> State:
        """Return the moments and the number of steps."""
        return {
            "mean": self._mean.numpy().copy(),
            "square": self._square.numpy().copy(),
            "steps": self.steps,
        }

    def load_state(self, state: State) -> None:
        """Go on from a saved state."""
        restore(self._mean.numpy(), state, "mean")
        restore(self._square.numpy(), state, "square")
        self.steps = int(state["steps"])
