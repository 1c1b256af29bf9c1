"""The clip: the stretch of a life in which a term was farmed, beside the standard agent's life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hamlet_game.town.names import Action
from hamlet_game.town.record import Record

if TYPE_CHECKING:
    from hamlet_game.game.lab.trial import Trial
    from hamlet_game.town.level import Level

LENGTH = 60  # steps of the stretch


@dataclass(slots=True)
class Take:
    """A life that is lived again, a little each frame, under the lab's weights."""

    name: str
    record: Record
    actions: bytes

    @property
    def done(self) -> bool:
        """Return whether the life is whole."""
        return self.record.over or self.record.survival >= len(self.actions)

    def live(self, steps: int) -> None:
        """Live on for so many steps."""
        for _ in range(steps):
            if self.done:
                return
            self.record.act(Action(self.actions[self.record.survival]))


@dataclass(frozen=True, slots=True)
class Clip:
    """Two lives in one town."""

    takes: tuple[Take, ...]  # the lab's agent first
    term: str  # that is looked at; empty if none is suspected
    standard: Level


def make_clip(trial: Trial) -> Clip | None:
    """Return the town in which the suspected term was farmed most, None before any exam."""
    shown = trial.exploit or (trial.yours.latest, trial.standard.latest)
    mine = shown[0]
    if mine is None:
        return None
    term = trial.flag.term if trial.flag else ""
    rates = mine.lived.sums(trial.weights)[term] if term else mine.lived.totals(trial.weights)
    rate = np.asarray(rates) / np.maximum(mine.lived.survival, 1)
    town = int(np.argmax(np.where(mine.lived.alive & bool(term), -np.inf, rate)))
    if term and mine.lived.alive.all():
        town = int(np.argmax(rate))
    level = trial.level.model_copy(update={"rewards": trial.weights})
    takes = tuple(
        Take(side.name, Record(level, mine.lived.town_seeds[town]), reading.lived.actions[town])
        for side, reading in zip(trial.sides, shown, strict=True)
        if reading is not None
    )
    return Clip(takes, term, trial.level)


def stretch(record: Record, term: str, length: int = LENGTH) -> int:
    """Return the step at which the stretch begins that pays a term most; 0 without a term."""
    if not term or record.survival <= length:
        return 0
    paid = np.array([frame.terms.get(term, 0.0) for frame in record.frames])
    sums = np.convolve(paid, np.ones(length), mode="valid")
    return int(np.argmax(sums))
