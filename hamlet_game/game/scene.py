"""Scenes and how one leads to the next.

A scene asks for a change by returning a transition; only the app's stack
carries it out. Scenes below a non-opaque scene are still drawn, not updated.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.ui.form import Form
    from hamlet_game.town.record import Record


class Scene(ABC):
    """One screen: takes events, moves on in time, draws itself."""

    opaque: bool = True  # False: the scene below shows through
    music: bool = True  # whether the calm loop plays here
    upright: bool = False  # it can be drawn on an upright canvas: see `Painter.size`
    feeds: bool = False  # it shows what `stream.feed` says, and nothing else
    locked: bool = False  # keys that mean the same everywhere do nothing, nor does closing
    form: Form | None = None  # its widgets, where it has any

    @abstractmethod
    def handle(self, event: Event) -> Transition | None:
        """Answer one event; return a transition to leave or cover this scene."""

    def update(self, dt: float) -> Transition | None:  # noqa: ARG002 - most scenes stand still
        """Move on by `dt` seconds."""
        return None

    @abstractmethod
    def draw(self, painter: Painter) -> None:
        """Draw the scene. Changes nothing but caches."""

    def resumed(self) -> None:  # noqa: B027 - most scenes have nothing to catch up on
        """Hear that the scene above has gone."""

    def lived(self) -> Record | None:
        """Return the life that is played or shown here, for a crash report to keep."""
        return None

    def focus_lost(self) -> Transition | None:
        """Hear that the window was left or minimised; a live scene may cover itself with a pause.

        Only the topmost scene is told. All held keys have been released by then.
        """
        return None


@dataclass(frozen=True, slots=True)
class Push:
    """Cover the scene with another."""

    scene: Scene


@dataclass(frozen=True, slots=True)
class Pop:
    """Leave this scene for the one below; the last one out quits the game."""

    count: int = 1


@dataclass(frozen=True, slots=True)
class Replace:
    """Put another scene in this one's place."""

    scene: Scene


@dataclass(frozen=True, slots=True)
class Reset:
    """Clear the stack and start over with these scenes, bottom first."""

    scenes: tuple[Scene, ...]


@dataclass(frozen=True, slots=True)
class Quit:
    """End the game."""


Transition = Push | Pop | Replace | Reset | Quit
