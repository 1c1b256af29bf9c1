"""The sections of a run's configuration."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_serializer,
)

from hamlet_game.town.conditions import Condition, parse_condition

FEWEST_REPLAYS = 5  # the best, the worst, a graduation, the first and the newest

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1)]
Amount = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class Settings(BaseModel):
    """Base of all parts: strict about keys, and immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _ordered(span: tuple[float, float]) -> tuple[float, float]:
    if span[0] > span[1]:
        raise ValueError(f"the range runs backwards; write [{span[1]:g}, {span[0]:g}]")
    return span


Span = Annotated[tuple[Amount, Amount], AfterValidator(_ordered)]


class StartSpread(Settings):
    """Training lives that begin with meters drawn from wide ranges, to see every situation."""

    share: Share = 0.5  # of training lives
    vital: Span = (10, 100)  # energy, hygiene, satiation
    money: Span = (0, 100)


class Rewarm(Settings):
    """More exploration at the start of a later level, falling back to normal linearly."""

    epsilon: Share = 0.0  # share of actions drawn at random on top; 0 switches it off
    over: Count = 50_000  # steps


class FallBack(Settings):
    """When to return to an earlier level that was forgotten."""

    below: Share = 0.5  # of any number in its pass mark
    after: Count = 3  # checks in a row
    check_every: Count = 5  # evaluations; the earlier level is checked while this one fails


class CurriculumConfig(Settings):
    """How a run goes from level to level."""

    enabled: bool = True  # off: train on the last level alone, from the start
    evaluate_every: Count = 50_000  # steps
    towns: Annotated[int, Field(ge=1, le=10_000)] = 100  # held out, per evaluation
    # of them that par is taken from, where a mark asks for it; par hardly differs between towns
    par_towns: Annotated[int, Field(ge=0, le=1_000)] = 4
    passes_needed: Count = 2  # evaluations in a row
    mix_earlier: Annotated[float, Field(ge=0, lt=1)] = 0.0  # share of lives in earlier levels
    mix_later: Annotated[float, Field(ge=0, lt=1)] = 0.0  # of the others, in levels to come
    memory: Literal["keep", "clear"] = "keep"  # experience, when a new level begins
    rewarm: Rewarm = Rewarm()
    fall_back: FallBack | None = FallBack()
    max_steps_per_level: Count | None = None  # then the next one begins, graduated or not
    # what the last level goes on for after it is graduated; none: the run ends there
    target: tuple[Annotated[Condition, BeforeValidator(parse_condition)], ...] = ()

    @field_serializer("target")
    def _as_written(self, target: tuple[Condition, ...]) -> list[str]:
        return [str(condition) for condition in target]


class FinalConfig(Settings):
    """The results at the end of a run: the best policy in towns that no choice was made in."""

    towns: Annotated[int, Field(ge=0, le=100_000)] = 1_000  # 0 leaves it out
    par_towns: Annotated[int, Field(ge=0, le=1_000)] = 4  # as above


class CheckpointConfig(Settings):
    """When everything is saved, and what is kept."""

    every_seconds: Annotated[float, Field(gt=0, le=3_600)] = 10
    keep_best: Annotated[int, Field(ge=1, le=100)] = 3


def _none_or_some(count: int) -> int:
    if count and count < FEWEST_REPLAYS:
        raise ValueError(f"write 0 for none, or at least {FEWEST_REPLAYS}")
    return count


class ReportConfig(Settings):
    """How much a run says of itself. Changes nothing in what is learned."""

    progress_every: Count = 10_000  # steps
    brain_every: Count = 20_000  # steps; whoever watches sees a brain this old at most
    episode_every: Count = 1  # training episodes
    # told episodes; 0: their actions are not told. Of shared towns all that can be are.
    actions_every: Annotated[int, Field(ge=0)] = 100
    # replay files kept of those whose actions are told; 0: none
    replays: Annotated[int, Field(le=1_000), AfterValidator(_none_or_some)] = 40


class OutputsConfig(Settings):
    """Where a run's numbers go. Replays and brains have `report.replays` and need no library."""

    sqlite: bool = True  # metrics.sqlite, which reports, comparisons and the window read
    tensorboard: bool = False  # tensorboard/, needs the extra `tracking`
    mlflow: bool = False  # the store of `experiment`, needs the extra `tracking`


class ExperimentConfig(Settings):
    """How a run is told to MLflow."""

    name: Annotated[str, Field(min_length=1, max_length=200)] = "hamlet"  # of the experiment
    # a store's address, such as http://… or sqlite:///…; none: MLFLOW_TRACKING_URI, or Hamlet's own
    store: Annotated[str, Field(min_length=1)] | None = None
    tags: dict[str, str] = Field(default_factory=dict)
    parent: str = ""  # id of the run in the store that this one belongs to, as a seed of a study
    report_towns: Annotated[int, Field(ge=0, le=10_000)] = 200  # of its report; 0: none is drawn


class Limits(Settings):
    """When to stop in any case."""

    max_steps: Count | None = None
    max_minutes: Annotated[float, Field(gt=0)] | None = None
