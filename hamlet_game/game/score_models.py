"""What is kept of a person's lives: the best of every level and of every town."""

from __future__ import annotations

import base64
import binascii
import zlib
from dataclasses import dataclass
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator

TOWNS_KEPT = 200  # per level; of more, the best
ACTIONS_LIMIT = 100_000  # steps; far above any level's limit


@dataclass(frozen=True, slots=True)
class Result:
    """How one episode of a person ended."""

    level_id: str
    town_seed: int
    score: float  # higher is better
    stars: int  # 0..3
    survival: int  # steps lived
    actions: bytes  # one action per byte
    again: bool = False  # counted before: only what it is worth has changed


@dataclass(frozen=True, slots=True)
class Improvement:
    """What a result bettered. A first result betters everything."""

    level_best: bool
    town_best: bool
    survival_best: bool
    new_stars: int  # how many more stars the level has now


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class TownScore(_Record):
    """The best run in one town."""

    score: float
    steps: int = Field(ge=0)
    date: date
    packed: str = ""  # the run's actions, packed

    @field_validator("packed")
    @classmethod
    def _readable(cls, packed: str) -> str:
        unpack(packed)
        return packed

    @property
    def actions(self) -> bytes:
        """Return the run's actions, one per byte, for the ghost."""
        return unpack(self.packed)


class LevelScore(_Record):
    """The best of a level over all its towns."""

    plays: int = Field(0, ge=0)
    best: float | None = None  # None: never played
    stars: int = Field(0, ge=0, le=3)
    survival: int = Field(0, ge=0)  # steps
    towns: dict[int, TownScore] = Field(default_factory=dict)

    def merged(self, other: Self) -> Self:
        """Return the better of both in every respect."""
        towns = dict(self.towns)
        for seed, theirs in other.towns.items():
            if seed not in towns or theirs.score > towns[seed].score:
                towns[seed] = theirs
        bests = [best for best in (self.best, other.best) if best is not None]
        return self.model_copy(
            update={
                "plays": max(self.plays, other.plays),
                "best": max(bests, default=None),
                "stars": max(self.stars, other.stars),
                "survival": max(self.survival, other.survival),
                "towns": towns,
            }
        )

    def after(self, result: Result, today: date) -> Self:
        """Return the scores once `result` is counted."""
        towns = dict(self.towns)
        old = towns.get(result.town_seed)
        if old is None or result.score > old.score:
            towns[result.town_seed] = TownScore(
                score=result.score,
                steps=result.survival,
                date=today,
                packed=pack(result.actions),
            )
        best_first = sorted(
            towns, key=lambda seed: (seed == result.town_seed, towns[seed].score), reverse=True
        )
        return self.model_copy(
            update={
                "plays": self.plays + (not result.again),
                "best": result.score if self.best is None else max(self.best, result.score),
                "stars": max(self.stars, result.stars),
                "survival": max(self.survival, result.survival),
                "towns": {seed: towns[seed] for seed in best_first[:TOWNS_KEPT]},
            }
        )


def pack(actions: bytes) -> str:
    """Return actions (one per byte) as a short text."""
    return base64.b64encode(zlib.compress(actions, 9)).decode("ascii")


def unpack(packed: str) -> bytes:
    """Return the actions of `pack`'s text. Raises ValueError if it is not such a text."""
    if not packed:
        return b""
    try:
        compressed = base64.b64decode(packed, validate=True)
        reader = zlib.decompressobj()
        actions = reader.decompress(compressed, ACTIONS_LIMIT)
    except (binascii.Error, zlib.error) as error:
        raise ValueError(f"not a packed run: {error}") from error
    if not reader.eof:
        raise ValueError("not a whole packed run")
    return actions
