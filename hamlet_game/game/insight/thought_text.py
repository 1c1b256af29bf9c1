"""A thought in plain words, from the numbers the player acted on.

`Mind` looks ahead, too, a millisecond a call; `thought_text` alone says what is known now.
"""

from __future__ import annotations

from hamlet_game.game.agents.players import BrainPlayer, Player, Thought
from hamlet_game.game.insight.foresight import BUDGET_S, Foresight, Heading
from hamlet_game.game.insight.words import decimals_for, most_urgent, need, number, percent
from hamlet_game.game.narration import KIND_NAMES
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action, Kind, Meter
from hamlet_game.town.town import Town

LONGEST = 90  # characters
LEISURE = 1.0  # s, more than looking ahead ever takes
_SERVES = {Kind.BED: Meter.ENERGY, Kind.SHOWER: Meter.HYGIENE, Kind.FRIDGE: Meter.SATIATION}
_USES = {
    Kind.BED: "Goes to bed",
    Kind.SHOWER: "Takes a shower",
    Kind.FRIDGE: "Eats a meal",
    Kind.JOB: "Works a shift",
}
_GOING = {Action.UP: "up", Action.DOWN: "down", Action.LEFT: "left", Action.RIGHT: "right"}


class Mind:
    """Puts one player's thoughts into words, with where it is heading.

    `budget_s` of looking ahead a call; where no frame waits, `LEISURE` says all at once.
    """

    def __init__(self, budget_s: float = BUDGET_S) -> None:
        self._foresight, self._budget_s = Foresight(), budget_s

    def text(self, town: Town, thought: Thought, player: Player) -> str:
        """Return the thought; 'is 6 steps away' only where its greedy play leads there."""
        heading = None
        if isinstance(player, BrainPlayer):
            heading = self._foresight.heading(town, player, self._budget_s)
        return thought_text(town, thought, heading)


def thought_text(town: Town, thought: Thought, heading: Heading | None = None) -> str:
    """Return what the first life of a town thinks before a step, in at most 90 characters.

    All numbers are the town's and the thought's, rounded. `heading` is where the player's
    own greedy play leads from here; without it nothing is said of that.
    """
    if thought.random:
        return _exploring(town, thought)
    if thought.chosen is not thought.best:
        return _driven(town, thought)
    return f"{_why(town, thought, heading)}: {values(thought)}."


def values(thought: Thought) -> str:
    """Return the best value and the next best, as raw numbers."""
    best = thought.values[thought.best]
    other = max(v for a, v in enumerate(thought.values) if a != thought.best)
    if thought.measures == "log_probability":
        return f"p {percent(best)}, next best {percent(other)}"
    digits = decimals_for((best, other))
    if other > best:  # walking into the edge, which it is not allowed
        return f"Q {number(best, digits)}"
    return f"Q {number(best, digits)}, next best {number(other, digits)}"


def _exploring(town: Town, thought: Thought) -> str:
    if thought.chosen is thought.best:
        return f"Exploring: random move, and its own choice, too: {_doing(town, thought.best)}."
    return f"Exploring: random move; would have {_done(town, thought.best)}."


def _driven(town: Town, thought: Thought) -> str:
    best, chosen = thought.values[thought.best], thought.values[thought.chosen]
    if thought.measures == "log_probability":
        numbers = f"p {percent(best)} against {percent(chosen)}"
    else:
        digits = decimals_for((best, chosen))
        numbers = f"Q {number(best, digits)} against {number(chosen, digits)}"
    return f"Driven. It would have {_done(town, thought.best)}: {numbers}."


def _why(town: Town, thought: Thought, heading: Heading | None) -> str:
    level, meters = town.level, _meters(town)
    urgent = most_urgent(level, meters)
    feels = need(level, urgent, meters[urgent])
    here, action = _here(town), thought.best
    if action is Action.INTERACT and here is not None:
        if meters[Meter.MONEY] < _price(level, here):
            return f"{_feels(level, meters, here)} but broke (${meters[Meter.MONEY]:.0f}). Waits"
        return f"{_feels(level, meters, here)}. {_USES[here]}"
    does = "Waits" if action is Action.INTERACT else f"Goes {_GOING[action]}"
    if heading is None:
        return f"{feels}. {does}"
    if heading.kind is None:
        return f"{feels}. {does}{_nowhere(heading)}"
    return _towards(level, meters, urgent, heading, heading.kind)


def _towards(
    level: Level, meters: tuple[float, ...], urgent: Meter, heading: Heading, kind: Kind
) -> str:
    steps = f"{heading.steps} step" + "s" * (heading.steps != 1)
    far = f"is {steps} away" if heading.steps == heading.walk else f"comes in {steps}"
    if kind is Kind.JOB and (server := _unpaid(level, meters, urgent)) is not None:
        broke = f"broke (${meters[Meter.MONEY]:.0f})"
        return f"{_feels(level, meters, server)} but {broke}: to work first, {steps}"
    return f"{_feels(level, meters, kind)}. {KIND_NAMES[kind]} {far}"


def _unpaid(level: Level, meters: tuple[float, ...], urgent: Meter) -> Kind | None:
    """Return the building that the most urgent meter needs, if there is no money for it."""
    kind = next((k for k in level.kinds if _SERVES.get(k) is urgent), None)
    return kind if kind is not None and meters[Meter.MONEY] < _price(level, kind) else None


def _nowhere(heading: Heading) -> str:
    if heading.died:
        return f" and dies in {heading.steps} step" + "s" * (heading.steps != 1)
    if heading.ends:
        return ", to the end"
    return f", no house in {heading.steps} steps"


def _doing(town: Town, action: Action) -> str:
    if action is Action.INTERACT:
        return "waiting" if (here := _here(town)) is None else f"using the {here.key}"
    return f"going {_GOING[action]}"


def _done(town: Town, action: Action) -> str:
    if action is Action.INTERACT:
        return "waited" if (here := _here(town)) is None else f"used the {here.key}"
    return f"gone {_GOING[action]}"


def _feels(level: Level, meters: tuple[float, ...], kind: Kind) -> str:
    meter = _SERVES.get(kind, Meter.MONEY)
    return need(level, meter, meters[meter])


def _meters(town: Town) -> tuple[float, ...]:
    return tuple(float(value) for value in town.meters[0])


def _here(town: Town) -> Kind | None:
    """Return the kind of building the first life stands on."""
    x, y = int(town.state.x[0]), int(town.state.y[0])
    return next((kind for kind, i, j in town.places() if (i, j) == (x, y)), None)


def _price(level: Level, kind: Kind) -> float:
    rule = level.buildings.of(kind)
    return rule.costs.of(Meter.MONEY) if rule else 0.0
