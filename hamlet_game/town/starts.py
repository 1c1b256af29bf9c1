"""How a life begins: where it stands and how full its meters are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.hashing import Draw, mix, uniform
from hamlet_game.town.level import Level
from hamlet_game.town.names import NONE, Kind, Meter
from hamlet_game.town.places import Places
from hamlet_game.town.state import TownState

_AT_ONCE = 1 << 18  # table entries worked out at a time; bounds the memory of a large batch


def begin(
    level: Level,
    places: Places,
    row: NDArray[np.intp],
    *,
    seed: NDArray[np.int64],
    episode: NDArray[np.int64],
    citizen: NDArray[np.int64],
) -> TownState:
    """Return the first state of lives; `row` and all after it are (L,)."""
    lives = len(seed)
    size = max(1, _AT_ONCE // (level.width * level.height * places.slots))
    cell = np.concatenate(
        [
            _start_cells(
                level,
                places,
                row[part],
                seed=seed[part],
                episode=episode[part],
                citizen=citizen[part],
            )
            for part in (slice(i, i + size) for i in range(0, lives, size))
        ]
    )
    rules = [level.meters.of(meter).start for meter in Meter]
    low, high = np.array(rules, dtype=np.float64).T[:, :, None]  # (4, 1) each
    which = np.array(Meter)[:, None]
    luck = uniform(seed, Draw.START_METERS, episode, citizen, which)  # (4, L)
    drawn = np.round(low + (high - low) * luck)
    meters = np.minimum(np.maximum(drawn, low), high).astype(np.float32)
    return TownState(
        meters=meters,
        x=(cell % level.width).astype(np.int16),
        y=(cell // level.width).astype(np.int16),
        age=np.zeros(lives, dtype=np.int32),
        over=np.zeros(lives, dtype=np.bool_),
        points=np.zeros(lives, dtype=np.float64),
        busy=np.full(lives, NONE, dtype=np.int16),
        seed=seed.copy(),
        episode=episode.copy(),
        citizen=citizen.copy(),
    )


def _start_cells(
    level: Level,
    places: Places,
    row: NDArray[np.intp],
    *,
    seed: NDArray[np.int64],
    episode: NDArray[np.int64],
    citizen: NDArray[np.int64],
) -> NDArray[np.intp]:
    """Draw a free cell for each life; near a building where the level says so."""
    cells = np.arange(level.width * level.height)
    free = places.building[row] == NONE  # (L, C)
    if level.start.near is not None:
        kind = Kind[level.start.near.upper()]
        across = np.abs(places.x[row, kind, :, None] - (cells % level.width))
        down = np.abs(places.y[row, kind, :, None] - (cells // level.width))
        near = free & ((across + down).min(axis=1) <= level.start.within)
        free = np.where(near.any(axis=1, keepdims=True), near, free)
    drawn = mix(seed[:, None], Draw.START_CELL, episode[:, None], citizen[:, None], cells[None, :])
    chosen: NDArray[np.intp] = np.argmin(np.where(free, drawn, np.uint64(2**64 - 1)), axis=1)
    return chosen
