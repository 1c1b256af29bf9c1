"""The live tempo's clock: so many ticks a second, a step of the town each."""

from __future__ import annotations

from hamlet_game.game.settings import SPEEDS

TICKS_A_SECOND = 3.0  # at 1×


def period(speed: float) -> float:
    """Return the seconds from tick to tick."""
    return 1.0 / (TICKS_A_SECOND * speed)


def next_speed(speed: float, by: int) -> float:
    """Return the speed `by` places up or down the list; the ends stay."""
    place = SPEEDS.index(speed) + by
    return SPEEDS[min(max(place, 0), len(SPEEDS) - 1)]


def speed_text(speed: float) -> str:
    """Return a speed as people write it: ¼×, 1×, 8×."""
    return {0.25: "¼×", 0.5: "½×"}.get(speed, f"{speed:g}×")


class LiveClock:
    """Collects time until the next tick is due."""

    def __init__(self) -> None:
        self._ticks = 0.0  # collected and not yet spent; 1 is a whole tick

    @property
    def due(self) -> bool:
        """Return whether a tick is due."""
        return self._ticks >= 1.0

    @property
    def part(self) -> float:
        """Return how much of the next tick has gone by, 0..1."""
        return min(1.0, self._ticks)

    def add(self, dt: float, speed: float) -> None:
        """Let `dt` seconds go by."""
        self._ticks += dt / period(speed)

    def spend(self) -> None:
        """Use up one tick."""
        self._ticks -= 1.0

    def hold(self) -> None:
        """Stand still with one tick ready, so that the next wish is granted at once."""
        self._ticks = 1.0

    def reset(self) -> None:
        """Forget what was collected."""
        self._ticks = 0.0
