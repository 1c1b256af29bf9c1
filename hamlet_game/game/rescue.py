"""What the app does about a fault in a scene: a report, and the crash screen, once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from hamlet_game.game.crash import debugging, missing_part, tell
from hamlet_game.game.scenes.crash import CrashScene

if TYPE_CHECKING:
    from hamlet_game.game.scene import Scene
    from hamlet_game.game.services import Services

CALM_S: Final = 10.0  # a fault so soon after the crash screen is the same one again


class Rescue:
    """Turns a fault into the crash screen. Another one there, or right after it, is too much."""

    def __init__(self, services: Services, *, watched: bool) -> None:
        """With `watched` false nobody is there to read a screen, so every fault is the end."""
        self._services, self._watched = services, watched
        self._calm = CALM_S  # seconds without a fault since the crash screen
        self.used = False

    def wait(self, dt: float, top: Scene | None) -> None:
        """Let time pass; what is spent on the crash screen does not count."""
        if not isinstance(top, CrashScene):
            self._calm += dt

    def after(self, error: Exception, scenes: Sequence[Scene]) -> Scene | None:
        """Return the screen to show after a fault, None if the game has to end."""
        top = scenes[-1] if scenes else None
        hopeless = not self._watched or debugging() or missing_part(error) is not None
        if hopeless or top is None or isinstance(top, CrashScene) or self._calm < CALM_S:
            return None
        self._calm, self.used = 0.0, True
        from hamlet_game.game import crash_report  # noqa: PLC0415 - most games never need it

        life = next((life for scene in reversed(scenes) if (life := scene.lived())), None)
        run = self._services.training.run
        place = crash_report.keep(error, life, run.config if run else None)
        what = crash_report.brief(error)
        tell(f"Hamlet met a fault of its own, {what}. The report is {place or 'nowhere'}.")
        return CrashScene(self._services, what, place, unattended=top.locked)
