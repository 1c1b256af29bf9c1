"""Footpaths: which cells they run through, from every door to one square and out of town."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from hamlet_game.game.draw.noise import between, chance

Cell = tuple[int, int]
_AROUND = ((0, 1), (1, 0), (0, -1), (-1, 0))
LEVEL = 0.67  # where lanes run through a cell, from its top; people's feet come down there
_THROUGH_A_HOUSE = 40.0  # a lane would rather walk this many cells around


@dataclass(frozen=True, slots=True)
class Lanes:
    """The town's footpaths, in cells; fractional points count from the grid's corner."""

    square: Cell  # where they all meet
    lines: tuple[tuple[tuple[float, float], ...], ...]  # each a winding polyline
    cells: frozenset[Cell]  # every cell that a lane crosses
    passes: frozenset[Cell]  # corners just below a place where a lane runs across a column's edge


def plan_lanes(width: int, height: int, houses: Sequence[Cell], seed: int) -> Lanes:
    """Lay lanes from every house to a square near their middle, and on to two edges of town."""
    taken = frozenset(houses)
    square = _square(width, height, taken)
    towards = _tree(width, height, square, taken, seed)
    chains = [_chain(house, towards) for house in sorted(taken)]
    gates = _gates(width, height, taken, seed)
    chains += [_chain(cell, towards) for cell, _ in gates]
    ends = [_door(house) for house in sorted(taken)] + [end for _, end in gates]
    lines = []
    for start, chain in zip(ends, chains, strict=True):
        rest = chain[1:] if chain[0] in taken else chain
        lines.append((start, *(_bend(cell, seed) for cell in rest)))
    cells = frozenset(cell for chain in chains for cell in chain)
    return Lanes(square, tuple(lines), cells, frozenset(_passes(chains, gates)))


def _square(width: int, height: int, taken: frozenset[Cell]) -> Cell:
    """Return the free cell closest to the middle between the houses and the grid's centre."""
    homes = [*taken, ((width - 1) // 2, (height - 1) // 2)]
    mean_x = sum(x for x, _ in homes) / len(homes)
    mean_y = sum(y for _, y in homes) / len(homes)
    free = [(x, y) for y in range(height) for x in range(width) if (x, y) not in taken]
    return min(free or homes, key=lambda c: (c[0] - mean_x) ** 2 + (c[1] - mean_y) ** 2)


def _tree(
    width: int, height: int, root: Cell, taken: frozenset[Cell], seed: int
) -> dict[Cell, Cell]:
    """Return each cell's next cell on its cheapest way to the root (Dijkstra)."""
    cost = {root: 0.0}
    towards: dict[Cell, Cell] = {}
    edge = [(0.0, root)]
    while edge:
        so_far, (x, y) = heappop(edge)
        if so_far > cost[(x, y)]:
            continue
        for dx, dy in _AROUND:
            near = (x + dx, y + dy)
            if not (0 <= near[0] < width and 0 <= near[1] < height):
                continue
            # Leaving a house by its front door is free; by the sides or the back it is dear.
            front = 0.0 if dy == -1 else 2.0
            step = 1 + 1.3 * chance(seed, 11, x, y) + (front if near in taken else 0.0)
            step += _THROUGH_A_HOUSE if (x, y) in taken else 0.0
            if so_far + step < cost.get(near, float("inf")):
                cost[near] = so_far + step
                towards[near] = (x, y)
                heappush(edge, (so_far + step, near))
    return towards


def _chain(start: Cell, towards: dict[Cell, Cell]) -> list[Cell]:
    chain = [start]
    while chain[-1] in towards:
        chain.append(towards[chain[-1]])
    return chain


def _gates(
    width: int, height: int, taken: frozenset[Cell], seed: int
) -> list[tuple[Cell, tuple[float, float]]]:
    """Return two cells on opposite edges with the point beyond each where a lane leaves town."""
    beyond = 0.8  # cells past the edge
    gates: list[tuple[Cell, tuple[float, float]]] = []
    if chance(seed, 21) < 0.5:
        rows = [y for y in range(height) if not {(0, y), (width - 1, y)} & taken] or [0]
        left, right = (rows[int(chance(seed, k) * len(rows))] for k in (22, 23))
        gates.append(((0, left), (-beyond, left + LEVEL)))
        gates.append(((width - 1, right), (width + beyond, right + LEVEL)))
    else:
        columns = [x for x in range(width) if not {(x, 0), (x, height - 1)} & taken] or [0]
        top, bottom = (columns[int(chance(seed, k) * len(columns))] for k in (22, 23))
        gates.append(((top, 0), (top + 0.5, -beyond)))
        gates.append(((bottom, height - 1), (bottom + 0.5, height + beyond)))
    return gates


def _passes(
    chains: Sequence[Sequence[Cell]], gates: Sequence[tuple[Cell, tuple[float, float]]]
) -> set[Cell]:
    """Return the corners (x, y) beside which a lane goes left or right along row y - 1."""
    found = {
        (max(here[0], after[0]), here[1] + 1)
        for chain in chains
        for here, after in pairwise(chain)
        if here[1] == after[1]
    }
    for (x, y), end in gates:
        if end[0] < x:
            found.add((x, y + 1))
        elif end[0] > x + 1:
            found.add((x + 1, y + 1))
    return found


def _door(cell: Cell) -> tuple[float, float]:
    return cell[0] + 0.5, cell[1] + 0.9


def _bend(cell: Cell, seed: int) -> tuple[float, float]:
    """Return the point where lanes cross this cell: near people's feet, never quite straight."""
    x, y = cell
    across = between(-0.12, 0.12, seed, 31, x, y)
    return x + 0.5 + across, y + LEVEL + between(-0.08, 0.07, seed, 32, x, y)
