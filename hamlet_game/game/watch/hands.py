"""What keys, buttons and the mouse mean in the watch scene, and to whom they go first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press, Release
from hamlet_game.game.play.steering import ACTIONS

if TYPE_CHECKING:
    from hamlet_game.game.scene import Transition
    from hamlet_game.game.scenes.watch import WatchScene
    from hamlet_game.game.ui.form import Form

_ENDS = (Command.CONFIRM, Command.INTERACT, Command.BACK)  # a ceremony


class Hands:
    """First the ceremony, then who drives or guesses, then the focus, then all other commands."""

    def __init__(self, scene: WatchScene, form: Form) -> None:
        self._scene, self._form = scene, form

    def handle(self, event: Event) -> Transition | None:
        """Answer one event."""
        if isinstance(event, Release):
            if Command.DRIVE in event.commands and self._scene.wheel.held:
                self._scene.joining.hand_back()
            return None
        if isinstance(event, Pointer):
            return self._pointer(event)
        return self._press(event) if isinstance(event, Press) else None

    def _press(self, press: Press) -> Transition | None:
        if self._skips(press) or self._joins(press):
            return None
        if press.direction is not None:
            self._scene.focus_seen()
            return self._form.handle(press)
        if press.repeat:
            return None
        if press.means(Command.CONFIRM) or press.means(Command.INTERACT):
            return self._form.handle(press)
        return self._scene.controls.press(press)

    def _skips(self, press: Press) -> bool:
        """Let a press end the ceremony; return whether it did."""
        ceremony = self._scene.feast.ceremony
        if ceremony is None or not any(press.means(command) for command in _ENDS):
            return False
        ceremony.skip()
        return True

    def _joins(self, press: Press) -> bool:
        """Let a press take the wheel, drive or guess; return whether it did."""
        scene = self._scene
        if scene.problem is not None or scene.charts_only:
            return False
        if press.means(Command.DRIVE):
            if not press.repeat:
                scene.joining.take(held=True)
            return True
        action = next((ACTIONS[c] for c in ACTIONS if press.means(c)), None)
        if action is None or not scene.joining.waits:
            return False
        return (press.repeat and not scene.show.whole) or scene.joining.act(action)

    def _pointer(self, event: Pointer) -> Transition | None:
        scene, point = self._scene, (event.x, event.y)
        down = event.kind is PointerKind.DOWN
        if down and scene.feast.ceremony is not None:
            scene.feast.ceremony.skip()
            return None
        scene.view.cards.hover(point)
        if down and scene.problem is None and self._clicked(point):
            return None
        return self._form.handle(event)

    def _clicked(self, point: tuple[float, float]) -> bool:
        """Let a click load a moment of the curve, drive or guess; return whether it did."""
        scene = self._scene
        if (moment := scene.view.cards.pick(point)) is not None:
            scene.show_moment(moment)
            return True
        cell = scene.view.cell_at(scene, point)
        return cell is not None and scene.joining.act(scene.joining.toward(cell))
