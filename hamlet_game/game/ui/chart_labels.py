"""A chart's direct labels at the line ends and the pins above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.theme import Rgb, mix
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter

PIN = 13.0  # radius of a pin's head
_LANES = 2  # rows of pins before the rest become dots
_ICON_GAP = 6.0


@dataclass(frozen=True, slots=True)
class Pin:
    """Something that happened at step `x`."""

    x: float
    icon: str
    color: Rgb
    text: str = ""


def pin_room(painter: Painter) -> float:
    """Return the height kept above the plot for pins and the text of one of them."""
    return _LANES * (2 * PIN + 3) + 8 + painter.line_height(SMALL) + 4


def label_width(painter: Painter, names: Sequence[str], *, valued: bool) -> float:
    """Return the width the labels at the line ends need."""
    widest = max((painter.measure(name, SMALL, font="bold")[0] for name in names), default=0.0)
    number = painter.measure(" 100", SMALL, font="bold")[0] if valued else 0.0
    return widest + number + painter.line_height(SMALL) + 26


End = tuple[str, str, Rgb, float, str]  # name, icon, colour, canvas y of its line's end, value


def spread(places: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Return ascending places moved as little as needed to stand `apart` within low..high."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + apart) if moved else max(place, low))
    ceiling = high
    for index in range(len(moved) - 1, -1, -1):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - apart
    return moved


def draw_end_labels(painter: Painter, area: pygame.FRect, ends: Sequence[End]) -> None:
    """Draw icon, name and value at the right of the plot, each level with its line's end."""
    high = painter.line_height(SMALL, font="bold")
    ordered = sorted(ends, key=lambda end: end[3])
    places = spread([end[3] for end in ordered], high, area.top, area.bottom)
    for (name, icon, color, own, value), y in zip(ordered, places, strict=True):
        start = area.right + 3
        painter.lines([(start, own), (start + 9, y)], (*color, 170), width=1.5)
        center = (start + 14 + high / 2, y)
        painter.sprite(icon_sprite(icon), center, (high * 0.92, high * 0.92))
        at = (center[0] + high / 2 + _ICON_GAP, y)
        ink = mix(color, painter.palette.text, 0.25)
        words = f"{name} {value}" if value else name
        painter.text(words, at, SMALL, ink, anchor="midleft", font="bold")


def draw_pins(
    painter: Painter, area: pygame.FRect, pins: Sequence[tuple[float, Pin]], *, at: float | None
) -> None:
    """Draw pins (canvas x, pin) above the plot in lanes; where it is too crowded, as dots."""
    ends = [-1e9] * _LANES  # how far right each lane is taken
    base = area.top - 8
    for x, pin in sorted(pins, key=lambda pair: pair[0]):
        lane = next((k for k in range(_LANES) if x - PIN - 2 >= ends[k]), None)
        if lane is None:
            painter.circle((x, base), 3, pin.color)
            continue
        ends[lane] = x + PIN
        y = base - PIN - lane * (2 * PIN + 3)
        painter.line((x, y), (x, area.bottom), (*pin.color, 70), width=1.5)
        painter.circle((x, y), PIN, pin.color)
        painter.circle((x, y), PIN - 2, mix(painter.palette.panel, pin.color, 0.28))
        painter.sprite(icon_sprite(pin.icon), (x, y), (PIN * 1.35, PIN * 1.35))
    if at is not None:
        _pin_text(painter, area, pins, at)


def _pin_text(
    painter: Painter, area: pygame.FRect, pins: Sequence[tuple[float, Pin]], at: float
) -> None:
    """Write the text of the pin nearest to the cursor, above the lanes."""
    near = [(abs(x - at), x, pin) for x, pin in pins if pin.text and abs(x - at) <= PIN]
    if not near:
        return
    _, x, pin = min(near, key=lambda item: item[0])
    wide = min(painter.measure(pin.text, SMALL)[0], area.w)
    left = min(max(x - wide / 2, area.left), area.right - wide)
    top = area.top - pin_room(painter)
    painter.text(pin.text, (left, top), SMALL, painter.palette.text, fit=area.w)
