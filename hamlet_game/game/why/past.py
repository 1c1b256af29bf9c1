"""The states that a recorded life went through, and lives that branch off from them."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray

from hamlet_game.game.agents.company import again
from hamlet_game.town.record import Record
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town

_AT_ONCE = 16  # steps lived again without a pause


def relive(record: Record) -> Generator[None, None, TownState]:
    """Return all states of a life as one batch, (steps + 1,): the start first, the end last.

    Of a town that P share, each is P rows: see `rows`. Pauses about every millisecond.
    """
    town, each = Town(record.level, [record.town_seed], record.level.people), len(record.others)
    found, others = [town.snapshot()], record.others_actions
    for step, action in enumerate(record.actions):
        town.advance([action, *others[step * each : (step + 1) * each]])
        found.append(town.snapshot())
        if len(found) % _AT_ONCE == 0:
            yield
    return TownState.join(found)


def rows(record: Record, step: int) -> slice:
    """Return which rows of `relive` are a step's: one, or one for each who shares the town."""
    people = record.level.people
    return slice(step * people, (step + 1) * people)


def states(record: Record) -> TownState:
    """Return what `relive` does, at once."""
    work = relive(record)
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: TownState = end.value
            return found


def rows_of(lives: NDArray[np.intp], people: int) -> NDArray[np.intp]:
    """Return the rows (N · P,) of some lives (N,), each with all who share its town."""
    return (lives[:, None] * people + np.arange(people)).ravel()


def branch(record: Record, past: TownState, step: int, others: bytes = b"") -> Record:
    """Return another life that was the same up to `step` and may now go on otherwise.

    `past` is what `relive` gave for the record. `others` is what those who share the town do
    from there on, as `Record.others_actions` tells it; then they go on as the master.
    """
    company = again(record, step, others)
    return record.branch(step, past.take(rows(record, step)), company)
