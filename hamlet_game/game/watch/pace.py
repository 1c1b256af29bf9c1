"""How fast the shown agent lives: from a quarter of the normal tempo to as fast as it draws."""

from __future__ import annotations

from hamlet_game.game.play.clock import TICKS_A_SECOND, speed_text
from hamlet_game.game.settings import SHOW_SPEEDS
from hamlet_game.town.record import Frame

FLAT_OUT = 0.0  # the speed at which every frame drawn is a step
USE_TICKS = 1.7  # a building's scene stays that much longer than a stride
END_S = 2.4  # seconds that fainting or cheering is shown at 1×
SHORTEST_END_S = 0.5
_QUIET_FROM = 4.0  # times the normal speed: single sounds would only rattle, words only flicker


def step_seconds(frame: Frame, speed: float) -> float:
    """Return how long a step is shown; 0 for one that lasts a single picture."""
    if speed == FLAT_OUT:
        return 0.0
    tick = 1.0 / (TICKS_A_SECOND * speed)
    return tick * USE_TICKS if frame.used is not None else tick


def end_seconds(speed: float) -> float:
    """Return how long the end of a life is shown before the next one begins."""
    return SHORTEST_END_S if speed == FLAT_OUT else max(SHORTEST_END_S, END_S / max(1.0, speed))


def next_speed(speed: float, by: int) -> float:
    """Return the speed `by` places up or down the list; the ends stay."""
    place = SHOW_SPEEDS.index(speed) + by
    return SHOW_SPEEDS[min(max(place, 0), len(SHOW_SPEEDS) - 1)]


def spoken(speed: float) -> str:
    """Return a speed as people write it: ¼×, 1×, 16×, max."""
    return "max" if speed == FLAT_OUT else speed_text(speed)


def audible(speed: float) -> bool:
    """Return whether steps are slow enough for a sound and a thought each."""
    return FLAT_OUT < speed < _QUIET_FROM
