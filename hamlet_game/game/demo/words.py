"""What the demo says of a life: plain words for somebody who has never heard of learning machines.

Every number comes from the level, the life or the brains' files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hamlet_game.game.play import needs
from hamlet_game.town.names import Kind, Meter
from hamlet_game.town.outcome import Refusal

if TYPE_CHECKING:
    from hamlet_game.game.demo.show import Show
    from hamlet_game.town.level import Level
    from hamlet_game.town.record import Record

Line = tuple[int, str]  # how much it weighs, and the sentence; "" for nothing to say
Narrator = Callable[["Show"], Line]

NOTICE, EVENT, DANGER, END = 0, 1, 2, 3
_DEEDS = {Kind.BED: "It sleeps", Kind.SHOWER: "It washes", Kind.FRIDGE: "It eats"}
_HEARD = 12  # steps in which a milestone is still news: more than a frame's worth
_LITTLE = 3.0  # points of a meter: not worth telling
_PLACES = {
    Kind.BED: "the bed",
    Kind.SHOWER: "the shower",
    Kind.FRIDGE: "the fridge",
    Kind.JOB: "the job",
}


def beginner(show: Show) -> Line:
    """Return what to say of a life that knows nothing."""
    record, frame = show.record, show.record.last
    if record.over:
        return END, ending(record)
    if low := needs.critical(record, show.step):
        place = _place(record.level, low[0])
        return DANGER, f"Its {low[0].key} is running out. {place} would help, but it can't know."
    if frame.used is not None:
        return EVENT, f"By chance it used {_PLACES[frame.used]}. It doesn't know what for."
    if frame.refused is Refusal.UNAFFORDABLE:
        return EVENT, "It can't pay for that. It doesn't know what money is."
    if show.step and not frame.moved:
        return EVENT, "It stands, or walks against the edge of town. Nobody has told it the rules."
    return NOTICE, ""


def expert(show: Show) -> Line:
    """Return what to say of a life that has learned."""
    record, frame = show.record, show.record.last
    if record.over:
        return END, ending(record)
    if low := needs.critical(record, show.step):
        name, place = low[0].key.capitalize(), _place(record.level, low[0])
        return DANGER, f"Close! {name} is nearly gone. {place} is what it needs now."
    if show.step and _was_critical(show):
        return DANGER, "Just in time."
    if frame.used is not None:
        return EVENT, _use(record, frame.used)
    if frame.refused is Refusal.UNAFFORDABLE:
        place = _PLACES[_here(show)]
        return EVENT, f"No money left for {place}. It should have worked in time."
    return NOTICE, ""


def past(milestones: Mapping[int, str]) -> Narrator:
    """Return the expert's narrator that also says something at certain steps."""

    def said(show: Show) -> Line:
        line = expert(show)
        reached = [step for step in milestones if step <= show.step < step + _HEARD]
        if not reached or line[0] >= DANGER:
            return line
        return DANGER, milestones[max(reached)]

    return said


def ending(record: Record) -> str:
    """Return how a life ended."""
    steps, level = record.survival, record.level
    if record.last.timed_out:
        return f"Alive after all {steps} steps, with {record.last.points:.0f} of 1,000 points."
    cause = record.last.cause
    word = cause.key if cause is not None else "strength"
    return f"Over after {steps} of {level.steps} steps: no {word} left."


def practice(steps: int) -> str:
    """Return an amount of practice in words: "6.9 million steps of practice"."""
    if not steps:
        return "no practice at all"
    if steps >= 1_000_000:
        return f"{steps / 1e6:.1f} million steps of practice".replace(".0 ", " ")
    return f"{steps:,} steps of practice"


def _was_critical(show: Show) -> bool:
    return bool(needs.critical(show.record, show.step - 1))


def _use(record: Record, kind: Kind) -> str:
    """Return what using a building has just brought, and what for."""
    rule = record.level.buildings.of(kind)
    if rule is None:
        return ""
    if kind is Kind.JOB:
        return f"It works for ${rule.gives.money:.0f}: food, bed and shower cost money."
    served, before = rule.serves, record.frames[-2]
    drained = max(0.0, before.meters[served] - record.level.meters.of(served).drain)
    gain = record.last.meters[served] - drained
    if gain < _LITTLE:
        return f"{_DEEDS[kind]}, though it hardly needs to."
    return f"{_DEEDS[kind]}: {served.key} +{gain:.0f} for ${rule.costs.money:.0f}."


def _here(show: Show) -> Kind:
    """Return the kind of the building somebody stands at."""
    frame = show.record.last
    return next(kind for kind, x, y in show.spots if (x, y) == (frame.x, frame.y))


def _place(level: Level, meter: Meter) -> str:
    """Return the building that serves a meter, at the start of a sentence."""
    for kind in level.kinds:
        rule = level.buildings.of(kind)
        if rule is not None and rule.serves is meter:
            return _PLACES[kind].capitalize()
    return "The right house"
