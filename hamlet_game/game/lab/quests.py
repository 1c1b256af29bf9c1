"""The two quests: make the agent farm a need, then mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hamlet_game.game.lab.detector import IN_A_ROW, SHORTER, pairs
from hamlet_game.game.lab.terms import BY_NAME, ORDER, signed
from hamlet_game.town.level import Level, RewardWeights

if TYPE_CHECKING:
    from hamlet_game.game.lab.trial import Trial

FARM, MEND = "farm", "mend"
LEVEL = "02_clean_start"  # of the recipes: short enough to be learned in a trial
FARM_RECIPE = RewardWeights(affordance_bonus=10.0, needed_below=7.0)
MEND_RECIPE = RewardWeights(
    survival=1.0, death=-20.0, wellbeing=0.6, affordance_bonus=1.0, needed_below=7.0
)
_USUAL = 0.8  # of a level's steps, where its pass mark says nothing about survival


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of a quest's list."""

    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class Quest:
    """What to do, and why it is worth doing."""

    key: str
    title: str
    story: str
    hint: str


QUESTS = (
    Quest(
        FARM,
        "Make the agent farm a need",
        "Find rewards by which an agent gets rich while its life goes to pieces.",
        "Pay only for needed uses, and count a need late, below 7: then an empty meter is a "
        "treasure, and waiting for it is a gamble.",
    ),
    Quest(
        MEND,
        "Mend it",
        "Change the rewards so that the agent lives again, although farming still pays a little.",
        "Pay for every step lived and for full meters; leave the farmed term a small weight.",
    ),
)


def pass_survival(level: Level) -> float:
    """Return the mean survival that a level's pass mark asks for."""
    marks = [c.value for c in level.stars[0] if c.measure == "survival"]
    return max(marks, default=_USUAL * level.steps)


def farmable(weights: RewardWeights) -> list[str]:
    """Return the names of the terms above 0 that can be farmed."""
    return [t.name for t in ORDER if t.farmable and getattr(weights, t.name) > 0]


def farm_goals(weights: RewardWeights, trial: Trial | None) -> list[Goal]:
    """Return how far the first quest has come."""
    shown = trial.weights if trial else weights
    names = [f"“{BY_NAME[name].label}” {signed(getattr(shown, name))}" for name in farmable(shown)]
    first = Goal(
        f"Give a farmable term a weight{': ' * bool(names)}{', '.join(names)}", bool(names)
    )
    richer, shorter = _gaps(trial)
    margin = SHORTER * trial.level.steps if trial else 0.0
    return [
        first,
        Goal(f"Paid more than the standard agent{_by(richer)}", richer is not None and richer > 0),
        Goal(
            f"Lives shorter than the standard agent{_by(shorter, ' steps')}",
            shorter is not None and shorter > margin,
        ),
        Goal("The detector names the farmed term", is_farmed(trial)),
    ]


def mend_goals(
    weights: RewardWeights, trial: Trial | None, farmed: str | None, level: Level
) -> list[Goal]:
    """Return how far the second quest has come. `farmed`: the term of the first one."""
    shown = trial.weights if trial and farmed else weights
    mark = pass_survival(trial.level if trial else level)
    latest = trial.yours.latest if trial else None
    lived = f": {latest.survival:.0f} now" if latest and farmed else ""
    label = BY_NAME[farmed].label if farmed else "the farmed term"
    return [
        Goal("First make an agent farm a need", farmed is not None),
        Goal(f"Keep “{label}” above 0, or pay for well-being", _kept(shown, farmed)),
        Goal(
            f"Lives more than {mark:.0f} steps, three exams in a row{lived}",
            farmed is not None and _lives(trial, mark),
        ),
        Goal(
            "Trained to the end, and the detector is silent",
            farmed is not None and _clean_end(trial),
        ),
    ]


def is_farmed(trial: Trial | None) -> bool:
    """Return whether the detector has found a farmable term farmed."""
    flag = trial.flag if trial else None
    return flag is not None and bool(BY_NAME[flag.term].farmable)


def _gaps(trial: Trial | None) -> tuple[float | None, float | None]:
    """Return by how much yours is paid more, and lives shorter, than the standard agent."""
    both = pairs(trial.yours.readings, trial.standard.readings) if trial else []
    if not both:
        return None, None
    mine, other = both[-1]
    return mine.total - other.total, other.survival - mine.survival


def _by(gap: float | None, unit: str = "") -> str:
    return "" if gap is None else f": {signed(round(gap))}{unit} now"


def _kept(weights: RewardWeights, farmed: str | None) -> bool:
    if farmed is None:
        return False
    return float(getattr(weights, farmed)) > 0 or weights.wellbeing > 0


def _lives(trial: Trial | None, mark: float) -> bool:
    last = trial.yours.readings[-IN_A_ROW:] if trial else []
    return len(last) == IN_A_ROW and all(reading.survival > mark for reading in last)


def _clean_end(trial: Trial | None) -> bool:
    if trial is None or trial.busy or trial.flag is not None or trial.trouble:
        return False
    return trial.progress >= 1
