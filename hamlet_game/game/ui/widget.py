"""What every widget is: a box that draws itself, may hold the focus, and answers events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Event, Pointer, PointerKind, Press, Typed

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition

BODY = 18.0  # text sizes at 100 %
SMALL = 15.0
HEADING = 24.0
TALL = 48.0  # the least height of anything one can press
PAD = 18.0  # inside a widget, left and right
RADIUS = 14.0


class Widget:
    """A box in canvas units. Subclasses draw it and say what a press does.

    The form asks `wants` first; only an event the widget wants is handed to
    `handle`. A widget that is `capturing` (a text field being edited) is
    offered every event before anything else happens to it.
    """

    focusable = True
    sideways = False  # keeps LEFT and RIGHT for itself
    radius = RADIUS  # of its focus ring

    def __init__(self, *, hint: str = "", enabled: bool = True, pinned: bool = False) -> None:
        self.box = pygame.FRect(0, 0, 0, 0)
        self.hint = hint  # one sentence, shown while focused
        self.enabled = enabled
        self.pinned = pinned  # stays where it is when the form scrolls

    @property
    def reachable(self) -> bool:
        """Return whether the focus may rest here; a disabled widget with a hint says why."""
        return self.focusable and (self.enabled or bool(self.hint))

    @property
    def capturing(self) -> bool:
        """Return whether every event is this widget's for now."""
        return False

    def preferred(self, painter: Painter) -> tuple[float, float]:  # noqa: ARG002
        """Return the width and height it would like at the painter's text size."""
        return TALL, TALL

    def height_for(self, painter: Painter, width: float) -> float:  # noqa: ARG002
        """Return the height it needs at a given width."""
        return self.preferred(painter)[1]

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:
        """Draw it; `hot` while it is held down."""
        raise NotImplementedError

    def wants(self, event: Press | Typed) -> bool:  # noqa: ARG002
        """Return whether `handle` should get this key, button or text."""
        return False

    def handle(self, event: Event) -> Transition | None:  # noqa: ARG002
        """Answer an event it wanted."""
        return None

    def press(self) -> Transition | None:
        """Do what a confirming key does."""
        return None

    def pointer(self, event: Pointer) -> Transition | None:
        """Answer the pointer: DOWN on it, then MOVE and UP while it is held."""
        return self.press() if event.kind is PointerKind.DOWN else None

    def cancel(self) -> None:
        """Stop capturing, because something else was clicked."""
