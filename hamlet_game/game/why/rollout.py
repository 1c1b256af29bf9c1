"""Letting a policy live on from many states at once, to see which of those lives last."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hamlet_game.game.why.past import rows_of
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
    others: NDArray[np.int8]  # (T, L, P - 1) what those who share its town did meanwhile
    age: NDArray[np.int32]  # (L,) reached
    points: NDArray[np.float64]  # (L,) score at the end
    cause: NDArray[np.int8]  # (L,) meter that ended the life, or NONE

    def way(self, life: int) -> bytes:
        """Return one life's actions, a byte each."""
        done = self.actions[:, life]
        return bytes(done[done != NONE].astype(np.uint8))

    def told(self, life: int) -> bytes:
        """Return what the others did during one life's way, as `Record.others_actions` does."""
        return bytes(self.others[self.actions[:, life] != NONE, life].astype(np.uint8).ravel())


def roll(
    town: Town,
    state: TownState,
    policy: Policy,
    until: int,
    *,
    rank: NDArray[np.intp] | None = None,
    first: NDArray[np.int8] | None = None,
    company: Policy | None = None,
) -> Work:
    """Live on from each of L states until the age `until` or death; `town` is of their level.

    With `rank` (L,) only the highest survivor is looked for: one that survives makes those of
    its own rank and below needless, and they are left where they are. `first` (L,) is what each
    does before the policy takes over. Where P share a town, a life is P rows of `state`, its
    own first, and `company` decides for the others.
    """
    people = town.lives_per_town
    own, total = slice(None, None, people), len(state) // people
    age, over = state.age[own], state.over[own]
    most = max(0, until - int(age.min())) if total else 0
    out = Rollout(
        np.zeros(total, dtype=np.bool_),
        np.full((most, total), NONE, dtype=np.int8),
        np.full((most, total, people - 1), NONE, dtype=np.int8),
        age.copy(),
        state.points[own].copy(),
        np.full(total, NONE, dtype=np.int8),
    )
    going = np.flatnonzero(~over & (age < until))
    out.survived[:] = ~over & (age >= until)
    if rank is not None and out.survived.any():
        going = going[rank[going] > rank[out.survived].max()]
    if not len(going):
        return out
    town.restore(state.take(rows_of(going, people)))
    for moment in range(most):
        act = policy(town)[own] if moment or first is None else first[going]
        if company is not None:
            everyone = company(town)
            everyone[own] = act
            act = everyone
        out.actions[moment, going] = act[own]
        out.others[moment, going] = act.reshape(-1, people)[:, 1:]
        happened = town.advance(act)
        s = town.state
        out.age[going], out.points[going] = s.age[own], s.points[own]
        done = s.over[own] | (s.age[own] >= until)
        if done.any():
            out.cause[going[done]] = happened.cause[own][done]
            safe = done & ~happened.died[own]
            out.survived[going[safe]] = True
            keep = ~done
            if rank is not None and safe.any():
                keep &= rank[going] > rank[going[safe]].max()
            going = going[keep]
            if not len(going):
                break
            town.restore(s.take(rows_of(np.flatnonzero(keep), people)))
        yield
    return out
