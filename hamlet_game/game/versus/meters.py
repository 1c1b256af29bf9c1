"""Slim meters for a lane: an icon, a name where there is room for it, a bar and a number."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.play.blocks import RADIUS
from hamlet_game.game.play.status import meter_look
from hamlet_game.game.theme import lighter, mix
from hamlet_game.game.ui.look import icon_sprite, pulse, warning
from hamlet_game.game.ui.meter import MeterLook, draw_progress
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.town.level import Level
    from hamlet_game.town.record import Record

_SIZE = SMALL + 1
_AIR = 7.0  # between rows
_PAD = 13.0  # from the card's edge
_ASIDE = 22.0  # between columns
_LEAST_BAR = 64.0
_BEAT = 0.9  # seconds of a critical meter's pulse


def columns_for(level: Level) -> int:
    """Return in how many columns a level's meters stand."""
    return 2 if len(level.shown) > 1 else 1


def meters_height(painter: Painter, level: Level, columns: int) -> float:
    """Return the height of the card with a level's meters."""
    rows = ceil(len(level.shown) / columns)
    return rows * (painter.line_height(_SIZE, font="bold") + _AIR) - _AIR + 2 * _PAD


def draw_meters(
    painter: Painter, box: pygame.FRect, record: Record, step: int, part: float, *, columns: int
) -> None:
    """Draw the card with a life's meters while `part` (0..1) of a step has been shown."""
    colors = painter.palette
    painter.rect(box, lighter(colors.panel_edge, 0.05), radius=RADIUS)
    painter.rect(box.inflate(-3, -3), colors.panel, radius=RADIUS - 1.5)
    inner = box.inflate(-2 * _PAD, -2 * _PAD)
    high = painter.line_height(_SIZE, font="bold")
    wide = (inner.w - _ASIDE * (columns - 1)) / columns
    looks = [meter_look(painter, record, step, part, meter) for meter in record.level.shown]
    names = max(painter.measure(look.name, _SIZE, font="bold")[0] for look in looks) + 10
    named = wide - high * 1.2 - names - _number_width(painter) >= _LEAST_BAR
    for index, look in enumerate(looks):
        row, column = divmod(index, columns)
        at = (inner.x + column * (wide + _ASIDE), inner.y + row * (high + _AIR))
        _draw_line(painter, pygame.FRect(*at, wide, high), look, names if named else 0.0)


def _number_width(painter: Painter) -> float:
    return painter.measure("$100", _SIZE, font="bold")[0] + 8


def _draw_line(painter: Painter, box: pygame.FRect, look: MeterLook, names: float) -> None:
    colors, high, y = painter.palette, box.h, box.centery
    beat = pulse(painter, _BEAT) if look.critical else 0.0
    ink = mix(colors.danger, colors.text, 0.35 * beat) if look.critical else colors.text
    painter.sprite(icon_sprite(look.icon), (box.x + high / 2, y), (high * 0.9, high * 0.9))
    left = box.x + high * 1.2
    if names:
        painter.text(look.name, (left, y), _SIZE, ink, anchor="midleft", font="bold")
        left += names
    number = look.number or f"{look.value:.0f}"
    painter.text(number, (box.right, y), _SIZE, ink, anchor="midright", font="bold")
    right = box.right - _number_width(painter)
    if look.critical and right - left - high * 0.95 >= _LEAST_BAR * 0.75:
        warning(painter, (left + high * 0.4, y), high * 0.62, colors.danger, (255, 255, 255))
        left += high * 0.95
    bar = pygame.FRect(left, 0, right - left, max(10.0, high * 0.5))
    bar.centery = y
    tick = None if look.threshold is None else look.threshold / look.full
    draw_progress(painter, bar, look.value / look.full, look.color, tick=tick)
