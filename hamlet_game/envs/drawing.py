"""A town drawn without a window: as text, or as a plain picture in NumPy."""

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
_SKIN = (250, 214, 176)
_SHIRTS: tuple[Rgb, ...] = (  # one after another, for the people of a town
    (214, 69, 80), (66, 133, 244), (244, 180, 0), (155, 89, 182),
    (0, 150, 136), (255, 112, 67), (121, 85, 72), (236, 64, 122),
)  # fmt: skip
_PANEL_ROWS = 8  # people whose meters are shown, where several share the town
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
    """Return one life's town as lines of text: buildings by initial, the person as @.

    Others in the town are shown by number, 1 to 9, then as +.
    """
    level, state = town.level, town.state
    rows = [["·"] * level.width for _ in range(level.height)]
    for kind, x, y in town.places(life):
        rows[y][x] = _LETTERS[kind]
    for other in _alive(town, life):
        number = int(state.citizen[other])
        mark = str(number) if 0 < number < 10 else "+" if number else "0"
        rows[int(state.y[other])][int(state.x[other])] = mark
    rows[int(state.y[life])][int(state.x[life])] = "@"
    meters = "  ".join(f"{m.key} {state.meters[m, life]:.0f}" for m in level.shown)
    age = int(state.age[life])
    lines = [f"{level.name}, step {age} of {level.steps}", meters, *(" ".join(row) for row in rows)]
    return "\n".join(lines)


def picture(town: Town, life: int = 0) -> NDArray[np.uint8]:
    """Return one life's town and meters as a picture, (H, W, 3) uint8.

    Where several share the town, all are in it, and the first of them with their meters.
    """
    level, state = town.level, town.state
    ground = np.add.outer(np.arange(level.height), np.arange(level.width)) % 2
    canvas = np.array(_GRASS, dtype=np.float32)[ground].repeat(CELL, 0).repeat(CELL, 1)
    for kind, x, y in town.places(life):
        _house(canvas, x * CELL, y * CELL, _ROOFS[kind])
    for who in [*_alive(town, life), life]:
        shirt = _SHIRTS[int(state.citizen[who]) % len(_SHIRTS)]
        _person(canvas, int(state.x[who]) * CELL, int(state.y[who]) * CELL, shirt)
    panel = _meters(town, life) if town.lives_per_town == 1 else _table(town, life)
    return np.concatenate([canvas, panel]).round().astype(np.uint8)


def _people(town: Town, life: int) -> range:
    """Return all lives of one life's town."""
    first = life - life % town.lives_per_town
    return range(first, first + town.lives_per_town)


def _alive(town: Town, life: int) -> list[int]:
    """Return the others of one life's town who are not over, the first of them last."""
    return [
        who for who in reversed(_people(town, life)) if who != life and not town.state.over[who]
    ]


def _panel(town: Town, rows: int) -> Picture:
    panel = np.empty((GAP + rows * (BAR + GAP), town.level.width * CELL, 3), dtype=np.float32)
    panel[:] = _FRAME
    return panel


def _meters(town: Town, life: int) -> Picture:
    """Draw one life's meters, one below the other."""
    shown = town.level.shown
    panel = _panel(town, len(shown))
    for row, meter in enumerate(shown):
        level = float(town.state.meters[meter, life])
        _bar(panel, row, (GAP, panel.shape[1] - GAP), level, _METERS[meter])
    return panel


def _table(town: Town, life: int) -> Picture:
    """Draw a row of meters for each of the first people of a town, after their colour."""
    shown, people = town.level.shown, _people(town, life)[:_PANEL_ROWS]
    panel = _panel(town, len(people))
    each = (panel.shape[1] - 2 * GAP - BAR) / len(shown)
    for row, who in enumerate(people):
        shirt = _SHIRTS[int(town.state.citizen[who]) % len(_SHIRTS)]
        _bar(panel, row, (GAP, GAP + BAR), FULL, shirt)
        for column, meter in enumerate(shown):
            left = GAP + BAR + round(column * each) + GAP // 2
            level = float(town.state.meters[meter, who])
            _bar(panel, row, (left, left + int(each) - GAP // 2), level, _METERS[meter])
    return panel


def _bar(panel: Picture, row: int, span: tuple[int, int], level: float, color: Rgb) -> None:
    """Draw a meter of 0..100 across `span`, pixels from the left."""
    top, (left, right) = GAP + row * (BAR + GAP), span
    panel[top : top + BAR, left:right] = _TRACK
    panel[top : top + BAR, left : left + round((right - left) * level / FULL)] = color


def _house(canvas: Picture, left: int, top: int, roof: Rgb) -> None:
    """Draw a small house into the cell at (left, top), pixels."""
    y, x = np.mgrid[0:CELL, 0:CELL] + 0.5
    cell = canvas[top : top + CELL, left : left + CELL]
    wide = np.abs(x - CELL / 2)
    _paint(cell, (wide < CELL * 0.36) & (y > CELL * 0.42) & (y < CELL * 0.92), _WALL)
    _paint(cell, (y > CELL * 0.1) & (y < CELL * 0.5) & (wide < (y - CELL * 0.04)), roof)
    _paint(cell, (wide < CELL * 0.09) & (y > CELL * 0.62) & (y < CELL * 0.92), roof)


def _person(canvas: Picture, left: int, top: int, shirt: Rgb) -> None:
    """Draw a townsperson into the cell at (left, top), pixels, with soft edges."""
    cell = canvas[top : top + CELL, left : left + CELL]
    _disc(cell, 0.5, 0.66, 0.26, _FRAME)
    _disc(cell, 0.5, 0.66, 0.22, shirt)
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
