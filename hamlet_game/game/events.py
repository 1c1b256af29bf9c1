"""What a scene hears: commands, the pointer and typed text.

Keys, buttons and sticks are translated to commands in one place
(`game/input.py`), so scenes never see a key code. One press may mean several
commands (Space is INTERACT in town and CONFIRM in a menu); a scene looks for
the ones it knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Command(Enum):
    """Everything a key or a gamepad button can mean. The value is what people read."""

    UP = "Up"
    DOWN = "Down"
    LEFT = "Left"
    RIGHT = "Right"
    INTERACT = "Use / wait"
    CONFIRM = "Confirm"
    BACK = "Back"
    PAUSE = "Pause menu"
    FREEZE = "Stop / go"  # live tempo: freeze the clock
    STEP = "Single step"
    SLOWER = "Slower"
    FASTER = "Faster"
    TEMPO = "Step / live tempo"
    RESTART = "Same town again"
    NEW_TOWN = "New town"
    TOWN_NUMBER = "Type town number"
    GHOST = "Show ghost"
    SAVE_REPLAY = "Save replay"
    NEXT_EVENT = "Next event"
    PREVIOUS_EVENT = "Previous event"
    NEXT_MISTAKE = "Next mistake"
    PREVIOUS_MISTAKE = "Previous mistake"
    LEARNER = "Learner: pause / go"
    DRIVE = "Take the wheel (hold)"
    EPISODE = "To the end of this life"
    CHARTS_ONLY = "Charts only, full speed"
    PREDICT = "Guess the next move"
    FEED = "Panels / clean picture"
    CLIP = "Save the last 15 s"
    PANEL_METERS = "Panel: meters"
    PANEL_Q = "Panel: Q-values"
    PANEL_WANTS = "Panel: what it wants"
    PANEL_CURVE = "Panel: learning curve"
    PANEL_LEARNER = "Panel: learner"
    PANEL_CURRICULUM = "Panel: curriculum"
    PANEL_TICKER = "Panel: events"
    PANEL_THOUGHT = "Panel: thought bubble"
    SKIP = "Skip the first steps"
    HELP = "Help"
    MUTE = "Mute"
    FULLSCREEN = "Fullscreen"
    SCREENSHOT = "Screenshot"


DIRECTIONS = (Command.UP, Command.DOWN, Command.LEFT, Command.RIGHT)


@dataclass(frozen=True, slots=True)
class Press:
    """A key or gamepad button went down, or repeats while held."""

    commands: frozenset[Command]
    repeat: bool = False
    key: int | None = None  # raw pygame key code, for the key-binding widget only
    button: int | None = None  # raw gamepad button, likewise

    def means(self, command: Command) -> bool:
        """Return whether this press stands for `command`."""
        return command in self.commands

    @property
    def direction(self) -> Command | None:
        """Return the direction this press stands for, if any."""
        return next((d for d in DIRECTIONS if d in self.commands), None)


@dataclass(frozen=True, slots=True)
class Release:
    """A key or gamepad button went up."""

    commands: frozenset[Command]


class PointerKind(Enum):
    """What the mouse or a finger did."""

    MOVE = "move"
    DOWN = "down"
    UP = "up"
    WHEEL = "wheel"


@dataclass(frozen=True, slots=True)
class Pointer:
    """The mouse, in canvas units (0..1280 × 0..720)."""

    kind: PointerKind
    x: float
    y: float
    wheel: int = 0  # notches, positive is up
    held: bool = False  # left button down during MOVE


@dataclass(frozen=True, slots=True)
class Typed:
    """Text typed by the user, for text fields."""

    text: str


Event = Press | Release | Pointer | Typed
