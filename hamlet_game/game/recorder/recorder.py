"""The recorder: films while the game runs, and saves clips when asked or at highlights."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pygame

from hamlet_game import paths
from hamlet_game.game.recorder import clips, highlights, mp4
from hamlet_game.game.recorder.camera import Camera
from hamlet_game.game.recorder.darkroom import Developing
from hamlet_game.game.recorder.film import Film
from hamlet_game.game.recorder.highlights import Highlight, Kind

if TYPE_CHECKING:
    from hamlet_game.game.services import Services

AFTER_S: Final[dict[Kind, float]] = {  # seconds from a highlight to the end of its clip
    "graduation": 6.0,
    "record": 3.0,
    "near-death": 2.0,
}
APART_S: Final = 8.0  # seconds after a highlight in which another one is on the same clip
CLOSING_S: Final = 10.0  # seconds a clip may still take once the window closes
_WAITING: Final = 3  # films that may wait while one is being written


@dataclass(frozen=True, slots=True)
class _Order:
    """A film that is to become a file."""

    film: Film
    place: Path
    highlight: Highlight | None  # None: somebody asked for it


class Recorder:
    """Lives as long as the window. `frame` is called for each frame drawn, `update` for each."""

    def __init__(self, services: Services) -> None:
        self.camera = Camera()
        self._services = services
        self._orders: deque[_Order] = deque()  # the first is being written
        self._developing: Developing | None = None
        self._due: tuple[Highlight, float] | None = None  # and the seconds until its clip ends
        self._quiet = 0.0  # seconds in which further highlights don't count

    @property
    def ongoing(self) -> tuple[str, float] | None:
        """Return what is being written and how much of it is done, 0..1."""
        if self._developing is None:
            return None
        text = "Keeping a highlight" if self._orders[0].highlight else "Saving the clip"
        return text, self._developing.progress

    def frame(self, canvas: pygame.Surface, dt: float) -> None:
        """Film what was drawn; `dt` seconds have passed since the last frame."""
        if self._services.settings.recording:
            self.camera.frame(canvas, dt)
        elif self.camera.bytes:
            self.camera.clear()

    def save(self) -> None:
        """Make a clip of the last seconds."""
        if not self._services.settings.recording:
            self._services.notify("Nothing is recorded: switch on recording in the settings.")
            return
        now = datetime.now().astimezone()
        place = paths.clips() / f"{now:hamlet-%Y-%m-%d-%H%M%S-%f}.{self._format(told=True)}"
        self._order(place, None)

    def update(self, dt: float) -> None:
        """Cut highlights that are due, and follow the clip being written."""
        self._follow_marks(dt)
        if self._developing is not None and self._developing.done:
            self._finish(self._developing)
        if self._developing is None and self._orders:
            order = self._orders[0]
            self._developing = Developing(order.film, order.place)

    def close(self) -> None:
        """Wait a little for what is being written, and give up what takes longer."""
        if self._developing is not None and not self._developing.wait(CLOSING_S):
            self._developing.stop()
        self._developing = None
        self._orders.clear()

    def _order(self, place: Path, highlight: Highlight | None) -> None:
        film = self.camera.film()
        if film is None:
            self._services.notify("Nothing has been recorded yet.")
        elif len(self._orders) > _WAITING:
            self._services.notify("The last clips are still being saved.")
        else:
            self._orders.append(_Order(film, place, highlight))

    def _follow_marks(self, dt: float) -> None:
        self._quiet -= dt
        marks, self._services.highlights[:] = list(self._services.highlights), []
        if marks and self._quiet <= 0:
            self._due, self._quiet = (marks[0], AFTER_S[marks[0].kind]), APART_S
        if self._due is None:
            return
        highlight, seconds = self._due[0], self._due[1] - dt
        self._due = (highlight, seconds)
        if seconds <= 0:
            self._due = None
            self._order(highlights.place_for(highlight, self._format()), highlight)

    def _finish(self, developing: Developing) -> None:
        """Say how it went."""
        order = self._orders.popleft()
        self._developing = None
        notify, highlight = self._services.notify, order.highlight
        if developing.trouble:
            notify(f"The clip can't be saved: {developing.trouble}.")
        elif highlight is None:
            notify(f"Clip saved: {order.place}")
        else:
            highlights.make_room()
            notify(f"{highlight.text} (clip kept: {order.place.name})")

    def _format(self, *, told: bool = False) -> str:
        """Return the format to write; where MP4 can't be, it is GIF."""
        if self._services.settings.clip_format == clips.MP4 and not mp4.available():
            if told:
                self._services.notify(f"{mp4.MISSING}. This clip becomes a GIF.")
            return clips.GIF
        return self._services.settings.clip_format
