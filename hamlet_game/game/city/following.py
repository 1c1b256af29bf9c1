"""Somebody who is followed: what they think, until they are no more."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hamlet_game.game.insight.thought_text import Mind
from hamlet_game.town.names import VITAL, Meter

if TYPE_CHECKING:
    from hamlet_game.game.agents.players import Thought
    from hamlet_game.game.city.city import City

_CHEERFUL = 60.0  # all vital meters above this: as happy as can be


@dataclass(slots=True)
class Following:
    """One life that is watched closely."""

    citizen: int
    episode: int
    look: int
    thought: Thought | None = None  # the last that was known
    text: str = ""  # the same in words
    _mind: Mind = field(default_factory=Mind)

    @classmethod
    def of(cls, city: City, citizen: int, look: int) -> Following:
        """Follow somebody."""
        return cls(citizen, int(city.shown.state.episode[citizen]), look)

    def gone(self, city: City) -> bool:
        """Return whether this life has ended."""
        state = city.shown.state
        return bool(state.over[self.citizen]) or int(state.episode[self.citizen]) != self.episode

    def mood(self, city: City) -> float:
        """Return how they feel, 0..1."""
        meters = city.shown.state.meters[np.array(VITAL), self.citizen]
        return min(1.0, float(meters.min()) / _CHEERFUL)

    def listen(self, city: City) -> None:
        """Hear what they think, once it is known; where they are heading takes some frames."""
        thought = city.thought(self.citizen)
        if thought is None:
            return
        self.thought = thought
        self.text = self._mind.text(city.alone(self.citizen), thought, city.player)


TOURS = ("in the greatest need", "the richest", "the poorest", "the oldest")


def notable(city: City, tour: int) -> int | None:
    """Return who of those alive is the most notable in one of the `TOURS`; None: nobody lives."""
    state = city.shown.state
    alive = np.flatnonzero(~state.over)
    if not len(alive):
        return None
    money, need = state.meters[Meter.MONEY], state.meters[np.array(VITAL)].min(axis=0)
    score = (need, -money, money, -state.age)[tour % len(TOURS)]
    return int(alive[np.argmin(score[alive])])
