"""A level: the numbers of one town, as written in `levels/*.yaml`.

Models only; `level_file` reads them and turns every mistake into a sentence.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from hamlet_game.town.conditions import Condition, parse_condition
from hamlet_game.town.names import FULL, Kind, Meter

MAX_SIDE = 64  # cells
MAX_STEPS = 10_000
MAX_BUILDINGS = 64  # of one kind
MAX_PEOPLE = 100  # who share a town

Amount = Annotated[float, Field(ge=0, le=FULL, allow_inf_nan=False)]
Weight = Annotated[float, Field(ge=-1000, le=1000, allow_inf_nan=False)]
Cell = tuple[Annotated[int, Field(ge=0, lt=MAX_SIDE)], Annotated[int, Field(ge=0, lt=MAX_SIDE)]]
Side = Annotated[int, Field(ge=2, le=MAX_SIDE)]


def _one_line(text: str) -> str:
    """Join the lines of folded YAML text; the window shows nothing that can't be printed."""
    text = " ".join(text.split())
    if not text:
        raise ValueError("the text is empty; write something")
    if not text.isprintable():
        raise ValueError("the text holds characters that can't be shown; delete them")
    return text


Name = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_one_line)]
Line = Annotated[str, Field(min_length=1, max_length=400), AfterValidator(_one_line)]


class Rules(BaseModel):
    """Base of all level models: strict about keys and types, and immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _lists_are_tuples(cls, data: Any) -> Any:
        return (
            {key: _tuples(value) for key, value in data.items()} if isinstance(data, dict) else data
        )


def _tuples(value: object) -> object:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _as_range(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (value, value)
    return value


class MeterRule(Rules):
    """How one meter behaves. Amounts are 0..100, drains are per step."""

    start: Annotated[tuple[Amount, Amount], BeforeValidator(_as_range)]
    drain: Amount = 0.0
    move_drain: Amount = 0.0  # on top, in a step that moves
    deadly: bool = False  # the life ends when it reaches 0
    critical: Amount = 20.0  # below this it is in the red
    comfort: Amount = 60.0  # below this the wellbeing term counts a lack
    importance: Annotated[float, Field(ge=0, le=10)] = 1.0  # of that lack

    @field_validator("start")
    @classmethod
    def _ordered(cls, start: tuple[float, float]) -> tuple[float, float]:
        if start[0] > start[1]:
            raise ValueError(f"the range runs backwards; write [{start[1]:g}, {start[0]:g}]")
        return start


class MeterRules(Rules):
    """The four meters."""

    energy: MeterRule
    hygiene: MeterRule
    satiation: MeterRule
    money: MeterRule

    @model_validator(mode="after")
    def _money_kills_nobody(self) -> Self:
        if self.money.deadly:
            raise ValueError("money can't be deadly; only energy, hygiene and satiation can")
        return self

    def of(self, meter: Meter) -> MeterRule:
        """Return the rule of one meter."""
        rule: MeterRule = getattr(self, meter.key)
        return rule


class Amounts(Rules):
    """An amount for each meter, 0 where it is not named."""

    energy: Amount = 0.0
    hygiene: Amount = 0.0
    satiation: Amount = 0.0
    money: Amount = 0.0

    def of(self, meter: Meter) -> float:
        """Return the amount for one meter."""
        amount: float = getattr(self, meter.key)
        return amount


def _something(gives: Amounts) -> Amounts:
    if not any(gives.of(meter) for meter in Meter):
        raise ValueError("nothing is given; name a meter, for example {energy: 50}")
    return gives


class BuildingRule(Rules):
    """What one kind of building takes and gives, and where it stands."""

    at: Annotated[tuple[Cell, ...], Field(min_length=1, max_length=MAX_BUILDINGS)]
    costs: Amounts = Amounts()  # money must be affordable; other costs are just taken
    gives: Annotated[Amounts, AfterValidator(_something)]
    capacity: Annotated[int, Field(ge=1, le=1000)] | None = None  # users a step; None: no limit

    @property
    def serves(self) -> Meter:
        """The meter it raises most."""
        return max(Meter, key=self.gives.of)


class BuildingRules(Rules):
    """The buildings of a level; a kind left out does not exist there."""

    bed: BuildingRule | None = None
    shower: BuildingRule | None = None
    fridge: BuildingRule | None = None
    job: BuildingRule | None = None

    def of(self, kind: Kind) -> BuildingRule | None:
        """Return the rule of one kind, None where the level has none of it."""
        rule: BuildingRule | None = getattr(self, kind.key)
        return rule


class StartRule(Rules):
    """Where a life begins: on a free cell, drawn per town and episode."""

    near: Literal["bed", "shower", "fridge", "job"] | None = None
    within: Annotated[int, Field(ge=1, le=2 * MAX_SIDE)] | None = None  # steps from `near`

    @model_validator(mode="after")
    def _both(self) -> Self:
        if (self.near is None) != (self.within is None):
            raise ValueError("'near' and 'within' belong together; give both or neither")
        return self


class RewardWeights(Rules):
    """The weight of each named reward term; 0 switches it off. See `rewards.TERMS`."""

    survival: Weight = 0.0
    critical: Weight = 0.0
    death: Weight = 0.0
    improvement: Weight = 0.0
    affordance_bonus: Weight = 0.0
    proximity: Weight = 0.0
    wellbeing: Weight = 0.0
    money: Weight = 0.0
    efficiency: Weight = 0.0
    needed_below: Amount = 50.0  # a meter below this needs its building


class ScoreShares(Rules):
    """What a step alive is worth; the shares add up to 1, a full score is 1,000."""

    living: Annotated[float, Field(ge=0, le=1)] = 1.0
    wellbeing: Annotated[float, Field(ge=0, le=1)] = 0.0  # mean of the deadly meters
    wealth: Annotated[float, Field(ge=0, le=1)] = 0.0  # money

    @model_validator(mode="after")
    def _whole(self) -> Self:
        total = self.living + self.wellbeing + self.wealth
        if abs(total - 1) > 1e-6:
            raise ValueError(f"the shares add up to {total:g}; make them add up to 1")
        return self


Conditions = Annotated[
    tuple[Annotated[Condition, BeforeValidator(parse_condition)], ...],
    Field(min_length=1, max_length=5),
]


class Level(Rules):
    """One stage of the curriculum, as data."""

    format: Literal[1]
    name: Name
    goal: Line
    hint: Line
    teaches: Line
    grid: tuple[Side, Side]  # columns, rows
    steps: Annotated[int, Field(ge=1, le=MAX_STEPS)]
    layout: Literal["classic", "random"]  # classic: as `at` says; random: as many, drawn per town
    start: StartRule = StartRule()
    people: Annotated[int, Field(ge=1, le=MAX_PEOPLE)] = 1  # who live in the town together
    meters: MeterRules
    buildings: BuildingRules
    rewards: RewardWeights
    score: ScoreShares = ScoreShares()
    stars: tuple[Conditions, Conditions, Conditions]
    id: str = ""  # the file's name without folder and suffix

    @property
    def width(self) -> int:
        """Columns of the grid."""
        return self.grid[0]

    @property
    def height(self) -> int:
        """Rows of the grid."""
        return self.grid[1]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of building this level has."""
        return tuple(kind for kind in Kind if self.buildings.of(kind))

    @property
    def deadly(self) -> tuple[Meter, ...]:
        """The meters that end a life at 0."""
        return tuple(meter for meter in Meter if self.meters.of(meter).deadly)

    @property
    def shown(self) -> tuple[Meter, ...]:
        """The meters that matter here: deadly, draining, paid with, or given."""
        rules = [rule for kind in self.kinds if (rule := self.buildings.of(kind))]

        def matters(meter: Meter) -> bool:
            rule = self.meters.of(meter)
            if rule.deadly or rule.drain or rule.move_drain:
                return True
            return meter is Meter.MONEY and any(
                r.costs.of(meter) or r.gives.of(meter) for r in rules
            )

        return tuple(meter for meter in Meter if matters(meter))

    @model_validator(mode="after")
    def _stands(self) -> Self:
        cells: dict[tuple[int, int], Kind] = {}
        for kind in self.kinds:
            rule = self.buildings.of(kind)
            for cell in rule.at if rule else ():
                where = f"buildings.{kind.key}.at: [{cell[0]}, {cell[1]}]"
                if cell[0] >= self.width or cell[1] >= self.height:
                    raise ValueError(
                        f"{where} lies outside the {self.width} by {self.height} grid; "
                        f"columns run 0..{self.width - 1}, rows 0..{self.height - 1}"
                    )
                if cell in cells:
                    raise ValueError(f"{where} is taken by the {cells[cell].key}; move one of them")
                cells[cell] = kind
        if not cells:
            raise ValueError("buildings: the town has no building; add at least one")
        if len(cells) >= self.width * self.height:
            raise ValueError("buildings: no cell is left to stand on; make the grid larger")
        if self.start.near and Kind[self.start.near.upper()] not in self.kinds:
            raise ValueError(
                f"start.near: the level has no {self.start.near}; name one of "
                f"{', '.join(kind.key for kind in self.kinds)}"
            )
        if not self.deadly:
            raise ValueError(
                "meters: none is deadly, so nothing can be at stake; set 'deadly: true' on one"
            )
        return self
