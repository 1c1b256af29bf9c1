"""The states that a recorded life went through, and lives that branch off from them."""

from __future__ import annotations

from collections.abc import Generator

from hamlet_game.town.record import Record
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town

_AT_ONCE = 16  # steps lived again without a pause


def relive(record: Record) -> Generator[None, None, TownState]:
    """Return all states of a life as one batch, (steps + 1,): the start first, the end last.

    Pauses about every millisecond.
    """
    town = Town(record.level, [record.town_seed])
    found = [town.snapshot()]
    for action in record.actions:
        town.advance([action])
        found.append(town.snapshot())
        if len(found) % _AT_ONCE == 0:
            yield
    return TownState.join(found)


def states(record: Record) -> TownState:
    """Return what `relive` does, at once."""
    work = relive(record)
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: TownState = end.value
            return found


def branch(record: Record, past: TownState, step: int) -> Record:
    """Return another life that was the same up to `step` and may now go on otherwise.

    `past` is what `relive` gave for the record.
    """
    other = Record(record.level, record.town_seed)
    other.town.restore(past.take([step]))
    other.frames = record.frames[: step + 1]
    return other
