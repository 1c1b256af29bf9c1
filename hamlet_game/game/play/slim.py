"""Slim meters: one line each, for large text sizes."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command
from hamlet_game.game.play.blocks import Block
from hamlet_game.game.theme import mix
from hamlet_game.game.ui.look import arrow, icon_sprite, pulse, warning
from hamlet_game.game.ui.meter import MeterLook, draw_progress
from hamlet_game.game.ui.widget import BODY

_AIR = 4.0  # between lines
_BEAT = 0.9  # seconds of a critical meter's pulse


def slim_meters(painter: Painter, looks: Sequence[MeterLook]) -> Block:
    """Return a line for each meter: icon, name, drain, bar, number."""
    high = painter.line_height(BODY, font="bold")
    words = max(painter.measure(look.name, BODY, font="bold")[0] for look in looks)

    def draw(box: pygame.FRect) -> None:
        for index, look in enumerate(looks):
            top = box.y + index * (high + _AIR)
            _draw_line(painter, pygame.FRect(box.x, top, box.w, high), look, words)

    return Block(len(looks) * (high + _AIR) - _AIR, draw)


def _draw_line(painter: Painter, box: pygame.FRect, look: MeterLook, words: float) -> None:
    colors, high, middle = painter.palette, box.h, box.centery
    beat = pulse(painter, _BEAT) if look.critical else 0.0
    side = high * 0.86
    painter.sprite(icon_sprite(look.icon), (box.x + side / 2, middle), (side, side))
    left = box.x + high
    color = mix(colors.danger, colors.text, 0.35 * beat) if look.critical else colors.text
    painter.text(look.name, (left, middle), BODY, color, anchor="midleft", font="bold")
    left += words + high * 0.35
    toward = Command.DOWN if look.drain > 0 else Command.UP
    tint = colors.muted if look.drain > 0 else colors.good
    for index in range(abs(look.drain)):
        arrow(painter, (left + index * high * 0.36, middle), high * 0.32, toward, tint)
    number = look.number or f"{look.value:.0f}"
    ends = painter.measure("$100", BODY, font="bold")[0]
    painter.text(number, (box.right, middle), BODY, color, anchor="midright", font="bold")
    bar = pygame.FRect(left + high * 0.74, 0, 0, high * 0.52)
    bar.w, bar.centery = box.right - ends - high * 0.25 - bar.x, middle
    if look.critical:
        warning(painter, (bar.x - high * 0.02, middle), high * 0.5, colors.danger, colors.text)
        bar.x, bar.w = bar.x + high * 0.34, bar.w - high * 0.34
    tick = None if look.threshold is None else look.threshold / look.full
    draw_progress(painter, bar, look.value / look.full, look.color, tick=tick)
