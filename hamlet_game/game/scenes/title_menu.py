"""The title's buttons: two large ones, and three rows of what belongs together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.scene import Push, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.layout import grid
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Color, Painter
    from hamlet_game.game.services import Services

WIDTH = 600.0  # of the whole at 100 % text size
_GAP = 12.0
_WITHIN = 10.0  # between the buttons of a row
_CREAM = (255, 248, 232)

_Opened = Callable[["Services"], Scene]
_ROWS: tuple[tuple[str, tuple[tuple[str, str, str, _Opened], ...]], ...] = (
    (
        "You and the machine",
        (
            ("Versus", "swords", "Race the agent in the same town, side by side.",
             routes.versus),
            ("Before & after", "ages", "Three ages of one agent in one town: newborn to master.",
             routes.ages),
            ("Reward lab", "flask", "Change what the agent is praised for, and see what it does.",
             routes.lab),
        ),
    ),
    (
        "Your town",
        (
            ("Levels", "flag", "The level map and your stars.",
             lambda services: routes.level_map(services, services.settings.last_level)),
            ("City", "home", "A thousand people in one town, run by one brain.",
             routes.city),
            ("Replays", "film", "Watch lives you have saved.",
             routes.replays),
            ("Demo", "screen", "The whole story, told by itself. Any key comes back.",
             routes.demo),
        ),
    ),
    (
        "Hamlet",
        (
            ("How it works", "help", "The rules in a few pictures.",
             routes.how_it_works),
            ("Settings", "gear", "Screen, sound, keys, stream, data.",
             routes.settings),
        ),
    ),
)  # fmt: skip


class TitleMenu:
    """All ways from the title. `play` and `quit` are the caller's."""

    def __init__(
        self,
        services: Services,
        on_play: Callable[[], Transition | None],
        on_quit: Callable[[], Transition | None],
    ) -> None:
        self.play = Button("Play", on_play, icon="play", style=Style.PRIMARY, size=24)
        self.watch = Button(
            "Watch it learn",
            lambda: Push(routes.watch(services)),
            icon="brain",
            size=24,
            hint="A network starts from nothing and masters the town before your eyes.",
        )
        self._names = [name for name, _ in _ROWS]
        self._rows = [[_button(services, *entry) for entry in entries] for _, entries in _ROWS]
        self._rows[-1].append(Button("Quit", on_quit, icon="back", hint="Leave Hamlet."))
        self._headings: list[tuple[str, float]] = []  # with their top, as last laid out

    @property
    def buttons(self) -> list[Button]:
        """Return all buttons, first to last."""
        return [self.play, self.watch, *(button for row in self._rows for button in row)]

    def lay_out(self, painter: Painter, left: float, top: float, bottom: float) -> None:
        """Place the buttons; the rows get headings where there is room for them."""
        width = min(CANVAS[0] - 2 * left, WIDTH * max(1.0, painter.text_scale))
        heading = painter.line_height(SMALL, font="bold") + 4
        high = self._height(painter)
        headed = high + len(self._rows) * heading <= bottom - top
        high += len(self._rows) * heading * headed
        y = top + max(0.0, min(26.0, (bottom - top - high) / 2))
        self._headings = []
        for name, row in [
            ("", [self.play, self.watch]),
            *zip(self._names, self._rows, strict=True),
        ]:
            if headed and name:
                self._headings.append((name, y))
                y += heading
            columns = len(row)
            y = grid(painter, (left, y, width, 0), row, columns=columns, gap=_WITHIN).bottom + _GAP

    def _height(self, painter: Painter) -> float:
        """Return how tall everything is without headings."""
        rows = [[self.play], *self._rows]
        each = [max(button.preferred(painter)[1] for button in row) for row in rows]
        return sum(each) + _GAP * (len(rows) - 1)

    def draw_headings(self, painter: Painter, left: float, color: Color = (*_CREAM, 190)) -> None:
        """Draw the names of the rows."""
        for name, top in self._headings:
            painter.text(name, (left + 2, top), SMALL, color, font="bold")


def _button(services: Services, text: str, icon: str, hint: str, opened: _Opened) -> Button:
    return Button(text, lambda: Push(opened(services)), icon=icon, hint=hint)
