"""The replay viewer: a recorded life, to be played, scrubbed and stepped through both ways.

With a brain chosen it shows that brain's numbers for every step, and where they say that most
was given away. From any step one can play on, or see what else could have been done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hamlet_game.game import keepsakes
from hamlet_game.game.agents.company import YOU, again, short_name
from hamlet_game.game.agents.players import BrainPlayer
from hamlet_game.game.draw.effects import Effects
from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.events import Command, Event, Pointer, Press
from hamlet_game.game.moments import moments
from hamlet_game.game.play.reactions import react
from hamlet_game.game.play.ticker import Ticker
from hamlet_game.game.playhead import Playhead
from hamlet_game.game.replay_view import ReplayView
from hamlet_game.game.scene import Pop, Push, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.theme import PALETTES
from hamlet_game.game.timeline import Timeline
from hamlet_game.game.transport import Transport
from hamlet_game.game.why.q_chart import QChart
from hamlet_game.game.why.reading import Reading

if TYPE_CHECKING:
    from hamlet_game.game.agents.players import Player
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.services import Services
    from hamlet_game.town.record import Record
    from hamlet_game.town.replay import Replay


class ReplayScene(Scene):
    """Shows a record. `source` is the file it came from; None for the life just lived."""

    feeds = True

    def __init__(
        self,
        services: Services,
        record: Record,
        source: Replay | None = None,
        *,
        step: int = 0,
        player: Player | None = None,
        who: str = "",
    ) -> None:
        """Open at a step, with the numbers of `player` where that is a brain.

        `who` lived it: as the file says, or the person at the keys, if not given.
        """
        self.services = services
        self.record = record
        self.source = source
        places = [Place(kind.key, x, y) for kind, x, y in record.town.places()]
        level = record.level
        self._view = ReplayView(TownView(level.width, level.height, places, record.town_seed))
        self.effects = Effects()
        self.who = who or (short_name(source.player) if source else YOU)
        self.ticker = Ticker(record, yours=self.who == YOU)
        self._moments = moments(record)
        self.timeline = Timeline(record, self._moments)
        self.transport = Transport()
        self.time = 0.0  # seconds the scene has been up
        self.rest = 0.0  # seconds since the step was shown whole
        self.head = Playhead(record.survival, step)
        self._shown = self.head.step
        self.head.playing = step == 0
        self.player = player if isinstance(player, BrainPlayer) else None
        self.reading: Reading | None = None
        self.q_chart: QChart | None = None
        self.read_with(self.player)
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
            Command.STEP: lambda: head.move(1),
            Command.NEXT_EVENT: self._next_moment,
            Command.PREVIOUS_EVENT: self._previous_moment,
            Command.SLOWER: lambda: head.change_speed(-1),
            Command.FASTER: lambda: head.change_speed(1),
            Command.RESTART: lambda: head.go(0),
            Command.NEXT_MISTAKE: lambda: self.go_to_mistake(1),
            Command.PREVIOUS_MISTAKE: lambda: self.go_to_mistake(-1),
            Command.SAVE_REPLAY: self.save,
            Command.FREEZE: head.toggle,  # on a gamepad its button means "next event" here
        }

    def handle(self, event: Event) -> Transition | None:
        """Answer keys, and the mouse on the timeline and the transport keys."""
        if isinstance(event, Pointer):
            return self._pointer(event)
        if isinstance(event, Press):
            if event.means(Command.BACK):
                return None if event.repeat else Pop()
            return self._press(event)
        return None

    def _press(self, press: Press) -> Transition | None:
        for command, action in self._actions.items():
            if press.means(command) and (not press.repeat or press.direction is command):
                action()
                return None
        if press.repeat:
            return None
        if press.means(Command.DRIVE):
            return Push(self.play_on())
        if press.means(Command.HELP):
            self.head.playing = False
            return Push(routes.how_it_works(self.services))
        if press.means(Command.CONFIRM) or press.means(Command.PAUSE):
            return self._menu()
        return None

    def _menu(self) -> Transition:
        self.head.playing = False
        return Push(routes.replay_menu(self.services, self))

    def _pointer(self, event: Pointer) -> Transition | None:
        if (step := self.timeline.pointer(event)) is not None:
            self.head.go(step)
        clicked = self.transport.pointer(event)
        if clicked is Command.BACK:
            return Pop()
        if clicked is Command.CONFIRM:
            return self._menu()
        if clicked is not None:
            self._actions[clicked]()
        return None

    def _next_moment(self) -> None:
        steps = [moment.step for moment in self._moments if moment.step > self.head.step]
        self.head.go(min(steps, default=self.head.last))

    def _previous_moment(self) -> None:
        steps = [moment.step for moment in self._moments if moment.step < self.head.step]
        self.head.go(max(steps, default=0))

    def save(self) -> None:
        """Keep the life as a replay file, unless it came from one."""
        if self.source is None:
            keepsakes.save(self.services, self.record)

    # A brain's numbers.
    def read_with(self, player: BrainPlayer | None) -> None:
        """Show a brain's numbers from now on, or nobody's."""
        self.reading = Reading(self.record, player) if player else None
        self.q_chart = QChart(self.reading) if self.reading else None

    @property
    def frame(self) -> int:
        """Return the frame whose decision is on screen: that of the step being walked."""
        head = self.head
        return head.step - 1 if head.part < 1.0 and head.step else head.step

    def go_to_mistake(self, by: int) -> None:
        """Stop at the next mistake after (`by` 1) or before (-1) the present step."""
        reading = self.reading
        if reading is None:
            self.services.notify("Choose in the menu whose numbers say what a mistake is.")
            return
        place = reading.next_blunder(self.frame, by)
        if place is None:
            word = "after" if by > 0 else "before"
            self.services.notify(f"{reading.player.name} sees no mistake {word} this step.")
            return
        self.head.playing = False
        self.head.go(place)

    # Another way on.
    @property
    def branching(self) -> int:
        """Return the step from which a life can go on otherwise: this one, or the last alive."""
        record = self.record
        return min(self.frame, record.survival - 1 if record.over else record.survival)

    def play_on(self) -> Scene:
        """Return the life from here on, in the user's own hands."""
        record = self.record
        opening = record.actions[: self.branching]
        level, town, company = record.level, record.town_seed, again(record, self.branching)
        return routes.life(self.services, level, town, opening=opening, company=company)

    def what_if(self) -> Scene:
        """Return what each action would have led to from here."""
        brain = self.reading.player if self.reading else self.player
        return routes.what_if(self.services, self.record, self.branching, brain)

    def update(self, dt: float) -> None:
        """Move the playhead on, and let what happens on the way be seen and heard."""
        self.time += dt
        if not self.timeline.dragging:
            self.head.update(dt)
        self.rest = self.rest + dt if self.head.part >= 1.0 else 0.0
        self.effects.update(dt)
        if self.reading is not None:
            self.reading.work()
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
