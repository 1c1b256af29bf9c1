"""Versus: two lives in the same town side by side, on one clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hamlet_game.game import stream
from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press
from hamlet_game.game.play.steering import ACTIONS, held
from hamlet_game.game.scene import Push, Replace, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.theme import PALETTES
from hamlet_game.game.versus.race import Race, Stage
from hamlet_game.game.versus.race_view import RaceView
from hamlet_game.game.versus.towns import Towns
from hamlet_game.game.versus.verdict import Verdict, judge
from hamlet_game.town.names import Action

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.play.session import Session
    from hamlet_game.game.services import Services
    from hamlet_game.game.versus.match import Match

END_S = 2.4  # seconds that the winner is shown
SKIP_S = 0.4  # seconds of it that can't be skipped
PAR_S = 0.002  # seconds a frame for working out par
SLOW_S = 1 / 45  # a frame this long leaves nothing of that
WATCHED_SPEED = 2.0  # of agents alone
AFTER_SPEED = 4.0  # of those who live on after the person


class VersusScene(Scene):
    """Runs one race of a match, then shows how it ended. Raises RosterError when it begins."""

    upright = True
    feeds = True

    def __init__(self, services: Services, match: Match) -> None:
        self.services, self.match = services, match
        self._guests = match.contestants()
        self._view = RaceView(Towns(match.level, match.town_seed))
        self.time = 0.0  # seconds, for what moves on its own
        self._commands: dict[Command, Callable[[], Transition | None]] = {
            Command.PAUSE: self._pause,
            Command.BACK: self._pause,
            Command.FREEZE: self._toggle,
            Command.STEP: lambda: self.race.step_once(held(self.services.input)),
            Command.SLOWER: lambda: self._change_speed(-1),
            Command.FASTER: lambda: self._change_speed(1),
            Command.TEMPO: self._switch_tempo,
            Command.EPISODE: self.to_the_end,
            Command.HELP: self._help,
        }
        self.begin()

    def begin(self) -> None:
        """Start the race, for the first time or over again."""
        match, watched = self.match, not any(guest.person for guest in self._guests)
        speed = WATCHED_SPEED if watched else AFTER_SPEED
        settings = self.services.settings
        self.race = Race(match.level, match.town_seed, self._guests, settings, speed=speed)
        self._verdict: Verdict | None = None
        self._ticked = 0  # the number of the countdown that was heard last

    @property
    def verdict(self) -> Verdict:
        """Return how the race ended; asked for only once it has."""
        if self._verdict is None:
            self._verdict = judge(self.race.lanes)
        return self._verdict

    @property
    def _session(self) -> Session | None:
        """Return the session of the person, while they live and the race is on."""
        person = self.race.person
        running = self.race.stage is Stage.RUNNING and self.race.driven
        return person.session if person is not None and running else None

    # What keys and buttons do.
    def to_the_end(self) -> None:
        """Let those who are left live on as fast as can be."""
        if self.race.stage is Stage.RUNNING and not self.race.driven:
            self.race.rush, self.race.paused = True, False

    def _toggle(self) -> None:
        self.race.toggle()

    def _pause(self) -> Transition:
        self.race.freeze()
        return Push(routes.versus_pause(self.services, self))

    def _help(self) -> Transition:
        self.race.freeze()
        return Push(routes.how_it_works(self.services))

    def resumed(self) -> None:
        """Go on where only the race's own clock had been stopped."""
        self.race.paused = False

    def focus_lost(self) -> Transition | None:
        """Stop the clock while nobody looks."""
        self.race.freeze()
        return None

    def _change_speed(self, by: int) -> None:
        self.race.change_speed(by)
        self.services.save_settings()

    def _switch_tempo(self) -> None:
        if (session := self._session) is not None:
            session.switch_tempo()
            self.services.save_settings()

    # Events.
    def handle(self, event: Event) -> Transition | None:
        """Answer keys, buttons and the mouse."""
        if isinstance(event, Pointer):
            return self._point(event)
        return self._press(event) if isinstance(event, Press) else None

    def _press(self, press: Press) -> Transition | None:
        session = self._session
        if session is not None and press.direction is not None:
            if not (press.repeat and session.live):  # live ticks ask what is held
                session.press(ACTIONS[press.direction])
            return None
        if press.repeat:
            return None
        if press.means(Command.INTERACT) or press.means(Command.CONFIRM):
            return self._act(session, interact=press.means(Command.INTERACT))
        found = next((c for c in self._commands if press.means(c)), None)
        return self._commands[found]() if found else None

    def _act(self, session: Session | None, *, interact: bool) -> Transition | None:
        """Answer the main key: it uses, starts, hurries or stops, whatever is next."""
        race = self.race
        if session is not None:
            if interact:
                session.press(Action.INTERACT)
        elif race.stage is Stage.COUNTDOWN:
            race.left, race.paused = 0.0, False
        elif race.stage is Stage.OVER:
            return self._result() if race.ended_s >= SKIP_S else None
        elif race.person is not None:
            self.to_the_end()
        else:
            race.toggle()
        return None

    def _point(self, event: Pointer) -> Transition | None:
        clicked = self._view.transport.pointer(event)
        if clicked is not None:
            return self._commands[clicked]()
        if event.kind is not PointerKind.DOWN:
            return None
        session = self._session
        if session is None:
            return self._act(None, interact=True) if self.race.stage is not Stage.RUNNING else None
        if not stream.feed(self.services).picture:
            return None
        cell = self._view.cell_at(self.race, (event.x, event.y))
        if cell == (session.record.last.x, session.record.last.y):
            session.press(Action.INTERACT)
        elif cell is not None:
            session.walk(cell)
        return None

    # Time.
    def update(self, dt: float) -> Transition | None:
        """Let the race go on; in the end show its result."""
        self.time += dt
        race = self.race
        race.update(dt, held(self.services.input))
        palette = PALETTES[self.services.settings.palette]
        loud = race.person or race.lanes[0]
        for lane in race.lanes:
            lane.react(self.services.audio.play, palette, quiet=lane is not loud or race.rush)
        self._tick_aloud()
        free = race.stage is not Stage.PREPARING and dt < SLOW_S
        if free and self.services.par.want(race.level, race.town_seed) is None:
            self.services.par.work(PAR_S)
        return self._result() if race.ended_s >= END_S else None

    def _tick_aloud(self) -> None:
        """Let the countdown be heard."""
        if self.race.stage is Stage.COUNTDOWN and self.race.count != self._ticked:
            self._ticked = self.race.count
            self.services.audio.play("tick")

    def _result(self) -> Transition:
        return Replace(routes.versus_result(self.services, self.match, self.race, self.verdict))

    def draw(self, painter: Painter) -> None:
        """Draw both towns and all there is to say about them."""
        self._view.draw(painter, self)
