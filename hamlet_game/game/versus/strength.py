"""How strong somebody is: lives in a few towns, measured a few milliseconds a frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from hamlet_game.game.agents.players import BrainPlayer
from hamlet_game.game.agents.roster import Entry, RosterError
from hamlet_game.town.level import Level
from hamlet_game.town.policies import SCRIPTS, Policy
from hamlet_game.town.town import Town

TOWNS = np.arange(900_001, 900_017)  # none that a dice would easily come to
BUDGET_S = 0.003  # of measuring, a frame

_Key = tuple[str, str]  # level id, word


@dataclass(frozen=True, slots=True)
class Strength:
    """How somebody does in a level, on average over `TOWNS`."""

    survival: float  # steps
    score: float  # 0..1000
    steps: int  # of the level
    trouble: str = ""  # why it could not be measured

    @property
    def share(self) -> float:
        """Return how much of the level is lived, 0..1."""
        return self.survival / self.steps


class StrengthDesk:
    """Answers "how strong is this one here?" as soon as it knows, without holding up a frame."""

    def __init__(self, known: dict[_Key, Strength] | None = None) -> None:
        """Begin with what is `known` already, which grows by what is found out."""
        self._known = {} if known is None else known
        self._key: _Key | None = None
        self._run: Iterator[None] = iter(())

    def want(self, level: Level, entry: Entry) -> Strength | None:
        """Return how strong somebody is, if that is known; otherwise begin to measure."""
        key = (level.id, entry.word)
        if key not in self._known and self._key is None:
            self._key, self._run = key, self._measure(key, level, entry)
        return self._known.get(key)

    def work(self, budget_s: float = BUDGET_S) -> None:
        """Measure on for about so long."""
        end = perf_counter() + budget_s
        while self._key is not None and perf_counter() < end:
            try:
                next(self._run)
            except StopIteration:
                self._key = None

    def _measure(self, key: _Key, level: Level, entry: Entry) -> Iterator[None]:
        """Live in every town at once; yields after each step."""
        try:
            policy = _policy(entry)
        except RosterError as error:
            self._known[key] = Strength(0.0, 0.0, level.steps, str(error))
            return
        town = Town(level, TOWNS)
        while not town.state.over.all():
            town.step(policy(town))
            yield
        state = town.state
        self._known[key] = Strength(
            float(state.age.mean()), float(state.points.mean()), level.steps
        )


def _policy(entry: Entry) -> Policy:
    """Return how somebody plays many towns at once. Raises RosterError."""
    if entry.word in SCRIPTS:
        return SCRIPTS[entry.word]
    player = entry.make()
    if isinstance(player, BrainPlayer):
        return player.brain.policy
    raise RosterError("Sets par: nobody is known to live better.")
