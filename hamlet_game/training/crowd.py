"""Training lives that share towns.

A town's people are dealt out to the agents in turn: with as many agents as people
each plays one of them, and a single agent plays all. Who dies is followed at once by
a newcomer in the same town, so that training always meets a full house. Once a town
has stood for as many steps as a life may take, everyone moves to another one together;
lives that are cut short by that bootstrap, as at a time limit, and count nowhere else.
Until the first newcomer comes, the life of a town's first person can be lived again by its
actions and those of the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamlet_game.learn.config import ConfigError
from hamlet_game.town.town import Town
from hamlet_game.training.config import RunConfig
from hamlet_game.training.curriculum import CurriculumManager
from hamlet_game.training.dealer import Deal, Dealer
from hamlet_game.training.part import Part
from hamlet_game.training.stages import Stage


def part_of(stage: Stage, number: int, columns: slice, dealer: Dealer) -> Part:
    """Return the lives of a level: side by side, or together where its towns are shared."""
    kind = Part if stage.trained.people == 1 else CrowdPart
    return kind(stage, number, columns, dealer)


def check_crowds(stages: Sequence[Stage], config: RunConfig, curriculum: CurriculumManager) -> None:
    """See that every shared town can be filled, whichever level is trained. Raises ConfigError."""
    for level in range(len(stages)):
        for number, lives in curriculum.lives(config.towns, level).items():
            people = stages[number].trained.people
            if config.agents * lives % people:
                unit = people // gcd(people, config.agents)
                raise ConfigError(
                    f"towns: {config.towns} give level {stages[number].id} {lives} lives of an "
                    f"agent, which don't fill towns of {people}; choose shares that give it a "
                    f"multiple of {unit}."
                )
    for stage in stages:
        judged = min(config.curriculum.towns, config.final.towns or config.curriculum.towns)
        if stage.trained.people > 1 and config.agents > judged * stage.trained.people:
            raise ConfigError(
                f"agents: {config.agents} are more than the people of the {judged} towns that "
                f"level {stage.id} is judged in; raise curriculum.towns and final.towns."
            )


class CrowdPart(Part):
    """Lives town by town: number j is person j mod P of town j div P, and agent j mod N's."""

    def __init__(self, stage: Stage, number: int, columns: slice, dealer: Dealer) -> None:
        """Begin. The lives of all agents must fill whole towns."""
        self._people = stage.trained.people
        super().__init__(stage, number, columns, dealer)
        self._stood = np.zeros(len(self.town) // self._people, dtype=np.int32)  # (T,) steps
        self._cut = np.zeros(len(self.town), dtype=np.bool_)  # ended only since the town moves
        # (T,) whether all began together, as the level says, and nobody has been replaced since
        self._first = np.ones(len(self._stood), dtype=np.bool_)
        self._first[self._rows[self._is_spread] // self._people] = False

    def _agents(self, agents: int) -> NDArray[np.intp]:
        return np.tile(np.arange(agents), self.each)

    def _deal(self, lives: NDArray[np.intp]) -> Deal:
        """Deal agent by agent, as the dealer likes it."""
        agents = self._agent[lives]
        order = np.argsort(agents, kind="stable")
        back = np.argsort(order, kind="stable")
        deal = self._dealer(agents[order])
        return Deal(deal.town_seeds[back], deal.is_spread[back], deal.meters[:, back])

    def _settle(self, stage: Stage, deal: Deal) -> Town:
        return Town(stage.trained, deal.town_seeds[:: self._people], self._people)

    def shaped(self, array: NDArray[Any]) -> NDArray[Any]:
        """Return a (K, …) array as (N, lives of each, …)."""
        return array.reshape(self.each, -1, *array.shape[1:]).swapaxes(0, 1)

    def flat(self, array: NDArray[Any]) -> NDArray[Any]:
        """Return a (N, lives of each) array as (K,)."""
        return array.T.reshape(-1)

    def step(self, actions: NDArray[np.int64], random: NDArray[np.bool_]) -> None:
        """Do one step of all lives, (N, lives of each) both."""
        super().step(actions, random)
        self._stood += 1
        moves = np.repeat(self._stood >= self.town.level.steps, self._people)
        self._cut = moves & ~self.died & ~self.timed_out
        self.timed_out = self.timed_out | self._cut

    def _move(self, lives: NDArray[np.intp], deal: Deal) -> None:
        """Let newcomers into towns that stand, and move whole towns whose time is over."""
        town = lives // self._people
        over = self._stood[town] >= self.town.level.steps
        self.town.restart(lives[~over])
        self._first[town[~over]] = False
        if over.any():
            self._first[town[over]] = True
            self._first[town[deal.is_spread]] = False
            first = deal.town_seeds[over][:: self._people]  # all of a town are among the ended
            self.town.restart(lives[over], town_seeds=np.repeat(first, self._people))
            self._stood[town[over]] = 0

    def _counts(self, life: int) -> bool:
        return not self._cut[life]

    def _done(self, life: int, age: int) -> tuple[bytes | None, bytes]:
        """Tell only of the first of a town, before whom nobody there was replaced."""
        town, person = divmod(life, self._people)
        if person or not self._first[town]:
            return None, b""
        own, *others = self._log[life : life + self._people, :age]
        return own.tobytes(), np.stack(others, axis=1).tobytes()

    def state(self) -> dict[str, Any]:
        """Return everything needed to go on bit for bit."""
        return super().state() | {"stood": self._stood.copy(), "first": self._first.copy()}

    def load_state(self, state: Mapping[str, Any]) -> None:
        """Go on from the state of a part with as many lives."""
        super().load_state(state)
        self._stood[...] = state["stood"]
        self._first[...] = state.get("first", False)  # older checkpoints don't know
