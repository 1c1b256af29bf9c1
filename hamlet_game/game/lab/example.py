"""The worked example: what the weights would pay four scripts for a life each."""

from __future__ import annotations

from dataclasses import dataclass

from hamlet_game.game.lab.exam import BUDGET_S, Exam, Lived
from hamlet_game.game.lab.farmer import farmer
from hamlet_game.town.level import Level, RewardWeights
from hamlet_game.town.policies import SCRIPTS, Policy

TOWNS = tuple(range(900_101, 900_125))  # held out from training, as all towns of people are
MARGIN = 0.1  # of the longer life: less is no shorter one
_EARLY = ("idle", "random")  # who just lets go


@dataclass(frozen=True, slots=True)
class Payee:
    """Somebody whom rewards pay."""

    key: str
    name: str
    icon: str
    policy: Policy


PAYEES = (
    Payee("sensible", "Sensible", "star_full", SCRIPTS["sensible"]),
    Payee("farmer", "Farmer", "bed", farmer),
    Payee("idle", "Idler", "pause", SCRIPTS["idle"]),
    Payee("random", "Random", "dice", SCRIPTS["random"]),
)


@dataclass(frozen=True, slots=True)
class Pay:
    """What somebody lives and earns on average."""

    payee: Payee
    survival: float  # steps
    total: float  # return under the weights


class Example:
    """Lets the scripts live in a level, a little each frame; any weights can be asked for then."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self._lived: dict[str, Lived] = {}
        self._exam: Exam | None = None

    @property
    def done(self) -> bool:
        """Return whether everybody has lived."""
        return len(self._lived) == len(PAYEES)

    def work(self, budget_s: float = BUDGET_S) -> None:
        """Let the next script live on."""
        if self.done:
            return
        payee = PAYEES[len(self._lived)]
        if self._exam is None:
            self._exam = Exam(self.level, payee.policy, TOWNS)
        self._exam.work(budget_s)
        if self._exam.done:
            self._lived[payee.key] = self._exam.finished()
            self._exam = None

    def pays(self, weights: RewardWeights) -> list[Pay]:
        """Return what each script that has lived is paid, the longest life first."""
        found = [
            Pay(payee, float(lived.survival.mean()), float(lived.totals(weights).mean()))
            for payee in PAYEES
            if (lived := self._lived.get(payee.key))
        ]
        return sorted(found, key=lambda pay: -pay.survival)


@dataclass(frozen=True, slots=True)
class Advice:
    """What the worked example amounts to."""

    good: bool
    text: str
    short: str  # the same without its numbers
    farming: bool = False  # what is paid too well is farming


def advice(pays: list[Pay]) -> Advice:
    """Return a warning where a shorter life is paid better, praise where none is."""
    worst: tuple[float, Pay, Pay] | None = None
    for long in pays:
        for short in pays:
            gap = short.total - long.total
            is_shorter = short.survival < (1 - MARGIN) * long.survival
            if is_shorter and gap > 0 and (worst is None or gap > worst[0]):
                worst = gap, short, long
    if worst is None:
        return _praise(pays)
    _, short, long = worst
    farming = short.payee.key not in _EARLY
    what = "farming a need" if farming else "dying early"
    told = f"These rewards pay {what} better than living"
    numbers = (
        f"{_the(short)} lives {short.survival:.0f} steps and gets {short.total:.0f}, "
        f"{_the(long)} lives {long.survival:.0f} and gets {long.total:.0f}"
    )
    return Advice(False, f"{told}: {numbers}.", f"{told}.", farming)


def _praise(pays: list[Pay]) -> Advice:
    if pays and max(abs(pay.total) for pay in pays) == 0:
        told = "These rewards say nothing: whatever one does, it pays 0."
        return Advice(False, told, told)
    told = "Of these four, nobody who lives shorter is paid better."
    return Advice(True, told, told)


def _the(pay: Pay) -> str:
    name = pay.payee.name.lower()
    return {"random": "random play", "sensible": "the sensible script"}.get(
        pay.payee.key, f"the {name}"
    )
