"""Numbers that change while learning: ε, the learning rate, the importance exponent."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


def linear(start: float, end: float, share: float) -> float:
    """Return the point `share` (0..1) of the straight way from `start` to `end`."""
    return start + (end - start) * share


def exponential(start: float, end: float, share: float) -> float:
    """Return the point `share` (0..1) of the way that shrinks by equal factors; both above 0."""
    return float(start * (end / start) ** share)


class Schedule(BaseModel):
    """A number, or its way from `start` to `end`. In YAML a plain number stays constant."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    start: float = Field(ge=0)  # value at the beginning
    end: float = Field(ge=0)  # value at the end and ever after
    shape: Literal["linear", "exponential"] = "linear"  # equal differences or equal factors
    over: int | None = Field(default=None, ge=1)  # counts it takes; None: the whole training

    @model_validator(mode="before")
    @classmethod
    def _constant(cls, value: Any) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return {"start": value, "end": value}
        return value

    @model_validator(mode="after")
    def _positive_factors(self) -> Schedule:
        if self.shape == "exponential" and not (self.start > 0 and self.end > 0):
            raise ValueError("an exponential schedule needs a start and an end above 0")
        return self

    def at(self, count: int, progress: float) -> float:
        """Return the value after `count` of what `over` counts, or at training's `progress`."""
        share = progress if self.over is None else min(1.0, count / self.over)
        return (linear if self.shape == "linear" else exponential)(self.start, self.end, share)
