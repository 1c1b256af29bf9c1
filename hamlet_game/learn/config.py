"""Settings of algorithms: pydantic models, every mistake one sentence."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hamlet_game.learn.schedules import Schedule


class ConfigError(ValueError):
    """A setting that can't be used; the message names key, value and remedy."""


class AlgorithmConfig(BaseModel):
    """What all algorithms have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    # γ: what a reward one step later is worth now
    discount: float = Field(default=0.98, ge=0, lt=1)
    # widths of the hidden layers, ReLU each
    hidden: tuple[Annotated[int, Field(ge=1, le=4096)], ...] = Field(
        default=(128, 128), max_length=8
    )
    # step size of Adam; a schedule's `over` counts gradient updates
    learning_rate: Schedule = Schedule(start=1e-3, end=1e-3)
    # the gradient is scaled down to this norm
    clip_norm: float = Field(default=10.0, gt=0)
    # rewards are multiplied by it on the way in, and Q-values divided by it on the way out
    reward_scale: float = Field(default=0.1, gt=0)
    # learn only about actions that do something; transitions must then bring their masks
    use_mask: bool = False


_C = TypeVar("_C", bound=BaseModel)


def read_config(model: type[_C], values: Mapping[str, Any], where: str) -> _C:
    """Return settings checked. Raises ConfigError, whose sentence starts with `where`."""
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise ConfigError(_sentence(model, error.errors(include_url=False)[0], where)) from None


def _sentence(model: type[BaseModel], problem: Any, where: str) -> str:
    loc = problem["loc"]
    key = ".".join([where, *(str(step) for step in loc)])
    if problem["type"] == "extra_forbidden":
        inner = Schedule if len(loc) > 1 else model
        return f"{key}: no such key. {did_you_mean(str(loc[-1]), list(inner.model_fields))}"
    if problem["type"] == "missing":
        return f"{key}: missing. Add it."
    reason = str(problem.get("ctx", {}).get("error", problem["msg"]))
    return f"{key}: {problem['input']!r:.60} won't do; {reason[0].lower()}{reason[1:]}."


def did_you_mean(name: str, known: list[str]) -> str:
    """Return a remedy for a misspelt name."""
    close = difflib.get_close_matches(name.lower(), known, 1, cutoff=0.5)
    return f"Did you mean '{close[0]}'?" if close else f"Known: {', '.join(known)}."
