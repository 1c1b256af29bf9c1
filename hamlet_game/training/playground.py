"""The lives that training plays: all agents' towns, level by level, in whole arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.names import NONE, Action, Meter
from hamlet_game.town.observation import WIDTH
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town
from hamlet_game.training.dealer import Deal, Dealer
from hamlet_game.training.stages import Stage


@dataclass(frozen=True, slots=True)
class Happened:
    """One step of all lives. Arrays are used again in the next step."""

    obs: NDArray[np.float32]  # (N, L, W) before the step
    reward: NDArray[np.float32]  # (N, L)
    next_obs: NDArray[np.float32]  # (N, L, W) before any restart
    died: NDArray[np.bool_]  # (N, L)
    timed_out: NDArray[np.bool_]  # (N, L)
    mask: NDArray[np.bool_] | None  # (N, L, A) before the step
    next_mask: NDArray[np.bool_] | None  # (N, L, A) after it


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
    actions: bytes | None  # None where it did not begin as the level says


class Playground:
    """One `Town` per level in the mix; agents' lives lie side by side in (N, L, …) arrays."""

    def __init__(
        self,
        stages: Sequence[Stage],
        lives: Mapping[int, int],
        dealer: Dealer,
        *,
        masks: bool,
    ) -> None:
        """Begin `lives[k]` lives of every agent in level number k."""
        agents, total = len(dealer.dealt), sum(lives.values())
        self.lives = dict(lives)
        self._masks = masks
        self.obs = np.zeros((agents, total, WIDTH), dtype=np.float32)
        self.mask = np.ones((agents, total, len(Action)), dtype=np.bool_) if masks else None
        self._happened = Happened(
            obs=np.zeros_like(self.obs),
            reward=np.zeros((agents, total), dtype=np.float32),
            next_obs=np.zeros_like(self.obs),
            died=np.zeros((agents, total), dtype=np.bool_),
            timed_out=np.zeros((agents, total), dtype=np.bool_),
            mask=None if self.mask is None else self.mask.copy(),
            next_mask=None if self.mask is None else self.mask.copy(),
        )
        self._parts: list[_Part] = []
        start = 0
        for number, count in self.lives.items():
            columns = slice(start, start + count)
            self._parts.append(_Part(stages[number], number, columns, dealer))
            start += count
        self._look()

    def step(
        self, actions: NDArray[np.int64], random: NDArray[np.bool_]
    ) -> tuple[Happened, list[Ending]]:
        """Do one step of every life, (N, L) actions; return what happened and who ended there.

        `obs` and `mask` then show the next situations; ended lives have begun anew, elsewhere.
        """
        happened = self._happened
        happened.obs[...] = self.obs
        if self.mask is not None and happened.mask is not None:
            happened.mask[...] = self.mask
        endings: list[Ending] = []
        for part in self._parts:
            here = (slice(None), part.columns)
            part.step(actions[here], random[here])
            happened.reward[here] = part.shaped(part.reward)
            happened.next_obs[here] = part.shaped(part.obs)
            happened.died[here] = part.shaped(part.died)
            happened.timed_out[here] = part.shaped(part.timed_out)
            if happened.next_mask is not None:
                happened.next_mask[here] = part.shaped(part.town.mask())
            endings += part.restart()
        self._look()
        return happened, endings

    def _look(self) -> None:
        for part in self._parts:
            self.obs[:, part.columns] = part.shaped(part.obs)
            if self.mask is not None:
                self.mask[:, part.columns] = part.shaped(part.town.mask())

    def state(self) -> dict[str, Any]:
        """Return everything needed to go on bit for bit."""
        return {"lives": list(self.lives.items()), "parts": [part.state() for part in self._parts]}

    def load_state(self, state: Mapping[str, Any]) -> None:
        """Go on from the state of a playground with the same lives."""
        for part, saved in zip(self._parts, state["parts"], strict=True):
            part.load_state(saved)
        self._look()


class _Part:
    """The lives in one level, agent by agent: K = N · lives of each."""

    def __init__(self, stage: Stage, number: int, columns: slice, dealer: Dealer) -> None:
        self.number, self.columns, self._dealer = number, columns, dealer
        each = columns.stop - columns.start
        self._agent = np.repeat(np.arange(len(dealer.dealt)), each)  # (K,)
        lives = len(self._agent)
        deal = dealer(self._agent)
        self.town = Town(stage.trained, deal.town_seeds)
        self._rows = np.arange(lives)
        self._total = np.zeros(lives)  # sum of rewards
        self._random = np.zeros(lives, dtype=np.int32)  # actions
        self._is_spread = np.zeros(lives, dtype=np.bool_)
        self._log = np.zeros((lives, stage.trained.steps), dtype=np.int8)  # actions by age
        self._begin(self._rows, deal)
        self.obs = self.town.observe()  # (K, W)
        self.reward = np.zeros(lives, dtype=np.float32)
        self.died = self.timed_out = np.zeros(lives, dtype=np.bool_)
        self._cause = np.full(lives, NONE, dtype=np.int8)

    def shaped(self, array: NDArray[Any]) -> NDArray[Any]:
        """Return a (K, …) array as (N, lives of each, …)."""
        return array.reshape(-1, self.columns.stop - self.columns.start, *array.shape[1:])

    def step(self, actions: NDArray[np.int64], random: NDArray[np.bool_]) -> None:
        chosen = actions.reshape(-1)
        self._log[self._rows, self.town.state.age] = chosen
        step = self.town.step(chosen)
        self.obs, self.reward = step.obs, step.reward
        self.died, self.timed_out, self._cause = step.died, step.timed_out, step.cause
        self._total += step.reward
        self._random += random.reshape(-1)

    def restart(self) -> list[Ending]:
        """Begin ended lives anew in towns never drawn before."""
        ended = np.flatnonzero(self.died | self.timed_out)
        if not len(ended):
            return []
        endings = [self._ending(life) for life in ended.tolist()]
        deal = self._dealer(self._agent[ended])
        self.town.restart(ended, town_seeds=deal.town_seeds)
        self._begin(ended, deal)
        self.obs = self.town.observe()
        return endings

    def _ending(self, life: int) -> Ending:
        state = self.town.state
        age, cause = int(state.age[life]), int(self._cause[life])
        return Ending(
            level=self.number,
            agent=int(self._agent[life]),
            town_seed=int(state.seed[life]),
            survival=age,
            total=float(self._total[life]),
            score=float(state.points[life]),
            cause=None if cause == NONE else Meter(cause).key,
            random_share=float(self._random[life]) / age,
            actions=None if self._is_spread[life] else self._log[life, :age].tobytes(),
        )

    def _begin(self, lives: NDArray[np.intp], deal: Deal) -> None:
        """Blank the notes of new lives, and give some of them other meters to begin with."""
        self._total[lives], self._random[lives] = 0, 0
        self._is_spread[lives] = deal.is_spread
        if deal.is_spread.any():
            state = self.town.snapshot()
            state.meters[:, lives[deal.is_spread]] = deal.meters[:, deal.is_spread]
            self.town.restore(state)

    def state(self) -> dict[str, Any]:
        town = self.town.snapshot()
        return {
            "town": {f.name: getattr(town, f.name) for f in fields(TownState)},
            "total": self._total.copy(),
            "random": self._random.copy(),
            "is_spread": self._is_spread.copy(),
            "log": self._log.copy(),
        }

    def load_state(self, state: Mapping[str, Any]) -> None:
        self.town.restore(TownState(**state["town"]))
        for mine, name in (
            (self._total, "total"),
            (self._random, "random"),
            (self._is_spread, "is_spread"),
            (self._log, "log"),
        ):
            mine[...] = state[name]
        self.obs = self.town.observe()
