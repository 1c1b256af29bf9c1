"""What the town's clock shows at a step. Purely for the eye: the rules know only steps.

A short level is one night, from 20:00 to sunrise; a longer one is a whole
number of days from sunrise to sunrise, of about 200 steps each.
"""

from __future__ import annotations

from dataclasses import dataclass

from hamlet_game.town.level import Level

NIGHT_STEPS = 60  # levels of up to so many steps are a single night
DAY_STEPS = 200  # about the length of a day in longer ones
SUNRISE = 6.0  # o'clock; where a day's share is 0
NIGHTFALL = 20.0
_NIGHT_FROM = (NIGHTFALL - SUNRISE) / 24


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A moment: which day, and how much of it has passed since 6:00."""

    day: int  # 1 on the first day
    days: int  # how many the level spans
    share: float  # 0..1: 0 is 6:00, .25 noon, .5 18:00, .75 midnight

    @property
    def clock(self) -> str:
        """Return the time as a clock shows it: 06:00, 23:45."""
        minutes = round((self.share * 24 + SUNRISE) * 60) % (24 * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    @property
    def dark(self) -> bool:
        """Return whether the moon is up: from 20:00 to 6:00."""
        return _NIGHT_FROM <= self.share < 1.0


def days_of(level: Level) -> int:
    """Return how many days a level spans."""
    return max(1, round(level.steps / DAY_STEPS))


def time_at(level: Level, step: float) -> TimeOfDay:
    """Return the time at a step; parts of steps are allowed, for smooth light."""
    part = min(1.0, max(0.0, step / level.steps))
    if level.steps <= NIGHT_STEPS:
        return TimeOfDay(1, 1, _NIGHT_FROM + (1 - _NIGHT_FROM) * part)
    days = days_of(level)
    whole = min(int(part * days), days - 1)
    return TimeOfDay(whole + 1, days, part * days - whole)
