"""Letting a policy live on from many states at once, to see which of those lives last."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.names import NONE
from hamlet_game.town.policies import Policy
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town

Work = Generator[None, None, "Rollout"]  # pauses every step, so that a window can spread it


@dataclass(frozen=True, slots=True)
class Rollout:
    """How L lives went on."""

    survived: NDArray[np.bool_]  # (L,) reached the age asked for
    actions: NDArray[np.int8]  # (T, L) what each did; NONE once it was over
    age: NDArray[np.int32]  # (L,) reached
    points: NDArray[np.float64]  # (L,) score at the end
    cause: NDArray[np.int8]  # (L,) meter that ended the life, or NONE

    def way(self, life: int) -> bytes:
        """Return one life's actions, a byte each."""
        done = self.actions[:, life]
        return bytes(done[done != NONE].astype(np.uint8))


def roll(
    town: Town,
    state: TownState,
    policy: Policy,
    until: int,
    *,
    rank: NDArray[np.intp] | None = None,
    first: NDArray[np.int8] | None = None,
) -> Work:
    """Live on from each of L states until the age `until` or death; `town` is of their level.

    With `rank` (L,) only the highest survivor is looked for: one that survives makes those of
    its own rank and below needless, and they are left where they are. `first` (L,) is what each
    does before the policy takes over.
    """
    total = len(state)
    most = max(0, until - int(state.age.min())) if total else 0
    out = Rollout(
        np.zeros(total, dtype=np.bool_),
        np.full((most, total), NONE, dtype=np.int8),
        state.age.copy(),
        state.points.copy(),
        np.full(total, NONE, dtype=np.int8),
    )
    going = np.flatnonzero(~state.over & (state.age < until))
    out.survived[:] = ~state.over & (state.age >= until)
    if rank is not None and out.survived.any():
        going = going[rank[going] > rank[out.survived].max()]
    if not len(going):
        return out
    town.restore(state.take(going))
    for moment in range(most):
        act = first[going] if moment == 0 and first is not None else policy(town)
        out.actions[moment, going] = act
        happened = town.advance(act)
        s = town.state
        out.age[going], out.points[going] = s.age, s.points
        done = s.over | (s.age >= until)
        if done.any():
            out.cause[going[done]] = happened.cause[done]
            safe = done & ~happened.died
            out.survived[going[safe]] = True
            keep = ~done
            if rank is not None and safe.any():
                keep &= rank[going] > rank[going[safe]].max()
            going = going[keep]
            if not len(going):
                break
            town.restore(s.take(keep))
        yield
    return out
