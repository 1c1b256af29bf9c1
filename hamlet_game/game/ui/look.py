"""Small drawings that several widgets share, and how they lie on a card."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.painter import Box, Color, Painter, Point
from hamlet_game.game.theme import Rgb, lighter

if TYPE_CHECKING:
    from hamlet_game.game.events import Command

PULSE = 1.4  # seconds of the focus ring's breath


def icon_sprite(name: str) -> str:
    """Return the sprite of an icon; a name with a folder is a sprite already."""
    return name if "/" in name else f"icons/{name}"


def pulse(painter: Painter, period: float) -> float:
    """Return 0..1..0 over `period` seconds; 1 when motion is reduced."""
    if painter.reduced_motion:
        return 1.0
    return 0.5 - 0.5 * math.cos(painter.now / period * math.tau)


def draw_focus_ring(painter: Painter, box: pygame.FRect, radius: float) -> None:
    """Draw the ring around what has the focus, with a soft breathing glow."""
    color = painter.palette.focus
    glow = int(40 + 50 * pulse(painter, PULSE))
    painter.rect(box.inflate(14, 14), (*color, glow), radius=radius + 7, width=4)
    painter.rect(box.inflate(8, 8), color, radius=radius + 4, width=3)


def arrow(painter: Painter, center: Point, size: float, toward: Command, color: Color) -> None:
    """Draw a triangle of side `size` pointing in a direction."""
    x, y = center
    half, deep = size / 2, size * 0.36
    shape = {
        "UP": [(-half, deep), (half, deep), (0, -deep)],
        "DOWN": [(-half, -deep), (half, -deep), (0, deep)],
        "LEFT": [(deep, -half), (deep, half), (-deep, 0)],
        "RIGHT": [(-deep, -half), (-deep, half), (deep, 0)],
    }[toward.name]
    painter.polygon([(x + dx, y + dy) for dx, dy in shape], color)


def star_points(center: Point, radius: float) -> list[Point]:
    """Return the ten corners of a slightly plump star."""
    return [
        (
            center[0] + math.sin(k * math.pi / 5) * (radius if k % 2 == 0 else radius * 0.5),
            center[1] - math.cos(k * math.pi / 5) * (radius if k % 2 == 0 else radius * 0.5),
        )
        for k in range(10)
    ]


def warning(painter: Painter, center: Point, size: float, color: Rgb, mark: Rgb) -> None:
    """Draw a warning triangle with its exclamation mark."""
    x, y = center
    half = size / 2
    corners = [
        (x, y - half * 0.8),
        (x + half * 0.92, y + half * 0.72),
        (x - half * 0.92, y + half * 0.72),
    ]
    painter.polygon(corners, color)
    painter.lines([*corners, corners[0]], color, width=size * 0.14)
    painter.rect(
        (x - size * 0.055, y - size * 0.2, size * 0.11, size * 0.28), mark, radius=size * 0.05
    )
    painter.circle((x, y + size * 0.22), size * 0.07, mark)


def field(painter: Painter, box: Box, *, enabled: bool, focused: bool) -> None:
    """Draw the raised row a setting lies on."""
    colors = painter.palette
    color = lighter(colors.panel_raised, 0.06) if focused and enabled else colors.panel_raised
    painter.rect(box, color if enabled else (*color, 120), radius=14)


def ink(painter: Painter, *, enabled: bool) -> Rgb:
    """Return the text colour of a widget."""
    return painter.palette.text if enabled else painter.palette.faint
