"""A life drawn without a window: as text, or as a plain picture in NumPy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.names import FULL, Kind, Meter
from hamlet_game.town.town import Town

Picture = NDArray[np.float32]  # (H, W, 3) 0..255
Rgb = tuple[int, int, int]

_LETTERS = {Kind.BED: "B", Kind.SHOWER: "S", Kind.FRIDGE: "F", Kind.JOB: "J"}

CELL = 40  # pixels
BAR, GAP = 12, 8  # pixels: a meter's height, and the space around it

_GRASS: tuple[Rgb, Rgb] = ((143, 188, 104), (134, 180, 97))  # a chessboard of two greens
_FRAME: Rgb = (35, 39, 56)
_TRACK: Rgb = (58, 64, 88)
_WALL: Rgb = (250, 243, 228)
_SKIN, _SHIRT = (250, 214, 176), (214, 69, 80)
_ROOFS: dict[Kind, Rgb] = {
    Kind.BED: (92, 110, 226),
    Kind.SHOWER: (42, 160, 146),
    Kind.FRIDGE: (233, 155, 57),
    Kind.JOB: (146, 96, 172),
}
_METERS: dict[Meter, Rgb] = {
    Meter.ENERGY: (98, 147, 250),
    Meter.HYGIENE: (62, 190, 214),
    Meter.SATIATION: (240, 104, 62),
    Meter.MONEY: (255, 209, 102),
}


def text(town: Town, life: int = 0) -> str:
    """Return one life's town as lines of text: buildings by initial, the person as @."""
    level, state = town.level, town.state
    rows = [["·"] * level.width for _ in range(level.height)]
    for kind, x, y in town.places(life):
        rows[y][x] = _LETTERS[kind]
    rows[int(state.y[life])][int(state.x[life])] = "@"
    meters = "  ".join(f"{m.key} {state.meters[m, life]:.0f}" for m in level.shown)
    age = int(state.age[life])
    lines = [f"{level.name}, step {age} of {level.steps}", meters, *(" ".join(row) for row in rows)]
    return "\n".join(lines)


def picture(town: Town, life: int = 0) -> NDArray[np.uint8]:
    """Return one life's town and meters as a picture, (H, W, 3) uint8."""
    level, state = town.level, town.state
    size = (level.height * CELL, level.width * CELL)
    ground = np.add.outer(np.arange(level.height), np.arange(level.width)) % 2
    canvas = np.array(_GRASS, dtype=np.float32)[ground].repeat(CELL, 0).repeat(CELL, 1)
    for kind, x, y in town.places(life):
        _house(canvas, x * CELL, y * CELL, _ROOFS[kind])
    _person(canvas, int(state.x[life]) * CELL, int(state.y[life]) * CELL)
    shown = level.shown
    panel = np.empty((GAP + len(shown) * (BAR + GAP), size[1], 3), dtype=np.float32)
    panel[:] = _FRAME
    for row, meter in enumerate(shown):
        top, full = GAP + row * (BAR + GAP), size[1] - 2 * GAP
        filled = round(full * float(state.meters[meter, life]) / FULL)
        panel[top : top + BAR, GAP : GAP + full] = _TRACK
        panel[top : top + BAR, GAP : GAP + filled] = _METERS[meter]
    return np.concatenate([canvas, panel]).round().astype(np.uint8)


def _house(canvas: Picture, left: int, top: int, roof: Rgb) -> None:
    """Draw a small house into the cell at (left, top), pixels."""
    y, x = np.mgrid[0:CELL, 0:CELL] + 0.5
    cell = canvas[top : top + CELL, left : left + CELL]
    wide = np.abs(x - CELL / 2)
    _paint(cell, (wide < CELL * 0.36) & (y > CELL * 0.42) & (y < CELL * 0.92), _WALL)
    _paint(cell, (y > CELL * 0.1) & (y < CELL * 0.5) & (wide < (y - CELL * 0.04)), roof)
    _paint(cell, (wide < CELL * 0.09) & (y > CELL * 0.62) & (y < CELL * 0.92), roof)


def _person(canvas: Picture, left: int, top: int) -> None:
    """Draw the townsperson into the cell at (left, top), pixels, with soft edges."""
    cell = canvas[top : top + CELL, left : left + CELL]
    _disc(cell, 0.5, 0.66, 0.26, _FRAME)
    _disc(cell, 0.5, 0.66, 0.22, _SHIRT)
    _disc(cell, 0.5, 0.36, 0.20, _FRAME)
    _disc(cell, 0.5, 0.36, 0.16, _SKIN)


def _disc(cell: Picture, x: float, y: float, radius: float, color: Rgb) -> None:
    """Draw a disc; its place and radius are shares of a cell."""
    rows, columns = np.mgrid[0:CELL, 0:CELL] + 0.5
    away = np.hypot(columns - x * CELL, rows - y * CELL)
    cover = np.clip(radius * CELL - away + 0.5, 0, 1)[..., None].astype(np.float32)
    cell += cover * (np.array(color, dtype=np.float32) - cell)


def _paint(cell: Picture, where: NDArray[np.bool_], color: Rgb) -> None:
    cell[where] = color
