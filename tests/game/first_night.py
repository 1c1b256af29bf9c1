"""What tests of a life at play share: short lives, most of them in the first level."""

from __future__ import annotations

from driver import CATALOG

from hamlet_game.game.play.wayfinding import way
from hamlet_game.town.names import Action, Kind
from hamlet_game.town.record import Record

NIGHT, CLEAN, DAY, THRIVE = CATALOG.levels[:4]
U, D, L, R, USE = Action
SEED = 83  # level 1: the person starts three steps from the bed


def bed_of(record: Record) -> tuple[int, int]:
    return next((x, y) for kind, x, y in record.town.places() if kind is Kind.BED)


def to_bed(record: Record) -> list[Action]:
    return way((record.last.x, record.last.y), bed_of(record))


def slept() -> Record:
    """Return a first night with the walk to bed and one sleep."""
    record = Record(NIGHT, SEED)
    for action in [*to_bed(record), USE]:
        record.act(action)
    return record


def idle(level=NIGHT, seed=SEED) -> Record:
    """Return a life of waiting to its end."""
    record = Record(level, seed)
    while not record.over:
        record.act(U)
    return record
