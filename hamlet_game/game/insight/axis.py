"""An axis that holds still while values change a little, and follows smoothly when they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, log10
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from hamlet_game.game.draw.cache import Cache

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Painter

_FOLLOWS = 3.0  # per second
_WASTED = 0.45  # of the axis in use; below that it shrinks
_PANELS = 8  # axes kept for one painter


@dataclass(slots=True)
class Axis:
    """From `low` to `high`, 0 always among them."""

    low: float
    high: float
    moved_at: float = 0.0  # the painter's clock

    def place(self, value: float, left: float, right: float) -> float:
        """Return where a value lies between two canvas places."""
        share = (value - self.low) / max(1e-9, self.high - self.low)
        return left + (right - left) * min(1.0, max(0.0, share))


def nice_range(values: Sequence[float]) -> tuple[float, float]:
    """Return a round range that holds the values and 0."""
    low, high = min(0.0, *values), max(0.0, *values)
    span = max(high - low, 1e-6)
    step = 10.0 ** floor(log10(span)) / 2
    return floor(low / step) * step, ceil(high / step) * step


class _Axes:
    """The axis of every panel: by painter, then by box."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Painter, Cache[Axis]] = WeakKeyDictionary()

    def of(self, painter: Painter, box: Box, values: Sequence[float]) -> Axis:
        """Return a panel's axis, moved on to hold these values."""
        low, high = nice_range(values)
        mine = self._kept.setdefault(painter, Cache(_PANELS))
        axis = mine.get(tuple(round(v) for v in box), lambda: Axis(low, high, painter.now))
        follow(axis, low, high, painter.now, at_once=painter.reduced_motion)
        axis.low, axis.high = min(axis.low, *values), max(axis.high, *values)
        return axis


def follow(axis: Axis, low: float, high: float, now: float, *, at_once: bool) -> None:
    """Move an axis towards a wished range; a wider axis stays while half of it is used."""
    gone, axis.moved_at = max(0.0, now - axis.moved_at), now
    wide_enough = axis.low <= low and axis.high >= high
    if wide_enough and (high - low) > _WASTED * (axis.high - axis.low):
        return
    share = 1.0 if at_once else 1 - exp(-_FOLLOWS * gone)
    axis.low += (low - axis.low) * share
    axis.high += (high - axis.high) * share


axes = _Axes()
