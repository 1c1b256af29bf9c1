"""The screen after a fault: what happened, where the report is, and how to go on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pygame

from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.draw.people import Person, draw_person
from hamlet_game.game.events import DIRECTIONS, Command
from hamlet_game.game.scene import Quit, Reset, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.map_frame import short
from hamlet_game.game.scenes.menu_look import Hint, cue, draw_hints
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.layout import row
from hamlet_game.game.ui.panel import INSET, draw_panel
from hamlet_game.game.ui.richtext import draw_rich, lay_out
from hamlet_game.game.ui.widget import BODY, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.services import Services

_WIDE = 760.0  # at 100 % text size
_MOST = 1180.0
_LONE_S: Final = 15.0  # where nobody is there: until the demo begins anew
_ALIVE: Final = ("loading", "running", "paused")
_LEAST = 12.0  # text size


class CrashScene(Scene):
    """Says sorry. With `unattended` nobody can press anything, and the demo begins anew."""

    music = False

    def __init__(
        self, services: Services, what: str, place: str, *, unattended: bool = False
    ) -> None:
        """Tell `what` went wrong; `place` is the report's file, "" if there is none."""
        self._services, self._what, self._place = services, what, place
        self._time = 0.0
        self.locked = unattended
        title = Button("Back to the title", self._title, icon="home", style=Style.PRIMARY)
        self._buttons = [title, Button("Quit", Quit, icon="back")]
        shown = [] if unattended else self._buttons
        self.form: Form = Form(shown, default=title, on_cue=cue(services))

    def _title(self) -> Transition:
        return Reset((routes.title(self._services),))

    def handle(self, event: Event) -> Transition | None:
        """Answer the two buttons."""
        return self.form.handle(event)

    def update(self, dt: float) -> Transition | None:
        """Let time pass; where nobody is there, go on after a while."""
        self._time += dt
        if self.locked and self._time >= _LONE_S:
            return Reset((routes.demo(self._services, kiosk=True),))
        return None

    @property
    def told(self) -> list[str]:
        """Return what is said, a paragraph each, as markup."""
        told = [f"Something in the game went wrong: **{_plain(self._what)}**."]
        if self._place:
            told.append(
                f"The report is on this machine and sent nowhere:\n{short(Path(self._place))}"
            )
            told.append("[muted:If you tell us about it, please add that file.]")
        else:
            told.append("No report could be written: the disk is full or can't be written.")
        if self._services.training.state in _ALIVE:
            told.append("{brain} The training goes on meanwhile.")
        if self.locked:
            left = max(0, round(_LONE_S - self._time))
            told.append(f"[muted:The show begins anew in {left} s.]")
        return told

    # Drawing: as little as possible that could fail again.
    def draw(self, painter: Painter) -> None:
        """Draw who fell over, the words and the buttons."""
        painter.fill(painter.palette.night)
        wide = min(_MOST, _WIDE * max(1.0, painter.text_scale))
        inner = wide - 2 * INSET
        markup, size = "\n\n".join(self.told), BODY
        buttons = 0.0 if self.locked else self._buttons[0].preferred(painter)[1] + 26
        heading = 40 * min(1.3, painter.text_scale)
        head = painter.line_height(heading, font="display", fixed=True) + 18
        room = CANVAS[1] - 190 - 2 * INSET - head - buttons
        laid = lay_out(painter, markup, size, wrap=inner)
        while size > _LEAST and (laid.size[0] > inner or laid.size[1] > room):
            size -= 0.5
            laid = lay_out(painter, markup, size, wrap=inner)
        words = laid.size[1]
        card = pygame.FRect(0, 0, wide, head + words + buttons + 2 * INSET)
        card.center = (CANVAS[0] / 2, CANVAS[1] / 2 + 28)
        area = draw_panel(painter, card)
        person = Person(0, 0, pose="faint", phase=self._time, look=0)
        still = painter.reduced_motion
        draw_person(painter, person, (card.centerx, card.y - 46), 120, reduced_motion=still)
        at, ink = (area.centerx, area.y), painter.palette.accent
        painter.text(
            "Hamlet tripped", at, heading, ink, anchor="midtop", font="display", fixed=True
        )
        ink = painter.palette.text
        draw_rich(painter, markup, (area.x, area.y + head), size, ink, wrap=inner)
        if not self.locked:
            row(painter, (area.x, area.bottom - buttons + 26, inner, 0), self._buttons)
            self.form.draw(painter)
            hints: list[Hint] = [(DIRECTIONS, "move"), (Command.CONFIRM, "choose")]
            low = (CANVAS[0] / 2, CANVAS[1] - 12 - painter.line_height(SMALL) / 2)
            draw_hints(painter, self._services, hints, at=low)


def _plain(text: str) -> str:
    """Return a text without what rich text would take for marks."""
    return text.translate(str.maketrans("*[]{}", "∗()()"))
