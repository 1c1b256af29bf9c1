"""The settings: a tab for each kind of thing, every change at once in force and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.events import DIRECTIONS, Command
from hamlet_game.game.scene import Pop, Push, Scene, Transition
from hamlet_game.game.scenes.confirm import ConfirmScene
from hamlet_game.game.scenes.menu_look import FOOT, MARGIN, cue, draw_hints
from hamlet_game.game.scenes.settings_pages import PAGES, Page, forget_scores
from hamlet_game.game.scenes.settings_rows import BoundToggle
from hamlet_game.game.scenes.title_view import draw_village
from hamlet_game.game.ui.button import Button
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.keybind import KeyBind
from hamlet_game.game.ui.layout import column, grid
from hamlet_game.game.ui.panel import draw_dim
from hamlet_game.game.ui.richtext import Label
from hamlet_game.game.ui.tabs import Tabs

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.services import Services
    from hamlet_game.game.ui.widget import Widget

_COLUMN = 900.0  # width of the rows at 100 % text size
_TWO_COLUMNS_UP_TO = 1.25  # text scale at which key bindings still stand side by side
_GAP = 10.0
_PAD_S = 1.0  # seconds between looks at which gamepads are there


class SettingsScene(Scene):
    """Tabs of settings over the darkened village."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._age = 0.0
        self._view = pygame.FRect(0, 0, CANVAS[0], CANVAS[1])
        self._back = Button("Back", Pop, icon="back", pinned=True, hint="All changes are saved.")
        self._tabs = Tabs([page.name for page in PAGES], 0, self._turn)
        self._rows: list[Widget] = []
        self.form: Form = Form()
        self._build(self._tabs)

    @property
    def page(self) -> Page:
        """Return the page that is open."""
        return PAGES[self._tabs.index]

    def _turn(self, _: int) -> None:
        self._build(self._tabs)

    def _build(self, focus: Widget | None = None, *, at: int = 0) -> None:
        """Make the open page's rows anew; the focus goes to `focus`, or to row number `at`."""
        services, page = self._services, self.page
        self._rows = page.rows(services)
        if page.fields or page.device:
            self._rows.append(Button(f"{page.name} defaults", self._ask_defaults, icon="restart"))
        if page.forgets_scores:
            self._rows.append(Button("Forget all scores and stars", self._ask_forget, icon="cross"))
        reachable = self._rows[at] if at < len(self._rows) else None
        self.form = Form(
            [self._back, self._tabs, *self._rows],
            on_back=Pop,
            default=focus or reachable,
            view=self._view,
            on_cue=cue(services),
        )

    def _ask_defaults(self) -> Transition:
        page = self.page

        def reset() -> None:
            page.reset(self._services)

        return Push(
            ConfirmScene(
                self._services,
                f"{page.name} back to normal?",
                f"Everything on the page “{page.name}” gets its first value again.",
                yes="Reset",
                on_yes=reset,
            )
        )

    def _ask_forget(self) -> Transition:
        def forget() -> None:
            forget_scores(self._services)

        return Push(
            ConfirmScene(
                self._services,
                "Forget all scores?",
                "Stars, best scores and ghosts of every level are deleted. Replays are kept.",
                yes="Forget them",
                on_yes=forget,
            )
        )

    # Scene.
    def handle(self, event: Event) -> Transition | None:
        """Answer the tabs' shoulder buttons, then the rows."""
        if not self.form.capturing and self._tabs.turn(event):
            return None
        return self.form.handle(event)

    def resumed(self) -> None:
        """Show what a confirmed question has changed."""
        focus = self.form.focus
        self._build(at=self._rows.index(focus) if focus in self._rows and focus else 0)

    def update(self, dt: float) -> Transition | None:
        """Follow what shortcuts and plugged-in gamepads have changed."""
        self._age += dt
        for row in self._rows:
            if isinstance(row, BoundToggle):
                row.sync()
        if self._age >= _PAD_S:
            self._age = 0.0
            self.page.refresh(self._rows, self._services)
        return None

    def draw(self, painter: Painter) -> None:
        """Draw the village far away, and the page."""
        draw_village(painter, 0.0, reduced_motion=True)
        draw_dim(painter, 0.82)
        self._lay_out(painter)
        title = painter.text(
            "Settings",
            (self._back.box.right + 24, self._back.box.centery),
            34 * min(1.4, max(1.0, painter.text_scale)),
            painter.palette.text,
            anchor="midleft",
            font="display",
            fixed=True,
        )
        self._draw_hint(painter, title.right + 40)
        self.form.draw(painter)
        draw_hints(
            painter,
            self._services,
            [
                (DIRECTIONS, "move and change"),
                (Command.CONFIRM, "choose"),
                ((Command.SLOWER, Command.FASTER), "other page"),
                (Command.BACK, "back"),
            ],
        )

    def _draw_hint(self, painter: Painter, left: float) -> None:
        """Draw the focused row's sentence beside the title."""
        room = CANVAS[0] - MARGIN - left
        hint, size = self.form.hint, 16.0
        while size > 11 and painter.measure(hint, size, wrap=room)[1] > 62:
            size -= 0.5
        painter.text(
            hint,
            (CANVAS[0] - MARGIN, self._back.box.centery),
            size,
            painter.palette.muted,
            anchor="midright",
            wrap=room,
            align="right",
        )

    def _lay_out(self, painter: Painter) -> None:
        wide, high = self._back.preferred(painter)
        self._back.box = pygame.FRect(MARGIN - 20, 18, wide, high)
        tabs = self._tabs.preferred(painter)
        room = CANVAS[0] - 2 * MARGIN
        across = min(room, max(_COLUMN, tabs[0]))
        left = (CANVAS[0] - across) / 2
        top = max(self._back.box.bottom, 18 + 62) + 12
        self._tabs.box = pygame.FRect(left, top, across, tabs[1])
        top += tabs[1] + 18
        self._view.update(left, top, across, CANVAS[1] - FOOT - 6 - top)
        self._stack(painter)

    def _stack(self, painter: Painter) -> None:
        """Stack the rows in the view, key bindings two by two where there is room."""
        area = self._view
        y = area.y + 4
        side_by_side = painter.text_scale <= _TWO_COLUMNS_UP_TO
        pending: list[Widget] = []

        def flush() -> float:
            box = (area.x, y, area.w, 0.0)
            high = grid(painter, box, pending, columns=2, gap=_GAP).h if pending else 0.0
            pending.clear()
            return high + _GAP if high else 0.0

        for row in self._rows:
            if isinstance(row, KeyBind) and side_by_side:
                pending.append(row)
                continue
            y += flush()
            if isinstance(row, Label):
                row.wrap = area.w
                y += 6
            y += column(painter, (area.x, y, area.w, 0.0), [row]).h + _GAP
        flush()
