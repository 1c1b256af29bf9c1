"""From pygame's events to the game's: keys, gamepads, mouse and text.

This is the only place that sees key codes and gamepad buttons. `poll` takes
the raw events of a frame and the time since the last one, and returns what
they mean, repeats of held directions included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

import pygame

from hamlet_game.game.bindings import Bindings, Device, button_name, key_name, pretty
from hamlet_game.game.events import (
    DIRECTIONS,
    Command,
    Event,
    Pointer,
    PointerKind,
    Press,
    Release,
    Typed,
)
from hamlet_game.game.gamepads import Gamepads, PadChange
from hamlet_game.game.settings import Settings

CANVAS_WIDTH = 1280  # units
CANVAS_HEIGHT = 720
REPEAT_DELAY = 0.28  # seconds a direction is held before it repeats
REPEAT_EVERY = 0.12  # seconds from then on

LastDevice = Literal["keyboard", "gamepad", "mouse"]
Source = tuple[str, int, str]  # device, which pad, name of the key or button
NOTHING: Final[frozenset[Command]] = frozenset()

_STICK: Final = {
    "stick_up": Command.UP,
    "stick_down": Command.DOWN,
    "stick_left": Command.LEFT,
    "stick_right": Command.RIGHT,
}
_SHORTCUT = pygame.KMOD_CTRL | pygame.KMOD_ALT | pygame.KMOD_META


@dataclass
class _Repeat:
    """The direction that repeats while held."""

    source: Source
    wait: float = REPEAT_DELAY  # seconds to the next repeat
    on: bool = True  # False: not until it is pressed anew


class Input:
    """What is pressed, where the pointer is, and which device the player uses."""

    def __init__(self, settings: Settings, notify: Callable[[str], None]) -> None:
        self._settings = settings
        self._gamepads = Gamepads(notify)
        self._held: dict[Source, frozenset[Command]] = {}  # in the order pressed
        self._repeat: _Repeat | None = None
        self.keys = Bindings(settings, "keyboard")
        self.pad = Bindings(settings, "gamepad")
        self.last_device: LastDevice = "keyboard"
        self.pointer = (0.0, 0.0)  # canvas units
        self.viewport = (0, 0, CANVAS_WIDTH, CANVAS_HEIGHT)  # the canvas in window pixels
        self.away = False  # the window has lost the focus: gamepads, heard anyway, are ignored
        self.typing = False  # a text field is being edited: letters are text, not commands

    def start(self) -> None:
        """Look for gamepads; needs pygame's display."""
        self._gamepads.start()

    def stop(self) -> None:
        """Let go of the gamepads."""
        self._gamepads.stop()

    def poll(self, raw: Iterable[pygame.Event], dt: float) -> list[Event]:
        """Return what a frame's pygame events mean; `dt` is seconds since the last call."""
        events: list[Event] = []
        for event in raw:
            events += self._translate(event)
        if repeat := self._repeated(dt):
            events.append(repeat)
        return events

    def held(self, command: Command) -> bool:
        """Return whether a key or button of `command` is down."""
        return any(command in commands for commands in self._held.values())

    def held_direction(self) -> Command | None:
        """Return the direction that is held; of several, the one pressed last."""
        source = self._direction_source()
        return None if source is None else _direction(self._held[source])

    def release_all(self) -> list[Event]:
        """Let go of everything, as when the window loses the focus; return the releases."""
        events: list[Event] = [Release(commands) for commands in self._held.values()]
        self._held.clear()
        self._repeat = None
        return events

    def settle(self) -> None:
        """Stop repeating what is held: a new scene should not inherit an old scene's repeats."""
        if self._repeat:
            self._repeat.on = False

    def pad_names(self) -> list[str]:
        """Return the names of the gamepads plugged in."""
        return self._gamepads.names

    def label(self, command: Command, device: Device | None = None) -> str:
        """Return what to press for `command` on a device, or on the one used last.

        Empty where nothing is bound; a gamepad without such a button names the key.
        """
        device = device or ("gamepad" if self.last_device == "gamepad" else "keyboard")
        names = self.pad.names(command) if device == "gamepad" else ()
        names = names or self.keys.names(command)
        return pretty(names[0]) if names else ""

    def rebind_key(self, command: Command, code: int, slot: int = 0) -> str | None:
        """Give `command` a key by its pygame code; see `Bindings.rebind`."""
        self._held.clear()
        return self.keys.rebind(command, key_name(code), slot)

    def rebind_button(self, command: Command, number: int, slot: int = 0) -> str | None:
        """Give `command` a gamepad button by its number; see `Bindings.rebind`."""
        self._held.clear()
        return self.pad.rebind(command, button_name(number), slot)

    def _translate(self, event: pygame.Event) -> list[Event]:
        match event.type:
            case pygame.KEYDOWN:
                return self._key_down(event)
            case pygame.KEYUP:
                return self._up(("key", 0, key_name(event.key)))
            case pygame.TEXTINPUT:
                return [Typed(event.text)]
            case pygame.MOUSEMOTION | pygame.MOUSEBUTTONDOWN | pygame.MOUSEBUTTONUP:
                return self._mouse(event)
            case pygame.MOUSEWHEEL:
                return [Pointer(PointerKind.WHEEL, *self.pointer, wheel=event.y)]
            case _:
                return self._pad_event(event)

    def _key_down(self, event: pygame.Event) -> list[Event]:
        modifiers = event.dict.get("mod", 0)
        self.last_device = "keyboard"
        if event.key == pygame.K_RETURN and modifiers & pygame.KMOD_ALT:
            return [Press(frozenset({Command.FULLSCREEN}), key=event.key)]
        name = key_name(event.key)
        if modifiers & _SHORTCUT or (self.typing and len(name) == 1):
            return [Press(NOTHING, key=event.key)]
        self._hold(("key", 0, name), self.keys.commands(name))
        return [Press(self.keys.commands(name), key=event.key)]

    def _pad_event(self, event: pygame.Event) -> list[Event]:
        changes = self._gamepads.read(event)
        if self.away or not self._settings.gamepad:
            return []
        return [translated for change in changes for translated in self._pad_change(change)]

    def _pad_change(self, change: PadChange) -> list[Event]:
        source = ("pad", change.pad, change.name)
        if not change.down:
            return self._up(source)
        self.last_device = "gamepad"
        stick = _STICK.get(change.name)
        commands = frozenset({stick}) if stick else self.pad.commands(change.name)
        self._hold(source, commands)
        return [Press(commands, button=change.number)]

    def _up(self, source: Source) -> list[Event]:
        commands = self._held.pop(source, None)
        return [] if commands is None else [Release(commands)]

    def _mouse(self, event: pygame.Event) -> list[Event]:
        left, top, width, height = self.viewport
        across, down = CANVAS_WIDTH, CANVAS_HEIGHT
        if height > width:  # an upright canvas
            across, down = down, across
        x = (event.pos[0] - left) * across / width
        y = (event.pos[1] - top) * down / height
        self.pointer = (x, y)
        if event.type == pygame.MOUSEMOTION:
            if any(event.dict.get("rel", (1, 1))):  # a window that appears moves the mouse by 0
                self.last_device = "mouse"
            held = bool(event.dict.get("buttons", (0,))[0])
            return [Pointer(PointerKind.MOVE, x, y, held=held)]
        self.last_device = "mouse"
        if event.button != pygame.BUTTON_LEFT:
            return []
        down = event.type == pygame.MOUSEBUTTONDOWN
        return [Pointer(PointerKind.DOWN if down else PointerKind.UP, x, y)]

    def _hold(self, source: Source, commands: frozenset[Command]) -> None:
        self._held.pop(source, None)
        self._held[source] = commands
        if _direction(commands):
            self._repeat = _Repeat(source)

    def _direction_source(self) -> Source | None:
        sources = (s for s in reversed(self._held) if _direction(self._held[s]))
        return next(sources, None)

    def _repeated(self, dt: float) -> Press | None:
        """Return a repeat of the direction pressed last if one is due; never two at once."""
        source = self._direction_source()
        if source is None or self._repeat is None:
            self._repeat = None
            return None
        if self._repeat.source != source:  # the last one was let go, an earlier one is still down
            self._repeat = _Repeat(source, on=self._repeat.on)
        self._repeat.wait -= dt
        if self._repeat.wait > 0 or not self._repeat.on:
            return None
        self._repeat.wait = max(self._repeat.wait + REPEAT_EVERY, 0.0)
        return Press(self._held[source], repeat=True)


def _direction(commands: frozenset[Command]) -> Command | None:
    return next((direction for direction in DIRECTIONS if direction in commands), None)
