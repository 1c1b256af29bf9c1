"""The title's backdrop: sky, hills and the village street, gliding past in layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter

WIDTH = 1600  # canvas units; every layer but the sky is this wide and repeats


@dataclass(frozen=True, slots=True)
class Layer:
    """One strip of the landscape."""

    name: str
    top: float  # canvas units
    height: float
    speed: float  # canvas units a second, to the left


LAYERS = (
    Layer("backdrop/clouds", 30, 240, 9),
    Layer("backdrop/hills_far", 240, 320, 3),
    Layer("backdrop/hills", 330, 300, 6),
    Layer("backdrop/village", 270, 420, 14),
    Layer("backdrop/foreground", 570, 180, 34),
)


def draw_backdrop(painter: Painter, time: float, *, reduced_motion: bool = False) -> None:
    """Cover the canvas with the village at `time` seconds; it stands still with reduced motion."""
    painter.sprite("backdrop/sky", (640, 360), (1280, 720))
    for layer in LAYERS:
        left = 0.0 if reduced_motion else -(time * layer.speed) % WIDTH
        start = left - WIDTH if left > 0 else left
        while start < 1280:
            center = (start + WIDTH / 2, layer.top + layer.height / 2)
            painter.sprite(layer.name, center, (WIDTH, layer.height))
            start += WIDTH
