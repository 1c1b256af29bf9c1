"""A town as characters: houses with their names, the people, and where somebody just walked."""

from __future__ import annotations

from collections.abc import Container
from itertools import groupby

from rich.text import Text

from hamlet_game.terminal.drawing import COLOURS
from hamlet_game.town.names import Kind
from hamlet_game.town.record import Life, Record

CELLS = ((6, 3), (4, 2), (2, 1))  # columns and rows of a cell, the largest that fits is taken
FRAME = 2  # columns and rows of the border
TRAIL = 6  # steps
_LABELS = {Kind.BED: "BED", Kind.SHOWER: "WASH", Kind.FRIDGE: "FOOD", Kind.JOB: "JOB"}
_GRASS = ("#16241a", "#1a2a1e")  # by turns, as on a chess board
_PATH = "#f5d76e"
_PERSON = "bold #1b1b1b on #f5d76e"
_OTHER = "bold #1b1b1b on #c9a8f0"
_FALLEN = "bold #1b1b1b on #e06c6c"

Pair = tuple[int, int]  # columns and rows
Canvas = list[list[tuple[str, str]]]  # rows of characters with a style each


def town_text(record: Record, columns: int, rows: int) -> Text:
    """Return a life's town in so many columns and rows, the part around the person if need be."""
    level, last = record.level, record.last
    cell = _cell(level.width, level.height, columns, rows)
    wide = min(level.width, max(1, (columns - FRAME) // cell[0]))
    high = min(level.height, max(1, (rows - FRAME) // cell[1]))
    left = min(max(0, last.x - wide // 2), level.width - wide)
    top = min(max(0, last.y - high // 2), level.height - high)
    canvas = _ground(level.width, level.height, cell)
    for frame in record.frames[-TRAIL - 1 : -1]:
        _put(canvas, cell, (frame.x, frame.y), _middle(cell, "•"), _PATH)
    kinds = {(x, y): kind for kind, x, y in record.town.places()}
    for place, kind in kinds.items():
        _house(canvas, cell, place, kind)
    for other in record.others:
        if not other.over:
            _person(canvas, cell, other, kinds, _OTHER)
    _person(canvas, cell, record, kinds)
    cut = [
        row[left * cell[0] : (left + wide) * cell[0]]
        for row in canvas[top * cell[1] : (top + high) * cell[1]]
    ]
    return _framed(cut)


def _cell(width: int, height: int, columns: int, rows: int) -> Pair:
    fitting = (
        (w, h) for w, h in CELLS if width * w + FRAME <= columns and height * h + FRAME <= rows
    )
    return next(fitting, CELLS[-1])


def _ground(width: int, height: int, cell: Pair) -> Canvas:
    dot = cell[0] // 2 - 1, cell[1] // 2
    return [
        [
            (
                "·" if (x % cell[0], y % cell[1]) == dot else " ",
                f"#3c5a44 on {_GRASS[(x // cell[0] + y // cell[1]) % 2]}",
            )
            for x in range(width * cell[0])
        ]
        for y in range(height * cell[1])
    ]


def _put(canvas: Canvas, cell: Pair, place: Pair, lines: tuple[str, ...], style: str) -> None:
    """Draw on a cell. Spaces leave what is there; a style without background keeps that, too."""
    for down, line in enumerate(lines):
        row = canvas[place[1] * cell[1] + down]
        for right, char in enumerate(line):
            if char != " ":
                at = place[0] * cell[0] + right
                ground = row[at][1].partition(" on ")[2]
                shown = " " if char == "_" else char
                row[at] = (shown, style if " on " in style else f"{style} on {ground}")


def _middle(cell: Pair, char: str) -> tuple[str, ...]:
    return ("",) * (cell[1] // 2) + (" " * (cell[0] // 2 - 1) + char,)


def _house(canvas: Canvas, cell: Pair, place: Pair, kind: Kind) -> None:
    """Draw a roof over walls that bear the name; on a single row the first letter."""
    wide, high = cell
    wall = f"bold #10141c on {COLOURS[kind]}"
    name = _LABELS[kind].center(wide) if high > 1 else _LABELS[kind][0].ljust(wide)
    walls = (*("_" * wide for _ in range(high - 2)), name.replace(" ", "_"))
    if high == 1:
        _put(canvas, cell, place, walls[-1:], wall)
        return
    _put(canvas, cell, place, (f"▗{'▄' * (wide - 2)}▖",), COLOURS[kind])
    _put(canvas, cell, place, ("", *walls), wall)


def _person(
    canvas: Canvas, cell: Pair, life: Life, houses: Container[Pair], style: str = _PERSON
) -> None:
    """Draw a face, which shows how it goes; on a house only eyes, so that the name can be read."""
    frame = life.last
    eyes = "xx" if frame.died else "••"
    side = " " * ((cell[0] - 4) // 2)
    if cell[1] == 1:
        lines: tuple[str, ...] = ("x_" if frame.died else "@_",)
    elif (frame.x, frame.y) in houses:
        lines = (f"{side}({eyes})",)
    else:
        mouth = "──" if frame.died else "╭╮" if _suffers(life) else "╰╯"
        lines = (*("",) * (cell[1] - 2), f"{side}_{eyes}_", f"{side}_{mouth}_")
    _put(canvas, cell, (frame.x, frame.y), lines, _FALLEN if frame.died else style)


def _suffers(life: Life) -> bool:
    rules, meters = life.level.meters, life.last.meters
    return any(meters[meter] < rules.of(meter).critical for meter in life.level.deadly)


def _framed(canvas: Canvas) -> Text:
    text, wide = Text(no_wrap=True), len(canvas[0])
    text.append(f"╭{'─' * wide}╮\n", "grey50")
    for row in canvas:
        text.append("│", "grey50")
        for style, run in groupby(row, key=lambda pair: pair[1]):
            text.append("".join(char for char, _ in run), style)
        text.append("│\n", "grey50")
    return text.append(f"╰{'─' * wide}╯", "grey50")
