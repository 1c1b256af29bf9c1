"""The words of the town: meters, kinds of building, actions.

They are the same in every level, so that an observation always has the same
width and a brain carries over from level to level. All *numbers* are in
`levels/*.yaml`.
"""

from __future__ import annotations

from enum import IntEnum


class Meter(IntEnum):
    """What a townsperson has, 0..100 each. The first three are vital."""

    ENERGY = 0
    HYGIENE = 1
    SATIATION = 2
    MONEY = 3

    @property
    def key(self) -> str:
        """Return the name used in level files and on screen."""
        return self.name.lower()


VITAL = (Meter.ENERGY, Meter.HYGIENE, Meter.SATIATION)
FULL = 100.0  # every meter's upper end


class Kind(IntEnum):
    """A kind of building."""

    BED = 0
    SHOWER = 1
    FRIDGE = 2
    JOB = 3

    @property
    def key(self) -> str:
        """Return the name used in level files and on screen."""
        return self.name.lower()


class Action(IntEnum):
    """What a townsperson can do in one step."""

    UP = 0
    DOWN = 1
    LEFT = 2
    RIGHT = 3
    INTERACT = 4


MOVES = {  # (dx, dy) in cells; y grows downwards, as on screen
    Action.UP: (0, -1),
    Action.DOWN: (0, 1),
    Action.LEFT: (-1, 0),
    Action.RIGHT: (1, 0),
    Action.INTERACT: (0, 0),
}

NONE = -1  # no building used, no cause of death
