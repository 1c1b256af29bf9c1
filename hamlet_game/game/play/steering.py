"""From keys and buttons to what a townsperson does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hamlet_game.game.events import Command
from hamlet_game.town.names import Action

if TYPE_CHECKING:
    from hamlet_game.game.input import Input

ACTIONS: Final = {
    Command.UP: Action.UP,
    Command.DOWN: Action.DOWN,
    Command.LEFT: Action.LEFT,
    Command.RIGHT: Action.RIGHT,
    Command.INTERACT: Action.INTERACT,
}


def held(user: Input) -> Action | None:
    """Return what is held down, for a clock that asks once a tick: a direction comes first."""
    direction = user.held_direction()
    if direction is not None:
        return ACTIONS[direction]
    return Action.INTERACT if user.held(Command.INTERACT) else None
