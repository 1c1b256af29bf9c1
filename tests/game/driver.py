"""Plays the real game: posts pygame events and lets the app run frame by frame."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import pygame

from hamlet_game.game.app import App, WindowOptions
from hamlet_game.game.events import DIRECTIONS, Command
from hamlet_game.game.scene import Scene
from hamlet_game.game.services import Services, open_services
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.widget import Widget
from hamlet_game.town.catalog import load_catalog

DT = 1 / 60
CATALOG = load_catalog()
KEYS = {
    Command.UP: pygame.K_UP,
    Command.DOWN: pygame.K_DOWN,
    Command.LEFT: pygame.K_LEFT,
    Command.RIGHT: pygame.K_RIGHT,
    Command.INTERACT: pygame.K_SPACE,
    Command.CONFIRM: pygame.K_RETURN,
    Command.BACK: pygame.K_ESCAPE,
    Command.PAUSE: pygame.K_ESCAPE,
}
HATS = {
    Command.UP: (0, 1),
    Command.DOWN: (0, -1),
    Command.LEFT: (-1, 0),
    Command.RIGHT: (1, 0),
}
BUTTONS = {  # on a joystick without a known layout: an Xbox pad's order
    Command.INTERACT: 0,
    Command.CONFIRM: 0,
    Command.BACK: 1,
    Command.PAUSE: 7,
}


class Player:
    """Somebody at the keyboard, or with a gamepad in their hands, or with a mouse."""

    def __init__(
        self,
        first: Callable[[Services], tuple[Scene, ...]],
        device: str = "keyboard",
        *,
        size: tuple[int, int] = (1280, 720),
        services: Services | None = None,
    ) -> None:
        self.services = services or open_services(CATALOG)
        self.device = device
        self.app = App(self.services, WindowOptions(size=size))
        self.app.start(first(self.services))
        self.frames(2)

    def close(self) -> None:
        self.app.close()

    def frames(self, count: int = 1) -> None:
        for _ in range(count):
            if not self.app.frame(DT):
                return

    def wait(self, seconds: float) -> None:
        self.frames(round(seconds / DT))

    def until(self, done: Callable[[], bool], seconds: float = 20) -> None:
        for _ in range(round(seconds / DT)):
            if done():
                return
            self.frames()
        raise AssertionError(f"nothing came of it within {seconds} s of play")

    @property
    def scene(self) -> Scene:
        return self.app.scenes[-1]

    @property
    def name(self) -> str:
        return type(self.scene).__name__

    @property
    def form(self) -> Form:
        form = self.scene.form
        assert form is not None, f"{self.name} has no widgets"
        return form

    def do(self, *commands: Command) -> None:
        """Press what stands for each command on this device, one after the other."""
        for command in commands:
            for event in self._press(command):
                pygame.event.post(event)
                self.frames()

    def feel(self, command: Command) -> None:
        """Press it without looking: only what comes of it is drawn."""
        *first, last = self._press(command)
        with self.blind():
            for event in first:
                pygame.event.post(event)
                self.frames()
        pygame.event.post(last)
        self.frames()

    @contextmanager
    def blind(self) -> Iterator[None]:
        """Draw nothing meanwhile, as while the window is minimised."""
        self.app.presence.hidden = True
        yield
        self.app.presence.hidden = False

    def key(self, code: int, text: str = "") -> None:
        pygame.event.post(pygame.Event(pygame.KEYDOWN, key=code, mod=0, unicode=text))
        if text:
            pygame.event.post(pygame.Event(pygame.TEXTINPUT, text=text))
        pygame.event.post(pygame.Event(pygame.KEYUP, key=code, mod=0))
        self.frames()

    def _press(self, command: Command) -> Iterable[pygame.Event]:
        if self.device == "keyboard":
            yield pygame.Event(pygame.KEYDOWN, key=KEYS[command], mod=0, unicode="")
            yield pygame.Event(pygame.KEYUP, key=KEYS[command], mod=0)
        elif command in HATS:
            yield pygame.Event(pygame.JOYHATMOTION, instance_id=9, hat=0, value=HATS[command])
            yield pygame.Event(pygame.JOYHATMOTION, instance_id=9, hat=0, value=(0, 0))
        else:
            button = BUTTONS[command]
            yield pygame.Event(pygame.JOYBUTTONDOWN, instance_id=9, button=button)
            yield pygame.Event(pygame.JOYBUTTONUP, instance_id=9, button=button)

    def click(self, x: float, y: float) -> None:
        """Click at a place on the canvas."""
        left, top, width, height = self.services.input.viewport
        place = (round(left + x * width / 1280), round(top + y * height / 720))
        pygame.event.post(
            pygame.Event(pygame.MOUSEMOTION, pos=place, rel=(1, 1), buttons=(0, 0, 0))
        )
        for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            pygame.event.post(pygame.Event(kind, pos=place, button=1))
        self.frames(2)

    def find(self, text: str) -> Widget:
        """Return the widget whose text or label begins with `text`."""
        for widget in self.form.widgets:
            if told(widget).lower().startswith(text.lower()):
                return widget
        raise AssertionError(
            f"{self.name} has no '{text}', only {list(map(told, self.form.widgets))}"
        )

    def go_to(self, widget: Widget) -> None:
        """Move the focus there with directions alone, finding out where each one leads."""
        known: dict[tuple[Widget, Command], Widget] = {}
        for _ in range(400):
            here = self.form.focus
            if here is widget:
                return
            assert here is not None
            direction = _next(known, here, widget)
            if direction is None:
                break
            self.do(direction)
            there = self.form.focus
            assert there is not None
            known[here, direction] = there
        raise AssertionError(f"{self.name}: '{told(widget)}' can't be reached by {self.device}")

    def choose(self, text: str) -> None:
        """Go to a widget and press it."""
        self.go_to(self.find(text))
        self.do(Command.CONFIRM)
        self.frames(2)


def _next(
    known: dict[tuple[Widget, Command], Widget], start: Widget, goal: Widget
) -> Command | None:
    """Return the first step to the goal, or else to the nearest direction not yet tried."""
    edge: deque[tuple[Widget, Command | None]] = deque([(start, None)])
    seen, untried = {start}, None
    while edge:
        here, first = edge.popleft()
        for direction in DIRECTIONS:
            there = known.get((here, direction))
            if there is None:
                untried = untried or first or direction
            elif there is goal:
                return first or direction
            elif there not in seen:
                seen.add(there)
                edge.append((there, first or direction))
    return untried


def told(widget: Widget) -> str:
    """Return what a widget says: its text, label or name."""
    for attribute in ("text", "label", "name"):
        value = getattr(widget, attribute, None)
        if isinstance(value, str):
            return value
    return type(widget).__name__
