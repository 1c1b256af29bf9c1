"""What just happened, in words: ticker lines and the sentence that ends a life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hamlet_game.game.agents.company import name_of
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action, Kind, Meter
from hamlet_game.town.outcome import Refusal
from hamlet_game.town.record import Frame, Record

KIND_NAMES = {
    Kind.BED: "Bed",
    Kind.SHOWER: "Shower",
    Kind.FRIDGE: "Fridge",
    Kind.JOB: "Job",
}
A_KIND = {Kind.BED: "a bed", Kind.SHOWER: "a shower", Kind.FRIDGE: "a meal", Kind.JOB: "a shift"}
_MINE = {
    Kind.BED: "your bed",
    Kind.SHOWER: "the shower first",
    Kind.FRIDGE: "your meal",
    Kind.JOB: "your shift",
}
_THEIRS = {
    Kind.BED: "the bed first",
    Kind.SHOWER: "the shower first",
    Kind.FRIDGE: "the meal first",
    Kind.JOB: "the shift first",
}
NEVER = {
    Kind.BED: "you never slept",
    Kind.SHOWER: "you never washed",
    Kind.FRIDGE: "you never ate",
    Kind.JOB: "you never worked",
}
WASTED = 0.5  # of what a building gives; less than this reaching its meter is worth a word


@dataclass(frozen=True, slots=True)
class Note:
    """One ticker line."""

    step: int
    text: str
    icon: str  # a name under assets/sprites/icons
    tone: str  # 'good', 'warn', 'danger' or 'plain'


def notes(record: Record, step: int, *, yours: bool = True) -> list[Note]:
    """Return what is worth saying about one step of a life, most important last.

    `yours`: it is told to whoever lived it.
    """
    level, frame, before = record.level, record.frames[step], record.frames[step - 1]
    found = []
    if frame.used is not None:
        full = _filled(level, frame.used, before, frame)
        text = full or effects(level, frame.used)
        tone = "warn" if full else "good"
        found.append(Note(step, f"{KIND_NAMES[frame.used]}: {text}", frame.used.key, tone))
    elif frame.refused is Refusal.UNAFFORDABLE:
        found.append(Note(step, *_refusal(record, frame)))
    elif frame.refused is Refusal.TAKEN:
        found.append(Note(step, _taken(record, step, _MINE if yours else _THEIRS), "cross", "warn"))
    elif frame.action is Action.INTERACT:
        found.append(Note(step, "Waited a step", "clock", "plain"))
    elif not frame.moved:
        found.append(Note(step, "That is the edge of town: a step wasted", "warning", "warn"))
    for meter in level.shown:
        edge = level.meters.of(meter).critical
        falls = before.meters[meter] >= edge > frame.meters[meter]
        if falls and meter in level.deadly and not frame.died:
            found.append(
                Note(step, f"{meter.key.capitalize()} is running out!", meter.key, "danger")
            )
    if frame.died and frame.cause is not None:
        found.append(Note(step, f"{frame.cause.key.capitalize()} ran out", "faint", "danger"))
    return found


def effects(level: Level, kind: Kind) -> str:
    """Return what using a building does, such as "+45 satiation, +5 energy, −$4"."""
    rule = level.buildings.of(kind)
    if rule is None:
        return "closed"
    words = []
    for meter in sorted(Meter, key=lambda m: rule.costs.of(m) - rule.gives.of(m)):
        change = rule.gives.of(meter) - rule.costs.of(meter)
        if not change or (meter not in level.shown):
            continue
        sign, size = ("+" if change > 0 else "−"), f"{abs(change):g}"
        words.append(f"{sign}${size}" if meter is Meter.MONEY else f"{sign}{size} {meter.key}")
    return ", ".join(words)


def _filled(level: Level, kind: Kind, before: Frame, frame: Frame) -> str:
    """Return what to say when a use was mostly wasted on a meter that was full already, or ""."""
    rule = level.buildings.of(kind)
    if rule is None:
        return ""
    meter, gives = rule.serves, rule.gives.of(rule.serves)
    gained = frame.meters[meter] - max(0.0, before.meters[meter] - level.meters.of(meter).drain)
    if gained >= WASTED * gives:
        return ""
    size, price = round(gained), f" for ${rule.costs.money:g}" if rule.costs.money else ""
    if not size:
        return f"{meter.key} was full, nothing gained{price}"
    return f"{meter.key} was nearly full, only +{size}{price}"


def _refusal(record: Record, frame: Frame) -> tuple[str, str, str]:
    here = next((k for k, x, y in record.town.places() if (x, y) == (frame.x, frame.y)), None)
    rule = record.level.buildings.of(here) if here is not None else None
    if here is None or rule is None:
        return "Nothing to use here", "cross", "plain"
    return f"Can't afford {A_KIND[here]}: ${rule.costs.money:g}", "cross", "warn"


def _taken(record: Record, step: int, lost: Mapping[Kind, str]) -> str:
    """Return who was served instead, and with what, in the words of `lost`."""
    frame = record.frames[step]
    for number, other in enumerate(record.others, 1):
        if step > other.survival or other.frames[step].used is None:
            continue
        theirs = other.frames[step]
        if theirs.used is not None and (theirs.x, theirs.y) == (frame.x, frame.y):
            return f"{name_of(number)} got {lost[theirs.used]}"
    return "Taken: somebody was faster"


def ending(record: Record) -> str:
    """Return why a life ended, in one plain sentence."""
    level, last = record.level, record.last
    if last.timed_out:
        return f"Alive after all {level.steps} steps. Well lived!"
    if last.cause is None:
        return f"Still alive after {record.survival} steps."
    what = f"{last.cause.key.capitalize()} ran out at step {record.survival}"
    server = next((k for k in level.kinds if _serves(level, k) is last.cause), None)
    if last.used is not None and _takes(level, last.used, last.cause):
        return f"{what}: {A_KIND[last.used]} took the last of it."
    if server is None:
        return f"{what}."
    used, name = record.last_use(server), A_KIND[server].split(" ", 1)[1]
    if used is None:
        return f"{what}; {NEVER[server]}."
    ago = record.survival - used
    return f"{what}; the last {name} was {ago} step{'s' if ago != 1 else ''} ago."


def _serves(level: Level, kind: Kind) -> Meter | None:
    rule = level.buildings.of(kind)
    return rule.serves if rule else None


def _takes(level: Level, kind: Kind, meter: Meter) -> bool:
    rule = level.buildings.of(kind)
    return rule is not None and rule.costs.of(meter) > rule.gives.of(meter)
