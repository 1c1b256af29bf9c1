"""The lives that training plays: all agents' towns, level by level, in whole arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.names import Action
from hamlet_game.town.observation import WIDTH
from hamlet_game.training.crowd import part_of
from hamlet_game.training.dealer import Dealer
from hamlet_game.training.part import Ending, Part
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
        self._parts: list[Part] = []
        start = 0
        for number, count in self.lives.items():
            columns = slice(start, start + count)
            self._parts.append(part_of(stages[number], number, columns, dealer))
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

    def places(self, level: int) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
        """Return the columns and rows, (N, …) each, where the lives of a level are."""
        part = next(part for part in self._parts if part.number == level)
        return part.shaped(part.town.state.x), part.shaped(part.town.state.y)

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
