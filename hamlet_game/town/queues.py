"""People who share a town: who is served at a door, and whether they move as one."""

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


def move_together(
    lives: NDArray[np.intp], town_seeds: NDArray[np.int64], lives_per_town: int
) -> bool:
    """Return whether chosen lives, (N,), are whole towns, each of which goes to one seed, (N,)."""
    if len(lives) % lives_per_town:
        return False
    rows, goals = lives.reshape(-1, lives_per_town), town_seeds.reshape(-1, lives_per_town)
    in_order = rows == rows[:, :1] + np.arange(lives_per_town)
    starts_a_town = rows[:, 0] % lives_per_town == 0
    return bool(in_order.all() and starts_a_town.all() and (goals == goals[:, :1]).all())
