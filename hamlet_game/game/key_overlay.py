"""The key overlay: which keys and buttons are pressed, for those who watch a stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.bindings import button_name, key_name, pretty
from hamlet_game.game.events import Event, Pointer, PointerKind, Press
from hamlet_game.game.theme import darker, lighter

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter

SHOWN_S = 1.0  # seconds after the last press
FADE_S = 0.3  # of these, at the end
MOST = 6  # caps at once; the oldest makes room
CLICK = "Click"
_SIZE = 22.0
_LARGEST = 1.5  # times the normal text size
_ABOVE = 64.0  # canvas units from the bottom to the caps' middle
_GAP = 8.0


@dataclass(slots=True)
class _Cap:
    """A key that was pressed: its name, how often in a row, and for how long ago."""

    name: str
    times: int = 1
    age: float = 0.0  # seconds


class KeyOverlay:
    """Hears what the window hears; draws above everything."""

    def __init__(self) -> None:
        self._caps: list[_Cap] = []  # oldest first

    @property
    def names(self) -> list[str]:
        """Return what is on screen, oldest first."""
        return [cap.name for cap in self._caps]

    def hear(self, event: Event) -> None:
        """Note a press."""
        name = _name(event)
        if not name:
            return
        last = self._caps[-1] if self._caps else None
        if last is not None and last.name == name:
            last.times, last.age = last.times + 1, 0.0
            return
        self._caps = [cap for cap in self._caps if cap.name != name][1 - MOST :]
        self._caps.append(_Cap(name))

    def update(self, dt: float) -> None:
        """Let time pass."""
        for cap in self._caps:
            cap.age += dt
        self._caps = [cap for cap in self._caps if cap.age < SHOWN_S]

    def clear(self) -> None:
        """Forget everything, as when the overlay is switched off."""
        self._caps.clear()

    def draw(self, painter: Painter) -> None:
        """Draw the caps side by side at the bottom of the canvas."""
        size = _SIZE * min(painter.text_scale, _LARGEST)
        words = [cap.name + (f" ×{cap.times}" if cap.times > 1 else "") for cap in self._caps]
        boxes = [painter.measure(word, size, font="bold", fixed=True) for word in words]
        widths = [max(high + 20, wide + 28) for wide, high in boxes]
        x = (painter.size[0] - sum(widths) - _GAP * (len(widths) - 1)) / 2
        for cap, word, wide, (_, high) in zip(self._caps, words, widths, boxes, strict=True):
            shown = min(1.0, (SHOWN_S - cap.age) / FADE_S)
            box = pygame.FRect(x, painter.size[1] - _ABOVE - high / 2 - 10, wide, high + 20)
            _draw_cap(painter, box, word, size, round(255 * shown))
            x += wide + _GAP


def _draw_cap(painter: Painter, box: pygame.FRect, word: str, size: float, alpha: int) -> None:
    colors = painter.palette
    painter.rect(box.inflate(6, 6), (*colors.night, alpha * 3 // 4), radius=15)
    painter.rect(box, (*darker(colors.track, 0.2), alpha), radius=12)
    face = (box.x, box.y, box.w, box.h - 4)
    painter.rect(face, (*lighter(colors.panel_raised, 0.16), alpha), radius=12)
    at = (box.centerx, box.centery - 2)
    ink = (*colors.text, alpha)
    painter.text(word, at, size, ink, anchor="center", font="bold", fixed=True)


def _name(event: Event) -> str:
    """Return what people call what was pressed; empty for repeats and all that is no press."""
    if isinstance(event, Pointer):
        return CLICK if event.kind is PointerKind.DOWN else ""
    if not isinstance(event, Press) or event.repeat:
        return ""
    if event.key is not None:
        return pretty(key_name(event.key))
    if event.button is not None:
        return pretty(button_name(event.button))
    return event.direction.value if event.direction else ""
