"""The others of a shared town as they are drawn: dressed apart, named, the dead soon gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from hamlet_game.game.agents.company import name_of
from hamlet_game.game.draw.people import INDOORS, LOOK_COUNT, Person
from hamlet_game.game.play.walker import person_at
from hamlet_game.town.record import Record

_ASIDE, _ROOM = 0.3, 0.9  # cells between people on one cell, and for all of them
LIES_FOR = 8  # steps that one who fainted is still seen


def look_of(number: int, first: int = 0) -> int:
    """Return how person `number` of a town is dressed, where the first wears `first`."""
    if number == 0:
        return first
    return (number - 1 if number <= first else number) % LOOK_COUNT


def neighbours(
    record: Record, step: int, part: float, *, time: float = 0.0, rest: float = 0.0, first: int = 0
) -> list[tuple[Person, str]]:
    """Return the others while `step` is being shown, each with a name; see `person_at`."""
    found = []
    for number, other in enumerate(record.others, 1):
        own = min(step, other.survival)
        if step - own > LIES_FOR:
            continue
        there = part if own == step else 1.0
        person = person_at(other, own, there, time=time, rest=rest)
        person.look = look_of(number, first)
        found.append((person, name_of(number)))
    return found


def stand_apart(people: Sequence[Person]) -> None:
    """Move those who stand on one cell a little to the sides, so that each can be seen."""
    cells: defaultdict[tuple[float, float], list[Person]] = defaultdict(list)
    for person in people:
        if person.pose not in INDOORS:
            cells[person.x, person.y].append(person)
    for crowd in cells.values():
        for place, person in enumerate(crowd):
            person.x += (place - (len(crowd) - 1) / 2) * min(_ASIDE, _ROOM / len(crowd))
