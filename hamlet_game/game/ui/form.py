"""A form: the widgets of a scene, which of them has the focus, and how it moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import (
    Command,
    Event,
    Pointer,
    PointerKind,
    Press,
    Release,
)
from hamlet_game.game.ui import navigation
from hamlet_game.game.ui.look import draw_focus_ring
from hamlet_game.game.ui.scrolling import Scroller
from hamlet_game.game.ui.widget import Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition

CLOSES = (Command.BACK, Command.PAUSE)  # a menu that the pause key opened
Cue = Callable[[str], None]  # told "move", "press", "denied" or "back", for sounds


def _silent(_: str) -> None:
    """Make no sound."""


def _confirms(press: Press) -> bool:
    """Return whether a press confirms; the town's key does too, unless it was made the way back."""
    also = press.means(Command.INTERACT) and not press.means(Command.BACK)
    return press.means(Command.CONFIRM) or also


class Form:
    """Moves the focus in space, presses what has it, and draws the widgets.

    `view` (canvas units) makes the widgets that are not pinned scroll inside
    it once they are taller. Boxes are set by whoever lays the widgets out, in
    unscrolled canvas units, before each draw.
    """

    def __init__(
        self,
        widgets: Iterable[Widget] = (),
        *,
        on_back: Callable[[], Transition | None] | None = None,
        default: Widget | None = None,
        view: pygame.FRect | None = None,
        on_cue: Cue = _silent,
        back: tuple[Command, ...] = (Command.BACK,),
    ) -> None:
        """Hold widgets. `back`: what leads back; a pause menu also has the key that opened it."""
        self.widgets = list(widgets)
        self.on_back = on_back
        self._back = back
        self.on_cue = on_cue
        self.scroller = Scroller(view)
        self._held: Widget | None = None
        self._focus = default

    @property
    def focus(self) -> Widget | None:
        """Return the widget with the focus: the default or first one until it is moved."""
        if self._focus in self.widgets and self._focus is not None and self._focus.reachable:
            return self._focus
        return next((w for w in self.widgets if w.reachable), None)

    @property
    def hint(self) -> str:
        """Return the focused widget's one sentence."""
        return self.focus.hint if self.focus else ""

    @property
    def capturing(self) -> bool:
        """Return whether a widget takes every event, so that shortcuts must wait."""
        return self._capturing() is not None

    def _capturing(self) -> Widget | None:
        return next((w for w in self.widgets if w.capturing), None)

    def focus_on(self, widget: Widget) -> None:
        """Move the focus to `widget` and scroll it into view."""
        if widget is not self.focus:
            self.on_cue("move")
        self._focus = widget
        self.scroller.follow(widget)

    def unreachable(self) -> list[Widget]:
        """Return the widgets that directions alone can't reach from some other widget."""
        return navigation.unreachable(self.scroller.layout(self.widgets))

    # Events.
    def handle(self, event: Event) -> Transition | None:
        """Answer one event; return what the pressed widget asks for."""
        if isinstance(event, Pointer):
            return self._pointer(event)
        if isinstance(event, Release):
            return None
        focus = self._capturing() or self.focus
        if focus is not None and focus.enabled and focus.wants(event):
            return focus.handle(event)
        return self._command(event) if isinstance(event, Press) else None

    def _command(self, press: Press) -> Transition | None:
        if press.direction is not None:
            self._move(press.direction)
        elif press.repeat:
            return None
        elif _confirms(press):
            return self._press(self.focus)
        elif self.on_back is not None and any(press.means(command) for command in self._back):
            self.on_cue("back")
            return self.on_back()
        return None

    def _move(self, direction: Command) -> None:
        if self.focus is None:
            return
        layout = self.scroller.layout(self.widgets)
        self.focus_on(navigation.neighbour(layout, self.focus, direction))

    def _press(self, widget: Widget | None) -> Transition | None:
        if widget is None:
            return None
        self.on_cue("press" if widget.enabled else "denied")
        return widget.press() if widget.enabled else None

    def _pointer(self, event: Pointer) -> Transition | None:
        if event.kind is PointerKind.WHEEL:
            self.scroller.wheel(event.wheel)
            return None
        if event.kind is PointerKind.DOWN:
            return self._pointer_down(event)
        if self._held is not None:
            held = self._held
            if event.kind is PointerKind.UP or not event.held:
                self._held = None
            if event.kind is PointerKind.MOVE and not event.held:
                return None  # it was let go where nobody heard of it
            return held.pointer(self.scroller.local(held, event))
        if event.kind is PointerKind.MOVE and not self.capturing:
            over = self._at(event)
            if over is not None and over.reachable and over is not self.focus:
                self.on_cue("move")
                self._focus = over
        return None

    def _pointer_down(self, event: Pointer) -> Transition | None:
        target, capturing = self._at(event), self._capturing()
        if capturing is not None and capturing is not target:
            capturing.cancel()
        if target is None or not target.reachable:
            return None
        self._focus = target
        if not target.enabled:
            return self._press(target)
        self._held = target
        self.on_cue("press")
        return target.pointer(self.scroller.local(target, event))

    def _at(self, event: Pointer) -> Widget | None:
        """Return the topmost widget under the pointer."""
        return next((w for w in reversed(self.widgets) if self.scroller.hit(w, event)), None)

    # Drawing.
    def draw(self, painter: Painter) -> None:
        """Draw every widget, the focus ring, and a scrollbar where one is needed."""
        self.scroller.measure(self.widgets, self.focus)
        with self.scroller.drawing(painter):
            self._draw_some(painter, pinned=False)
        self._draw_some(painter, pinned=True)
        self.scroller.draw_bar(painter)

    def _draw_some(self, painter: Painter, *, pinned: bool) -> None:
        focus = self.focus
        for widget in self.widgets:
            if self.scroller.scrolls(widget) is pinned or not self.scroller.shows(widget):
                continue
            hot = widget is self._held
            widget.draw(painter, focused=widget is focus, hot=hot)
            if widget is focus:
                draw_focus_ring(painter, widget.box, widget.radius)
