"""Daylight: the colour of the light at each time of day, and how far the lamps are lit."""

from __future__ import annotations

from bisect import bisect_right

_HOURS = (  # time of day (0 = 6:00, .25 = noon, .5 = 18:00, .75 = midnight), light's colour
    (0.00, (255, 216, 196)),
    (0.06, (255, 240, 222)),
    (0.14, (255, 255, 255)),
    (0.38, (255, 255, 255)),
    (0.46, (255, 222, 178)),
    (0.52, (250, 190, 156)),
    (0.58, (196, 148, 190)),
    (0.66, (134, 130, 216)),
    (0.75, (112, 114, 222)),
    (0.88, (122, 124, 218)),
    (0.95, (194, 166, 196)),
    (1.00, (255, 216, 196)),
)
_TIMES = tuple(time for time, _ in _HOURS)
CLEAR = (255, 255, 255)


def light(day: float) -> tuple[int, int, int]:
    """Return the colour that the town is multiplied by at this time of day, 0..1."""
    day %= 1.0
    k = min(bisect_right(_TIMES, day), len(_HOURS) - 1)
    (t0, before), (t1, after) = _HOURS[k - 1], _HOURS[k]
    part = (day - t0) / (t1 - t0)
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(before, after, strict=True))
    return red, green, blue


def lamps(day: float) -> float:
    """Return how far lamps and windows are lit: 0 by day, 1 by night."""
    day %= 1.0
    return _ramp(day, 0.50, 0.58) * (1 - _ramp(day, 0.92, 0.985))


def _ramp(value: float, start: float, end: float) -> float:
    part = min(1.0, max(0.0, (value - start) / (end - start)))
    return part * part * (3 - 2 * part)
