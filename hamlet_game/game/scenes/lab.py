"""The reward lab: write rewards, see whom they pay, and what two agents make of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.desk.desk import TrainingDesk
from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.draw.still import draw_still
from hamlet_game.game.events import DIRECTIONS, Command, Press
from hamlet_game.game.lab import quests
from hamlet_game.game.lab.bench import Workbench
from hamlet_game.game.lab.clip import make_clip
from hamlet_game.game.lab.page import Page
from hamlet_game.game.lab.quests_page import QuestsPage
from hamlet_game.game.lab.rewards_page import RewardsPage
from hamlet_game.game.lab.trial_page import TrialPage
from hamlet_game.game.scene import Pop, Push, Scene, Transition
from hamlet_game.game.scenes.lab_clip import LabClipScene
from hamlet_game.game.scenes.menu_look import MARGIN, Hint, cue, draw_hints
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.layout import row
from hamlet_game.game.ui.tabs import Tabs
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.lab.trial import Desk
    from hamlet_game.game.services import Services
    from hamlet_game.game.ui.widget import Widget

_GAP = 12.0
_TRAINING = 1  # number of the page
_BUTTON_TEXT = 16.0
_HINTS: list[Hint] = [
    (DIRECTIONS, "move and change"),
    (Command.CONFIRM, "choose"),
    ((Command.SLOWER, Command.FASTER), "other page"),
    (Command.LEARNER, "train / stop"),
    (Command.BACK, "leave"),
]


class LabScene(Scene):
    """Three pages over one workbench. Leaving it ends both trainers."""

    def __init__(self, services: Services, make_desk: Callable[[], Desk] = TrainingDesk) -> None:
        self._services = services
        self.bench = Workbench(services, make_desk)
        services.at_close.append(self.bench.close)
        self._back = Button("Back", self._leave, icon="back", pinned=True, size=_BUTTON_TEXT)
        self._train = self._button("Train both", self._toggle, "play")
        self._watch = self._button("Watch both", self._clip, "film")
        self._recipes = [
            self._button("Weights that farm", lambda: self._recipe(quests.FARM), "bed"),
            self._button("Weights that mend", lambda: self._recipe(quests.MEND), "heart"),
        ]
        self.pages: tuple[Page, ...] = (
            RewardsPage(self.bench),
            TrialPage(self.bench),
            QuestsPage(self.bench),
        )
        self._tabs = Tabs([page.name for page in self.pages], 0, self._turn)
        self._area = pygame.FRect(0, 0, CANVAS[0], CANVAS[1])
        self._view = pygame.FRect(0, 0, 0, 0)
        self.form: Form = Form()
        self._build(self.page.rows[0])

    @property
    def page(self) -> Page:
        """Return the page that is open."""
        return self.pages[self._tabs.index]

    def open_page(self, index: int) -> None:
        """Turn to a page by its number."""
        self._tabs.index = index
        self._build(self._tabs)

    # Buttons.
    def _button(self, text: str, on_press: Callable[[], Transition | None], icon: str) -> Button:
        return Button(text, on_press, icon=icon, pinned=True, size=_BUTTON_TEXT)

    @property
    def buttons(self) -> list[Button]:
        """Return the buttons at the foot of the open page."""
        is_quests = self.page is self.pages[-1]
        return [*self._recipes, self._train] if is_quests else [self._train, self._watch]

    def _build(self, focus: Widget) -> None:
        self._form_for(focus)
        self._follow()

    def _form_for(self, focus: Widget) -> None:
        self.form = Form(
            [self._back, self._tabs, *self.page.rows, *self.buttons],
            on_back=self._leave,
            default=focus,
            view=self._view if self.page.rows else None,
            on_cue=cue(self._services),
        )

    def _turn(self, _: int) -> None:
        self._build(self._tabs)

    def _toggle(self) -> None:
        """Begin a training, or end the one under way."""
        if self.bench.training:
            self.bench.stop()
        else:
            self.bench.start()
            if self.page is not self.pages[_TRAINING]:
                self._tabs.index = _TRAINING
                self._build(self._train)
        self._follow()

    def _recipe(self, quest: str) -> None:
        self.bench.take_recipe(quest)
        self._tabs.index = 0
        self._build(self.page.rows[0])

    def _clip(self) -> Transition | None:
        clip = make_clip(self.bench.trial) if self.bench.trial else None
        return Push(LabClipScene(self._services, clip, self.bench.update)) if clip else None

    def _leave(self) -> Transition:
        self.bench.close()
        self._services.at_close.remove(self.bench.close)
        return Pop()

    def _follow(self) -> None:
        """Let buttons and rows say what is so now."""
        training, trial = self.bench.training, self.bench.trial
        self._train.text = "Stop training" if training else "Train both"
        self._train.icon = "stop" if training else "play"
        self._train.style = Style.NORMAL if training else Style.PRIMARY
        seen = trial is not None and trial.yours.latest is not None
        self._watch.enabled = seen
        self._watch.text = "Watch the exploit" if trial and trial.flag else "Watch both"
        self._watch.style = Style.DANGER if trial and trial.flag else Style.NORMAL
        self._watch.hint = "" if seen else "First train both: then there is something to watch."
        self.page.refresh()

    # Scene.
    def handle(self, event: Event) -> Transition | None:
        """Answer the tabs' shoulder buttons and the shortcuts, then the form."""
        if self._tabs.turn(event):
            return None
        if isinstance(event, Press) and not event.repeat and event.means(Command.LEARNER):
            self._toggle()
            return None
        return self.form.handle(event)

    def update(self, dt: float) -> None:  # noqa: ARG002 - it works at the trainers' pace
        """Take in what the trainers say, and work things out for a few milliseconds."""
        self.bench.update()
        if self.bench.news:
            title = next(q.title for q in quests.QUESTS if q.key == self.bench.news)
            self._services.notify(f"Quest solved: {title}!")
            self._services.audio.play("win")
            self.bench.news = ""
        self._follow()

    def draw(self, painter: Painter) -> None:
        """Draw header, page, buttons and hints."""
        draw_still(painter)
        self._lay_out(painter)
        self.page.draw(painter, self._area, self.form.focus)
        painter.quiet = pygame.FRect(self._area)  # above the buttons
        self._draw_title(painter)
        self.form.draw(painter)
        foot = CANVAS[1] - 12 - painter.line_height(SMALL) / 2
        wide = CANVAS[0] - 2 * MARGIN
        if hint := self.form.hint:
            at, color = (CANVAS[0] / 2, foot), painter.palette.muted
            painter.text(hint, at, SMALL, color, anchor="center", fit=wide)
        else:
            draw_hints(painter, self._services, _HINTS, at=(CANVAS[0] / 2, foot), room=wide)

    def _lay_out(self, painter: Painter) -> None:
        wide, high = self._back.preferred(painter)
        tabs = self._tabs.preferred(painter)
        tall = max(high, tabs[1])
        self._back.box = pygame.FRect(MARGIN, 16 + (tall - high) / 2, wide, high)
        room = min(tabs[0], CANVAS[0] * 0.56)
        right = CANVAS[0] - MARGIN
        self._tabs.box = pygame.FRect(right - room, 16 + (tall - tabs[1]) / 2, room, tabs[1])
        floor = CANVAS[1] - painter.line_height(SMALL) - 26
        buttons = self.buttons
        tallest = max(button.preferred(painter)[1] for button in buttons)
        box = (MARGIN, floor - tallest, CANVAS[0] - 2 * MARGIN, tallest)
        row(painter, box, buttons, align="center")
        top = 16 + tall + 14
        self._area.update(MARGIN, top, CANVAS[0] - 2 * MARGIN, floor - tallest - _GAP - top)
        self._view.update(self.page.view(self._area))
        self.page.lay_out(painter, self._view)

    def _draw_title(self, painter: Painter) -> None:
        left, right = self._back.box.right + 20, self._tabs.box.left - 20
        painter.text(
            "Reward lab",
            (left, self._back.box.centery),
            34 * min(1.3, max(1.0, painter.text_scale)),
            painter.palette.text,
            anchor="midleft",
            font="display",
            fit=right - left,
            fixed=True,
        )
