"""The lives that training plays in one level, each in a town of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.names import NONE, Meter
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town
from hamlet_game.training.dealer import Deal, Dealer
from hamlet_game.training.stages import Stage


@dataclass(frozen=True, slots=True)
class Ending:
    """A training life that is over."""

    level: int  # number
    agent: int
    town_seed: int
    survival: int
    total: float
    score: float
    cause: str | None
    random_share: float
    actions: bytes | None  # None where that is not enough to live it again
    others: bytes = b""  # what those who shared the town did: see `Record.others_actions`


class Part:
    """The lives in one level, agent by agent: K = N · lives of each."""

    def __init__(self, stage: Stage, number: int, columns: slice, dealer: Dealer) -> None:
        self.number, self.columns, self._dealer = number, columns, dealer
        self._agent = self._agents(len(dealer.dealt))  # (K,) whose life it is
        lives = len(self._agent)
        self._rows = np.arange(lives)
        deal = self._deal(self._rows)
        self.town = self._settle(stage, deal)
        self._total = np.zeros(lives)  # sum of rewards
        self._random = np.zeros(lives, dtype=np.int32)  # actions
        self._is_spread = np.zeros(lives, dtype=np.bool_)
        self._log = np.zeros((lives, stage.trained.steps), dtype=np.int8)  # actions by age
        self._begin(self._rows, deal)
        self.obs = self.town.observe()  # (K, W)
        self.reward = np.zeros(lives, dtype=np.float32)
        self.died = self.timed_out = np.zeros(lives, dtype=np.bool_)
        self._cause = np.full(lives, NONE, dtype=np.int8)

    @property
    def each(self) -> int:
        """Return how many lives an agent has here."""
        width: int = self.columns.stop - self.columns.start
        return width

    def _agents(self, agents: int) -> NDArray[np.intp]:
        return np.repeat(np.arange(agents), self.each)

    def _deal(self, lives: NDArray[np.intp]) -> Deal:
        """Return what the agents' next lives begin with, one for each of some lives."""
        return self._dealer(self._agent[lives])

    def _settle(self, stage: Stage, deal: Deal) -> Town:
        return Town(stage.trained, deal.town_seeds)

    def shaped(self, array: NDArray[Any]) -> NDArray[Any]:
        """Return a (K, …) array as (N, lives of each, …)."""
        return array.reshape(-1, self.each, *array.shape[1:])

    def flat(self, array: NDArray[Any]) -> NDArray[Any]:
        """Return a (N, lives of each) array as (K,)."""
        return array.reshape(-1)

    def step(self, actions: NDArray[np.int64], random: NDArray[np.bool_]) -> None:
        """Do one step of all lives, (N, lives of each) both."""
        chosen = self.flat(actions)
        self._log[self._rows, self.town.state.age] = chosen
        step = self.town.step(chosen)
        self.obs, self.reward = step.obs, step.reward
        self.died, self.timed_out, self._cause = step.died, step.timed_out, step.cause
        self._total += step.reward
        self._random += self.flat(random)

    def restart(self) -> list[Ending]:
        """Begin ended lives anew in towns never drawn before."""
        ended = np.flatnonzero(self.died | self.timed_out)
        if not len(ended):
            return []
        endings = [self._ending(life) for life in ended.tolist() if self._counts(life)]
        deal = self._deal(ended)
        self._move(ended, deal)
        self._begin(ended, deal)
        self.obs = self.town.observe()
        return endings

    def _move(self, lives: NDArray[np.intp], deal: Deal) -> None:
        """Restart ended lives where they were dealt to."""
        self.town.restart(lives, town_seeds=deal.town_seeds)

    def _counts(self, life: int) -> bool:  # noqa: ARG002 -- where lives are alone, all do
        """Return whether a life came to its own end."""
        return True

    def _ending(self, life: int) -> Ending:
        state = self.town.state
        age, cause = int(state.age[life]), int(self._cause[life])
        actions, others = self._done(life, age)
        return Ending(
            level=self.number,
            agent=int(self._agent[life]),
            town_seed=int(state.seed[life]),
            survival=age,
            total=float(self._total[life]),
            score=float(state.points[life]),
            cause=None if cause == NONE else Meter(cause).key,
            random_share=float(self._random[life]) / age,
            actions=actions,
            others=others,
        )

    def _done(self, life: int, age: int) -> tuple[bytes | None, bytes]:
        """Return what a life and those who shared its town did.

        None and nothing where that is not enough to live it again.
        """
        return None if self._is_spread[life] else self._log[life, :age].tobytes(), b""

    def _begin(self, lives: NDArray[np.intp], deal: Deal) -> None:
        """Blank the notes of new lives, and give some of them other meters to begin with."""
        self._total[lives], self._random[lives] = 0, 0
        self._is_spread[lives] = deal.is_spread
        if deal.is_spread.any():
            state = self.town.snapshot()
            state.meters[:, lives[deal.is_spread]] = deal.meters[:, deal.is_spread]
            self.town.restore(state)

    def state(self) -> dict[str, Any]:
        """Return everything needed to go on bit for bit."""
        town = self.town.snapshot()
        return {
            "town": {f.name: getattr(town, f.name) for f in fields(TownState)},
            "total": self._total.copy(),
            "random": self._random.copy(),
            "is_spread": self._is_spread.copy(),
            "log": self._log.copy(),
        }

    def load_state(self, state: Mapping[str, Any]) -> None:
        """Go on from the state of a part with as many lives."""
        self.town.restore(TownState(**state["town"]))
        for mine, name in (
            (self._total, "total"),
            (self._random, "random"),
            (self._is_spread, "is_spread"),
            (self._log, "log"),
        ):
            mine[...] = state[name]
        self.obs = self.town.observe()
