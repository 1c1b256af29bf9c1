"""A finished life, judged: its stars one by one, its score against par, and what to try next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hamlet_game.game.narration import A_KIND
from hamlet_game.town.conditions import Condition
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action, Kind, Meter
from hamlet_game.town.outcome import Refusal
from hamlet_game.town.record import Frame, Record

_LATELY = 60  # steps before the end in which a refusal explains it
_MANY = 0.1  # share of steps wasted at the edge that is worth a word
_MOST = 0.5  # share of steps waited that is


@dataclass(frozen=True, slots=True)
class Mark:
    """One condition of a star: what it asks for, whether it is met, and how close it was."""

    text: str
    met: bool | None  # None: par is not known yet
    close: str


def marks(record: Record, par: float | None) -> list[list[Mark]]:
    """Return the marks of each star."""
    return [[_mark(record, c, par) for c in conditions] for conditions in record.level.stars]


def _mark(record: Record, condition: Condition, par: float | None) -> Mark:
    text = condition.text(record.level.steps)
    if condition.measure == "par" and par is None:
        return Mark(text, None, "…")
    measures = record.measures(par)
    return Mark(text, condition.holds(measures), _close(record, condition, measures))


def _close(record: Record, condition: Condition, measures: dict[str, float]) -> str:
    value = measures[condition.measure]
    match condition.measure:
        case "survival":
            return _steps(record.survival)
        case "alive":
            return "alive" if value else f"{record.survival} of {record.level.steps}"
        case "return":
            return signed(value)
        case "par":
            return percent(value)
        case _:
            return f"{value:.0f}"


def _steps(count: int) -> str:
    return f"{count} step{'s' if count != 1 else ''}"


def signed(value: float) -> str:
    """Return a reward with its sign, such as "+3.2" or "−0.5"."""
    text = f"{abs(value):.1f}"
    return text if text == "0.0" else f"{'+' if value > 0 else '−'}{text}"


def percent(share: float) -> str:
    """Return a share in whole percent, rounded down so that nothing looks reached that is not."""
    return f"{int(share * 100 + 1e-9)} %"


def asks_for(level: Level, measure: str) -> bool:
    """Return whether one of the level's stars needs a measure."""
    return any(c.measure == measure for conditions in level.stars for c in conditions)


def following(levels: Sequence[Level], level: Level) -> Level | None:
    """Return the level after `level` on the map."""
    ids = [other.id for other in levels]
    place = ids.index(level.id) + 1 if level.id in ids else len(ids)
    return levels[place] if place < len(levels) else None


def tip(record: Record, stars: int, par: float | None = None) -> tuple[str, str]:
    """Return a word and a sentence that help: why it went wrong, or what the next star needs."""
    if stars == len(record.level.stars):
        return "Learned", record.level.teaches
    if stars:
        return "Next star", _missing(record, stars, par)
    return "Tip", _why(record)


def _missing(record: Record, stars: int, par: float | None) -> str:
    """Return what the next star still asks for, and how to get there."""
    level = record.level
    judged = zip(level.stars[stars], marks(record, par)[stars], strict=True)
    lacking = [condition for condition, mark in judged if not mark.met]
    asked = [condition.text(level.steps) for condition in lacking]
    first, *more = asked or [level.goal.rstrip(".")]
    wish = " and ".join([first, *(text[:1].lower() + text[1:] for text in more)])
    if any(condition.measure in ("par", "score") for condition in lacking):
        return f"{wish}. {_better(level)}"
    return f"{wish}. {level.hint}"


def _better(level: Level) -> str:
    """Return where a level's points come from."""
    rich = " and money in the purse" if level.score.wealth else ""
    return f"Every step lived with fuller meters{rich} earns more points."


def _why(record: Record) -> str:
    level, lived = record.level, record.survival
    if record.last.died and (denied := _denied(record)) is not None:
        return _broke(level, denied)
    edge = sum(1 for f in record.frames[1:] if f.action is not None and _bumped(f.action, f.moved))
    if lived and edge / lived > _MANY:
        return f"{edge} of {lived} steps went into the edge of town. {level.hint}"
    waited = sum(1 for frame in record.frames[1:] if _waited(frame))
    if lived and record.last.died and waited / lived > _MOST:
        return f"You waited for {waited} of {lived} steps. {level.hint}"
    return level.hint


def _waited(frame: Frame) -> bool:
    return frame.action is Action.INTERACT and frame.used is None


def _bumped(action: int, moved: bool) -> bool:
    return action < 4 and not moved  # the four directions come first


def _denied(record: Record) -> Kind | None:
    """Return the kind that could not be paid for shortly before the end, if it mattered."""
    cells = {(x, y): kind for kind, x, y in record.town.places()}
    for frame in reversed(record.frames[-_LATELY:]):
        if frame.refused is Refusal.UNAFFORDABLE:
            kind = cells[frame.x, frame.y]
            rule = record.level.buildings.of(kind)
            return kind if rule is not None and rule.serves is record.last.cause else None
    return None


def _broke(level: Level, kind: Kind) -> str:
    rule, job = level.buildings.of(kind), level.buildings.of(Kind.JOB)
    price = rule.costs.of(Meter.MONEY) if rule else 0.0
    what = f"There was no money left for {A_KIND[kind]} (${price:g})."
    if job is None:
        return f"{what} Nothing here earns any, so spend it only when you must."
    return f"{what} A shift at the job pays ${job.gives.money:g}: work before the purse is empty."
