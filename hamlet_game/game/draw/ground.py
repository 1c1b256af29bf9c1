"""The ground: grass, lanes and doorsteps, composed as one SVG picture of the town.

Being a vector picture it is sharp at any size, and it is rasterised once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hamlet_game.game.draw.lanes import LEVEL, Cell, Lanes
from hamlet_game.game.draw.noise import between, chance

UNIT = 100  # SVG units per cell
_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Field:
    """How many cells there are, and how many cells of margin lie around them."""

    width: int
    height: int
    left: float
    top: float
    right: float
    bottom: float


def ground_svg(field: Field, houses: Sequence[Cell], lanes: Lanes, seed: int) -> bytes:
    """Return the picture of everything flat in the town."""
    wide = (field.left + field.width + field.right) * UNIT
    high = (field.top + field.height + field.bottom) * UNIT
    size = f'width="{wide:.1f}" height="{high:.1f}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.1f} {high:.1f}" {size}>',
        _GRADIENTS,
        f'<rect {size} fill="#78b95f"/>',
        f'<g transform="translate({field.left * UNIT:.1f} {field.top * UNIT:.1f})">',
        *_grass(field, seed),
        *_lanes(lanes, seed),
        *(_yard(cell) for cell in houses),
        "</g></svg>",
    ]
    return "\n".join(parts).encode()


_GRADIENTS = """<defs>
<radialGradient id="dark"><stop offset="0" stop-color="#4f9a45" stop-opacity=".38"/>
<stop offset="1" stop-color="#4f9a45" stop-opacity="0"/></radialGradient>
<radialGradient id="light"><stop offset="0" stop-color="#c8e68a" stop-opacity=".42"/>
<stop offset="1" stop-color="#c8e68a" stop-opacity="0"/></radialGradient>
</defs>"""


def _grass(field: Field, seed: int) -> list[str]:
    width, height = field.width * UNIT, field.height * UNIT
    parts = [f'<rect width="{width}" height="{height}" rx="26" fill="#8dce6f"/>']
    squares = [
        f"M{x * UNIT} {y * UNIT}h{UNIT}v{UNIT}h-{UNIT}z"
        for y in range(field.height)
        for x in range(field.width)
        if (x + y) % 2
    ]
    parts.append(f'<path d="{"".join(squares)}" fill="#7bbf5e"/>')
    for k in range(4 + field.width * field.height // 7):
        shade = "light" if chance(seed, 1, k) < 0.5 else "dark"
        x, y = between(0, width, seed, 2, k), between(0, height, seed, 3, k)
        rx = between(70, 190, seed, 4, k)
        parts.append(
            f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="{rx:.0f}" ry="{rx * 0.62:.0f}" '
            f'fill="url(#{shade})"/>'
        )
    return parts


def _lanes(lanes: Lanes, seed: int) -> list[str]:
    curves = [_curve(line) for line in lanes.lines]
    path = " ".join(curves)
    x, y = (lanes.square[0] + 0.5) * UNIT, (lanes.square[1] + LEVEL) * UNIT
    parts = [
        _stroke(path, "#5f9f4c", 50, 0.55),
        f'<ellipse cx="{x}" cy="{y}" rx="49" ry="42" fill="#5f9f4c" fill-opacity=".55"/>',
        _stroke(path, "#c9a873", 44),
        f'<ellipse cx="{x}" cy="{y}" rx="46" ry="39" fill="#c9a873"/>',
        _stroke(path, "#e3c893", 36),
        f'<ellipse cx="{x}" cy="{y}" rx="42" ry="35" fill="#e3c893"/>',
        _stroke(path, "#ecd6a8", 18, 0.75),
        f'<ellipse cx="{x}" cy="{y}" rx="32" ry="25" fill="#ecd6a8"/>',
    ]
    for i, j in sorted(lanes.cells):
        for k in range(5):
            px = i * UNIT + between(30, 70, seed, 5, i, j, k)
            py = j * UNIT + between(48, 86, seed, 6, i, j, k)
            size = between(1.6, 3.6, seed, 7, i, j, k)
            color = "#c4a36e" if k % 2 else "#f5e6c4"
            parts.append(
                f'<ellipse cx="{px:.0f}" cy="{py:.0f}" rx="{size:.1f}" ry="{size * 0.65:.1f}" '
                f'fill="{color}" fill-opacity=".8"/>'
            )
    return parts


def _yard(cell: Cell) -> str:
    """Return the trodden yard and the stone doorstep of a house."""
    x, y = (cell[0] + 0.5) * UNIT, cell[1] * UNIT
    stones = "".join(
        f'<rect x="{x + dx:.0f}" y="{y + dy:.0f}" width="{w}" height="9" rx="4" fill="{color}"/>'
        for dx, dy, w, color in (
            (-24, 86, 22, "#d8cfc2"),
            (0, 86, 24, "#c9bfb0"),
            (-20, 96, 18, "#c2b8a8"),
            (0, 96, 20, "#d8cfc2"),
        )
    )
    return (
        f'<ellipse cx="{x}" cy="{y + 84}" rx="58" ry="21" fill="#d3bd85" fill-opacity=".75"/>'
        f'<rect x="{x - 27}" y="{y + 83}" width="54" height="25" rx="9" fill="#a89a86"/>{stones}'
    )


def _stroke(path: str, color: str, width: int, opacity: float = 1.0) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width}" '
        f'stroke-opacity="{opacity}" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _curve(line: Sequence[_Point]) -> str:
    """Return a smooth path through the middles of a polyline's pieces, rounding every corner."""
    points = [(x * UNIT, y * UNIT) for x, y in line]
    if len(points) == 1:
        points *= 2
    start = points[0]
    d = [f"M{start[0]:.0f} {start[1]:.0f}"]
    for here, after in pairwise(points[1:]):
        mid = (here[0] + after[0]) / 2, (here[1] + after[1]) / 2
        d.append(f"Q{here[0]:.0f} {here[1]:.0f} {mid[0]:.0f} {mid[1]:.0f}")
    d.append(f"L{points[-1][0]:.0f} {points[-1][1]:.0f}")
    return "".join(d)
