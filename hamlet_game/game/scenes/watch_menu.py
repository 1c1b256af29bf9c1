"""Everything else one may want while watching, over the scene, which waits below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command
from hamlet_game.game.scene import Pop, Push, Replace, Reset, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.menu_look import cue, draw_hints
from hamlet_game.game.scenes.routes import MAX_TOWN
from hamlet_game.game.ui.button import Button, OnPress, Style
from hamlet_game.game.ui.choice import Choice
from hamlet_game.game.ui.form import CLOSES, Form
from hamlet_game.game.ui.layout import column
from hamlet_game.game.ui.panel import draw_dim, draw_panel
from hamlet_game.game.ui.slider import Slider
from hamlet_game.game.ui.textfield import TextField
from hamlet_game.game.ui.toggle import Toggle
from hamlet_game.game.ui.widget import SMALL, Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.scenes.watch import WatchScene
    from hamlet_game.game.services import Services

_WIDE = 720.0
_FOOT = 18.0


class WatchMenuScene(Scene):
    """Who and what is shown, the training, and the ways out."""

    opaque = False
    upright = True

    def __init__(self, services: Services, watch: WatchScene) -> None:
        self._services, self._watch = services, watch
        resume = Button("Go on watching", Pop, icon="play", style=Style.PRIMARY, align="left")
        self._menu: list[Widget] = [resume, *self._shown(), *self._trained(), *self._ways()]
        self._view = pygame.FRect(0, 0, 0, 0)
        self.form: Form = Form(
            self._menu,
            on_back=Pop,
            default=resume,
            view=self._view,
            on_cue=cue(services),
            back=CLOSES,
        )

    def _shown(self) -> list[Widget]:
        """Return what decides who and what is shown."""
        watch = self._watch
        levels = watch.syllabus.catalog.levels
        chosen = watch.syllabus.chosen
        ids = [level.id for level in levels]
        place = 0 if chosen is None else 1 + ids.index(chosen.id)
        own, told = "Its own", "Which level is shown."
        if watch.trained:
            own, told = "As trained", "Which level is shown; what is trained stays as it is."
        found: list[Widget] = [
            Choice(
                "Level", [own, *(level.name for level in levels)], place, self._level, hint=told
            ),
            *(self._as_trained() if watch.trained else ()),
            TextField(
                "Town", str(watch.show.town_seed), self._town, digits_only=True,
                max_length=len(str(MAX_TOWN)), hint="None of these towns is ever trained in.",
            ),
        ]  # fmt: skip
        if len(watch.history.brains) > 1:
            found.append(self._moments())
        others = len(watch.history.others)
        if others:
            names = [str(number + 1) for number in range(others + 1)]
            found.insert(1, Choice("Agent", names, watch.cast.agent, self._agent))
        return found

    def _as_trained(self) -> list[Widget]:
        """Return how what is shown follows the training."""
        watch = self._watch
        return [
            Choice(
                "A newer brain", ["at once", "with the next life"], int(not watch.at_once),
                self._takeover, hint="When the newest brain takes over.",
            ),
            Choice(
                "Moves", ["its best", "as in training"], int(watch.exploring), self._moves,
                hint="Greedy, or with the trainer's share of random moves.",
            ),
        ]  # fmt: skip

    def _trained(self) -> list[Widget]:
        """Return what has to do with the training; without one only the way to begin it."""
        watch, desk = self._watch, self._watch.desk
        if not watch.trained:
            return [_button("A training, or another brain", self._start, "brain")]
        teach = Toggle(
            "Teach it what I drive", watch.settings.teach, self._teach,
            hint="What you drive goes into the agent's memory, for it to learn from.",
        )  # fmt: skip
        skip = _button("On to the next level, unexamined", self._skip, "flag")
        stop = _button("Stop training", self._stop, "stop")
        skip.enabled = stop.enabled = desk.active
        start = _button("Another training, or a brain", self._start, "brain")
        return [teach, skip, stop, start]

    def _ways(self) -> list[Widget]:
        services, watch = self._services, self._watch
        why = _button("Why did the last life end?", self._why, "faint")
        why.enabled = watch.last_end is not None
        title = "Title screen (training goes on)" if watch.desk.active else "Title screen"
        return [
            why,
            _button("Save replay", watch.controls.save_replay, "film"),
            _button("How it works", lambda: Push(routes.how_it_works(services)), "help"),
            _button("Settings", lambda: Push(routes.settings(services)), "gear"),
            _button(title, lambda: Reset((routes.title(services),)), "home"),
        ]

    # What they do.
    def _level(self, index: int) -> None:
        levels = self._watch.syllabus.catalog.levels
        self._watch.syllabus.chosen = levels[index - 1] if index else None

    def _takeover(self, index: int) -> None:
        self._watch.at_once = index == 0

    def _moves(self, index: int) -> None:
        self._watch.exploring = index == 1

    def _moments(self) -> Slider:
        """Return the way through the brains that were kept, for keys and gamepads."""
        brains = tuple(self._watch.history.brains)
        last = len(brains) - 1
        pinned = self._watch.cast.pinned
        place = brains.index(pinned) if pinned in brains else last

        def shown(value: float) -> None:
            self._watch.show_moment(None if value == last else brains[int(value)])

        return Slider(
            "Brain", place, shown, low=0, high=last, step=1,
            text=lambda value: "newest" if value == last else f"step {brains[int(value)].step:,}",
            hint="Any of the brains that were kept; the newest is the learner as it is now.",
        )  # fmt: skip

    def _agent(self, index: int) -> None:
        self._watch.cast.agent = index

    def _town(self, text: str) -> Transition | None:
        if not 1 <= int(text or 0) <= MAX_TOWN:
            self._services.notify(f"Town numbers run from 1 to {MAX_TOWN:,}.")
            return None
        self._watch.begin(int(text))
        return Pop()

    def _teach(self, on: bool) -> None:
        self._watch.settings.teach = on
        self._services.save_settings()

    def _skip(self) -> Transition:
        self._watch.desk.skip()
        return Pop()

    def _stop(self) -> Transition | None:
        self._watch.desk.stop()
        return Pop()

    def _start(self) -> Transition:
        return Replace(routes.training_start(self._services))

    def _why(self) -> Transition | None:
        return self._watch.controls.why()

    # Scene.
    def handle(self, event: Event) -> Transition | None:
        """Answer the form."""
        return self.form.handle(event)

    def draw(self, painter: Painter) -> None:
        """Dim what is below and draw the card."""
        draw_dim(painter)
        wide, high = painter.size
        card = pygame.FRect(0, 0, min(wide - 30, _WIDE * (0.7 + 0.3 * painter.text_scale)), 0)
        card.h = high - 40
        card.center = wide / 2, high / 2
        inner = draw_panel(painter, card, title="Watching", icon="brain")
        hint = painter.line_height(SMALL) + 8
        self._view.update(inner.x, inner.y, inner.w, inner.h - 2 * hint - _FOOT)
        column(painter, self._view, self._menu, gap=7)
        self.form.draw(painter)
        y = self._view.bottom + _FOOT
        painter.text(
            self.form.hint, (inner.centerx, y + hint / 2), SMALL, painter.palette.text,
            anchor="center", fit=inner.w,
        )  # fmt: skip
        hints = [(Command.CONFIRM, "choose"), (Command.BACK, "go on")]
        at = (inner.centerx, y + hint * 1.5)
        draw_hints(painter, self._services, hints, at=at, room=inner.w)


def _button(text: str, on_press: OnPress, icon: str) -> Button:
    return Button(text, on_press, icon=icon, align="left")
