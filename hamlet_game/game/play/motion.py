"""How long each step takes on screen, and how far along it is."""

from __future__ import annotations

from hamlet_game.game.play.clock import period
from hamlet_game.town.names import Action
from hamlet_game.town.record import Frame

WALK_S = 0.12  # seconds; as often as a held direction repeats, so that steps flow together
USE_S = 0.6
BUMP_S = 0.16
WAIT_S = 0.15


def seconds(frame: Frame, live_speed: float | None = None) -> float:
    """Return how long a step is shown; walking fills the whole tick in the live tempo."""
    if frame.used is not None:
        return USE_S
    if frame.moved:
        return WALK_S if live_speed is None else period(live_speed)
    return WAIT_S if frame.action is Action.INTERACT else BUMP_S


class Motion:
    """The step being shown. `part` runs from 0 to 1; `rest` counts the seconds after that."""

    def __init__(self) -> None:
        self._length = WAIT_S  # seconds
        self._passed = self._length

    @property
    def part(self) -> float:
        """Return how much of the step has been shown, 0..1."""
        return min(1.0, self._passed / self._length)

    @property
    def rest(self) -> float:
        """Return the seconds since the step was fully shown."""
        return max(0.0, self._passed - self._length)

    @property
    def done(self) -> bool:
        """Return whether the step has been fully shown."""
        return self._passed >= self._length

    def start(self, length: float) -> None:
        """Begin to show another step, for `length` seconds."""
        self._length, self._passed = length, 0.0

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        self._passed += dt
