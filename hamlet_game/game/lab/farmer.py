"""The farmer: a script that tires itself out for the pleasure of going to bed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.names import Action, Kind, Meter
from hamlet_game.town.observation import FIELDS, REACH
from hamlet_game.town.policies import Actions
from hamlet_game.town.town import Town

SPARE = 7.0  # energy left at the bed's door: the emptier, the more a refill is worth


def farmer(town: Town) -> Actions:
    """Walk to and fro until the bed is worth much, use it, and see to nothing else."""
    kinds = town.level.kinds
    home = Kind.BED if Kind.BED in kinds else kinds[0]
    rule = town.level.buildings.of(home)
    meter = town.state.meters[rule.serves if rule else Meter.ENERGY]
    read = _Reading(town)
    tired = meter - read.distance(home) < SPARE
    out = np.where(read.field("x") > 0, Action.LEFT, Action.RIGHT)
    rested = ~tired & (read.distance(home) == 0)
    return np.where(rested, out, read.towards(home)).astype(np.int8)


class _Reading:
    """The observations of all lives by name."""

    def __init__(self, town: Town) -> None:
        self._columns = town.observe().T

    def field(self, name: str) -> NDArray[np.float32]:
        column: NDArray[np.float32] = self._columns[FIELDS.index(name)]
        return column

    def distance(self, kind: Kind) -> NDArray[np.float32]:
        across, down = self.field(f"{kind.key}_dx"), self.field(f"{kind.key}_dy")
        steps: NDArray[np.float32] = (np.abs(across) + np.abs(down)) * np.float32(REACH)
        return steps

    def towards(self, kind: Kind) -> Actions:
        across, down = self.field(f"{kind.key}_sign_x"), self.field(f"{kind.key}_sign_y")
        actions = np.full(len(across), Action.INTERACT, dtype=np.int8)
        actions[down < 0] = Action.UP
        actions[down > 0] = Action.DOWN
        actions[across < 0] = Action.LEFT
        actions[across > 0] = Action.RIGHT
        return actions
