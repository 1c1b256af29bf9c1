"""What a step did: to those who perceive and are rewarded, and by the bare rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.observation import Surroundings
from hamlet_game.town.rewards import Happening


class Refusal(IntEnum):
    """Why an INTERACT did nothing."""

    NO = 0
    NOTHING_HERE = 1
    UNAFFORDABLE = 2
    TAKEN = 3


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did to L lives. Lives that were over before it show zeros and NONE."""

    obs: NDArray[np.float32]  # (L, W)
    reward: NDArray[np.float32]  # (L,)
    terms: dict[str, NDArray[np.float32]]  # (L,) what each active reward term contributed
    died: NDArray[np.bool_]  # (L,) in this very step
    timed_out: NDArray[np.bool_]  # (L,) alive at the last step: not a death
    used: NDArray[np.int8]  # (L,) kind of building used, or NONE
    refused: NDArray[np.int8]  # (L,) `Refusal`
    moved: NDArray[np.bool_]  # (L,) False also for walking into the edge
    cause: NDArray[np.int8]  # (L,) meter that ended the life, or NONE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules made of one step, before anyone perceives or rewards it."""

    before: NDArray[np.float32]  # (4, L) meters at the start of the step
    drained: NDArray[np.float32]  # (4, L) after draining, before any building
    after: NDArray[np.float32]  # (4, L) at the end
    died: NDArray[np.bool_]  # (L,)
    timed_out: NDArray[np.bool_]  # (L,)
    used: NDArray[np.int8]  # (L,) kind used, or NONE
    refused: NDArray[np.int8]  # (L,) `Refusal`
    moved: NDArray[np.bool_]  # (L,)
    wasted: NDArray[np.bool_]  # (L,) walked into the edge, or a use was refused
    cause: NDArray[np.int8]  # (L,) meter that ended the life, or NONE

    def happened(self, around_before: Surroundings, around_after: Surroundings) -> Happening:
        """Return the step as the reward terms see it."""
        return Happening(
            self.before,
            self.drained,
            self.after,
            self.used,
            self.died,
            self.wasted,
            around_before,
            around_after,
        )
