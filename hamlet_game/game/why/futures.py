"""What if: from one moment on, each of the five actions, and then a policy that goes on."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from hamlet_game.game.agents.company import company_of
from hamlet_game.game.why.past import branch, relive, rows_of
from hamlet_game.game.why.rollout import Rollout, roll
from hamlet_game.town.names import NONE, Action, Meter
from hamlet_game.town.policies import Policy
from hamlet_game.town.record import Record
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town


@dataclass(slots=True)
class Future:
    """A life that goes on from the moment with one action. Its record grows as it is shown."""

    action: Action
    actions: bytes  # from the moment to the end
    survival: int  # steps lived in all
    points: float  # score in the end
    cause: Meter | None  # what ended it; None: alive after the level's last step
    record: Record

    @property
    def alive(self) -> bool:
        """Return whether it lives to the level's last step."""
        return self.cause is None

    def at(self, step: int) -> int:
        """Live on to a step of the life at most; return the step it has come to."""
        start = self.survival - len(self.actions)
        record = self.record
        while record.survival < min(step, self.survival):
            record.act(Action(self.actions[record.survival - start]))
        return min(step, self.survival)


class Futures:
    """The five futures of a moment, worked out a little at a time; `all` is empty until then."""

    def __init__(self, record: Record, step: int, policy: Policy) -> None:
        """Take a life and one of its steps at which it was not over."""
        self.record, self.step = record, step
        self.all: list[Future] = []  # by `Action`
        self._policy = policy

    @property
    def best(self) -> Future | None:
        """Return the one that lives longest, of those the one that scores most."""
        return max(self.all, key=lambda one: (one.survival, one.points), default=None)

    def work(self, run: Iterator[None], budget_s: float) -> None:
        """Go on with what `run` gave for about so long."""
        end = perf_counter() + budget_s
        while not self.all and perf_counter() < end:
            next(run, None)

    def run(self) -> Generator[None, None, None]:
        """Work; pauses every step."""
        record = self.record
        past = yield from relive(record)
        people = record.level.people
        town = Town(record.level, [record.town_seed], people)
        start = past.take(rows_of(np.full(len(Action), self.step), people))
        until, each = record.level.steps, np.array(Action, dtype=np.int8)
        company = company_of(record.level)
        out = yield from roll(town, start, self._policy, until, first=each, company=company)
        self.all = [self._future(action, out, past) for action in Action]

    def _future(self, action: Action, out: Rollout, past: TownState) -> Future:
        record = branch(self.record, past, self.step, out.told(action))
        cause = int(out.cause[action])
        return Future(
            action,
            out.way(action),
            int(out.age[action]),
            float(out.points[action]),
            None if cause == NONE else Meter(cause),
            record,
        )
