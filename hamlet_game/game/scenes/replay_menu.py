"""What else can be done in the replay viewer, over the life it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import BrainPlayer
from hamlet_game.game.agents.roster import Entry, RosterError
from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.events import Command
from hamlet_game.game.scene import Pop, Replace, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.menu_look import cue, draw_hints
from hamlet_game.game.ui import layout
from hamlet_game.game.ui.button import Button
from hamlet_game.game.ui.choice import Choice
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.panel import INSET, draw_dim, draw_panel
from hamlet_game.game.ui.widget import SMALL, Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.scenes.replay import ReplayScene
    from hamlet_game.game.services import Services

_WIDE, _MOST = 560.0, 1100.0  # at 100 % text size, and at most
_NOBODY = "nobody"


class ReplayMenuScene(Scene):
    """Whose numbers to show, where the mistakes are, and how the life could go on instead."""

    opaque = False

    def __init__(self, services: Services, viewer: ReplayScene) -> None:
        self._services, self._viewer = services, viewer
        shipped = list(reversed(roster.shipped()))  # the master first
        self._entries: list[Entry] = [*shipped, *roster.runs()]
        self._numbers = Choice(
            "Numbers of", self._names(), self._present(), self._choose,
            hint="Whose Q-values to show: of a brain that comes with the game, or of your runs.",
        )  # fmt: skip
        step = viewer.branching
        widgets: list[Widget] = [
            self._button("Go on watching", Pop, "play"),
            self._numbers,
            self._button("Next mistake", lambda: self._mistake(1), "fast"),
            self._button("Previous mistake", lambda: self._mistake(-1), "rewind"),
            self._button(f"What if, at step {step}…", self._what_if, "dice"),
            self._button(f"Play on yourself from step {step}", self._play_on, "gamepad"),
        ]
        if viewer.record.last.died:
            widgets.append(self._button("Why did it end?", self._why, "help"))
        if viewer.source is None:
            widgets.append(self._button("Save replay", self._save, "save"))
        self.form: Form = Form(
            widgets, on_back=Pop, view=pygame.FRect(0, 0, 0, 0), on_cue=cue(services)
        )

    @staticmethod
    def _button(text: str, on_press: Callable[[], Transition | None], icon: str) -> Button:
        return Button(text, on_press, icon=icon, align="left")

    # Whose numbers.
    def _names(self) -> list[str]:
        own = self._viewer.player
        return [_NOBODY, *([own.name] if own else []), *(entry.name for entry in self._entries)]

    def _present(self) -> int:
        reading = self._viewer.reading
        names = self._names()
        return names.index(reading.player.name) if reading and reading.player.name in names else 0

    def _choose(self, index: int) -> None:
        """Show the numbers of somebody; one who can't be had is named, and nobody's are shown."""
        own = self._viewer.player
        if index == 0:
            self._viewer.read_with(None)
        elif own is not None and index == 1:
            self._viewer.read_with(own)
        else:
            self._viewer.read_with(self._made(self._entries[index - 1 - (own is not None)]))
            self._numbers.index = self._numbers.index if self._viewer.reading else 0

    def _made(self, entry: Entry) -> BrainPlayer | None:
        try:
            player = entry.make()
        except RosterError as error:
            self._services.notify(str(error))
            return None
        return player if isinstance(player, BrainPlayer) else None

    # What can be done.
    def _mistake(self, by: int) -> Transition | None:
        if self._viewer.reading is None:
            self._services.notify("Choose first whose numbers say what a mistake is.")
            return None
        self._viewer.go_to_mistake(by)
        return Pop()

    def _what_if(self) -> Transition:
        return Replace(self._viewer.what_if())

    def _play_on(self) -> Transition:
        return Replace(self._viewer.play_on())

    def _why(self) -> Transition:
        viewer = self._viewer
        brain = viewer.reading.player if viewer.reading else viewer.player
        return Replace(routes.death(self._services, viewer.record, brain))

    def _save(self) -> Transition:
        self._viewer.save()
        return Pop()

    # Events and drawing.
    def handle(self, event: Event) -> Transition | None:
        """Answer the widgets."""
        return self.form.handle(event)

    def draw(self, painter: Painter) -> None:
        """Dim the viewer and draw the card."""
        draw_dim(painter, 0.5)
        wide = min(_MOST, _WIDE * max(1.0, painter.text_scale))
        inner = wide - 2 * INSET
        foot = painter.line_height(SMALL) + 34
        gap = 8.0
        needed = sum(w.height_for(painter, inner) + gap for w in self.form.widgets)
        heading = painter.line_height(24.0, font="display") + 12
        high = min(needed + heading + 2 * INSET, CANVAS[1] - foot - 16)
        card = pygame.FRect((CANVAS[0] - wide) / 2, 0, wide, high)
        card.y = max(8.0, (CANVAS[1] - foot - high) / 2)
        view = draw_panel(painter, card, title="More", icon="film")
        self.form.scroller.view = view
        layout.column(painter, view, self.form.widgets, gap=gap)
        self.form.draw(painter)
        at = (CANVAS[0] / 2, card.bottom + foot / 2)
        if hint := self.form.hint:
            painter.text(hint, at, SMALL, painter.palette.text, anchor="center", fit=1200)
        else:
            hints = [(Command.CONFIRM, "choose"), (Command.BACK, "go on watching")]
            draw_hints(painter, self._services, hints, at=at, shade=True)
