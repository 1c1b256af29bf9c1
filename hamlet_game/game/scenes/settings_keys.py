"""The settings' rows of keys and buttons, and which gamepads are there."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.bindings import Bindings, Device, pretty
from hamlet_game.game.events import Command, Press
from hamlet_game.game.ui.keybind import KeyBind
from hamlet_game.game.ui.richtext import Label

if TYPE_CHECKING:
    from hamlet_game.game.services import Services
    from hamlet_game.game.ui.widget import Widget

_GROUPS = {  # commands on the key pages, by where they count
    "In town": (
        Command.UP, Command.DOWN, Command.LEFT, Command.RIGHT, Command.INTERACT, Command.PAUSE,
        Command.FREEZE, Command.STEP, Command.SLOWER, Command.FASTER, Command.TEMPO, Command.GHOST,
        Command.RESTART, Command.NEW_TOWN, Command.TOWN_NUMBER,
    ),
    "Menus and replays": (
        Command.CONFIRM, Command.BACK, Command.SAVE_REPLAY, Command.PREVIOUS_EVENT,
        Command.NEXT_EVENT,
    ),
    "Everywhere": (Command.HELP, Command.MUTE, Command.FULLSCREEN, Command.SCREENSHOT),
}  # fmt: skip


def binding_rows(services: Services, device: Device) -> list[Widget]:
    """Return a row for every command, under headings that say where it counts."""
    rows: list[Widget] = []
    for title, commands in _GROUPS.items():
        rows.append(Label(f"**{title}**"))
        rows += [_binding(services, device, command) for command in commands]
    return rows


def _binding(services: Services, device: Device, command: Command) -> KeyBind:
    """Return the row that shows and changes a command's keys or buttons."""
    inputs = services.input

    def names() -> list[str]:
        bindings = inputs.keys if device == "keyboard" else inputs.pad
        return [pretty(name) for name in bindings.names(command)]

    def bind(press: Press) -> None:
        if device == "keyboard" and press.key is not None:
            said = inputs.rebind_key(command, press.key)
        elif device == "gamepad" and press.button is not None:
            said = inputs.rebind_button(command, press.button)
        else:
            what = "key of the keyboard" if device == "keyboard" else "button of the gamepad"
            said = f"That was no {what}; nothing is changed."
        services.save_settings()
        if said:
            services.notify(said)

    def clear() -> None:
        if device == "keyboard":
            services.settings.keys = services.settings.keys | {command.name: []}
            inputs.keys = Bindings(services.settings, device)
        else:
            services.settings.pad = services.settings.pad | {command.name: []}
            inputs.pad = Bindings(services.settings, device)
        services.save_settings()
        if names():
            services.notify(f"{command.value} can't be left without; it has its first keys again.")

    return KeyBind(command.value, names, bind, clear)


def connected_pads() -> list[str]:
    """Return the names of the gamepads plugged in."""
    if not pygame.joystick.get_init():
        return []
    names = []
    for index in range(pygame.joystick.get_count()):
        with suppress(pygame.error):  # unplugged this very moment
            names.append(pygame.joystick.Joystick(index).get_name())
    return names


def pads_sentence() -> str:
    """Return which gamepads are connected, as a sentence."""
    pads = connected_pads()
    if not pads:
        return "No gamepad is connected. Plug one in at any time."
    return f"Connected: {', '.join(pads)}."
