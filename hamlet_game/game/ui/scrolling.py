"""Scrolling: part of a form slides inside a window when it is taller than that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Pointer
from hamlet_game.game.ui.widget import Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter

NOTCH = 64.0  # canvas units a wheel notch scrolls
MARGIN = 12.0  # kept free above and below the focused widget
RING = 8.0  # the focus ring may stand out of the view by this much
_BAR = 6.0


class Scroller:
    """Knows how far down a form is scrolled. Without a view it does nothing."""

    def __init__(self, view: pygame.FRect | None) -> None:
        self.view = view
        self.offset = 0.0
        self._height = 0.0  # of the content
        self._settled = False  # whether the default focus has been scrolled to

    @property
    def room(self) -> float:
        """Return how far the content can be scrolled."""
        return max(0.0, self._height - self.view.h) if self.view else 0.0

    def scrolls(self, widget: Widget) -> bool:
        """Return whether `widget` moves with the scroll."""
        return self.view is not None and not widget.pinned

    def measure(self, widgets: Sequence[Widget], focus: Widget | None) -> None:
        """Take note of how tall the content is, after it was laid out."""
        if self.view is None:
            return
        inside = [w.box.bottom for w in widgets if self.scrolls(w)]
        self._height = max(inside, default=self.view.top) - self.view.top
        if self._height > self.view.h:
            self._height += MARGIN
        if not self._settled and focus is not None:
            self._settled = True
            self.follow(focus)
        self._move_to(self.offset)

    def _move_to(self, offset: float) -> None:
        self.offset = min(max(0.0, offset), self.room)

    def wheel(self, notches: int) -> None:
        """Scroll by wheel notches, positive up."""
        self._move_to(self.offset - notches * NOTCH)

    def follow(self, widget: Widget) -> None:
        """Scroll just far enough that `widget` is wholly in view."""
        if self.view is None or not self.scrolls(widget):
            return
        lowest = widget.box.top - self.view.top - MARGIN
        highest = widget.box.bottom - self.view.bottom + MARGIN
        self._move_to(min(max(self.offset, highest), lowest))

    def local(self, widget: Widget, event: Pointer) -> Pointer:
        """Return a pointer event where `widget` was laid out."""
        return replace(event, y=event.y + self.offset) if self.scrolls(widget) else event

    def hit(self, widget: Widget, event: Pointer) -> bool:
        """Return whether the pointer is on the visible part of `widget`."""
        if self.scrolls(widget) and self.view and not self.view.collidepoint(event.x, event.y):
            return False
        local = self.local(widget, event)
        return bool(widget.box.collidepoint(local.x, local.y))

    def shows(self, widget: Widget) -> bool:
        """Return whether any of `widget` is in view."""
        if self.view is None or not self.scrolls(widget):
            return True
        return bool(widget.box.move(0, -self.offset).colliderect(self.view))

    def layout(self, widgets: Sequence[Widget]) -> dict[Widget, pygame.FRect]:
        """Return the reachable widgets' boxes, what is pinned below put after all content."""
        boxes = {}
        for widget in widgets:
            if not widget.reachable:
                continue
            below = self.view is not None and widget.pinned and widget.box.top >= self.view.bottom
            boxes[widget] = widget.box.move(0, self.room) if below else widget.box
        return boxes

    @contextmanager
    def drawing(self, painter: Painter) -> Iterator[None]:
        """Draw scrolled and clipped to the view."""
        if self.view is None or self.room == 0:
            yield
            return
        with painter.clip(self.view.inflate(2 * RING, 2 * RING)), painter.shifted(0, -self.offset):
            yield

    def draw_bar(self, painter: Painter) -> None:
        """Draw the scrollbar at the view's right edge, if there is anything to scroll."""
        if self.view is None or self.room == 0:
            return
        colors = painter.palette
        rail = pygame.FRect(self.view.right + 12, self.view.top, _BAR, self.view.h)
        painter.rect(rail, (*colors.faint, 70), radius=_BAR / 2)
        length = max(32.0, rail.h * self.view.h / self._height)
        top = rail.top + (rail.h - length) * self.offset / self.room
        painter.rect((rail.x, top, _BAR, length), colors.muted, radius=_BAR / 2)
