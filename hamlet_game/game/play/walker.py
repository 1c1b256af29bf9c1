"""Where a person is and how they look at any moment of a recorded life."""

from __future__ import annotations

from math import pi, sin

from hamlet_game.game.draw.people import Person
from hamlet_game.game.play.motion import USE_S
from hamlet_game.town.names import MOVES, VITAL, Action, Kind
from hamlet_game.town.record import Frame, Life

POSES = {Kind.BED: "sleep", Kind.SHOWER: "shower", Kind.FRIDGE: "eat", Kind.JOB: "work"}
_CHEERFUL = 60.0  # all vital meters above this: as happy as can be
_NUDGE = 0.13  # cells that someone leans into the edge of town


def person_at(
    record: Life,
    step: int,
    part: float = 1.0,
    *,
    time: float = 0.0,
    rest: float = 0.0,
    ghost: bool = False,
) -> Person:
    """Return the person while `step` is being shown.

    `part` (0..1) of the step has been shown, and `rest` seconds have passed
    since it was shown whole; `time` in seconds keeps strides in rhythm.
    """
    frame = record.frames[step]
    person = Person(
        frame.x, frame.y, facing_at(record, step), phase=time, ghost=ghost, mood=mood(record, step)
    )
    if part < 1 and step > 0:
        _under_way(person, record.frames[step - 1], frame, part)
    elif frame.died:
        person.pose, person.phase = "faint", rest
    elif frame.timed_out:
        person.pose, person.phase = "cheer", rest
    return person


def _under_way(person: Person, before: Frame, frame: Frame, part: float) -> None:
    """Move and pose someone in the middle of a step."""
    if frame.used is not None:
        person.pose, person.phase = POSES[frame.used], part * USE_S
    elif frame.moved:
        person.pose = "walk"
        person.x = before.x + (frame.x - before.x) * part
        person.y = before.y + (frame.y - before.y) * part
    elif frame.action is not None:
        dx, dy = MOVES[frame.action]
        lean = _NUDGE * sin(part * pi)
        person.x, person.y = frame.x + dx * lean, frame.y + dy * lean


def facing_at(record: Life, step: int) -> str:
    """Return where a person looks: the way last walked, and out of the door after using one."""
    for index in range(step, 0, -1):
        frame = record.frames[index]
        if frame.used is not None or frame.action is None:
            return "down"
        if frame.action is not Action.INTERACT:
            return frame.action.name.lower()
    return "down"


def mood(record: Life, step: int) -> float:
    """Return how someone feels, 0..1, by the lowest meter that can end the life."""
    meters = record.frames[step].meters
    return min(1.0, min(meters[m] for m in record.level.deadly or VITAL) / _CHEERFUL)
