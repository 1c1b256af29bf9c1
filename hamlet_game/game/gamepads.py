"""Gamepads: plugging them in and out, and their buttons, hats, sticks and triggers.

SDL knows most gamepads by name ("controllers") and reports them in one standard
layout; any other joystick is read as if laid out like an Xbox pad. Events are
all that counts, so a pad that is only a row of events works as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import pygame
from pygame._sdl2 import controller

from hamlet_game.game.bindings import BUTTONS, EXTRA_BUTTON

STICK_ON = 0.5  # of full tilt: a direction begins
STICK_OFF = 0.35  # and ends; the gap keeps a trembling thumb from pressing twice
TURN = 0.15  # how much further the other axis must be tilted to turn a held direction
TRIGGER_ON = 0.5
TRIGGER_OFF = 0.3
FULL_AXIS = 32768  # controller axes are whole numbers up to this

_JOYSTICK_BUTTONS: Final = (  # an Xbox pad's own order
    "a", "b", "x", "y", "lb", "rb", "back", "start", "guide", "lstick", "rstick",
)  # fmt: skip
_TRIGGERS: Final = {
    pygame.CONTROLLER_AXIS_TRIGGERLEFT: "lt",
    pygame.CONTROLLER_AXIS_TRIGGERRIGHT: "rt",
}
_STICK: Final = ("stick_left", "stick_right", "stick_up", "stick_down")
_HAT: Final = ("dpad_left", "dpad_right", "dpad_up", "dpad_down")


@dataclass(frozen=True, slots=True)
class PadChange:
    """A button of a gamepad went down or up. Sticks count as buttons "stick_up" and so on."""

    pad: int  # the joystick's instance id
    name: str
    down: bool

    @property
    def number(self) -> int | None:
        """Return the button number, None for sticks."""
        if self.name in BUTTONS:
            return BUTTONS.index(self.name)
        if self.name.startswith("button "):
            return EXTRA_BUTTON + int(self.name.removeprefix("button ")) - 1
        return None


@dataclass
class _Pad:
    """What is known of one gamepad."""

    device: pygame.joystick.JoystickType | controller.Controller | None = None
    name: str = "gamepad"
    tilt: list[float] = field(default_factory=lambda: [0.0, 0.0])  # left stick, −1..1
    down: set[str] = field(default_factory=set)  # names of what is held


class Gamepads:
    """All gamepads at once; reads their events as changes of named buttons."""

    def __init__(self, notify: Callable[[str], None]) -> None:
        self._notify = notify
        self._pads: dict[int, _Pad] = {}

    def start(self) -> None:
        """Look for gamepads. SDL then announces those present as if just plugged in."""
        try:
            pygame.joystick.init()
            controller.init()
        except pygame.error as error:
            self._notify(f"Gamepads can't be used: {error}.")

    def stop(self) -> None:
        """Close all gamepads."""
        self._pads.clear()
        controller.quit()
        pygame.joystick.quit()

    @property
    def names(self) -> list[str]:
        """Return what the gamepads plugged in call themselves."""
        return [pad.name for pad in self._pads.values() if pad.device is not None]

    def read(self, event: pygame.Event) -> list[PadChange]:
        """Return what an event changes; most events change nothing."""
        if event.type == pygame.JOYDEVICEADDED:
            self._plug_in(event.device_index)
            return []
        if event.type == pygame.JOYDEVICEREMOVED:
            return self._unplug(event.instance_id)
        reader = _READERS.get(event.type)
        if reader is None:
            return []
        instance: int = event.instance_id
        pad = self._pads.setdefault(instance, _Pad())
        if event.type in _JOYSTICK_EVENTS and isinstance(pad.device, controller.Controller):
            return []  # SDL reports a known controller twice
        return [
            PadChange(instance, name, down)
            for name, down in reader(pad, event)
            if _remember(pad, name, down)
        ]

    def _plug_in(self, index: int) -> None:
        try:
            joystick = pygame.joystick.Joystick(index)
            known = controller.is_controller(index)
            device = controller.Controller(index) if known else joystick
        except pygame.error:  # unplugged again already
            return
        name = joystick.get_name()
        self._pads[joystick.get_instance_id()] = _Pad(device, name)
        self._notify(f"Gamepad connected: {name}")

    def _unplug(self, instance: int) -> list[PadChange]:
        pad = self._pads.pop(instance, None)
        if pad is None:
            return []
        self._notify(f"Gamepad disconnected: {pad.name}")
        return [PadChange(instance, name, down=False) for name in sorted(pad.down)]


Named = list[tuple[str, bool]]


def _remember(pad: _Pad, name: str, down: bool) -> bool:
    """Return whether this is news, and note it."""
    if down == (name in pad.down):
        return False
    (pad.down.add if down else pad.down.discard)(name)
    return True


def _joystick_button(_: _Pad, event: pygame.Event) -> Named:
    number: int = event.button
    known = number < len(_JOYSTICK_BUTTONS)
    name = _JOYSTICK_BUTTONS[number] if known else f"button {number + 1}"
    return [(name, event.type == pygame.JOYBUTTONDOWN)]


def _controller_button(_: _Pad, event: pygame.Event) -> Named:
    number: int = event.button
    known = number < BUTTONS.index("lt")
    name = BUTTONS[number] if known else f"button {number + 1}"
    return [(name, event.type == pygame.CONTROLLERBUTTONDOWN)]


def _hat(_: _Pad, event: pygame.Event) -> Named:
    x, y = event.value  # y is positive upwards
    return list(zip(_HAT, (x < 0, x > 0, y > 0, y < 0), strict=True))


def _joystick_axis(pad: _Pad, event: pygame.Event) -> Named:
    return _stick(pad, event.axis, event.value) if event.axis < 2 else []


def _controller_axis(pad: _Pad, event: pygame.Event) -> Named:
    value = event.value / FULL_AXIS
    if event.axis < 2:
        return _stick(pad, event.axis, value)
    if (name := _TRIGGERS.get(event.axis)) is None:
        return []
    return [(name, value > (TRIGGER_OFF if name in pad.down else TRIGGER_ON))]


def _stick(pad: _Pad, axis: int, value: float) -> Named:
    """Return the stick's four directions, at most one of them down."""
    pad.tilt[axis] = value
    x, y = pad.tilt
    tilts = dict(zip(_STICK, (-x, x, -y, y), strict=True))
    current = next((name for name in _STICK if name in pad.down), None)
    strongest = max(_STICK, key=tilts.__getitem__)
    if current and tilts[current] > STICK_OFF and tilts[strongest] < tilts[current] + TURN:
        chosen: str | None = current
    else:
        chosen = strongest if tilts[strongest] > STICK_ON else None
    # Releases first, so that a turn never holds two directions at once.
    return sorted(((name, name == chosen) for name in _STICK), key=lambda change: change[1])


_READERS: Final[dict[int, Callable[[_Pad, pygame.Event], Named]]] = {
    pygame.JOYBUTTONDOWN: _joystick_button,
    pygame.JOYBUTTONUP: _joystick_button,
    pygame.JOYHATMOTION: _hat,
    pygame.JOYAXISMOTION: _joystick_axis,
    pygame.CONTROLLERBUTTONDOWN: _controller_button,
    pygame.CONTROLLERBUTTONUP: _controller_button,
    pygame.CONTROLLERAXISMOTION: _controller_axis,
}
_JOYSTICK_EVENTS: Final = frozenset(
    {pygame.JOYBUTTONDOWN, pygame.JOYBUTTONUP, pygame.JOYHATMOTION, pygame.JOYAXISMOTION}
)
