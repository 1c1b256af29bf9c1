"""Townspeople: how one looks while walking, resting, using a building or fainting."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter, Point

INDOORS = {"sleep": "sleep", "shower": "shower", "eat": "eat", "work": "work"}  # pose: scene
LOOK_COUNT = 6
GHOST_ALPHA = 200
_WIDTH, _HEIGHT = 0.64, 0.88  # of the standing picture, in cells
_FOOT = 0.33  # cells below the cell's centre
_STRIDES = 8.0  # walk pictures a second
_POP = 0.18  # seconds in which a window into the house opens


@dataclass(slots=True)
class Person:
    """What to draw of one townsperson."""

    x: float  # cells, fractional while walking
    y: float
    facing: str = "down"  # up, down, left, right
    pose: str = "idle"  # idle, walk, sleep, shower, eat, work, faint, cheer
    phase: float = 0.0  # seconds in this pose
    look: int = 0
    ghost: bool = False
    mood: float = 1.0  # 0 exhausted .. 1 happy
    tint: str = ""  # of a ghost: "", "-gold", "-mint" or "-rose"

    @property
    def dress(self) -> str:
        """Return the suffix that picks this person's colours."""
        return f"@ghost{self.tint}" if self.ghost else f"@{self.look % LOOK_COUNT}"

    @property
    def foot(self) -> float:
        """Return where the feet are, in cells from the grid's top."""
        return self.y + 0.5 + _FOOT


def draw_person(
    painter: Painter, person: Person, center: Point, cell: float, *, reduced_motion: bool = False
) -> None:
    """Draw someone out of doors on the cell around `center`; `cell` is its side.

    All lengths are canvas units. Who is indoors is drawn by `draw_indoors`.
    """
    size = cell * _grown(cell)
    alpha = GHOST_ALPHA if person.ghost else 255
    x, foot = center[0], center[1] + cell * _FOOT
    shadow = (0.46, 0.15) if person.pose != "faint" else (0.8, 0.16)
    painter.sprite("person/shadow", (x, foot), (size * shadow[0], size * shadow[1]), alpha=alpha)
    if person.pose == "faint":
        frame = 0 if reduced_motion else int(person.phase * 3) % 2
        lying = (size * 0.95, size * 0.691)
        painter.sprite(
            f"person/faint{frame}{person.dress}", (x, foot - size * 0.27), lying, alpha=alpha
        )
        return
    middle = x, foot - size * (_HEIGHT / 2 - 0.045) - size * _bob(person, reduced_motion)
    box = size * _WIDTH, size * _HEIGHT
    flip = person.facing == "right"
    for name in _layers(person, reduced_motion):
        painter.sprite(name, middle, box, alpha=alpha, flip=flip)


def draw_indoors(
    painter: Painter, person: Person, center: Point, cell: float, *, reduced_motion: bool = False
) -> None:
    """Draw a round window into the house in which this person sleeps, washes, eats or works."""
    opened = 1.0 if reduced_motion else min(1.0, person.phase / _POP)
    # A few sizes only: each is rasterised once.
    opened = (0.4 + 0.6 * round(opened * 5) / 5) * (1.06 if 0.6 < opened < 1 else 1.0)
    side = cell * 1.14 * _grown(cell) * opened
    frame = 0 if reduced_motion else int(person.phase * 2.4) % 2
    alpha = GHOST_ALPHA if person.ghost else 255
    name = f"scene/{INDOORS[person.pose]}{frame}{person.dress}"
    painter.sprite(name, (center[0], center[1] + cell * 0.02), (side, side), alpha=alpha)


def _grown(cell: float) -> float:
    """Return by how much people are enlarged where cells are small, so that they stay visible."""
    return min(1.6, max(1.0, 30 / cell))


def _bob(person: Person, reduced_motion: bool) -> float:
    """Return how far above the ground the body is, in cells."""
    if reduced_motion:
        return 0.0
    if person.pose == "walk":
        return 0.035 * abs(sin(person.phase * _STRIDES * pi / 2))
    if person.pose == "cheer":
        return 0.14 * abs(sin(person.phase * 2 * pi))
    return 0.006 * (1 + sin(person.phase * 2.6))


def _layers(person: Person, reduced_motion: bool) -> list[str]:
    """Return the pictures that make up someone on their feet, bottom first."""
    side = "left" if person.facing in ("left", "right") else person.facing
    if person.pose == "cheer":
        arms = 0 if reduced_motion else int(person.phase * 5) % 2
        return [f"person/cheer{arms}{person.dress}", f"person/face_down_cheer{person.dress}"]
    step = "idle"
    if person.pose == "walk" and not reduced_motion:
        step = f"walk{int(person.phase * _STRIDES) % 4}"
    layers = [f"person/{side}_{step}{person.dress}"]
    if side != "up":
        layers.append(f"person/face_{side}_{_expression(person)}{person.dress}")
    if person.mood < 0.2 and (reduced_motion or person.phase % 1.2 < 0.8):
        layers.append("person/sweat")
    return layers


def _expression(person: Person) -> str:
    if (person.phase + 1.3 * person.look) % 3.4 > 3.22:
        return "blink"
    return "happy" if person.mood > 0.66 else "ok" if person.mood > 0.33 else "tired"
