"""A trained policy: asked for Q-values, actions, or a map of them over a town."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from hamlet_game.brain import files
from hamlet_game.brain.cells import observe_cells
from hamlet_game.brain.files import BrainError
from hamlet_game.brain.network import Architecture, Network, NetworkError, hidden
from hamlet_game.town.names import Action
from hamlet_game.town.observation import FIELDS
from hamlet_game.town.policies import Actions
from hamlet_game.town.town import Town

_ACTIONS = tuple(action.name for action in Action)


class Brain:
    """A trained policy over the town's observations. Never changes."""

    def __init__(
        self,
        arrays: Mapping[str, NDArray[Any]],
        architecture: Mapping[str, Any],
        training: Mapping[str, Any] | None = None,
    ) -> None:
        """Take a network's arrays (see `Architecture.shapes`) and where it comes from.

        `training`: JSON values about its origin, such as level, steps and seed.
        Raises NetworkError where arrays, architecture and town don't fit each other.
        """
        shape = Architecture.read(architecture)
        if (shape.inputs, shape.actions) != (len(FIELDS), len(_ACTIONS)):
            raise NetworkError(
                f"it maps {shape.inputs} numbers to {shape.actions} actions, "
                f"the town has {len(FIELDS)} and {len(_ACTIONS)}"
            )
        self._network = Network(arrays, shape)
        self.architecture = shape
        self.training = dict(training or {})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a brain's file, or the one in a folder. Raises BrainError."""
        file = files.place(path)
        arrays, header = files.read(file)
        training = header.get("training")
        for key, ours in (("fields", FIELDS), ("actions", _ACTIONS)):
            theirs = header.get(key)
            if theirs != list(ours):
                raise BrainError(
                    f"{file}: raised in a town with other {key}{_difference(theirs, ours)}; "
                    "use the version that saved it or train a new one."
                )
        try:
            return cls(arrays, header.get("architecture", {}), training)
        except (NetworkError, TypeError, ValueError) as error:
            raise BrainError(
                f"{file}: damaged: {error}; choose another file or train a new one."
            ) from None

    def save(self, path: Path) -> Path:
        """Write the brain to a file ending in .safetensors, or into a folder; return the file.

        Whole or not at all. Raises BrainError.
        """
        file = path if path.suffix == files.SUFFIX else path / files.NAME
        header = {
            "fields": FIELDS,
            "actions": _ACTIONS,
            "architecture": self.architecture.values(),
            "training": self.training,
        }
        files.write(file, self._network.arrays, header)
        return file

    @property
    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """Return copies of the network's arrays, by name."""
        return {name: array.copy() for name, array in self._network.arrays.items()}

    @property
    def measures(self) -> str:
        """Say what `q` returns: 'q' (expected discounted reward), or 'log_probability'."""
        return "log_probability" if self.architecture.head == "policy" else "q"

    def q(self, obs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return one number per action for observations (L, W), (L, A): see `measures`.

        Raises ValueError for another width.
        """
        if obs.ndim != 2 or obs.shape[1] != self.architecture.inputs:
            raise ValueError(
                f"observations must be (L, {self.architecture.inputs}), not {obs.shape}"
            )
        return self._network(obs)

    def advantage(self, obs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return Q less its mean over the actions, (L, A), as in Wang et al. 2016, eq. 9."""
        q = self.q(obs)
        advantage: NDArray[np.float32] = q - q.mean(1, keepdims=True)
        return advantage

    def act(self, obs: NDArray[np.float32], mask: NDArray[np.bool_] | None = None) -> Actions:
        """Return the best action of each life, (L,), only such as `mask` (L, A) allows."""
        q = self.q(obs)
        best = q if mask is None else np.where(mask, q, -np.inf)
        actions: Actions = best.argmax(1).astype(np.int8)
        return actions

    def hidden(self, obs: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """Return what each hidden layer gives on for observations (L, W): for pictures of it."""
        return hidden(self._network, obs)

    @property
    def size(self) -> int:
        """Return how many numbers were learned."""
        return sum(array.size for array in self._network.arrays.values())

    @property
    def keeps_to_mask(self) -> bool:
        """Return whether it was trained never to walk into the edge."""
        return bool(self.training.get("use_mask"))

    def policy(self, town: Town) -> Actions:
        """Return the best action of each of a town's lives, as it was trained; changes nothing."""
        return self.act(town.observe(), town.mask() if self.keeps_to_mask else None)

    def q_map(self, town: Town, life: int = 0) -> NDArray[np.float32]:
        """Return `q` of one life on every cell with its present meters, (H, W, A)."""
        cells = self.q(observe_cells(town, life))
        return cells.reshape(town.level.height, town.level.width, -1)


def _difference(theirs: object, ours: tuple[str, ...]) -> str:
    """Return the first name that differs, in brackets."""
    if not isinstance(theirs, list):
        return ""
    odd = [str(name) for name in theirs if name not in ours] + [n for n in ours if n not in theirs]
    return f" ({odd[0]:.40})" if odd else ""
