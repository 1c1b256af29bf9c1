"""Ambience: cloud shadows and butterflies by day, fireflies by night, smoke from chimneys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sin
from typing import TYPE_CHECKING

from hamlet_game.game.draw.noise import between, chance

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter, Point

Where = Callable[[float, float], "Point"]  # cells to canvas units

_VENTS = {"bed": (0.3, -0.29), "shower": (0.19, -0.16)}  # from a house's cell centre, in cells
_PUFFS = 3
_PUFF_LIFE = 2.4  # seconds


def draw_clouds(
    painter: Painter,
    where: Where,
    cell: float,
    *,
    size: tuple[int, int],
    time: float,
    night: float,
) -> None:
    """Draw the shadows of clouds drifting over a town of `size` cells."""
    alpha = round(255 * (1 - night))
    for k in range(2):
        wide = max(3.0, size[0] * 0.42)
        x = (time * 0.16 + k * size[0] * 0.8) % (size[0] * 1.6 + wide) - wide
        y = size[1] * (0.22 + 0.5 * k)
        painter.sprite(
            "effects/cloud_shadow",
            where(x, y),
            (wide * cell, wide * 0.55 * cell),
            alpha=alpha,
        )


def draw_smoke(
    painter: Painter,
    where: Where,
    cell: float,
    *,
    houses: Sequence[tuple[str, int, int]],
    time: float,
) -> None:
    """Draw puffs over chimneys and steam pipes. `houses` are (kind, x, y)."""
    for kind, x, y in houses:
        vent = _VENTS.get(kind)
        if vent is None:
            continue
        for k in range(_PUFFS):
            age = (time + k * _PUFF_LIFE / _PUFFS + chance(x, y) * _PUFF_LIFE) % _PUFF_LIFE
            part = age / _PUFF_LIFE
            side = round((0.12 + 0.2 * part) * 12) / 12 * cell
            drift = 0.1 * sin(age * 2 + k) + 0.12 * part
            at = where(x + vent[0] + drift, y + vent[1] - 0.55 * part - 0.3)
            painter.sprite(
                "effects/smoke", at, (side, side), alpha=round(170 * min(1, part * 6) * (1 - part))
            )


def draw_creatures(
    painter: Painter,
    where: Where,
    cell: float,
    *,
    size: tuple[int, int],
    seed: int,
    time: float,
    night: float,
) -> None:
    """Draw butterflies while it is light and fireflies while it is dark."""
    side = max(10.0, cell * 0.2)
    if night < 0.3:
        for k in range(3):
            x, y = _wander(size, seed, 100 + k, time)
            wings = int(time * 7 + k) % 2
            painter.sprite(f"effects/butterfly{wings}", where(x, y), (side, side))
    if night > 0.4:
        for k in range(12):
            x, y = _wander(size, seed, 200 + k, time * 0.6)
            pulse = max(0.0, sin(time * 1.7 + k * 2.1))
            painter.sprite(
                "effects/firefly",
                where(x, y),
                (side * 1.3, side * 1.3),
                alpha=round(255 * night * (0.15 + 0.85 * pulse)),
            )


def _wander(size: tuple[int, int], seed: int, key: int, time: float) -> tuple[float, float]:
    """Return where a creature is on its endless loop, in cells."""
    home_x = between(0.5, size[0] - 1.5, seed, key, 1)
    home_y = between(0.5, size[1] - 1.5, seed, key, 2)
    speed = between(0.25, 0.5, seed, key, 3)
    turn = time * speed + 7 * chance(seed, key, 4)
    x = home_x + 1.1 * sin(turn) + 0.3 * sin(3.1 * turn)
    y = home_y + 0.8 * sin(1.37 * turn + 1) + 0.16 * sin(5 * turn)
    return x, y
