"""What tests of the app share: scenes that only note what happens to them, and real events."""

from __future__ import annotations

import pygame

from hamlet_game.game.app import App
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command, Event, Press
from hamlet_game.game.scene import Scene, Transition

DT = 1 / 60
SIZE = (640, 360)


class Noting(Scene):
    """A plain coloured scene that notes what it is told and answers as it was asked to."""

    def __init__(self, color: tuple[int, int, int] = (40, 80, 120), *, opaque: bool = True) -> None:
        self.color = color
        self.opaque = opaque
        self.events: list[Event] = []
        self.updates: list[float] = []
        self.draws = 0
        self.heard: list[str] = []
        self.answer: Transition | None = None

    def handle(self, event: Event) -> Transition | None:
        self.events.append(event)
        return self._take() if isinstance(event, Press) else None

    def update(self, dt: float) -> Transition | None:
        self.updates.append(dt)
        return None

    def draw(self, painter: Painter) -> None:
        self.draws += 1
        if self.opaque:
            painter.fill(self.color)

    def resumed(self) -> None:
        self.heard.append("resumed")

    def focus_lost(self) -> Transition | None:
        self.heard.append("focus lost")
        return None

    def _take(self) -> Transition | None:
        answer, self.answer = self.answer, None
        return answer

    @property
    def commands(self) -> list[set[Command]]:
        return [set(event.commands) for event in self.events if isinstance(event, Press)]


def post(kind: int, **facts: object) -> None:
    pygame.event.post(pygame.event.Event(kind, **facts))


def tap(app: App, key: int) -> bool:
    post(pygame.KEYDOWN, key=key)
    post(pygame.KEYUP, key=key)
    return app.frame(DT)
