"""Credits and licences: who made what is in the game, and on which terms."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pygame

from hamlet_game import __version__, paths
from hamlet_game.doctor.libraries import LIBRARIES
from hamlet_game.game import storage
from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.events import Command, Press
from hamlet_game.game.scene import Pop, Scene, Transition
from hamlet_game.game.scenes.menu_look import FOOT, MARGIN, cue, draw_hints
from hamlet_game.game.scenes.title_view import draw_village
from hamlet_game.game.ui.button import Button
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.layout import column
from hamlet_game.game.ui.panel import draw_dim, draw_panel
from hamlet_game.game.ui.richtext import Label
from hamlet_game.game.ui.tabs import Tabs
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.services import Services
    from hamlet_game.game.ui.widget import Widget

_WIDE: Final = 980.0
_GAP: Final = 12.0
_LARGE: Final = 21.0
_NARROW: Final = 15.0  # text size of licences
_CREDITS: Final = """\
**Hamlet VERSION** is free software under the **MIT licence**: use it, change it, pass it on.
**Pictures**: our own vector drawings. **Sounds and music**: our own, synthesised. \
Both are MIT, with the game.
**Fonts**: derived from **Nunito** (The Nunito Project Authors) and **Fredoka** (The Fredoka \
Project Authors), both under the SIL Open Font License 1.1; some symbols from **DejaVu Sans** \
(Bitstream and others). The derived fonts carry names of their own. The other pages show these \
licences in full.
**The agent** learns by the deep Q-network of Mnih et al. (2015), with the double estimator of \
van Hasselt et al. (2016) and the dueling head of Wang et al. (2016).
**Nothing leaves your machine**: no accounts, no statistics, no language model.
"""
_BESIDE: Final = (
    "**Python**  ·  PSF licence  ·  python.org",
    "**SDL**  ·  zlib licence  ·  libsdl.org",
)


def _about() -> list[Label]:
    told = _CREDITS.replace("VERSION", __version__).splitlines()
    return [Label(text, size=_LARGE) for text in told]


def _libraries() -> list[Label]:
    """Return the libraries with the versions that are here and their licences."""
    rows = [
        f"**{library.name}**{_space(library.version)}  ·  {library.licence}  ·  {library.url}"
        f"\n[muted:{library.what}]"
        for library in LIBRARIES
        if library.there
    ]
    return [Label(text, size=SMALL) for text in (*rows, *_BESIDE)]


def _space(version: str) -> str:
    return f" {version}" if version else ""


def _licence(name: str) -> Callable[[], list[Label]]:
    """Return what makes a label for each paragraph of a licence's text."""

    def labels() -> list[Label]:
        file = paths.assets() / "fonts" / name
        return [Label(text, size=_NARROW) for text in paragraphs(file)]

    return labels


def paragraphs(file: Path) -> list[str]:
    """Return a text's paragraphs, each in one line; a sentence if it can't be read."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        return [f"{file.name} can't be read: {storage.reason(error)}. Install the game again."]
    plain = re.sub(r"-{5,}", "", text)  # rules of dashes
    found = [" ".join(part.split()) for part in re.split(r"\n[\s.]*\n", plain)]
    return [part for part in found if part]


PAGES: Final[tuple[tuple[str, Callable[[], list[Label]]], ...]] = (
    ("Credits", _about),
    ("Libraries", _libraries),
    ("Nunito", _licence("OFL-Nunito.txt")),
    ("Fredoka", _licence("OFL-Fredoka.txt")),
    ("DejaVu", _licence("LICENSE-DejaVu.txt")),
)


class CreditsScene(Scene):
    """Tabs of text that scrolls with UP and DOWN or the wheel."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._view = pygame.FRect(0, 0, CANVAS[0], CANVAS[1])
        self._back = Button("Back", Pop, icon="back", pinned=True)
        self._tabs = Tabs([name for name, _ in PAGES], 0, self._turn)
        self._rows: list[Widget] = []
        self.form: Form = Form()
        self._turn(0)

    def _turn(self, index: int) -> None:
        self._rows = list(PAGES[index][1]())
        self.form = Form(
            [self._back, self._tabs, *self._rows],
            on_back=Pop,
            default=self._tabs,
            view=self._view,
            on_cue=cue(self._services),
        )

    def handle(self, event: Event) -> Transition | None:
        """Turn and scroll; what can't be scrolled any more moves the focus."""
        if self._tabs.turn(event):
            return None
        if isinstance(event, Press) and self.form.focus is self._tabs and self._scroll(event):
            return None
        return self.form.handle(event)

    def _scroll(self, press: Press) -> bool:
        """Scroll by a press; return whether there was anything to scroll."""
        ways = {Command.UP: 1, Command.DOWN: -1}
        way = ways.get(press.direction) if press.direction else None
        if way is None:
            return False
        before = self.form.scroller.offset
        self.form.scroller.wheel(way)
        return self.form.scroller.offset != before

    def draw(self, painter: Painter) -> None:
        """Draw the village far away, and the page."""
        draw_village(painter, 0.0, reduced_motion=True)
        draw_dim(painter, 0.78)
        card = self._lay_out(painter)
        draw_panel(painter, card)
        left = self._back.box.right + 24
        painter.text(
            "Credits and licences",
            (left, self._back.box.centery),
            32,
            painter.palette.text,
            anchor="midleft",
            font="display",
            fit=CANVAS[0] - MARGIN - left,
        )
        self.form.draw(painter)
        draw_hints(
            painter,
            self._services,
            [
                ((Command.UP, Command.DOWN), "scroll"),
                ((Command.LEFT, Command.RIGHT), "other page"),
                (Command.BACK, "back"),
            ],
        )

    def _lay_out(self, painter: Painter) -> pygame.FRect:
        """Place everything; return the card behind the text."""
        wide, high = self._back.preferred(painter)
        self._back.box = pygame.FRect(MARGIN - 20, 18, wide, high)
        tabs = self._tabs.preferred(painter)
        across = min(CANVAS[0] - 2 * MARGIN, max(_WIDE, tabs[0]))
        left, top = (CANVAS[0] - across) / 2, self._back.box.bottom + 12
        self._tabs.box = pygame.FRect(left, top, across, tabs[1])
        top += tabs[1] + 14
        card = pygame.FRect(left, top, across, CANVAS[1] - FOOT - 6 - top)
        self._view.update(card.x + 26, card.y + 16, card.w - 68, card.h - 32)
        for row in self._rows:
            if isinstance(row, Label):
                row.wrap = self._view.w
        column(painter, (self._view.x, self._view.y, self._view.w, 0.0), self._rows, gap=_GAP)
        return card
