"""One life, written down step by step: for charts, ghosts, results and replays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hamlet_game.town.level import Level
from hamlet_game.town.names import NONE, Action, Kind, Meter
from hamlet_game.town.outcome import Refusal, Step
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


class Record:
    """A single life and all its frames. `act` is the only way on."""

    def __init__(self, level: Level, town_seed: int) -> None:
        self.level, self.town_seed = level, town_seed
        self.town = Town(level, [town_seed])
        self.frames = [self._first()]

    @classmethod
    def of(cls, level: Level, town_seed: int, actions: Iterable[int]) -> Record:
        """Live a recorded life again, to its end or to the last action given."""
        record = cls(level, town_seed)
        for action in actions:
            if record.over:
                break
            record.act(Action(action))
        return record

    def act(self, action: Action) -> Frame:
        """Do one step. Raises ValueError when the life is over."""
        if self.over:
            raise ValueError("the life is over; start another")
        frame = self._frame(action, self.town.step([action]))
        self.frames.append(frame)
        return frame

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

    def _meters(self) -> tuple[float, ...]:
        return tuple(float(value) for value in self.town.state.meters[:, 0])

    def _first(self) -> Frame:
        s = self.town.state
        return Frame(int(s.x[0]), int(s.y[0]), self._meters(), 0.0)

    def _frame(self, action: Action, step: Step) -> Frame:
        s, used, cause = self.town.state, int(step.used[0]), int(step.cause[0])
        return Frame(
            x=int(s.x[0]),
            y=int(s.y[0]),
            meters=self._meters(),
            points=float(s.points[0]),
            action=action,
            used=None if used == NONE else Kind(used),
            refused=Refusal(int(step.refused[0])),
            moved=bool(step.moved[0]),
            reward=float(step.reward[0]),
            terms={name: float(value[0]) for name, value in step.terms.items()},
            died=bool(step.died[0]),
            timed_out=bool(step.timed_out[0]),
            cause=None if cause == NONE else Meter(cause),
        )
