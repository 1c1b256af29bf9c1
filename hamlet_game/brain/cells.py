"""What a life would perceive elsewhere in its town."""

from __future__ import annotations

from copy import copy

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.names import NONE
from hamlet_game.town.town import Town


def observe_cells(town: Town, life: int = 0) -> NDArray[np.float32]:
    """Return the observations of one life on every cell, row by row, (H·W, width).

    Its meters stay as they are, and nobody else is at the buildings. The town's own
    code observes, on a twin that shares what never changes; the town is left untouched.
    """
    level = town.level
    cells = np.arange(level.width * level.height)
    state = town.state.take(np.full(len(cells), life))
    state.x = (cells % level.width).astype(state.x.dtype)
    state.y = (cells // level.width).astype(state.y.dtype)
    state.busy[:] = NONE
    twin = copy(town)
    twin.lives_per_town = 1
    twin.restore(state)
    return twin.observe()
