"""What keys, buttons and the mouse mean in a life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press
from hamlet_game.game.play.steering import ACTIONS
from hamlet_game.town.names import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hamlet_game.game.play.life_view import LifeView
    from hamlet_game.game.scene import Transition
    from hamlet_game.game.scenes.life import LifeScene

    Commands = Mapping[Command, Callable[[], Transition | None]]

_SKIPS = (Command.INTERACT, Command.CONFIRM, Command.BACK, Command.PAUSE)


class Hands:
    """First whoever lives, then the scene's commands; once the life is over, only the way on."""

    def __init__(self, life: LifeScene, view: LifeView, commands: Commands) -> None:
        self._life, self._view, self._commands = life, view, commands

    def handle(self, event: Event) -> Transition | None:
        """Answer one event."""
        if isinstance(event, Pointer):
            return self._click(event) if event.kind is PointerKind.DOWN else None
        return self._press(event) if isinstance(event, Press) else None

    def _press(self, press: Press) -> Transition | None:
        life, session = self._life, self._life.session
        if life.record.over:
            skips = any(press.means(command) for command in _SKIPS)
            return life.skip() if skips and not press.repeat else None
        if press.direction is not None:
            life.sure.forget()
            if not (press.repeat and session.live):  # live ticks ask what is held
                session.press(ACTIONS[press.direction])
        elif press.repeat:
            return None
        elif press.means(Command.INTERACT):
            session.press(Action.INTERACT)
        else:
            found = next((c for c in self._commands if press.means(c)), None)
            return self._commands[found]() if found else None
        return None

    def _click(self, event: Pointer) -> Transition | None:
        life, point = self._life, (event.x, event.y)
        if command := self._view.command_at(point, life.tutorial):
            return self._commands[command]()
        if life.record.over:
            return life.skip()
        cell = self._view.cell_at(life, point)
        if cell == (life.record.last.x, life.record.last.y):
            life.session.press(Action.INTERACT)
        elif cell is not None:
            life.session.walk(cell)
        return None
