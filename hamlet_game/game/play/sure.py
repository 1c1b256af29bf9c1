"""A second press before a long life is thrown away: keys and sticks are pressed by mistake."""

from __future__ import annotations

from hamlet_game.game.events import Command

LONG = 20  # steps; a shorter life is no loss
PATIENCE_S = 3.0  # seconds to press again


class Sure:
    """Remembers what was asked for once."""

    def __init__(self) -> None:
        self.asked: Command | None = None  # waits to be pressed again
        self._left = 0.0  # seconds it still waits

    def allows(self, command: Command, lived: int) -> bool:
        """Return whether to go ahead after `lived` steps; otherwise ask for a second press."""
        if lived < LONG or self.asked is command:
            self.asked = None
            return True
        self.asked, self._left = command, PATIENCE_S
        return False

    def forget(self) -> None:
        """Take anything else that was done for a no."""
        self.asked = None

    def update(self, dt: float) -> None:
        """Let `dt` seconds go by."""
        self._left -= dt
        if self._left <= 0:
            self.asked = None
