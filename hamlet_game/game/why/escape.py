"""A way out: errands tried in every order from many states at once, then a policy goes on.

What it finds is a life by the true rules; what it does not find may still exist. Errands are
walks to a building and its use, as in the planner behind par; after each round of them the
policies take over and either survive or do not.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hamlet_game.game.why.rollout import roll
from hamlet_game.town.names import FULL, NONE, Action, Meter
from hamlet_game.town.policies import Policy
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town

ROUNDS = 5  # errands in a row
BEAM = 16  # lives kept of each start after a round


@dataclass(frozen=True, slots=True)
class Way:
    """A life that survives: where it starts, and what it does from there."""

    start: int  # index of the state it starts from
    actions: bytes
    others: bytes = b""  # what those who share the town do meanwhile


@dataclass(frozen=True, slots=True)
class _Front:
    """Lives on their errands: L of them."""

    state: TownState
    start: NDArray[np.intp]  # (L,) index of the state each began from
    path: NDArray[np.int8]  # (L, W) what each has done since; NONE beyond its end

    def take(self, which: NDArray[np.intp]) -> _Front:
        return _Front(self.state.take(which), self.start[which], self.path[which])

    def way(self, life: int, more: bytes = b"") -> Way:
        path = self.path[life]
        return Way(int(self.start[life]), bytes(path[path != NONE].astype(np.uint8)) + more)


def latest_way(
    town: Town, state: TownState, policies: Sequence[Policy], until: int
) -> Generator[None, None, Way | None]:
    """Return the way found from the latest of the states (L,), which are in order of age.

    `town` is of their level and town seed; a life survives that reaches the age `until`.
    """
    best: Way | None = None
    empty = np.empty((len(state), 0), dtype=np.int8)
    front = _Front(state, np.arange(len(state)), empty)
    for _ in range(ROUNDS):
        front, best = yield from _errands(town, front, until, best)
        front = _pruned(town, front, best)
        for policy in policies:
            if not len(front.start):
                return best
            out = yield from roll(town, front.state, policy, until, rank=front.start)
            if out.survived.any():
                safe = np.flatnonzero(out.survived)
                life = int(safe[np.argmax(front.start[safe])])
                best = front.way(life, out.way(life))
                front = front.take(np.flatnonzero(front.start > best.start))
    return best


def _errands(
    town: Town, front: _Front, until: int, best: Way | None
) -> Generator[None, None, tuple[_Front, Way | None]]:
    """Send every life to every building; return those that used it, and a way that got through."""
    sent, table, length = _programs(town, front)
    town.restore(front.state.take(sent))
    going = np.arange(len(sent))
    back: list[TownState] = []
    who: list[NDArray[np.intp]] = []
    for column in range(table.shape[1]):
        happened = town.advance(table[going, column])
        s = town.state
        safe = going[~happened.died & (s.age >= until)]
        if len(safe):
            life = int(safe[np.argmax(front.start[sent[safe]])])
            way = front.way(int(sent[life]), bytes(table[life, : column + 1].astype(np.uint8)))
            best = way if best is None or way.start > best.start else best
        home = (length[going] == column + 1) & ~s.over & (s.age < until)
        if home.any():
            back.append(s.take(home))
            who.append(going[home])
        keep = (length[going] > column + 1) & ~s.over & (s.age < until)
        going = going[keep]
        if not len(going):
            break
        town.restore(s.take(keep))
        yield
    if not back:
        return front.take(np.empty(0, dtype=np.intp)), best
    came = np.concatenate(who)
    path = np.concatenate([front.path[sent[came]], table[came]], axis=1)
    return _Front(TownState.join(back), front.start[sent[came]], path), best


def _programs(
    town: Town, front: _Front
) -> tuple[NDArray[np.intp], NDArray[np.int8], NDArray[np.intp]]:
    """Return who goes (E,), what each does (E, W), NONE beyond its end, and how long (E,)."""
    there = np.array([(x, y) for _, x, y in town.places()], dtype=np.intp)
    sent = np.repeat(np.arange(len(front.start)), len(there))
    goal = np.tile(there, (len(front.start), 1))
    across = goal[:, 0] - front.state.x[sent]
    down = goal[:, 1] - front.state.y[sent]
    wide, high = np.abs(across)[:, None], np.abs(down)[:, None]
    columns = np.arange(int((wide + high).max(initial=0)) + 1)
    level = np.where(across > 0, Action.RIGHT, Action.LEFT)[:, None]
    upright = np.where(down > 0, Action.DOWN, Action.UP)[:, None]
    walk = np.where(columns < wide, level, upright)
    table = np.where(columns < wide + high, walk, Action.INTERACT)
    table = np.where(columns > wide + high, NONE, table).astype(np.int8)
    return sent, table, (wide + high)[:, 0] + 1


def _pruned(town: Town, front: _Front, best: Way | None) -> _Front:
    """Keep the lives that could be later than the best way, the most promising of each start."""
    worth = np.flatnonzero(front.start > (-1 if best is None else best.start))
    front = front.take(worth)
    if not len(front.start):
        return front
    meters, deadly = front.state.meters, np.array(town.level.deadly)
    rules = [town.level.meters.of(meter) for meter in town.level.deadly]
    drain = np.array([rule.drain + rule.move_drain or 1e-6 for rule in rules])[:, None]
    left = (meters[deadly] / drain).min(axis=0)  # steps until the first meter is empty
    spare = meters[deadly].mean(axis=0) + np.minimum(meters[Meter.MONEY], FULL)
    order = np.lexsort((-(left + spare / 4), front.start))
    starts = front.start[order]
    place = np.arange(len(order)) - np.searchsorted(starts, starts, side="left")
    return front.take(np.sort(order[place < BEAM]))
