"""What a training run says of itself: the one vocabulary that every output consumes.

Plain values only, so that events travel between processes, and no torch. In all
of them `step` counts steps of one life over all lives since the run began,
`seconds` is training time summed over resumed sessions (evaluation included,
pauses not), and `level` is a level's id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # the trainer process reads this before it says how many threads NumPy takes
    import numpy as np
    from numpy.typing import NDArray

Measures = dict[str, float]  # by the names of `town.conditions.MEASURES`

QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)  # of `Evaluated.survival_quantiles`


@dataclass(frozen=True, slots=True)
class RunStarted:
    """A run begins, or goes on from a checkpoint if `step` is not 0. Always the first event."""

    run: str  # name, empty if it has none
    config: dict[str, Any]  # `RunConfig` as plain values
    levels: tuple[str, ...]  # ids, in order
    agents: int
    step: int
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class LevelStarted:
    """Training turns to a level, or goes on with it after a resume."""

    step: int
    seconds: float
    level: str


@dataclass(frozen=True, slots=True)
class EpisodeEnded:
    """A training life is over. Numbers count up by one over the whole run."""

    step: int
    seconds: float
    episode: int  # from 1
    agent: int  # from 0
    level: str
    town_seed: int
    survival: int  # steps lived
    total: float  # sum of rewards
    score: float  # 0..1000
    cause: str | None  # meter that ended it; None: it reached the last step
    random_share: float  # 0..1, of its actions
    actions: bytes | None  # one `Action` a byte, of some lives that can be lived again by them
    others: bytes = b""  # what those who shared the town did: see `Record.others_actions`


@dataclass(frozen=True, slots=True)
class LearnerProgress:
    """How learning goes, now and then."""

    step: int
    seconds: float
    level: str
    agent: int
    steps_per_s: float  # of all agents, since the last report
    numbers: dict[str, float]  # what the algorithm's `learn` returned last
    survival: float  # mean steps lived of recent training episodes here; 0 before the first
    random_share: float  # 0..1, of the actions since the last report


@dataclass(frozen=True, slots=True)
class Played:
    """What an agent's training lives did since the last progress report."""

    step: int
    seconds: float
    level: str
    agent: int
    actions: tuple[int, ...]  # how often each `Action` was done, in all levels of the mix
    visits: NDArray[np.int32]  # (rows, columns) steps that lives of this level spent on a cell
    q: NDArray[np.float32] | None  # (L, A) of where its lives are now; None: it has no Q-values


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One agent played greedily in held-out towns of a level."""

    step: int
    seconds: float
    level: str
    agent: int
    towns: int
    measures: Measures  # means; `par` only where it was asked for
    passed: bool  # the level's pass mark
    stars: int  # 0..3; a star that asks for par needs it measured
    causes: dict[str, int]  # lives that each meter ended
    survival_quantiles: tuple[float, ...]  # steps lived, at `QUANTILES`


@dataclass(frozen=True, slots=True)
class LevelGraduated:
    """Enough evaluations in a row passed the level's mark."""

    step: int
    seconds: float
    level: str
    episodes: int  # training episodes in this level so far
    measures: Measures  # of the last evaluation, mean over agents


@dataclass(frozen=True, slots=True)
class LevelFellBack:
    """An earlier level was forgotten; training returns to it."""

    step: int
    seconds: float
    level: str
    to: str


@dataclass(frozen=True, slots=True)
class BrainUpdated:
    """An agent's policy as it is now."""

    step: int
    seconds: float
    agent: int
    level: str
    brain: dict[str, Any]  # what `Brain` takes: `arrays`, `architecture`, `training` (its origin)


@dataclass(frozen=True, slots=True)
class CheckpointSaved:
    """A checkpoint is on disk: everything needed to go on, or one of the best policies."""

    step: int
    seconds: float
    file: str
    metric: float | None  # number of the level in the run + quality 0..1; None: not evaluated yet
    best: bool  # brains alone, among the best few so far; False: everything needed to go on


@dataclass(frozen=True, slots=True)
class CheckpointSkipped:
    """A checkpoint could not be used; an earlier one will be tried."""

    file: str
    reason: str  # a sentence with the remedy


@dataclass(frozen=True, slots=True)
class CheckpointFailed:
    """The disk took no checkpoint; training goes on, and what was saved before is untouched."""

    step: int
    seconds: float
    file: str
    reason: str  # a sentence with the remedy


@dataclass(frozen=True, slots=True)
class Taught:
    """What a person did is in the first agent's memory, or why it is not."""

    step: int
    seconds: float
    level: str
    steps: int  # that the person chose and the agent remembers; 0 if it was refused
    refusal: str  # a sentence, empty if it was not refused


@dataclass(frozen=True, slots=True)
class Paused:
    """Nothing happens; said a few times a second, so that whoever listens can give orders."""

    step: int
    seconds: float


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The last event of a run."""

    step: int
    seconds: float
    reason: Literal["finished", "stopped", "limit"]
    summary: dict[str, Any]  # JSON values, see `ledger`


Event = (
    RunStarted
    | LevelStarted
    | EpisodeEnded
    | LearnerProgress
    | Played
    | Evaluated
    | LevelGraduated
    | LevelFellBack
    | BrainUpdated
    | CheckpointSaved
    | CheckpointSkipped
    | CheckpointFailed
    | Taught
    | Paused
    | RunEnded
)
