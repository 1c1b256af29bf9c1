"""The ground of the city as vector pictures, a tile at a time: meadow, streets, paths, yards."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from hamlet_game.game.city.plan import WOODS, House, Plan
from hamlet_game.game.draw.noise import between, chance

TILE = 4  # cells
UNIT = 100  # SVG units a cell
_LEVEL = 0.67  # where people's feet come down, from a cell's top
_MEADOW, _LAWN, _CHECK = "#78b95f", "#8dce6f", "#81c664"
_KERB, _PAVED, _WORN = "#c4a677", "#dcc391", "#e6d2a4"
_GRADIENTS = """<defs>
<radialGradient id="dark"><stop offset="0" stop-color="#4f9a45" stop-opacity=".38"/>
<stop offset="1" stop-color="#4f9a45" stop-opacity="0"/></radialGradient>
<radialGradient id="light"><stop offset="0" stop-color="#c8e68a" stop-opacity=".42"/>
<stop offset="1" stop-color="#c8e68a" stop-opacity="0"/></radialGradient>
</defs>"""

_Tile = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A piece of SVG with the cells it reaches over."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class GroundPlan:
    """Composes the ground of any tile. Pieces that lie on two tiles are drawn on both."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._on: dict[_Tile, list[tuple[int, str]]] = defaultdict(list)  # with what lies on what
        self._count = 0
        for shape in (
            *_blobs(plan),
            *_parks(plan),
            *_paths(plan),
            *_streets(plan),
            *_pebbles(plan),
        ):
            self._spread(shape)
        for one in plan.houses:
            self._spread(_yard(one))

    def svg(self, tile: _Tile, cells: int = TILE) -> bytes:
        """Return the ground of a square of cells that begins where a tile does."""
        x, y = tile[0] * TILE, tile[1] * TILE
        side = cells * UNIT
        span = range(-(-cells // TILE))
        found = {
            part for dy in span for dx in span for part in self._on[tile[0] + dx, tile[1] + dy]
        }
        parts = [text for _, text in sorted(found)]
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x * UNIT} {y * UNIT} {side} {side}"'
            f' width="{side}" height="{side}">{_GRADIENTS}'
            f'<rect x="{x * UNIT}" y="{y * UNIT}" width="{side}" height="{side}" fill="{_MEADOW}"/>'
        )
        return (head + self._lawn(x, y, cells) + "".join(parts) + "</svg>").encode()

    def _lawn(self, x: int, y: int, cells: int) -> str:
        """Return the city's own, lighter grass, in a quiet check."""
        left, top = max(0, x), max(0, y)
        right, bottom = min(self._plan.width, x + cells), min(self._plan.height, y + cells)
        if left >= right or top >= bottom:
            return ""
        squares = "".join(
            f"M{i * UNIT} {j * UNIT}h{UNIT}v{UNIT}h-{UNIT}z"
            for j in range(top, bottom)
            for i in range(left, right)
            if (i + j) % 2
        )
        wide, high = (right - left) * UNIT, (bottom - top) * UNIT
        return (
            f'<rect x="{left * UNIT}" y="{top * UNIT}" width="{wide}" height="{high}" '
            f'fill="{_LAWN}"/><path d="{squares}" fill="{_CHECK}"/>'
        )

    def _spread(self, shape: _Shape) -> None:
        self._count += 1
        for j in range(int(shape.top // TILE), int(shape.bottom // TILE) + 1):
            for i in range(int(shape.left // TILE), int(shape.right // TILE) + 1):
                self._on[i, j].append((self._count, shape.text))


def _blobs(plan: Plan) -> list[_Shape]:
    """Return soft patches of lighter and darker grass, in the woods, too."""
    shapes = []
    for k in range(plan.width * plan.height // 5):
        x = between(-WOODS, plan.width + WOODS, plan.seed, 2, k)
        y = between(-4, plan.height + 4, plan.seed, 3, k)
        rx = between(0.7, 2.1, plan.seed, 4, k)
        shade = "light" if chance(plan.seed, 1, k) < 0.5 else "dark"
        text = _ellipse(x, y, rx, rx * 0.62, f"url(#{shade})")
        shapes.append(_Shape(text, x - rx, y - rx, x + rx, y + rx))
    return shapes


def _parks(plan: Plan) -> list[_Shape]:
    """Return the lawn of every park with the round square in its middle."""
    shapes = []
    for x, y in plan.parks:
        side, middle = plan.block, (x + plan.block / 2, y + plan.block / 2)
        lawn = (
            f'<rect x="{x * UNIT}" y="{y * UNIT}" width="{side * UNIT}" height="{side * UNIT}" '
            f'rx="60" fill="#6fb654" fill-opacity=".75"/>'
        )
        rings = ((0.4, _KERB), (0.375, _PAVED), (0.27, _WORN), (0.14, _KERB), (0.12, _PAVED))
        text = "".join(
            _ellipse(*middle, side * share, side * share * 0.8, color) for share, color in rings
        )
        shapes.append(_Shape(lawn + text, x, y, x + side, y + side))
    return shapes


def _streets(plan: Plan) -> list[_Shape]:
    """Return the streets as bands, kerbs first, in pieces of a tile's length."""
    ends = (-0.6, plan.width + 0.6), (-0.6, plan.height + 0.6)
    shapes = []
    for half, color in ((0.4, _KERB), (0.34, _PAVED), (0.15, _WORN)):
        for row in plan.rows:
            y = row + _LEVEL
            shapes.append(_band(ends[0][0], y - half * 0.9, ends[0][1], y + half * 0.9, color))
        for column in plan.columns:
            x = column + 0.5
            shapes.append(_band(x - half, ends[1][0], x + half, ends[1][1], color))
    return shapes


def _band(left: float, top: float, right: float, bottom: float, color: str) -> _Shape:
    x, y, wide, high = (round(v * UNIT) for v in (left, top, right - left, bottom - top))
    text = f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="14" fill="{color}"/>'
    return _Shape(text, left, top, right, bottom)


def _paths(plan: Plan) -> list[_Shape]:
    """Return a footpath from each door to the nearest street beside it."""
    shapes = []
    for one in plan.houses:
        street = min(plan.columns, key=lambda column: abs(column - one.x))
        x, end, y = one.x + 0.5, street + 0.5, one.y + 0.97
        bend = between(-0.08, 0.08, plan.seed, 31, one.x, one.y)
        middle = (x + end) / 2
        d = (
            f"M{x * UNIT:.0f} {y * UNIT - 8:.0f}"
            f"Q{middle * UNIT:.0f} {(y + bend + 0.06) * UNIT:.0f} "
            f"{end * UNIT:.0f} {(y + bend) * UNIT:.0f}"
        )
        text = _stroke(d, _KERB, 32) + _stroke(d, _PAVED, 25) + _stroke(d, _WORN, 12)
        left, right = sorted((x, end))
        shapes.append(_Shape(text, left - 0.2, y - 0.3, right + 0.2, y + 0.4))
    return shapes


def _pebbles(plan: Plan) -> list[_Shape]:
    """Return a few stones on the streets."""
    cells = [(x, y) for x in plan.columns for y in range(plan.height)]
    cells += [(x, y) for y in plan.rows for x in range(plan.width)]
    shapes = []
    for i, j in dict.fromkeys(cells):
        text = ""
        for k in range(3):
            x = i + between(0.25, 0.75, plan.seed, 5, i, j, k)
            y = j + between(0.42, 0.9, plan.seed, 6, i, j, k)
            size = between(0.018, 0.036, plan.seed, 7, i, j, k)
            text += _ellipse(x, y, size, size * 0.65, "#b99a69" if k % 2 else "#f2e3bf")
        shapes.append(_Shape(text, i, j, i + 0.99, j + 0.99))
    return shapes


def _yard(one: House) -> _Shape:
    """Return the trodden yard and the doorstep of a house."""
    x, y = one.x + 0.5, one.y
    text = _ellipse(x, y + 0.84, 0.56, 0.2, "#d3bd85") + (
        f'<rect x="{(x - 0.26) * UNIT:.0f}" y="{(y + 0.84) * UNIT:.0f}" width="52" height="22" '
        f'rx="8" fill="#a89a86"/><rect x="{(x - 0.23) * UNIT:.0f}" '
        f'y="{(y + 0.87) * UNIT:.0f}" width="46" height="14" rx="5" fill="#d0c6b8"/>'
    )
    return _Shape(text, x - 0.6, y + 0.6, x + 0.6, y + 1.1)


def _ellipse(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    at = f'cx="{x * UNIT:.0f}" cy="{y * UNIT:.0f}" rx="{rx * UNIT:.1f}" ry="{ry * UNIT:.1f}"'
    return f'<ellipse {at} fill="{fill}"/>'


def _stroke(path: str, color: str, width: int) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width}" '
        'stroke-linecap="round"/>'
    )
