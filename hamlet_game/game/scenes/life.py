"""The heart of the game: a life in a town, played by a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hamlet_game.game import keepsakes
from hamlet_game.game.draw.effects import Effects
from hamlet_game.game.draw.town_view import Place, TownView
from hamlet_game.game.events import Command, Event
from hamlet_game.game.play import needs, tutorial
from hamlet_game.game.play.ghosts import ghosts_of
from hamlet_game.game.play.hands import Hands
from hamlet_game.game.play.life_view import LifeView
from hamlet_game.game.play.reactions import react
from hamlet_game.game.play.session import Session
from hamlet_game.game.play.steering import held
from hamlet_game.game.play.sure import Sure
from hamlet_game.game.play.ticker import Ticker
from hamlet_game.game.recorder import highlights
from hamlet_game.game.scene import Push, Replace, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.towns import random_town
from hamlet_game.game.theme import PALETTES
from hamlet_game.town.town import Town

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level
    from hamlet_game.town.policies import Policy
    from hamlet_game.town.record import Record

END_S = 2.0  # seconds that fainting or cheering is shown
SKIP_S = 0.35  # seconds of it that can't be skipped, lest a held key does
PAR_S = 0.003  # seconds a frame for working out par
SLOW_S = 1 / 45  # a frame this long leaves little of that
BEAT_STEPS = 6  # steps between warnings while a meter is critical


class LifeScene(Scene):
    """Plays one town of a level, again and again or another one, until the player leaves."""

    feeds = True

    def __init__(
        self,
        services: Services,
        level: Level,
        town_seed: int,
        ghost: Record | None = None,
        *,
        opening: bytes = b"",
        company: Policy | None = None,
    ) -> None:
        """Begin a life, or go on from `opening`: actions already lived, which don't end it.

        `company` decides for the others then; a life of one's own has the level's.
        """
        self.services, self.level = services, level
        self._opening, self._company = opening, company
        best = services.scores.best(level.id)
        self.introduce = best.plays == 0  # show the whole start card
        self.coached = best.stars == 0  # say what to do next when the player stands still
        self.tutorial = tutorial.tutorial_for(services, level, continued=bool(opening))
        self.sure = Sure()
        self._rival = ghost
        self._view = LifeView(services, level)
        self._commands: dict[Command, Callable[[], Transition | None]] = {
            **({Command.SKIP: self._end_tutorial} if self.tutorial else {}),
            Command.PAUSE: lambda: self._cover(routes.pause(services, self)),
            Command.BACK: lambda: self._cover(routes.pause(services, self)),
            Command.HELP: lambda: self._cover(routes.how_it_works(services)),
            Command.TOWN_NUMBER: lambda: self._cover(routes.town_number(services, self)),
            Command.RESTART: lambda: self._leave(Command.RESTART, self.restart),
            Command.NEW_TOWN: lambda: self._leave(Command.NEW_TOWN, self.new_town),
            Command.SAVE_REPLAY: self.save_replay,
            Command.FREEZE: self._toggle_frozen,
            Command.STEP: self._step_once,
            Command.TEMPO: self._switch_tempo,
            Command.SLOWER: lambda: self._change_speed(-1),
            Command.FASTER: lambda: self._change_speed(1),
            Command.GHOST: self._toggle_ghost,
        }
        self._hands = Hands(self, self._view, self._commands)
        self.town_seed, self.town = town_seed, self._picture_of(town_seed)
        self.begin(town_seed)

    # The life.
    def begin(self, town_seed: int) -> None:
        """Start a new life in a town."""
        if town_seed != self.town_seed:
            self.town_seed, self.town = town_seed, self._picture_of(town_seed)
            self._opening, self._company = b"", None
        self.session = Session(
            self.level,
            town_seed,
            self.services.settings,
            opening=self._opening,
            company=self._company,
        )
        if self.tutorial:
            self.tutorial.begin()
        self.call_ghosts()
        self.ticker = Ticker(self.record)
        self.effects = Effects()
        self.sure.forget()
        self.places = self.record.town.places()
        self.par: float | None = None
        self.time = 0.0  # seconds, for what moves on its own
        self._ended = 0.0  # seconds since the life was over
        self._beat = self.continued  # step of the last warning
        self._close_call = highlights.CloseCall()

    @property
    def record(self) -> Record:
        """Return the life as written down so far."""
        return self.session.record

    @property
    def continued(self) -> int:
        """Return the step it was taken over at, 0 for a life of one's own, which counts."""
        return len(self._opening)

    def _picture_of(self, town_seed: int) -> TownView:
        """Lay out a town for drawing: too slow to do again for a town that is on screen."""
        places = [Place(k.key, x, y) for k, x, y in Town(self.level, [town_seed]).places()]
        return TownView(self.level.width, self.level.height, places, town_seed)

    def call_ghosts(self) -> None:
        """Let the ghosts come along that the settings ask for, and the one asked for here."""
        self.session.ghosts = ghosts_of(self.services, self.level, self.town_seed, self._rival)

    def restart(self) -> None:
        """Live again in the same town."""
        self.introduce = False
        self.begin(self.town_seed)

    def new_town(self) -> None:
        """Live in another town, drawn by lot."""
        self.introduce = False
        self.begin(random_town())

    def _leave(self, command: Command, go: Callable[[], None]) -> None:
        """Begin another life, after a second press where this one has come far."""
        if self.sure.allows(command, self.record.survival - self.continued):
            go()
        else:
            self.services.audio.play("denied")

    def save_replay(self) -> None:
        """Keep the life so far as a replay file."""
        if self.record.survival > self.continued:
            who = keepsakes.taken_over(self.continued)
            keepsakes.save(self.services, self.record, who)
        else:
            self.services.notify("Take a step first: there is nothing to save yet.")

    # Events.
    def handle(self, event: Event) -> Transition | None:
        """Answer keys, buttons and the mouse."""
        return self._hands.handle(event)

    def _cover(self, scene: Scene) -> Transition:
        """Show a scene over this one; the live clock stops until the player acts again."""
        self.session.freeze()
        return Push(scene)

    def lived(self) -> Record:
        """Return the life played here."""
        return self.record

    def focus_lost(self) -> Transition | None:
        """Stop the live clock while nobody looks."""
        self.session.freeze()
        return None

    def _toggle_frozen(self) -> None:
        self.session.toggle_frozen()

    def _step_once(self) -> None:
        self.session.step_once(held(self.services.input))

    def _switch_tempo(self) -> None:
        self.session.switch_tempo()
        self.services.save_settings()

    def _change_speed(self, by: int) -> None:
        self.session.change_speed(by)
        self.services.save_settings()

    def _toggle_ghost(self) -> None:
        settings = self.services.settings
        if self.session.ghost is None:
            none = self.services.settings.ghosts == "none"
            why = "choose whose in the pause menu" if none else "finish a life in this town first"
            self.services.notify(f"No ghost here{'' if none else ' yet'}: {why}.")
            return
        settings.ghost = not settings.ghost
        self.services.save_settings()

    # Time.
    def update(self, dt: float) -> Transition | None:
        """Let time pass: steps, their sights and sounds, par, and in the end the results."""
        self.time += dt
        self.sure.update(dt)
        self.session.update(dt, held(self.services.input))
        for step in self.session.fresh():
            self._happened(step)
        if self.tutorial and self.tutorial.watch(self.record):
            self._learned(self.tutorial)
        self.effects.update(dt)
        self._work_out_par(PAR_S if dt < SLOW_S else PAR_S / 4)
        if not self.record.over or not self.session.motion.done:
            return None
        self._ended += dt
        return self._results() if self._ended >= END_S else None

    def _happened(self, step: int) -> None:
        """Show and sound a step; while a meter is critical the warning comes back."""
        play, settings = self.services.audio.play, self.services.settings
        react(self.record, step, self.effects, play, PALETTES[settings.palette])
        if told := self._close_call.saw(self.record, step):
            highlights.mark(self.services, "near-death", told)
        if not needs.critical(self.record, step):
            self._beat = step
        elif step - self._beat >= BEAT_STEPS and not self.record.over:
            self._beat = step
            play("critical")

    def _learned(self, lessons: tutorial.Tutorial) -> None:
        self.services.audio.play("star")
        if lessons.over:
            self._end_tutorial()
            self.services.notify("Those were the first steps. The rest you find out yourself!")

    def _end_tutorial(self) -> None:
        """Go on without the first steps, for good; the settings bring them back."""
        self.tutorial = None
        del self._commands[Command.SKIP]
        tutorial.finish(self.services)

    def _work_out_par(self, budget: float) -> None:
        if self.par is None:
            plan = self.services.par.want(self.level, self.town_seed)
            if plan is None:
                self.services.par.work(budget)
            else:
                self.par = plan.score

    def skip(self) -> Transition | None:
        """Go on to the results, once the end has been seen."""
        return self._results() if self._ended >= SKIP_S else None

    def _results(self) -> Transition:
        return Replace(routes.results(self.services, self.record, self.continued))

    def draw(self, painter: Painter) -> None:
        """Draw the town at the left and the panel at the right."""
        self._view.draw(painter, self)
