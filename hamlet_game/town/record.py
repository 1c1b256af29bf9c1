"""One life, written down step by step: for charts, ghosts, results and replays.

Where several share the town, it is the life of its first person; what the others do is
decided by a policy, and their lives are written down beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from hamlet_game.town.level import Level
from hamlet_game.town.names import NONE, Action, Kind, Meter
from hamlet_game.town.outcome import Refusal, Step
from hamlet_game.town.policies import Actions, Policy, sensible
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town


@dataclass(frozen=True, slots=True)
class Frame:
    """The town after one step; frame 0 is the start."""

    x: int
    y: int
    meters: tuple[float, ...]  # (4,) 0..100, by `Meter`
    points: float  # score so far, 0..1000
    action: Action | None = None  # what led here; None at the start
    used: Kind | None = None
    refused: Refusal = Refusal.NO
    moved: bool = False
    reward: float = 0.0
    terms: dict[str, float] = field(default_factory=dict)
    died: bool = False
    timed_out: bool = False
    cause: Meter | None = None


class Life:
    """The frames of one person's life."""

    def __init__(self, level: Level, first: Frame) -> None:
        self.level = level
        self.frames = [first]

    @property
    def last(self) -> Frame:
        """The newest frame."""
        return self.frames[-1]

    @property
    def survival(self) -> int:
        """Steps lived so far."""
        return len(self.frames) - 1

    @property
    def over(self) -> bool:
        """Whether the life ended, by an empty meter or by the last step."""
        return self.last.died or self.last.timed_out


class Record(Life):
    """A single life and all its frames. `act` is the only way on."""

    def __init__(self, level: Level, town_seed: int, company: Policy | None = None) -> None:
        """Begin. `company` decides for the others who share the town: good sense if not given."""
        self.town_seed, self.company = town_seed, company or sensible
        self.town = Town(level, [town_seed], level.people)
        super().__init__(level, self._first(0))
        self.others = tuple(Life(level, self._first(n)) for n in range(1, level.people))
        self._told = bytearray()  # what the others did, all of them in every step

    @classmethod
    def of(
        cls, level: Level, town_seed: int, actions: Iterable[int], company: Policy | None = None
    ) -> Record:
        """Live a recorded life again, to its end or to the last action given."""
        record = cls(level, town_seed, company)
        for action in actions:
            if record.over:
                break
            record.act(Action(action))
        return record

    def branch(self, step: int, state: TownState, company: Policy | None = None) -> Record:
        """Return another life that was the same up to `step`, whose town is then in `state`.

        `company` decides for the others from there on: this life's own if not given.
        """
        other = Record(self.level, self.town_seed, company or self.company)
        other.town.restore(state)
        for mine, theirs in zip((other, *other.others), (self, *self.others), strict=True):
            mine.frames = theirs.frames[: step + 1]
        other._told = self._told[: step * len(self.others)]
        return other

    def act(self, action: Action) -> Frame:
        """Do one step. Raises ValueError when the life is over."""
        if self.over:
            raise ValueError("the life is over; start another")
        actions = [int(action)]
        if self.others:
            told = self.company(self.town)[1:]
            actions += (int(other) for other in told)
            self._told += bytes(actions[1:])
        step = self.town.step(actions)
        for life, other in enumerate(self.others, 1):
            if not other.over:
                other.frames.append(self._frame(Action(actions[life]), step, life))
        frame = self._frame(action, step)
        self.frames.append(frame)
        return frame

    @property
    def others_actions(self) -> bytes:
        """What the others did so far, a byte each, step by step."""
        return bytes(self._told)

    @property
    def actions(self) -> bytes:
        """All actions so far, one byte each."""
        return bytes(frame.action for frame in self.frames if frame.action is not None)

    @property
    def total(self) -> float:
        """The sum of rewards so far."""
        return sum(frame.reward for frame in self.frames)

    def measures(self, par: float | None = None) -> dict[str, float]:
        """Return what star conditions ask for; without a par nothing counts as on par."""
        return {
            "survival": float(self.survival),
            "return": self.total,
            "alive": float(self.last.timed_out),
            "score": self.last.points,
            "par": self.last.points / par if par else 0.0,
        }

    def stars(self, par: float | None = None) -> int:
        """Return how many stars the life earns, 0..3; each needs those before it."""
        measures, count = self.measures(par), 0
        for conditions in self.level.stars:
            if not all(condition.holds(measures) for condition in conditions):
                break
            count += 1
        return count

    def last_use(self, kind: Kind) -> int | None:
        """Return the step at which a building was last used, None if never."""
        steps = range(len(self.frames) - 1, 0, -1)
        return next((step for step in steps if self.frames[step].used is kind), None)

    def _meters(self, life: int) -> tuple[float, ...]:
        return tuple(float(value) for value in self.town.state.meters[:, life])

    def _first(self, life: int) -> Frame:
        s = self.town.state
        return Frame(int(s.x[life]), int(s.y[life]), self._meters(life), 0.0)

    def _frame(self, action: Action, step: Step, life: int = 0) -> Frame:
        s, used, cause = self.town.state, int(step.used[life]), int(step.cause[life])
        return Frame(
            x=int(s.x[life]),
            y=int(s.y[life]),
            meters=self._meters(life),
            points=float(s.points[life]),
            action=action,
            used=None if used == NONE else Kind(used),
            refused=Refusal(int(step.refused[life])),
            moved=bool(step.moved[life]),
            reward=float(step.reward[life]),
            terms={name: float(value[life]) for name, value in step.terms.items()},
            died=bool(step.died[life]),
            timed_out=bool(step.timed_out[life]),
            cause=None if cause == NONE else Meter(cause),
        )


def remembered(others: bytes, people: int, beyond: Policy | None = None) -> Policy:
    """Return a company that does what it did before, as `Record.others_actions` told it.

    `beyond` decides once that is used up: good sense if not given.
    """
    each, after = people - 1, beyond or sensible

    def policy(town: Town) -> Actions:
        start = int(town.state.age[0]) * each
        told = others[start : start + each]
        if len(told) < each:
            return after(town)
        return np.frombuffer(b"\0" + told, dtype=np.int8)

    return policy
