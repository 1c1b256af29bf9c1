"""The demo: the whole story, told by itself. A press of anything ends it, but not in a kiosk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import stream
from hamlet_game.game.agents.roster import RosterError
from hamlet_game.game.demo.cast import load_cast
from hamlet_game.game.demo.director import Director
from hamlet_game.game.demo.layout import Layout
from hamlet_game.game.demo.lettering import fitted
from hamlet_game.game.draw.still import draw_still
from hamlet_game.game.events import Command, Pointer, PointerKind, Press
from hamlet_game.game.scene import Pop, Quit, Scene, Transition
from hamlet_game.game.scenes.towns import random_town

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter, Point
    from hamlet_game.game.events import Event
    from hamlet_game.game.services import Services

NUDGE = 40.0  # canvas units the mouse may be shaken by without ending the demo
KIOSK_KEYS = (Command.BACK, Command.CONFIRM)  # held together they end a kiosk's demo
_QUIET = pygame.FRect(26, 0, 668, 634)  # low in the picture at the left, above captions
KIOSK_S = 5.0  # seconds they are to be held


class DemoScene(Scene):
    """Hands everything to the director, and watches for somebody who wants to play."""

    upright = True
    feeds = True

    def __init__(
        self,
        services: Services,
        *,
        kiosk: bool = False,
        minutes: float | None = None,
        act: str | None = None,
    ) -> None:
        self._services = services
        self.locked = kiosk
        self._left = None if minutes is None else minutes * 60  # seconds until it ends by itself
        self._held = 0.0  # seconds that a kiosk's keys have been down
        self._mouse: Point | None = None  # where it was when first seen
        self.trouble = ""
        self.director: Director | None = None
        try:
            self.director = Director(services, load_cast(), seed=random_town(), act=act)
        except RosterError as error:
            self.trouble = str(error)

    # Scene.
    def handle(self, event: Event) -> Transition | None:
        """End the demo at any press, click, or shake of the mouse."""
        if self.locked:
            return None
        if isinstance(event, Pointer):
            return Pop() if self._is_meant(event) else None
        return Pop() if isinstance(event, Press) and not event.repeat else None

    def _is_meant(self, event: Pointer) -> bool:
        """Return whether the mouse was used, and not only jolted."""
        if event.kind is not PointerKind.MOVE:
            return True
        if self._mouse is None:
            self._mouse = (event.x, event.y)
        return abs(event.x - self._mouse[0]) + abs(event.y - self._mouse[1]) > NUDGE

    def update(self, dt: float) -> Transition | None:
        """Tell on; end when the time is up, or when a kiosk's keeper asks for it."""
        if self.director is not None:
            self.director.update(dt)
        if self._left is not None:
            self._left -= dt
            if self._left <= 0:
                return Quit()
        down = self.locked and all(self._services.input.held(key) for key in KIOSK_KEYS)
        self._held = self._held + dt if down else 0.0
        return Quit() if self._held >= KIOSK_S else None

    def draw(self, painter: Painter) -> None:
        """Draw the ground, the act and the curtain."""
        settings = self._services.settings
        layout = Layout(painter.size, stream.feed(self._services), keyed=settings.chroma)
        if settings.chroma or layout.upright:
            stream.backdrop(painter, settings)
        else:
            draw_still(painter)
        painter.quiet = _QUIET
        if self.director is not None:
            self.director.draw(painter, layout)
        else:
            room = layout.whole.inflate(-160, -200)
            fitted(painter, self.trouble, room, 26, painter.palette.text, middle=True)
