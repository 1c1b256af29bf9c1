"""Why a life ended, in plain words that hold for people and agents alike."""

from __future__ import annotations

from dataclasses import dataclass

from hamlet_game.game.narration import KIND_NAMES
from hamlet_game.game.why.judge import Judge
from hamlet_game.game.why.no_return import BEYOND, Inquest
from hamlet_game.town.names import Kind, Meter
from hamlet_game.town.outcome import Refusal
from hamlet_game.town.record import Record

_DID = {Kind.BED: "slept", Kind.SHOWER: "washed", Kind.FRIDGE: "ate", Kind.JOB: "worked"}
_DO = {Kind.BED: "sleep", Kind.SHOWER: "wash", Kind.FRIDGE: "eat", Kind.JOB: "work a shift"}
_TOLD_USES = 3  # of a way out


@dataclass(frozen=True, slots=True)
class Use:
    """When a building was last used."""

    kind: Kind
    text: str
    missed: bool  # its lack ended the life


def headline(record: Record) -> str:
    """Return what ended a life, and when."""
    cause = record.last.cause
    what = "A life" if cause is None else cause.key.capitalize()
    return f"{what} ran out at step {record.survival}"


def last_uses(record: Record) -> list[Use]:
    """Return the last use of each kind of building there is in the level."""
    return [_use(record, kind) for kind in record.level.kinds]


def _use(record: Record, kind: Kind) -> Use:
    used, did = record.last_use(kind), _DID[kind]
    missed = serves(record, kind) is record.last.cause
    away = turned_away(record, kind, used or 0)
    queued = f", {away} × turned away" if away else ""
    if used is None:
        return Use(kind, f"never {did}{queued}", missed)
    ago = record.survival - used
    when = f"last {did} {steps(ago)} ago" if ago else f"{did} in the last step"
    return Use(kind, f"{when}{queued}{' since' if away else ''}", missed)


def turned_away(record: Record, kind: Kind, since: int) -> int:
    """Return how often after a step others had filled the building that was to be used."""
    doors = {(x, y) for which, x, y in record.town.places() if which is kind}
    later = record.frames[since + 1 :]
    return sum(one.refused is Refusal.TAKEN and (one.x, one.y) in doors for one in later)


def serves(record: Record, kind: Kind) -> Meter | None:
    """Return the meter that a kind of building fills in a life's level."""
    rule = record.level.buildings.of(kind)
    return rule.serves if rule else None


def steps(count: int) -> str:
    """Return a number of steps in words."""
    return f"{count} step{'s' if count != 1 else ''}"


def of_planner(inquest: Inquest) -> str:
    """Return what the planner found, as rich text."""
    safe, end = inquest.planner.step, inquest.record.survival
    if inquest.shared:
        return _among_others(safe, end)
    if safe is None:
        return "[danger:**No way out found:**] the planner found no life that survives at all."
    if safe == end - 1:
        return (
            f"[accent:**Point of no return: step {safe}.**] "
            f"The planner survives from there: only the very last step was the end."
        )
    return (
        f"[accent:**Point of no return: step {safe}.**] The planner found a life that survives "
        f"from there; from step {safe + 1} on it found none."
    )


def _among_others(safe: int | None, end: int) -> str:
    """Return what was found in a shared town, where only the judge and the script are asked."""
    if safe is None:
        return (
            "[danger:**No way out found:**] neither the one who judges nor the script survives "
            "from any step."
        )
    found = (
        f"[accent:**Point of no return: step {safe}.**] A life that survives from there was found"
    )
    if safe == end - 1:
        return f"{found}: only the very last step was the end."
    return f"{found}; from step {safe + 1} on none was."


def of_judge(inquest: Inquest, judge: Judge) -> str:
    """Return what the policy that judges would have made of it, as rich text."""
    safe, end = inquest.policy.step, inquest.record.survival
    who = f"**{judge.name}**, the one who lived it," if judge.own else f"**{judge.name}**"
    if safe is None:
        return f"{who} dies from every step of this life when it plays on by itself."
    if safe == end - 1:
        return f"{who} survives from step {safe}, the last one there was."
    return f"{who} survives from step {safe} when it plays on; from step {safe + 1} on it dies."


def horizon(inquest: Inquest) -> str:
    """Return what counts as surviving."""
    which = f"{BEYOND} steps past this death"
    if inquest.until == inquest.record.level.steps:
        which = "the last of the level"
    others = " The others go on as the master would." if inquest.shared else ""
    return f"Survives: alive at step {inquest.until}, {which}.{others}"


def advice(record: Record, safe: int | None, way: Record | None) -> str:
    """Return one sentence that helps: what the way out does first.

    `way` is the life that was saved, as far as it has been lived again.
    """
    if safe is None or way is None:
        return record.level.hint
    errands = [
        (step - safe, frame.used)
        for step, frame in enumerate(way.frames)
        if step > safe and frame.used is not None
    ]
    if not errands:
        return record.level.hint
    told: list[str] = []
    for _, kind in errands[:_TOLD_USES]:
        if not told or told[-1] != _DO[kind]:
            told.append(_DO[kind])
        if serves(record, kind) is record.last.cause:
            break
    first, kind = errands[0]
    away = first - 1
    walk = f"go straight to the {KIND_NAMES[kind].lower()}, {steps(away)} away, and " * (away > 0)
    then = "".join(f", then {what}" for what in told[1:])
    return f"At step {safe}, {walk}{told[0]}{then}."


def fate(survival: int, cause: Meter | None) -> str:
    """Return how a future ends, shortly."""
    return "alive to the end" if cause is None else f"dies at {survival}: {cause.key}"
