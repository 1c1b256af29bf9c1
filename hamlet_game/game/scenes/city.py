"""The city: a thousand townspeople run by one brain, to look at from near and far."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hamlet_game.game import stream
from hamlet_game.game.city import hall
from hamlet_game.game.city.city import City
from hamlet_game.game.city.following import TOURS, Following, notable
from hamlet_game.game.city.view import CityView
from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press
from hamlet_game.game.play.clock import period
from hamlet_game.game.scene import Push, Scene, Transition
from hamlet_game.game.scenes import routes

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.services import Services

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
_PAN = 620.0  # canvas units a second while a direction is held
_DRAGGED = 6.0  # canvas units; less than that was a click
_REACH = 26.0  # canvas units around somebody that can be clicked
_CLOSE = 4  # the stop of the camera from which somebody is looked at
_PANS = (
    (Command.LEFT, -1, 0),
    (Command.RIGHT, 1, 0),
    (Command.UP, 0, -1),
    (Command.DOWN, 0, 1),
)


class CityScene(Scene):
    """Runs a city and lets one look around in it. Raises RosterError or LevelError to begin."""

    upright = True
    feeds = True

    def __init__(
        self,
        services: Services,
        *,
        people: int = hall.PEOPLE,
        town_seed: int = 1,
        brain: str = hall.BRAIN,
    ) -> None:
        self.services, self.brain = services, brain
        self.speed, self.paused = 1.0, False
        self.time = 0.0  # seconds, for what moves on its own
        self._commands: dict[Command, Callable[[], Transition | None]] = {
            Command.BACK: self._back,  # before the menu: one key may stand for both
            Command.PAUSE: self._menu,
            Command.NEXT_EVENT: lambda: self._zoom(1),
            Command.PREVIOUS_EVENT: lambda: self._zoom(-1),
            Command.FREEZE: self._toggle,
            Command.TEMPO: self._toggle,
            Command.STEP: self._step,
            Command.SLOWER: lambda: self._change_speed(-1),
            Command.FASTER: lambda: self._change_speed(1),
            Command.CONFIRM: self._follow_middle,
            Command.INTERACT: self._follow_middle,
            Command.GHOST: self._visit,
            Command.NEW_TOWN: self._switch_newcomers,
            Command.HELP: lambda: Push(routes.how_it_works(services)),
        }
        self.found(people, town_seed)

    def found(self, people: int, town_seed: int) -> None:
        """Begin a city anew."""
        player = hall.mayor(self.brain)
        queues = hall.knows_queues(player, self.services.catalog)
        self.city = City(hall.city_level(), town_seed, people, player, queues=queues)
        self.view = CityView(self)
        self.following: Following | None = None
        self.part = 0.0  # of the tick that is shown
        self._stepping = False  # one more tick, then still
        self._tour = -1
        self._drag: tuple[float, float] | None = None  # where the pointer was last
        self._dragged = 0.0
        self._on_map = False

    def appoint(self, word: str) -> None:
        """Let another brain run the city. Raises RosterError."""
        player = hall.mayor(word)
        self.city.appoint(player, queues=hall.knows_queues(player, self.services.catalog))
        self.brain = word

    def follow(self, citizen: int) -> None:
        """Go to somebody and stay with them."""
        self.following = Following.of(self.city, citizen, self.view.crowd.look(citizen))
        camera = self.view.camera
        camera.look(*self._whereabouts(citizen), stop=max(camera.stop, _CLOSE))

    # What keys and buttons do.
    def _menu(self) -> Transition:
        return Push(routes.city_menu(self.services, self))

    def _back(self) -> Transition | None:
        if self.following is None:
            return self._menu()
        self.following = None
        return None

    def _zoom(self, by: int) -> None:
        at = None
        if self.following is not None:
            at = self.view.camera.view.center
        self.view.camera.zoom(by, at)

    def _toggle(self) -> None:
        self.paused, self._stepping = not self.paused, False

    def _step(self) -> None:
        self.paused = self._stepping = True

    def _change_speed(self, by: int) -> None:
        place = SPEEDS.index(self.speed) + by
        self.speed = SPEEDS[min(max(place, 0), len(SPEEDS) - 1)]

    def _follow_middle(self) -> None:
        camera = self.view.camera
        found = self.view.crowd.nearest(self.city.shown, self.part, camera.x, camera.y, 60.0)
        if found is not None:
            self.follow(found)

    def _visit(self) -> None:
        """Go and see the next notable person."""
        self._tour = (self._tour + 1) % len(TOURS)
        found = notable(self.city, self._tour)
        if found is not None:
            self.follow(found)
            self.services.notify(f"{self.city.name(found)}: {TOURS[self._tour]}.")

    def _switch_newcomers(self) -> None:
        self.city.newcomers = not self.city.newcomers
        self.services.notify(
            "Newcomers take the places of those who are gone."
            if self.city.newcomers
            else "No newcomers: nobody follows those who are gone."
        )

    # Events.
    def handle(self, event: Event) -> Transition | None:
        """Answer keys, buttons and the mouse."""
        if isinstance(event, Pointer):
            return self._point(event)
        if not isinstance(event, Press) or event.repeat:
            return None
        found = next((c for c in self._commands if event.means(c)), None)
        return self._commands[found]() if found else None

    def _point(self, event: Pointer) -> Transition | None:
        clicked = self.view.transport.pointer(event)
        if clicked is not None:
            return self._commands[clicked]()
        at = (event.x, event.y)
        if event.kind is PointerKind.WHEEL:
            over = self.view.camera.view.collidepoint(at) and self.following is None
            self.view.camera.zoom(1 if event.wheel > 0 else -1, at if over else None)
        elif event.kind is PointerKind.DOWN:
            self._grab(at)
        elif event.kind is PointerKind.MOVE and event.held:
            self._pull(at)
        elif event.kind is PointerKind.UP:
            self._let_go(at)
        return None

    def _grab(self, at: tuple[float, float]) -> None:
        place = self.view.minimap.place(at)
        self._on_map = place is not None
        if place is not None:
            self.following = None
            self.view.camera.look(*place)
        elif self.view.camera.view.collidepoint(at) and stream.feed(self.services).picture:
            self._drag, self._dragged = at, 0.0

    def _pull(self, at: tuple[float, float]) -> None:
        if self._on_map and (place := self.view.minimap.place(at)) is not None:
            self.view.camera.look(*place)
        if self._drag is None:
            return
        dx, dy = at[0] - self._drag[0], at[1] - self._drag[1]
        self._dragged += abs(dx) + abs(dy)
        self._drag = at
        if self._dragged >= _DRAGGED:
            self.following = None
            self.view.camera.pan(-dx, -dy)

    def _let_go(self, at: tuple[float, float]) -> None:
        clicked = self._drag is not None and self._dragged < _DRAGGED
        self._drag, self._on_map = None, False
        if not clicked:
            return
        camera = self.view.camera
        reach = max(0.6, _REACH / camera.side)
        place = camera.cell_at(at)
        found = self.view.crowd.nearest(self.city.shown, self.part, *place, reach)
        if found is None:
            self.following = None
        else:
            self.follow(found)

    # Time.
    def update(self, dt: float) -> Transition | None:
        """Let the city live on; look where one wants to look."""
        self.time += dt
        self._live(dt)
        self._look(dt)
        return None

    def _live(self, dt: float) -> None:
        """Work out a slice of the next tick, and show it when it is due."""
        self.city.work()
        if self.paused and not self._stepping:
            self.part = min(1.0, self.part + dt / period(1.0))
        else:
            self.part += dt / period(self.speed)
        if self.part >= 1 and (not self.paused or self._stepping):
            if self.following is not None:
                self.city.finish()
                self.following.listen(self.city)  # at full speed there is no other moment for it
            self.city.advance()
            self.part = min(self.part - 1, 0.999) if not self.paused else 0.0
            self._stepping = False
        if self.following is not None:
            self.following.listen(self.city)

    def _look(self, dt: float) -> None:
        camera, user = self.view.camera, self.services.input
        held = [(dx, dy) for command, dx, dy in _PANS if user.held(command)]
        if held:
            self.following = None
            across, down = (sum(parts) * _PAN * dt for parts in zip(*held, strict=True))
            camera.pan(across, down)
        who = self.following
        if who is not None:
            camera.look(*self._whereabouts(who.citizen))
            if who.gone(self.city):
                self._mourn(who)
        camera.update(dt)

    def _mourn(self, who: Following) -> None:
        told = next((n.text for n in reversed(self.city.news) if n.citizen == who.citizen), "")
        self.services.notify(f"{told or 'This life has ended'}.")
        self.following = None

    def _whereabouts(self, citizen: int) -> tuple[float, float]:
        at = self.view.crowd.places(self.city.shown, self.part)
        return float(at.x[citizen]), float(at.y[citizen]) - 0.4

    def draw(self, painter: Painter) -> None:
        """Draw the city and all there is to say about it."""
        self.view.draw(painter)
