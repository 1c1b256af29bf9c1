"""The city's plan, read off where its houses stand: streets, parks, scenery, woods around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hamlet_game.game.draw.lanes import Cell, Lanes
from hamlet_game.game.draw.noise import between, chance
from hamlet_game.game.draw.scenery import Thing, furnish, house
from hamlet_game.town.names import Kind

WOODS = 14  # cells of woods that are drawn around the city, left and right
_WOODS_BELOW = 4  # above and below
_TREES = ("tree_pine", "tree_round", "tree_pine", "tree_blossom")
_DENSE = 0.5  # share of the woods' corners with a tree


@dataclass(frozen=True, slots=True)
class House:
    """A building: its kind, number among all, and cell."""

    kind: Kind
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All that stands still in the city. Lengths in cells."""

    width: int
    height: int
    houses: tuple[House, ...]
    columns: tuple[int, ...]  # that are streets
    rows: tuple[int, ...]
    parks: tuple[Cell, ...]  # corners of the blocks without houses, streets not included
    block: int  # cells of a block's side, streets not included
    things: tuple[Thing, ...]  # scenery and houses, by their foot
    lamps: tuple[Thing, ...]
    seed: int

    @classmethod
    def of(
        cls, width: int, height: int, places: Sequence[tuple[Kind, int, int]], seed: int
    ) -> Plan:
        """Plan streets where no house stands, and furnish the rest."""
        houses = tuple(House(*place) for place in places)
        cells = [(one.x, one.y) for one in houses]
        columns = _streets(width, {x for x, _ in cells})
        rows = _streets(height, {y for _, y in cells})
        lanes = _lanes(width, height, columns, rows)
        standing = [house(one.kind.key, (one.x, one.y)) for one in houses]
        block = min(b - a for a, b in pairwise((*columns, width))) - 1
        parks = _parks(columns, rows, block, set(cells))
        lawns = {(x + i, y + j) for x, y in parks for i in range(block) for j in range(block)}
        scenery = [
            thing
            for thing in furnish(width, height, cells, lanes, seed)
            if _kept(thing) and (int(thing.x), int(thing.y)) not in lawns
        ]
        green = [tree for park in parks for tree in _grove(park, block, seed)]
        woods = _woods(width, height, seed)
        things = sorted([*scenery, *standing, *green, *woods], key=lambda thing: thing.y)
        lamps = tuple(thing for thing in scenery if thing.sprite == "scenery/lamp")
        return cls(
            width, height, houses, columns, rows, parks, block, tuple(things), lamps, seed
        )  # fmt: skip


def _streets(cells: int, taken: set[int]) -> tuple[int, ...]:
    """Return every other empty line: streets run around blocks, lanes within them are left."""
    return tuple(k for k in range(cells) if k not in taken)[::2]


def _lanes(width: int, height: int, columns: Sequence[int], rows: Sequence[int]) -> Lanes:
    """Return the streets as the scenery wants to know them."""
    cells: set[Cell] = {(x, y) for x in columns for y in range(height)}
    cells |= {(x, y) for y in rows for x in range(width)}
    passes = frozenset((x, y + 1) for y in rows for x in range(width + 1))
    middle = (columns[len(columns) // 2], rows[len(rows) // 2])
    return Lanes(middle, (), frozenset(cells), passes)


def _parks(
    columns: Sequence[int], rows: Sequence[int], block: int, taken: set[Cell]
) -> tuple[Cell, ...]:
    """Return the corners of the blocks in which no house stands."""
    corners = [(x + 1, y + 1) for y in rows for x in columns]
    return tuple(
        (x, y)
        for x, y in corners
        if not {(x + i, y + j) for i in range(block) for j in range(block)} & taken
    )


def _grove(park: Cell, block: int, seed: int) -> list[Thing]:
    """Return a park's trees and flowers around its square, and the fountain there."""
    middle = (park[0] + block // 2 + 1, park[1] + block // 2 + 0.5)
    found = [Thing("scenery/fountain", *middle, 0.96, 0.96)]
    for j in range(block + 1):
        for i in range(block + 1):
            rim = i in (0, block) or j in (0, block)
            if not rim and abs(i - block / 2) + abs(j - block / 2) < block * 0.55:
                continue
            x, y = park[0] + i, park[1] + j
            left, foot = (
                x + between(-0.2, 0.2, seed, 131, x, y),
                y + between(-0.2, 0.1, seed, 132, x, y),
            )
            grow = between(0.95, 1.4, seed, 133, i, j, *park)
            if chance(seed, 134, i, j, *park) < 0.62:
                name = _TREES[int(chance(seed, 135, i, j, *park) * len(_TREES))]
                found.append(Thing(f"scenery/{name}", left, foot, 0.62 * grow, 0.853 * grow))
            else:
                found.append(Thing("scenery/flowerbed", left, foot, 0.5 * grow, 0.27 * grow))
    return found


def _kept(thing: Thing) -> bool:
    """Return whether scenery stays: tufts and fences are too small for a whole city."""
    return not thing.sprite.startswith(("scenery/tuft", "scenery/fence"))


def _woods(width: int, height: int, seed: int) -> list[Thing]:
    """Return the trees around the city, thin at its edge."""
    found = []
    for j in range(-_WOODS_BELOW, height + _WOODS_BELOW + 1):
        for i in range(-WOODS, width + WOODS + 1):
            out = max(-i, i - width, -j, j - height)
            if out < 1 or chance(seed, 111, i, j) > _DENSE * min(1.0, out / 3):
                continue
            name = _TREES[int(chance(seed, 112, i // 4, j // 4) * 2 + chance(seed, 113, i, j) * 2)]
            grow = between(0.85, 1.35, seed, 114, i, j)
            x, y = i + between(-0.3, 0.3, seed, 115, i, j), j + between(-0.3, 0.3, seed, 116, i, j)
            found.append(Thing(f"scenery/{name}", x, y, 0.62 * grow, 0.853 * grow))
    return found
