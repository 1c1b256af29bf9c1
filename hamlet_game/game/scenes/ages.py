"""Before and after: several ages of an agent in one town, side by side, on one clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hamlet_game.game.agents.roster import RosterError
from hamlet_game.game.events import Command, Event, Pointer, Press
from hamlet_game.game.scene import Push, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.routes import MAX_TOWN
from hamlet_game.game.scenes.towns import random_town
from hamlet_game.game.theme import PALETTES
from hamlet_game.game.versus.ages_view import AgesView
from hamlet_game.game.versus.contestants import Contestant, invite_all
from hamlet_game.game.versus.race import Race, Stage
from hamlet_game.game.versus.towns import Towns

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level

AGES = ("untrained", "02_clean_start", "master")
_ALWAYS = ("random", "idle", "sensible")  # can be had even where files are missing
SPEED = 2.0  # times the normal live tempo
REST_S = 4.0  # seconds that the end is shown before the next town


class AgesScene(Scene):
    """Shows one town after another until it is left."""

    upright = True
    feeds = True

    def __init__(
        self,
        services: Services,
        level: Level | None = None,
        town_seed: int | None = None,
        words: tuple[str, ...] | None = None,
    ) -> None:
        self.services = services
        levels = services.catalog.levels
        self.level = level or levels[min(2, len(levels) - 1)]
        self.town_seed = town_seed or random_town()
        self.words: tuple[str, ...] = _ALWAYS
        self.time = 0.0  # seconds, for what moves on its own
        self._speed = SPEED
        self._commands: dict[Command, Callable[[], Transition | None]] = {
            Command.PAUSE: self._choose,
            Command.BACK: self._choose,
            Command.INTERACT: self._toggle,
            Command.CONFIRM: self._toggle,
            Command.FREEZE: self._toggle,
            Command.STEP: self._step,
            Command.SLOWER: lambda: self._change_speed(-1),
            Command.FASTER: lambda: self._change_speed(1),
            Command.NEW_TOWN: lambda: self.go_to(random_town()),
            Command.RESTART: lambda: self.go_to(self.town_seed),
            Command.EPISODE: self._rush,
            Command.HELP: lambda: Push(routes.how_it_works(services)),
        }
        self._guests: tuple[Contestant, ...] = ()
        self._drawn = ("", 0)  # the level and town whose picture is kept
        if not self.invite(words or AGES):
            self.invite(_ALWAYS)
        self.begin(self.level, self.town_seed)

    def invite(self, words: tuple[str, ...]) -> bool:
        """Let others take part; say so in a sentence and keep to those here if one can't."""
        try:
            self._guests = invite_all(words)
        except RosterError as error:
            self.services.notify(str(error))
            return False
        self.words = words
        return True

    def begin(self, level: Level, town_seed: int) -> None:
        """Let all of them live in a town."""
        same = self._drawn == (level.id, town_seed)
        self.level, self.town_seed = level, town_seed
        settings = self.services.settings
        self.race = Race(level, town_seed, self._guests, settings, speed=self._speed, counts=0)
        if not same:
            self._drawn = (level.id, town_seed)
            self._view = AgesView(Towns(level, town_seed))

    def go_to(self, town_seed: int) -> None:
        """Let all of them live in another town of this level."""
        self.begin(self.level, town_seed)

    # What keys and buttons do.
    def _choose(self) -> Transition:
        self.race.freeze()
        return Push(routes.ages_setup(self.services, self))

    def _toggle(self) -> None:
        if self.race.stage is Stage.OVER:
            self.go_to(self.town_seed % MAX_TOWN + 1)
        else:
            self.race.toggle()

    def _step(self) -> None:
        self.race.step_once()

    def _change_speed(self, by: int) -> None:
        self.race.change_speed(by)
        self._speed = self.race.speed

    def _rush(self) -> None:
        self.race.rush, self.race.paused = True, False

    def resumed(self) -> None:
        """Go on after the menu."""
        self.race.paused = False

    def focus_lost(self) -> Transition | None:
        """Stop while nobody looks."""
        self.race.freeze()
        return None

    # Scene.
    def handle(self, event: Event) -> Transition | None:
        """Answer keys, buttons and the mouse."""
        if isinstance(event, Pointer):
            clicked = self._view.transport.pointer(event)
            return self._commands[clicked]() if clicked is not None else None
        if not isinstance(event, Press) or event.repeat:
            return None
        found = next((c for c in self._commands if event.means(c)), None)
        return self._commands[found]() if found else None

    def update(self, dt: float) -> Transition | None:
        """Let them live on; once all are done, rest a little and go to the next town."""
        self.time += dt
        race = self.race
        race.update(dt)
        palette = PALETTES[self.services.settings.palette]
        for lane in race.lanes:
            lane.react(self.services.audio.play, palette, quiet=True)
        if race.ended_s >= REST_S and not race.paused:
            self.go_to(self.town_seed % MAX_TOWN + 1)
        return None

    def draw(self, painter: Painter) -> None:
        """Draw all towns and all there is to say about them."""
        self._view.draw(painter, self)
