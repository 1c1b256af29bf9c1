"""The way to a cell that was clicked."""

from __future__ import annotations

from hamlet_game.town.names import Action

Cell = tuple[int, int]


def way(start: Cell, goal: Cell) -> list[Action]:
    """Return a shortest walk: the longer leg first, so that it reads as one bend."""
    across, down = goal[0] - start[0], goal[1] - start[1]
    level = [Action.RIGHT if across > 0 else Action.LEFT] * abs(across)
    upright = [Action.DOWN if down > 0 else Action.UP] * abs(down)
    return [*level, *upright] if abs(across) >= abs(down) else [*upright, *level]
