"""The reward terms in plain words: what a weight says to whoever lives by it."""

from __future__ import annotations

from dataclasses import dataclass

from hamlet_game.town.level import RewardWeights

FARMED = "can be farmed"
_SAFE = "can't be farmed"


@dataclass(frozen=True, slots=True)
class Term:
    """A reward term on its slider. `reward` and `cost` say what a weight above or below 0 pays."""

    name: str  # as in `TERMS`
    label: str
    icon: str
    low: float
    high: float
    step: float
    reward: str
    cost: str
    farmable: bool | None = None  # None: it goes without saying
    lack: bool = False  # its natural value is 0 or less, so a weight above 0 takes away

    def says(self, weight: float, below: float = 50.0) -> str:
        """Return what a weight says, as a sentence; `below`: what counts as needed."""
        words = (self.reward if weight >= 0 else self.cost).format(below=f"{below:g}")
        if not weight:
            return f"Nothing {words.partition(':')[0]}."
        amount = f"Up to {signed(-weight)}" if self.lack else signed(weight)
        if self.farmable is None or weight < 0:
            return f"{amount} {words}{'' if words.endswith('?') else '.'}"
        return f"{amount} {words}: {FARMED if self.farmable else _SAFE}."


def signed(value: float) -> str:
    """Return a number as people write a gain or a loss."""
    text = f"{abs(value):.2f}".rstrip("0").rstrip(".")
    return text if text == "0" else f"{'+' if value > 0 else '−'}{text}"


ORDER: tuple[Term, ...] = (
    Term(
        "survival", "Step lived", "heart", -2, 2, 0.1,
        "for every step lived", "for every step lived: the sooner it is over, the better",
    ),
    Term(
        "death", "Death", "faint", -50, 50, 1,
        "for dying: why go on?", "for dying",
    ),
    Term(
        "critical", "Into the red", "warning", -10, 10, 0.5,
        "each time a deadly meter falls into the red: trouble pays",
        "each time a deadly meter falls into the red",
    ),
    Term(
        "wellbeing", "Well-being", "star_full", -2, 2, 0.1,
        "a step for each meter below comfort, the emptier the worse",
        "a step for each meter below comfort: misery pays", False, True,
    ),
    Term(
        "improvement", "Refilling", "energy", -2, 2, 0.1,
        "for each point refilled, more the emptier the meter was",
        "for each point refilled: better let it be", True,
    ),
    Term(
        "affordance_bonus", "Needed use", "bed", -20, 20, 1,
        "for using a building whose meter is below {below}",
        "for using a building whose meter is below {below}: better let it be", True,
    ),
    Term(
        "proximity", "Towards the need", "flag", -20, 20, 1,
        "on the way to what is needed most, taken back on the way off",
        "on the way to what is needed most: better stay away", False,
    ),
    Term(
        "money", "Money", "money", -20, 20, 1,
        "for a full purse earned, taken back as it is spent",
        "for a full purse earned: poverty pays", False,
    ),
    Term(
        "efficiency", "Wasted step", "cross", -2, 2, 0.1,
        "for every wasted step: bumping into the edge pays", "for every wasted step",
    ),
)  # fmt: skip
BY_NAME = {term.name: term for term in ORDER}


def sentences(weights: RewardWeights) -> list[tuple[Term, str]]:
    """Return what the weights other than 0 say, in the order of the sliders."""
    return [
        (term, term.says(weight, weights.needed_below))
        for term in ORDER
        if (weight := float(getattr(weights, term.name)))
    ]


def changed(weights: RewardWeights, name: str, value: float) -> RewardWeights:
    """Return weights with another value of one term."""
    return weights.model_copy(update={name: float(value)})
