"""Who is served where more people come to a building than it takes in one step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.hashing import Draw, mix
from hamlet_game.town.names import NONE
from hamlet_game.town.state import TownState


def served_first(
    state: TownState,
    lives: NDArray[np.intp],
    door: NDArray[np.intp],
    capacity: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Return who of the `lives` gets in, (N,): a fair hashed draw at every door.

    `door` (N,) numbers buildings across all towns; `capacity` (N,) is that of each one's door.
    """
    s = state
    turn = mix(s.seed[lives], Draw.TURN, s.episode[lives], s.age[lives], s.citizen[lives])
    order = np.lexsort((turn, door))
    ordered = door[order]
    first_of_group = np.searchsorted(ordered, ordered, side="left")
    rank = np.empty(len(lives), dtype=np.intp)
    rank[order] = np.arange(len(lives)) - first_of_group
    return rank < capacity


def taken(
    busy: NDArray[np.int16],
    nearest: NDArray[np.int16],
    capacity: NDArray[np.float64],
    lives_per_town: int,
    doors: int,
) -> NDArray[np.bool_]:
    """Return whether others filled the nearest building of a kind last step, (K, L).

    `busy` (L,) is the building each life used then, `nearest` (K, L) its nearest of each
    kind, `capacity` (K,); a town has `doors` buildings at most.
    """
    town = np.arange(len(busy)) // lives_per_town
    at_work = busy != NONE
    users = np.bincount(town[at_work] * doors + busy[at_work], minlength=(town[-1] + 1) * doors)
    others = users[town * doors + nearest] - (busy == nearest)
    full: NDArray[np.bool_] = others >= capacity[:, None]
    return full
