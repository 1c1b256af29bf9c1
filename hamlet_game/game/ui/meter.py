"""Meters: a pill that fills, with icon, name, number, drain and warning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command
from hamlet_game.game.theme import Rgb, darker, lighter, mix
from hamlet_game.game.ui.look import arrow, icon_sprite, pulse, warning
from hamlet_game.game.ui.widget import BODY

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Painter

CRITICAL = 20.0  # where the tick stands unless a meter says otherwise
_BAR = 18.0  # height of the pill at 100 % text size
_GAP = 5.0  # between the words and the pill
_BEAT = 0.9  # seconds of a critical meter's pulse


@dataclass(frozen=True, slots=True)
class MeterLook:
    """What a meter shows. Values are 0..`full`."""

    name: str
    icon: str
    color: Rgb
    value: float
    full: float = 100.0
    number: str = ""  # "" writes the rounded value
    drain: int = 0  # arrows beside the name: 1 ▼, 2 ▼▼; negative points up
    threshold: float | None = CRITICAL  # where it turns critical; None for never
    deadly: bool = False  # carries a heart: this one ends the life at 0

    @property
    def critical(self) -> bool:
        """Return whether the value is below the threshold."""
        return self.threshold is not None and self.value < self.threshold


def _bar_height(painter: Painter) -> float:
    return _BAR * (0.6 + 0.4 * painter.text_scale)


def meter_height(painter: Painter) -> float:
    """Return the height `draw_meter` needs at the painter's text size."""
    return painter.line_height(BODY, font="bold") + _GAP + _bar_height(painter)


def draw_progress(
    painter: Painter, box: Box, share: float, color: Rgb, *, tick: float | None = None
) -> None:
    """Draw a pill filled to `share` (0..1), perhaps with a tick at another share."""
    pill = pygame.FRect(box)
    radius = pill.h / 2
    painter.rect(pill, painter.palette.track, radius=radius)
    share = min(1.0, max(0.0, share))
    if share > 0:
        inner = pill.inflate(-4, -4)
        filled = pygame.FRect(inner.x, inner.y, max(inner.h, inner.w * share), inner.h)
        painter.rect(filled, darker(color, 0.22), radius=inner.h / 2)
        top = pygame.FRect(filled.x, filled.y, filled.w, filled.h - 2.5)
        painter.rect(top, color, radius=top.h / 2)
        gloss = pygame.FRect(top.x + top.h / 2, top.y + 2.5, top.w - top.h, max(2.0, top.h * 0.2))
        if gloss.w > gloss.h:
            painter.rect(gloss, (*lighter(color, 0.6), 120), radius=gloss.h / 2)
    if tick is not None:
        x = pill.x + 2 + (pill.w - 4) * tick
        painter.line((x, pill.top + 3), (x, pill.bottom - 3), (*painter.palette.text, 120), width=2)


def draw_meter(painter: Painter, box: Box, meter: MeterLook) -> None:
    """Draw a meter into `box`, which should be `meter_height` tall."""
    area = pygame.FRect(box)
    colors = painter.palette
    beat = pulse(painter, _BEAT) if meter.critical else 0.0
    side = area.h
    badge = pygame.FRect(area.x, area.y, side, side)
    bar = pygame.FRect(badge.right + 12, 0, area.w - side - 12, _bar_height(painter))
    bar.bottom = area.bottom
    if meter.critical:
        glow = (*colors.danger, int(70 + 120 * beat))
        painter.rect(bar.inflate(8, 8), glow, radius=bar.h / 2 + 4, width=4)
        painter.rect(badge.inflate(6, 6), glow, radius=17, width=3)
    painter.rect(badge, mix(colors.panel, meter.color, 0.3), radius=14)
    painter.sprite(icon_sprite(meter.icon), badge.center, (side * 0.7, side * 0.7))
    _words(painter, area, bar, meter, beat)
    tick = None if meter.threshold is None else meter.threshold / meter.full
    draw_progress(painter, bar, meter.value / meter.full, meter.color, tick=tick)


def _words(
    painter: Painter, area: pygame.FRect, bar: pygame.FRect, meter: MeterLook, beat: float
) -> None:
    """Draw name, heart, drain arrows, warning and number above the pill."""
    colors = painter.palette
    high = painter.line_height(BODY, font="bold")
    y = area.y + high / 2
    number = meter.number or f"{meter.value:.0f}"
    alarm = mix(colors.danger, colors.text, 0.35 * beat) if meter.critical else colors.text
    right = painter.text(number, (bar.right, y), BODY, alarm, anchor="midright", font="bold").left
    if meter.critical:
        size = high * (0.8 + 0.08 * beat)
        warning(painter, (right - high * 0.6, y), size, colors.danger, (255, 255, 255))
        right -= high * 1.15
    mark = high * 0.5
    extras = (mark * 1.4 if meter.deadly else 0.0) + abs(meter.drain) * mark * 0.9 + 8
    name = painter.text(
        meter.name,
        (bar.x, y),
        BODY,
        colors.text,
        anchor="midleft",
        font="bold",
        fit=max(24.0, right - bar.x - extras),
    )
    x = name.right + mark * 0.9
    if meter.deadly:
        painter.sprite("icons/heart", (x, y), (mark * 1.15, mark * 1.15))
        x += mark * 1.3
    toward = Command.DOWN if meter.drain > 0 else Command.UP
    color = colors.muted if meter.drain > 0 else colors.good
    for index in range(abs(meter.drain)):
        arrow(painter, (x + index * mark * 0.9, y), mark * 0.8, toward, color)
