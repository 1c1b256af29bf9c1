"""The replay viewer: a recorded life, to be played, scrubbed and stepped through both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hamlet_game.game import keepsakes
from hamlet_game.game.draw.effects import Effects
from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.events import Command, Event, Pointer, Press
from hamlet_game.game.moments import moments
from hamlet_game.game.play.reactions import react
from hamlet_game.game.play.ticker import Ticker
from hamlet_game.game.playhead import Playhead
from hamlet_game.game.replay_view import ReplayView
from hamlet_game.game.scene import Pop, Scene, Transition
from hamlet_game.game.theme import PALETTES
from hamlet_game.game.timeline import Timeline
from hamlet_game.game.transport import Transport

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.services import Services
    from hamlet_game.town.record import Record
    from hamlet_game.town.replay import Replay


class ReplayScene(Scene):
    """Shows a record. `source` is the file it came from; None for the life just lived."""

    def __init__(
        self, services: Services, record: Record, source: Replay | None = None, *, step: int = 0
    ) -> None:
        self.services = services
        self.record = record
        self.source = source
        places = [Place(kind.key, x, y) for kind, x, y in record.town.places()]
        level = record.level
        self._view = ReplayView(TownView(level.width, level.height, places, record.town_seed))
        self.effects = Effects()
        self.ticker = Ticker(record)
        self._moments = moments(record)
        self.timeline = Timeline(record, self._moments)
        self.transport = Transport()
        self.time = 0.0  # seconds the scene has been up
        self.rest = 0.0  # seconds since the step was shown whole
        self.head = Playhead(record.survival, step)
        self._shown = self.head.step
        self.head.playing = step == 0
        self._actions = self._commands()

    # Events.
    def _commands(self) -> dict[Command, Callable[[], None]]:
        """Return what each command does; the first that a press means counts."""
        head = self.head
        return {
            Command.LEFT: lambda: head.move(-1),
            Command.RIGHT: lambda: head.move(1),
            Command.UP: lambda: head.go(0),
            Command.DOWN: lambda: head.go(head.last),
            Command.INTERACT: head.toggle,
            Command.CONFIRM: head.toggle,
            Command.STEP: lambda: head.move(1),
            Command.NEXT_EVENT: self._next_moment,
            Command.PREVIOUS_EVENT: self._previous_moment,
            Command.SLOWER: lambda: head.change_speed(-1),
            Command.FASTER: lambda: head.change_speed(1),
            Command.RESTART: lambda: head.go(0),
            Command.SAVE_REPLAY: self._save,
            Command.PAUSE: head.toggle,
            Command.FREEZE: head.toggle,  # on a gamepad its button means "next event" here
        }

    def handle(self, event: Event) -> Transition | None:
        """Answer keys, and the mouse on the timeline and the transport keys."""
        if isinstance(event, Pointer):
            return self._pointer(event)
        if isinstance(event, Press):
            if event.means(Command.BACK):
                return None if event.repeat else Pop()
            self._press(event)
        return None

    def _press(self, press: Press) -> None:
        for command, action in self._actions.items():
            if press.means(command) and (not press.repeat or press.direction is command):
                action()
                return

    def _pointer(self, event: Pointer) -> Transition | None:
        if (step := self.timeline.pointer(event)) is not None:
            self.head.go(step)
        clicked = self.transport.pointer(event)
        if clicked is Command.BACK:
            return Pop()
        if clicked is not None:
            self._actions[clicked]()
        return None

    def _next_moment(self) -> None:
        steps = [moment.step for moment in self._moments if moment.step > self.head.step]
        self.head.go(min(steps, default=self.head.last))

    def _previous_moment(self) -> None:
        steps = [moment.step for moment in self._moments if moment.step < self.head.step]
        self.head.go(max(steps, default=0))

    def _save(self) -> None:
        if self.source is None:
            keepsakes.save(self.services, self.record)

    def update(self, dt: float) -> None:
        """Move the playhead on, and let what happens on the way be seen and heard."""
        self.time += dt
        if not self.timeline.dragging:
            self.head.update(dt)
        self.rest = self.rest + dt if self.head.part >= 1.0 else 0.0
        self.effects.update(dt)
        step = self.head.step
        if step == self._shown + 1 and not self.timeline.dragging:
            palette = PALETTES[self.services.settings.palette]
            react(self.record, step, self.effects, self.services.audio.play, palette)
        elif step != self._shown:
            self.effects.clear()
            self.rest = 0.0
        self._shown = step

    def draw(self, painter: Painter) -> None:
        """Draw header, town, panel, timeline and hints."""
        self._view.draw(painter, self)
