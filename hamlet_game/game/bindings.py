"""Which keys and gamepad buttons stand for which commands, and how to change that.

Keys have pygame's names ("space", "f11"). Gamepad buttons have the standard
names in `BUTTONS`; their index there is the button number in events. A key may
serve several commands only if those belong to different contexts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import pygame

from hamlet_game.game.events import DIRECTIONS, Command
from hamlet_game.game.settings import Overrides, Settings

Device = Literal["keyboard", "gamepad"]
Names = tuple[str, ...]

BUTTONS: Final = (  # in the order of SDL's game controller buttons, the two triggers after them
    "a", "b", "x", "y", "back", "guide", "start", "lstick", "rstick", "lb", "rb",
    "dpad_up", "dpad_down", "dpad_left", "dpad_right", "lt", "rt",
)  # fmt: skip
EXTRA_BUTTON = 32  # number of the first button that has no standard name

DEFAULT_KEYS: Final[Mapping[Command, Names]] = {
    Command.UP: ("up", "w"),
    Command.DOWN: ("down", "s"),
    Command.LEFT: ("left", "a"),
    Command.RIGHT: ("right", "d"),
    Command.INTERACT: ("space",),
    Command.CONFIRM: ("return", "space", "enter"),
    Command.BACK: ("escape",),
    Command.PAUSE: ("escape",),
    Command.FREEZE: ("p",),
    Command.STEP: (".",),
    Command.SLOWER: ("-", "[", "[-]"),
    Command.FASTER: ("=", "]", "+", "[+]"),
    Command.TEMPO: ("t",),
    Command.RESTART: ("r",),
    Command.NEW_TOWN: ("n",),
    Command.TOWN_NUMBER: ("y",),
    Command.GHOST: ("g",),
    Command.SAVE_REPLAY: ("f5",),
    Command.NEXT_EVENT: ("page down",),
    Command.PREVIOUS_EVENT: ("page up",),
    Command.NEXT_MISTAKE: ("end",),
    Command.PREVIOUS_MISTAKE: ("home",),
    Command.LEARNER: ("l",),
    Command.DRIVE: ("tab",),
    Command.EPISODE: ("e",),
    Command.CHARTS_ONLY: ("c",),
    Command.PREDICT: ("q",),
    Command.FEED: ("f10",),
    Command.CLIP: ("f9",),
    Command.PANEL_METERS: ("1",),
    Command.PANEL_Q: ("2",),
    Command.PANEL_WANTS: ("3",),
    Command.PANEL_CURVE: ("4",),
    Command.PANEL_LEARNER: ("5",),
    Command.PANEL_CURRICULUM: ("6",),
    Command.PANEL_TICKER: ("7",),
    Command.PANEL_THOUGHT: ("8",),
    Command.SKIP: ("backspace",),
    Command.HELP: ("f1", "h"),
    Command.MUTE: ("m",),
    Command.FULLSCREEN: ("f11",),
    Command.SCREENSHOT: ("f12",),
}
DEFAULT_PAD: Final[Mapping[Command, Names]] = {
    Command.UP: ("dpad_up",),
    Command.DOWN: ("dpad_down",),
    Command.LEFT: ("dpad_left",),
    Command.RIGHT: ("dpad_right",),
    Command.INTERACT: ("a",),
    Command.CONFIRM: ("a",),
    Command.BACK: ("b",),
    Command.SKIP: ("b",),
    Command.PAUSE: ("start",),
    Command.STEP: ("x",),
    Command.GHOST: ("y",),
    Command.SLOWER: ("lb",),
    Command.FASTER: ("rb",),
    Command.TEMPO: ("back",),
    Command.RESTART: ("lstick",),
    Command.NEW_TOWN: ("rstick",),
    Command.NEXT_EVENT: ("rt",),
    Command.PREVIOUS_EVENT: ("lt",),
    Command.FREEZE: ("rt",),
    Command.DRIVE: ("lt",),
}

_MENU: Final = frozenset({Command.CONFIRM, Command.BACK})
_LOOKING_BACK: Final = frozenset({Command.NEXT_EVENT, Command.PREVIOUS_EVENT})  # no live clock
_LIVE: Final = frozenset({Command.FREEZE, Command.DRIVE})  # of a running clock
_EVERYWHERE: Final = frozenset(
    {*DIRECTIONS, Command.HELP, Command.MUTE, Command.FULLSCREEN, Command.SCREENSHOT}
)
ESSENTIAL: Final = frozenset(
    {*DIRECTIONS, Command.INTERACT, Command.CONFIRM, Command.BACK, Command.PAUSE}
)

_LABELS: Final = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "return": "Enter", "enter": "Keypad Enter",
    "escape": "Esc", "page up": "PgUp", "page down": "PgDn", "delete": "Del", "insert": "Ins",
    "dpad_up": "D-pad ↑", "dpad_down": "D-pad ↓", "dpad_left": "D-pad ←", "dpad_right": "D-pad →",
    "lstick": "L3", "rstick": "R3", "lb": "LB", "rb": "RB", "lt": "LT", "rt": "RT", "-": "−",
}  # fmt: skip


def share_a_context(one: Command, other: Command) -> bool:
    """Return whether two commands can be meant at the same moment, so can't share a key."""
    if one in _EVERYWHERE or other in _EVERYWHERE:
        return True
    if not _LIVE.isdisjoint((one, other)) and not _LOOKING_BACK.isdisjoint((one, other)):
        return False
    return (one in _MENU) == (other in _MENU)


def key_name(code: int) -> str:
    """Return the name of a pygame key code."""
    return pygame.key.name(code) or pygame.key.name(code, use_compat=False) or f"key {code}"


def button_name(number: int) -> str:
    """Return the name of a gamepad button number."""
    if number < len(BUTTONS):
        return BUTTONS[number]
    return f"button {number - EXTRA_BUTTON + 1}"


def pretty(name: str) -> str:
    """Return what people call a key or button: "Space", "Esc", "A", "D-pad ↑"."""
    if name.startswith("[") and name.endswith("]") and len(name) > 2:
        return f"Keypad {name[1:-1]}"
    return _LABELS.get(name) or name.title()


class Bindings:
    """Commands by key or button name for one device: the defaults and the user's own."""

    def __init__(self, settings: Settings, device: Device) -> None:
        self._settings = settings
        self._device = device
        self._defaults = DEFAULT_KEYS if device == "keyboard" else DEFAULT_PAD
        self._refresh()

    def commands(self, name: str) -> frozenset[Command]:
        """Return what a key or button of this name stands for; often nothing."""
        return self._commands.get(name, frozenset())

    def names(self, command: Command) -> Names:
        """Return the keys or buttons of a command, the main one first."""
        return self._names[command]

    def rebind(self, command: Command, name: str, slot: int = 0) -> str | None:
        """Give `command` this key or button in place of its slot-th one.

        A command that can't share it loses it, or takes the replaced one if it would
        be left with none. Returns a sentence about that other command, if there is one.
        """
        mine = list(self._names[command])
        replaced = mine[slot] if slot < len(mine) else None
        mine[slot : slot + 1] = [name]
        mine = list(dict.fromkeys(mine))
        losers = [
            other
            for other in Command
            if other is not command
            and name in self._names[other]
            and share_a_context(other, command)
        ]
        changed = {command: mine}
        for loser in losers:
            left = [other for other in self._names[loser] if other != name]
            changed[loser] = left or self._spare(replaced, loser, command)
            if loser in ESSENTIAL and not changed[loser]:
                return f"{pretty(name)} stays with {loser.value}, which needs a {self._kind}."
        self._overrides = self._overrides | {c.name: names for c, names in changed.items()}
        self._refresh()
        return self._sentence(name, losers)

    def clear(self, command: Command) -> str | None:
        """Take all its keys or buttons away from `command`.

        One that can't do without gets its first ones again; returns a sentence that says so.
        """
        self._overrides = self._overrides | {command.name: []}
        self._refresh()
        if command not in ESSENTIAL or not self._names[command]:
            return None
        return f"{command.value} can't be left without; it has its first {self._kind}s again."

    def _spare(self, replaced: str | None, loser: Command, winner: Command) -> list[str]:
        """Return the key that `winner` gave up if `loser` can have it."""
        if replaced is None:
            return []
        others = self._commands.get(replaced, frozenset()) - {winner}
        return [] if any(share_a_context(loser, other) for other in others) else [replaced]

    def reset(self) -> None:
        """Go back to the defaults."""
        self._overrides = {}
        self._refresh()

    def _sentence(self, name: str, losers: list[Command]) -> str | None:
        if not losers:
            return None
        left = self._names[losers[0]]
        now = f"now {pretty(left[0])}" if left else f"left without a {self._kind}"
        return f"{pretty(name)} was {losers[0].value}, which is {now}."

    @property
    def _kind(self) -> str:
        return "key" if self._device == "keyboard" else "button"

    @property
    def _overrides(self) -> Overrides:
        return self._settings.keys if self._device == "keyboard" else self._settings.pad

    @_overrides.setter
    def _overrides(self, overrides: Overrides) -> None:
        if self._device == "keyboard":
            self._settings.keys = overrides
        else:
            self._settings.pad = overrides

    def _refresh(self) -> None:
        self._names = {command: self._chosen(command) for command in Command}
        by_name: dict[str, set[Command]] = {}
        for command, names in self._names.items():
            for name in names:
                by_name.setdefault(name, set()).add(command)
        self._commands = {name: frozenset(commands) for name, commands in by_name.items()}

    def _chosen(self, command: Command) -> Names:
        default = self._defaults.get(command, ())
        chosen = tuple(self._overrides.get(command.name, default))
        return default if command in ESSENTIAL and not chosen else chosen
