"""The settings' rows of keys and buttons, and which gamepads are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.bindings import Device, pretty
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
        Command.SKIP,
    ),
    "Menus and replays": (
        Command.CONFIRM, Command.BACK, Command.SAVE_REPLAY, Command.PREVIOUS_EVENT,
        Command.NEXT_EVENT,
    ),
    "Everywhere": (Command.HELP, Command.MUTE, Command.FULLSCREEN, Command.SCREENSHOT),
}  # fmt: skip
# What people may want on the key that leads back, so there it can't cancel.
_TAKE_BACK = (Command.BACK, Command.PAUSE, Command.CONFIRM, Command.INTERACT)


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
    bindings = inputs.keys if device == "keyboard" else inputs.pad

    def names() -> list[str]:
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
        said = bindings.clear(command)
        services.save_settings()
        if said:
            services.notify(said)

    def asks() -> str:
        what = "key" if device == "keyboard" else "button"
        cancel = "" if takes_back else f" ({inputs.label(Command.BACK)}: cancel)"
        return f"Press a {what}…{cancel}"

    takes_back = command in _TAKE_BACK
    return KeyBind(command.value, names, bind, clear, asks=asks, takes_back=takes_back)


def pads_sentence(services: Services) -> str:
    """Return which gamepads are connected, as a sentence."""
    pads = services.input.pad_names()
    if not pads:
        return "No gamepad is connected. Plug one in at any time."
    return f"Connected: {', '.join(pads)}."
