"""Notices graduations as they happen, not those that are told again after a resume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.desk.history import History
from hamlet_game.game.recorder import highlights
from hamlet_game.game.watch.ceremony import Ceremony

if TYPE_CHECKING:
    from hamlet_game.game.services import Services
    from hamlet_game.game.watch.syllabus import Syllabus


class Feast:
    """The ceremony under way, if there is one."""

    def __init__(self, services: Services, syllabus: Syllabus, history: History) -> None:
        self._services, self._syllabus = services, syllabus
        self._seen = (history, len(history.graduations))
        self.ceremony: Ceremony | None = None

    def update(self, dt: float, history: History, *, loading: bool) -> bool:
        """Begin, go on with and end a ceremony; return whether one has just ended."""
        before, count = self._seen, len(history.graduations)
        self._seen = (history, count)
        if before[0] is history and not loading and count > before[1]:
            self._begin(history)
        if self.ceremony is None:
            return False
        self.ceremony.time += dt
        if not self.ceremony.over:
            return False
        self.ceremony = None
        return True

    def _begin(self, history: History) -> None:
        event = history.graduations[-1]
        level = self._syllabus.find(event.level)
        if level is not None:
            self.ceremony = Ceremony.of(event, level, history)
            self._services.audio.play("win")
            highlights.mark(self._services, "graduation", f"Graduated: {level.name}")
