"""A finished race, judged: who won and why, where the lives parted, and where it mattered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hamlet_game.game.versus.lane import Lane
from hamlet_game.town.names import Action, Kind, Meter
from hamlet_game.town.record import Frame, Record

LEVEL_POINTS = 0.5  # scores this close are the same: what is shown is whole points
_DID = {
    Action.UP: "went up", Action.DOWN: "went down",
    Action.LEFT: "went left", Action.RIGHT: "went right",
}  # fmt: skip
_USED = {Kind.BED: "slept", Kind.SHOWER: "showered", Kind.FRIDGE: "ate", Kind.JOB: "worked"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a race of two ended."""

    winner: int | None  # 0 or 1; None: a draw
    headline: str
    reason: str
    parted: int | None  # the first step in which they did different things
    mattered: int | None  # the step from which the winner stayed ahead


def winner_of(one: Record, other: Record) -> int | None:
    """Return who won: the longer life, or, where both lived as long, the better score."""
    if one.survival != other.survival:
        return 0 if one.survival > other.survival else 1
    if one.last.timed_out != other.last.timed_out:  # one died in the very last step
        return 0 if one.last.timed_out else 1
    lead = one.last.points - other.last.points
    return None if abs(lead) < LEVEL_POINTS else 0 if lead > 0 else 1


def judge(lanes: Sequence[Lane]) -> Verdict:
    """Return how the race of two lanes ended."""
    one, other = (lane.record for lane in lanes)
    winner = winner_of(one, other)
    return Verdict(
        winner, _headline(lanes, winner), _reason(lanes), parting(one, other),
        turning(one, other, winner),
    )  # fmt: skip


def parting(one: Record, other: Record) -> int | None:
    """Return the first step in which two lives did different things, None if in none."""
    both = min(one.survival, other.survival)
    return next(
        (k for k in range(1, both + 1) if one.frames[k].action != other.frames[k].action), None
    )


def turning(one: Record, other: Record, winner: int | None) -> int | None:
    """Return the step from which the loser was behind for good.

    For a loser who died that is behind in the meter that ran out; else in points.
    """
    if winner is None:
        return None
    best, rest = (one, other) if winner == 0 else (other, one)
    both = min(best.survival, rest.survival)
    meter = rest.last.cause

    def level(step: int) -> bool:
        ahead, behind = best.frames[step], rest.frames[step]
        if meter is not None:
            return behind.meters[meter] >= ahead.meters[meter]
        return behind.points >= ahead.points

    return min(both, max(step for step in range(both + 1) if step == 0 or level(step)) + 1)


def _headline(lanes: Sequence[Lane], winner: int | None) -> str:
    if winner is None:
        return "A draw!"
    who = lanes[winner].who
    return "You win!" if who.person else f"{who.name} wins!"


def _reason(lanes: Sequence[Lane]) -> str:
    first, second = lanes
    one, other = first.record, second.record
    ahead = (one.survival, one.last.points) >= (other.survival, other.last.points)
    best, rest = (first, second) if ahead else (second, first)
    lived, less = best.record, rest.record
    if lived.survival != less.survival:
        whole = "all " if lived.last.timed_out else ""
        return f"{best.who.name} lived {whole}{lived.survival} steps, {_mid(rest)} {less.survival}."
    if winner_of(lived, less) is None:
        return f"Both lived {lived.survival} steps and scored {lived.last.points:.0f}."
    scores = f"{best.who.name} scored {lived.last.points:.0f}"
    return f"Both lived {lived.survival} steps. {scores}, {_mid(rest)} {less.last.points:.0f}."


def parting_text(lanes: Sequence[Lane], step: int) -> str:
    """Return what each did in the step in which they parted."""
    told = [f"{lane.who.name} {did(lane.record.frames[step])}" for lane in lanes]
    return ", ".join(told)


def turning_text(lanes: Sequence[Lane], verdict: Verdict) -> str:
    """Return why the step that mattered did, with the numbers of that step."""
    step = verdict.mattered
    if step is None or verdict.winner is None:
        return ""
    best, rest = lanes[verdict.winner], lanes[1 - verdict.winner]
    ahead, behind = best.record.frames[step], rest.record.frames[step]
    cause = rest.record.last.cause
    if cause is not None:
        whose = "your" if rest.who.person else f"{rest.who.name}'s"
        against = _against(cause, float(behind.meters[cause]), float(ahead.meters[cause]))
        return f"from here on {whose} {cause.key} was always the lower, {against}"
    verb = "were" if best.who.person else "was"
    return f"{_mid(best)} {verb} ahead in points from here on"


def _mid(lane: Lane) -> str:
    """Return somebody's name for the middle of a sentence."""
    return "you" if lane.who.person else lane.who.name


def _against(meter: Meter, less: float, more: float) -> str:
    """Return two different amounts, as precise as it takes to see that they differ."""
    digits = next((n for n in (0, 1) if f"{less:.{n}f}" != f"{more:.{n}f}"), 2)
    sign = "$" if meter is Meter.MONEY else ""
    return f"{sign}{less:.{digits}f} against {sign}{more:.{digits}f}"


def did(frame: Frame) -> str:
    """Return what was done in a step, in past words that fit anyone."""
    if frame.used is not None:
        return _USED[frame.used]
    if frame.action is None or frame.action is Action.INTERACT:
        return "waited"
    return _DID[frame.action] if frame.moved else "bumped into the edge"
