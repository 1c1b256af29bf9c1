"""Who can play besides a person: brains, scripts, and the planner behind par.

A player is asked for the next action of a town's first life, and, where it has
any, for the numbers behind it. Nothing here changes the town.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from hamlet_game.brain.brain import Brain
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action
from hamlet_game.town.planner import Search
from hamlet_game.town.policies import SCRIPTS
from hamlet_game.town.town import Town

_BUDGET_S = 0.004  # of preparing, a frame


@dataclass(frozen=True, slots=True)
class Thought:
    """The numbers behind a choice, as the network gave them."""

    values: tuple[float, ...]  # one per `Action`: see `measures`
    measures: str  # 'q' (expected discounted reward) or 'log_probability'
    best: Action  # what the player does unless something else decides
    chosen: Action  # what was done
    random: bool = False  # the choice was a random exploratory move

    @property
    def advantage(self) -> tuple[float, ...]:
        """Return the values less their mean, as in Wang et al. 2016, eq. 9."""
        mean = sum(self.values) / len(self.values)
        return tuple(value - mean for value in self.values)

    @property
    def lead(self) -> float:
        """Return how far the best value is above the next best."""
        first, second = sorted(self.values, reverse=True)[:2]
        return first - second

    def loss(self, action: Action) -> float:
        """Return what an action gives away by these values: 0 for the best, never below."""
        return self.values[self.best] - self.values[action]


class Player(ABC):
    """Plays the first life of a town."""

    name: str  # short, such as "Master"
    detail: str  # a line about it
    look: int = 0  # how it is dressed, see `draw_person`

    def begin(self, level: Level, town_seed: int) -> None:  # noqa: B027 - most need nothing
        """Hear which town is next; called before the first action there."""

    @property
    def ready(self) -> bool:
        """Return whether it can act; if not, `prepare` goes on with what it needs."""
        return True

    def prepare(self, budget_s: float = _BUDGET_S) -> None:  # noqa: B027 - most need nothing
        """Work for about so long on being ready."""

    @abstractmethod
    def act(self, town: Town) -> Action:
        """Return what to do next."""

    def think(self, town: Town) -> Thought | None:  # noqa: ARG002 - most have no numbers
        """Return the numbers behind `act`, None for a player that has none."""
        return None


class BrainPlayer(Player):
    """A trained policy, greedy."""

    def __init__(self, brain: Brain, name: str, detail: str = "", look: int = 1) -> None:
        self.brain, self.name, self.detail, self.look = brain, name, detail, look

    def act(self, town: Town) -> Action:
        """Return the action of the highest value."""
        return self.think(town).best

    def think(self, town: Town) -> Thought:
        """Return the values of all actions here."""
        values = self.brain.q(town.observe()[:1])[0]
        allowed = np.where(town.mask()[0], values, -np.inf) if self.brain.keeps_to_mask else values
        best = Action(int(allowed.argmax()))
        return Thought(tuple(float(v) for v in values), self.brain.measures, best, best)


class ScriptPlayer(Player):
    """One of the scripts: idle, random, sensible."""

    def __init__(self, script: str, name: str, detail: str = "", look: int = 2) -> None:
        self._policy = SCRIPTS[script]
        self.name, self.detail, self.look = name, detail, look

    def act(self, town: Town) -> Action:
        """Return what the script does."""
        return Action(int(self._policy(town)[0]))


class PlanPlayer(Player):
    """Lives the best life that the planner found: par itself."""

    name = "Planner"
    detail = "Knows the rules and searches ahead: this is par."
    look = 3

    def __init__(self) -> None:
        self._search: Search | None = None
        self._run: Iterator[float] = iter(())
        self.progress = 0.0  # 0..1 of the search
        self._plan: tuple[Action, ...] | None = None

    def begin(self, level: Level, town_seed: int) -> None:
        """Start to search in another town."""
        self._search = Search(level, town_seed)
        self._run, self._plan, self.progress = self._search.run(), None, 0.0

    @property
    def ready(self) -> bool:
        """Return whether the search is over."""
        return self._plan is not None

    def prepare(self, budget_s: float = _BUDGET_S) -> None:
        """Search for about so long."""
        end = perf_counter() + budget_s
        while self._plan is None and self._search is not None and perf_counter() < end:
            try:
                self.progress = next(self._run)
            except StopIteration:
                self._plan = tuple(Action(int(a)) for a in self._search.best.actions)
                self.progress = 1.0

    def act(self, town: Town) -> Action:
        """Return the plan's next action; beyond the plan, or off it, it waits."""
        age = int(town.state.age[0])
        plan = self._plan or ()
        return plan[age] if age < len(plan) else Action.INTERACT
