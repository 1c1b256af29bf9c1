"""Watch the agent live and learn: the newest brain in a held-out town, and all it thinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import Player, Thought
from hamlet_game.game.desk.history import History
from hamlet_game.game.events import Command, Event
from hamlet_game.game.insight.thought_text import Mind, thought_text
from hamlet_game.game.play.reactions import react
from hamlet_game.game.recorder import highlights
from hamlet_game.game.scene import Scene, Transition
from hamlet_game.game.scenes.menu_look import cue
from hamlet_game.game.theme import PALETTES
from hamlet_game.game.ui.form import Form
from hamlet_game.game.watch import pace
from hamlet_game.game.watch.archive import Archive
from hamlet_game.game.watch.cast import Cast
from hamlet_game.game.watch.controls import Controls
from hamlet_game.game.watch.crowd import Crowd
from hamlet_game.game.watch.deck import PANELS, deck
from hamlet_game.game.watch.feast import Feast
from hamlet_game.game.watch.hands import Hands
from hamlet_game.game.watch.joining import Joining
from hamlet_game.game.watch.layout import CHARTS
from hamlet_game.game.watch.needles import Needle
from hamlet_game.game.watch.show import Show, next_town
from hamlet_game.game.watch.syllabus import Syllabus
from hamlet_game.game.watch.trouble import Trouble
from hamlet_game.game.watch.view import WatchView
from hamlet_game.game.watch.whatif import WhatIf
from hamlet_game.town.names import Meter

if TYPE_CHECKING:
    from hamlet_game.game.desk.desk import TrainingDesk
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.services import Services
    from hamlet_game.game.settings import Settings
    from hamlet_game.game.ui.widget import Widget
    from hamlet_game.town.level import Level
    from hamlet_game.town.record import Record
    from hamlet_game.training.events import BrainUpdated
    from hamlet_game.training.worker import Problem

FOCUS_S = 4.0  # seconds that the focus ring stays after the last direction
FIRST_TOWN = 4_711
FORESEEN_AT = 3  # steps into a life, when the town after it is laid out


class WatchScene(Scene):
    """Shows whoever plays, follows the training if there is one, and lets people join in."""

    upright = True
    feeds = True
    newest_command = Command.BACK  # leads back to the newest brain

    def __init__(
        self,
        services: Services,
        player: Player | None = None,
        *,
        archive: Archive | None = None,
        level: Level | None = None,
        town_seed: int | None = None,
    ) -> None:
        """`player`: who plays, come what may; None follows the training.

        `archive`: what an earlier training said; None is the present one. `level` stays the
        same; None follows the training.
        """
        self.services = services
        self._archive = archive
        self.syllabus = Syllabus(services.catalog, level)
        understudy = player or roster.player("untrained")
        self.cast = Cast(understudy, services.notify, chosen=player is not None)
        self.at_once = True  # a newer brain takes over in the middle of a life
        first = self.cast.player(self.history, understudy)
        crowd = Crowd(lambda: self.history, self.cast)
        level, town_seed = self._level(first), town_seed or FIRST_TOWN
        self.show = Show(level, town_seed, first, services.settings, crowd)
        self.show.gate = self._may_step
        self.joining = Joining(services, self.show)
        self.wheel, self.guessing = self.joining.wheel, self.joining.guessing
        self.whatif = WhatIf()
        self.feast = Feast(services, self.syllabus, self.history)
        self.charts_only = False
        self.exploring = False  # the shown agent draws random moves, as in training
        self.last_end: tuple[Record, Player] | None = None  # the last death, and who played
        self.time = 0.0  # seconds, for what moves on its own
        self._focus_s = 0.0
        self._mind, self._said = Mind(), ""
        self._dismissed = ""  # the problem that was waved away
        self._close = highlights.CloseCall()
        self.trouble = Trouble(self._recover, self._dismiss)
        self.needles = [Needle(meter, self.whatif, lambda: self.show) for meter in Meter]
        self.controls = Controls(self)
        self.tools = deck(self)
        self.view = WatchView()
        self._form = Form([*self.tools.tools, *self.needles], on_cue=cue(services))
        self.form = self._form
        self._hands = Hands(self, self._form)

    # Reading.
    @property
    def settings(self) -> Settings:
        """Return the user's settings."""
        return self.services.settings

    @property
    def desk(self) -> TrainingDesk:
        """Return the window's training."""
        return self.services.training

    @property
    def history(self) -> History:
        """Return what the training has said."""
        return self._archive.history if self._archive else self.desk.history

    @property
    def problem(self) -> Problem | None:
        """Return the trainer's trouble, unless it was waved away."""
        problem = None if self._archive else self.desk.problem
        return None if problem is None or problem.sentence == self._dismissed else problem

    @property
    def focus(self) -> Widget | None:
        """Return the widget that CONFIRM presses."""
        return self._form.focus

    @property
    def focus_shown(self) -> bool:
        """Return whether somebody moves the focus."""
        return self._focus_s > 0

    @property
    def trained(self) -> bool:
        """Return whether there is or was a training to tell of, not a brain alone."""
        if self._archive is not None:
            return self._archive.holds
        return self.desk.state != "none" or self.history.started is not None

    def has(self, panel: str) -> bool:
        """Return whether a panel has something to show: charts need a training."""
        return panel not in CHARTS or self.trained

    def shows(self, panel: str) -> bool:
        """Return whether a panel is on."""
        return self.has(panel) and self.settings.panels.get(panel, PANELS[panel][2])

    def shown_thought(self) -> Thought | None:
        """Return the thought to show: of the step, or of what is imagined."""
        if self.whatif.on and not self.show.over:
            return self.whatif.thought(self.show.record, self.show.life.player)
        return self.show.thought

    def saying(self) -> str:
        """Return the thought bubble's words."""
        show = self.show
        if self.whatif.on:
            thought = self.shown_thought()
            return thought_text(self.whatif.town(show.record), thought) if thought else ""
        if self.wheel.taken or not (show.frozen or pace.audible(self.settings.show_speed)):
            return ""
        return self._words() if show.whole else self._said

    def _words(self) -> str:
        life = self.show.life
        thought = life.thought
        return "" if thought is None else self._mind.text(life.record.town, thought, life.player)

    def _level(self, player: Player) -> Level:
        return self.syllabus.level(self.history, player, follow=not self.cast.chosen)

    # Events.
    def handle(self, event: Event) -> Transition | None:
        """Answer keys, buttons and the mouse."""
        return self._hands.handle(event)

    def focus_seen(self) -> None:
        """Show the focus ring for a while: somebody moves it."""
        self._focus_s = FOCUS_S

    def show_moment(self, moment: BrainUpdated | None) -> None:
        """Show the brain of an earlier moment, or the newest one again (None)."""
        moment = None if moment is self.history.newest else moment
        self.cast.pin(moment)
        if moment is None:
            self.view.cards.release()

    # The trainer's trouble.
    def _recover(self) -> None:
        self.desk.recover()
        self._dismissed = ""

    def _dismiss(self) -> None:
        problem = self.desk.problem
        self._dismissed = problem.sentence if problem is not None else ""

    # Time.
    def begin(self, town_seed: int) -> None:
        """Start a life in another town, in the level that is trained now."""
        self.joining.new_life()
        self.whatif.forget()
        player = self.cast.player(self.history, self.show.life.player)
        self.show.begin(self._level(player), town_seed, player)
        self._close = highlights.CloseCall()

    def step(self) -> None:
        """Do one step of the shown life, remembering what was thought before it."""
        self._remember()
        self.show.step()

    def _may_step(self) -> bool:
        """Let the clock do a step, unless somebody is to guess it first."""
        if self.joining.asks():
            return False
        self._remember()
        return True

    def _remember(self) -> None:
        wanted = self.shows("thought") and pace.audible(self.settings.show_speed)
        self._said = self._words() if wanted else ""

    def update(self, dt: float) -> Transition | None:
        """Let time pass."""
        self.time += dt
        self._focus_s = max(0.0, self._focus_s - dt)
        if self._archive and (trouble := self._archive.poll()):
            self.services.notify(trouble)
        self._follow()
        self._spring_back()
        if self.feast.update(dt, self.history, loading=self.desk.state == "loading"):
            self._move_up()
        if not self.charts_only:
            self._live(dt)
        return None

    def _live(self, dt: float) -> None:
        show = self.show
        show.explore(self.syllabus.epsilon(self.history) if self.exploring else 0.0)
        if self.joining.update(dt):
            self.step()
        show.update(dt, held=self.joining.waits or self.whatif.on)
        for step in show.fresh():
            self._happened(step)
        show.effects.update(dt)
        if show.record.survival == FORESEEN_AT:
            show.foresee(self._level(show.life.player), next_town(show.town_seed))
        if show.finished and not self.wheel.held:
            self.begin(next_town(show.town_seed))

    def _happened(self, step: int) -> None:
        """Show and sound a step; note what is worth remembering."""
        show, record = self.show, self.show.record
        quiet = show.rushing or not pace.audible(self.settings.show_speed)
        play = (lambda _: None) if quiet else self.services.audio.play
        if not quiet or record.over:
            react(record, step, show.effects, play, PALETTES[self.settings.palette])
        if text := self._close.saw(record, step):
            highlights.mark(self.services, "near-death", text)
        if record.over and step == record.survival:
            self.joining.hand_back()
            if record.last.died:
                self.last_end = (record, show.life.player)

    def _follow(self) -> None:
        """Let a newer brain take over, unless a question about this one is open."""
        waits = not self.at_once and self.show.record.survival and self.cast.pinned is None
        if waits or self.guessing.question is not None:
            return
        now = self.show.life.player
        player = self.cast.player(self.history, now)
        if player is not now:
            self.show.take_over(player)

    def _spring_back(self) -> None:
        """Let a meter go that nobody holds any more."""
        for needle in self.needles:
            if needle.imagined and (self._form.focus is not needle or not needle.enabled):
                self.whatif.forget(needle.meter)

    def _move_up(self) -> None:
        """Go on to the next level once the last one's graduation has been celebrated."""
        wanted = self._level(self.show.life.player)
        if wanted.id != self.show.level.id and not self.wheel.taken:
            self.begin(next_town(self.show.town_seed))

    def resumed(self) -> None:
        """Take up what the menu above has changed."""
        if self._level(self.show.life.player) != self.show.level:
            self.begin(self.show.town_seed)

    def draw(self, painter: Painter) -> None:
        """Draw everything; the trouble's buttons have the focus to themselves while it is up."""
        widgets = self.trouble.buttons if self.problem else (*self.tools.tools, *self.needles)
        self._form.widgets = list(widgets)
        self.view.draw(painter, self)
