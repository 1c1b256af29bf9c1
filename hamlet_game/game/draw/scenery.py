"""Scenery: trees, lamps, flowers. Where it stands, and how large it is.

Every cell is walkable and people walk along the cells' centre lines. So
anything tall stands where four cells meet, a step *behind* the line on which
people pass (`BEHIND`), and anything low lies a step before it (`BEFORE`):
scenery hides nobody and cannot be taken for a building that one may use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hamlet_game.game.draw.lanes import Cell, Lanes
from hamlet_game.game.draw.noise import between, chance

BEHIND = -0.2  # cells from the corner to a tall thing's foot; people pass at -0.17
BEFORE = 0.18  # cells from the corner to a low thing's foot


@dataclass(frozen=True, slots=True)
class Thing:
    """A sprite that stands on the ground. Lengths in cells."""

    sprite: str
    x: float  # of its foot's middle
    y: float
    width: float
    height: float
    sink: float = 0.07  # part of its height that lies below the foot

    @property
    def top(self) -> float:
        """Return where the picture begins."""
        return self.y - self.height * (1 - self.sink)

    @property
    def center(self) -> tuple[float, float]:
        """Return the picture's middle."""
        return self.x, self.top + self.height / 2


def house(kind: str, cell: Cell) -> Thing:
    """Return the building that stands on a cell."""
    return Thing(f"buildings/{kind}", cell[0] + 0.5, cell[1] + 0.88, 1.07, 1.248, 0.057)


_SIZES = {  # width and height in cells
    "tree_round": (0.62, 0.853),
    "tree_pine": (0.6, 0.825),
    "tree_blossom": (0.62, 0.853),
    "bush": (0.42, 0.308),
    "rock": (0.28, 0.21),
    "stump": (0.26, 0.201),
    "hay": (0.34, 0.288),
    "bench": (0.5, 0.344),
    "lamp": (0.26, 0.715),
    "fountain": (0.74, 0.74),
    "well": (0.6, 0.75),
    "pond": (0.78, 0.52),
    "sign": (0.32, 0.448),
    "mailbox": (0.2, 0.333),
    "mushroom": (0.17, 0.17),
    "fence": (0.5, 0.344),
    "flowerbed": (0.44, 0.234),
    "flower_daisy": (0.3, 0.3),
    "flower_tulip": (0.3, 0.3),
    "flower_lavender": (0.3, 0.3),
    "tuft": (0.17, 0.142),
    "tuft2": (0.17, 0.142),
}
_STEPS = range(-2, 3)  # cells around a lamp without another one
_TREES = ("tree_round", "tree_pine", "tree_blossom")
_FLOWERS = ("flower_daisy", "flower_tulip", "flower_lavender")
_LOW = ("bush", "rock", "stump", "flowerbed", "mushroom", *_FLOWERS)


def _thing(name: str, x: float, y: float, grow: float = 1.0) -> Thing:
    width, height = _SIZES[name]
    sink = 0.5 if name == "pond" else 0.07
    return Thing(f"scenery/{name}", x, y, width * grow, height * grow, sink)


def furnish(
    width: int, height: int, houses: Sequence[Cell], lanes: Lanes, seed: int
) -> list[Thing]:
    """Return the town's scenery, in no particular order."""
    corners = {(i, j) for i in range(width + 1) for j in range(height + 1)}
    fronts = {(x + dx, y + 1) for x, y in houses for dx in (0, 1)}
    backs = {(x + dx, y) for x, y in houses for dx in (0, 1)}
    free = corners - fronts - backs
    tall = free - lanes.passes
    rim = _rim(width, height)
    things: list[Thing] = []
    for name, corner in _landmarks(width, height, tall, lanes, seed):
        free.discard(corner)
        away = BEFORE if name == "pond" else BEHIND
        things.append(_thing(name, corner[0], corner[1] + away))
    for corner in _lamps((tall & free) - rim, lanes, seed):
        free.discard(corner)
        things.append(_thing("lamp", corner[0], corner[1] + BEHIND))
    for cell in houses:
        things += _front_garden(cell, seed)
    for corner in sorted(free):
        things += _corner(corner, _tree_share(corner, rim, tall), seed)
    things = _without_crowned(things)
    things += _fences(width, lanes)
    things += _grass(width, height, lanes, frozenset(houses), seed)
    return things


def _without_crowned(things: Sequence[Thing]) -> list[Thing]:
    """Return the things without low ones that a tall one's top, a row below, would grow from."""
    tops = {(round(thing.x), round(thing.y) - 1) for thing in things if thing.height > 0.55}
    return [
        thing
        for thing in things
        if thing.height > 0.55 or (round(thing.x), round(thing.y)) not in tops
    ]


def _rim(width: int, height: int) -> frozenset[Cell]:
    """Return the corners on the town's edge."""
    return frozenset(
        {(i, j) for i in range(width + 1) for j in (0, height)}
        | {(i, j) for i in (0, width) for j in range(height + 1)}
    )


def _landmarks(
    width: int, height: int, free: set[Cell], lanes: Lanes, seed: int
) -> Iterator[tuple[str, Cell]]:
    """Yield a fountain by the square, and further out a pond, a well, hay and signposts."""
    inner = sorted(free - _rim(width, height))
    if not inner:
        return
    x, y = lanes.square
    by_square = min(inner, key=lambda c: (abs(c[0] - x - 0.5) + abs(c[1] - y - 0.5), c))
    yield "fountain", by_square
    names = ("pond", "well", "bench", "hay", "bench", "sign")
    wanted = names * max(1, width * height // 150) if width * height > 30 else names[2:4]
    rest = [corner for corner in inner if _apart(corner, by_square)]
    for k, name in enumerate(wanted):
        if not rest:
            return
        chosen = rest[int(chance(seed, 41, k) * len(rest))]
        rest = [corner for corner in rest if _apart(corner, chosen)]
        yield name, chosen


def _apart(one: Cell, other: Cell) -> bool:
    """Return whether two corners are neither the same nor neighbours."""
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) > 1


def _lamps(free: set[Cell], lanes: Lanes, seed: int) -> list[Cell]:
    """Return corners beside lanes, at least three cells apart."""
    near = {(x + dx, y + dy) for x, y in lanes.cells for dx in (0, 1) for dy in (0, 1)}
    chosen: list[Cell] = []
    lit: set[Cell] = set()
    for corner in sorted(near & free, key=lambda c: chance(seed, 51, *c)):
        if corner not in lit:
            chosen.append(corner)
            lit |= {(corner[0] + dx, corner[1] + dy) for dx in _STEPS for dy in _STEPS}
    return chosen


def _front_garden(cell: Cell, seed: int) -> list[Thing]:
    """Return the low things beside a house's doorstep."""
    x, y = cell
    side = 0.02 if chance(seed, 61, x, y) < 0.5 else 0.98
    flowers = _FLOWERS[int(chance(seed, 62, x, y) * 3)]
    return [
        _thing("mailbox", x + side, y + 1 + BEHIND),
        _thing(flowers, x + 1 - side, y + 1 + BEFORE, 0.85),
    ]


def _tree_share(corner: Cell, rim: frozenset[Cell], tall: set[Cell]) -> float:
    """Return how often a tree stands on this corner."""
    if corner not in tall or corner[1] == 0:  # on a lane, or cut by the frame
        return 0.0
    return 0.42 if corner in rim else 0.17


def _fences(width: int, lanes: Lanes) -> Iterator[Thing]:
    """Yield the picket fence along the town's far edge, open where a lane leaves."""
    gates = [x for line in lanes.lines for x, y in line[:1] if y < 0]
    for k in range(2 * width):
        x = (k + 0.5) / 2
        if all(abs(x - gate) > 0.45 for gate in gates):
            yield _thing("fence", x, -0.06)


def _corner(corner: Cell, trees: float, seed: int) -> list[Thing]:
    """Return what grows on one free corner, a tree with chance `trees`: often nothing."""
    i, j = corner
    roll = chance(seed, 71, i, j)
    x = i + between(-0.05, 0.05, seed, 72, i, j)
    if roll < trees:
        # One kind of tree is common in a neighbourhood, so that groves form.
        common = int(chance(seed, 74, i // 3, j // 3) * 3)
        kind = common if chance(seed, 75, i, j) < 0.7 else int(chance(seed, 76, i, j) * 3)
        return [_thing(_TREES[kind], x, j + BEHIND, between(0.88, 1.08, seed, 77, i, j))]
    if roll < trees + 0.34:
        low = _LOW[int(chance(seed, 78, i, j) * len(_LOW))]
        return [_thing(low, x, j + BEFORE, between(0.85, 1.1, seed, 79, i, j))]
    return []


def _grass(
    width: int, height: int, lanes: Lanes, houses: frozenset[Cell], seed: int
) -> Iterator[Thing]:
    """Yield tufts and small flowers at the cells' margins."""
    for x in range(width):
        for y in range(height):
            if (x, y) in houses:
                continue
            for k in range(2):
                if chance(seed, 81, x, y, k) < (0.3 if (x, y) in lanes.cells else 0.75):
                    dx = between(0.08, 0.3, seed, 82, x, y, k)
                    dx = 1 - dx if chance(seed, 83, x, y, k) < 0.5 else dx
                    dy = between(0.12, 0.9, seed, 84, x, y, k)
                    name = "tuft2" if chance(seed, 85, x, y, k) < 0.35 else "tuft"
                    yield _thing(name, x + dx, y + dy)
