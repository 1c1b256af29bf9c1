"""Whether anybody is there: the window is seen, and has the focus."""

from __future__ import annotations

from typing import Final

import pygame

SETTLING_S: Final = 0.4  # how long a window that changes may be without focus

_GONE: Final = {pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN}
_BACK: Final = {pygame.WINDOWRESTORED, pygame.WINDOWSHOWN, pygame.WINDOWMAXIMIZED}
_FOCUS: Final = {pygame.WINDOWFOCUSLOST, pygame.WINDOWFOCUSGAINED}


class Presence:
    """Follows a window's events.

    A window that opens or switches to fullscreen loses the focus for a moment; nobody has
    left it then.
    """

    def __init__(self) -> None:
        self.hidden = False  # minimised: nobody sees what is drawn
        self._left = False  # the focus is elsewhere
        self._changes_seen = 0
        self._settling = 0.0  # seconds until the focus can be believed

    def hear(self, event: pygame.Event) -> None:
        """Take an event of the window; others mean nothing here."""
        if event.type in _GONE:
            self.hidden = self._left = True
        elif event.type in _BACK:
            self.hidden = self._left = False
        elif event.type in _FOCUS:
            self._left = event.type == pygame.WINDOWFOCUSLOST

    def away(self, dt: float, changes: int) -> bool | None:
        """Return whether the user is elsewhere, None while that can't be told yet.

        `changes`: how often the window has been opened or changed so far.
        """
        if changes != self._changes_seen:
            self._changes_seen = changes
            self._settling = SETTLING_S
        self._settling -= dt
        if not self._left:
            return False
        return True if self._settling <= 0 else None
