"""How it works: the rules in a few pages of pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.events import Command, Pointer, PointerKind, Press
from hamlet_game.game.scene import Pop, Push, Scene, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.help_pages import pages
from hamlet_game.game.scenes.menu_look import FOOT, MARGIN, cue, draw_hints
from hamlet_game.game.scenes.title_view import draw_village
from hamlet_game.game.ui.button import Button, Style
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.panel import draw_dim, draw_panel
from hamlet_game.game.ui.richtext import draw_rich, lay_out

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Event
    from hamlet_game.game.services import Services

_TEXT = 25.0  # words at 100 % text size
_DOT = 6.0
_DOT_GAP = 26.0
_TURN_S = 0.22  # seconds a page takes to slide in
_SLIDE = 60.0  # canvas units it slides


class HowItWorksScene(Scene):
    """Pages turned with LEFT and RIGHT, by buttons or by their dots."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._pages = pages(services)
        self.index = 0
        self._turned = _TURN_S  # seconds since the page was turned
        self._toward = 1
        self._close = Button("Back", Pop, icon="back")
        self._before = Button("Previous", lambda: self.turn(-1), icon="arrow_left")
        self._credits = Button(
            "Credits", lambda: Push(routes.credits_page(services)), icon="heart", pinned=True
        )
        self._after = Button("Next", self._on_next, icon="arrow_right", style=Style.PRIMARY)
        self.form: Form = Form(
            [self._close, self._credits, self._before, self._after],
            on_back=Pop,
            default=self._after,
            on_cue=cue(services),
        )
        self._mark()
        if not services.settings.seen_help:
            services.settings.seen_help = True
            services.save_settings()

    @property
    def last(self) -> int:
        """Return the index of the last page."""
        return len(self._pages) - 1

    def turn(self, by: int) -> None:
        """Turn so many pages on or back; the first and the last one are ends."""
        index = min(max(0, self.index + by), self.last)
        if index == self.index:
            return
        self._toward = 1 if index > self.index else -1
        self.index, self._turned = index, 0.0
        self._services.audio.play("tick")
        self._mark()

    def _mark(self) -> None:
        """Say on the buttons what they do on this page."""
        self._before.enabled = self.index > 0
        at_end = self.index == self.last
        self._after.text = "Done" if at_end else "Next"
        self._after.icon = "check" if at_end else "arrow_right"

    def _on_next(self) -> Transition | None:
        if self.index == self.last:
            return Pop()
        self.turn(1)
        return None

    # Scene.
    def handle(self, event: Event) -> Transition | None:
        """Turn pages; anything else is for the buttons."""
        if isinstance(event, Press) and event.direction in (Command.LEFT, Command.RIGHT):
            back = event.direction is Command.LEFT
            self.turn(-1 if back else 1)
            self.form.focus_on(self._before if back and self.index else self._after)
            return None
        if isinstance(event, Press) and event.means(Command.HELP) and not event.repeat:
            return Pop()
        if isinstance(event, Pointer) and event.kind is PointerKind.DOWN:
            dot = self._dot_at(event.x, event.y)
            if dot is not None:
                self.turn(dot - self.index)
                return None
        if isinstance(event, Pointer) and event.kind is PointerKind.WHEEL:
            self.turn(-event.wheel)
            return None
        return self.form.handle(event)

    def update(self, dt: float) -> Transition | None:
        """Let the picture move on."""
        self._turned = min(_TURN_S, self._turned + dt)
        self._pages[self.index].picture.update(dt)
        return None

    def draw(self, painter: Painter) -> None:
        """Draw the page, its buttons and its dots."""
        draw_village(painter, 0.0, reduced_motion=True)
        draw_dim(painter, 0.72)
        low = self._lay_out(painter)
        card = pygame.FRect(MARGIN, self._close.box.bottom + 12, CANVAS[0] - 2 * MARGIN, 0)
        card.h = low - 14 - card.y
        inner = draw_panel(painter, card)
        left = 0.0 if painter.reduced_motion else 1 - self._turned / _TURN_S
        if left > 0:
            slide = left**2 * _SLIDE * self._toward
            with painter.clip(card.inflate(-6, -6)), painter.shifted(slide, 0):
                self._draw_page(painter, inner)
        else:
            self._draw_page(painter, inner)
        self._draw_title(painter)
        self._draw_dots(painter)
        self.form.draw(painter)
        draw_hints(
            painter,
            self._services,
            [((Command.LEFT, Command.RIGHT), "turn pages"), (Command.BACK, "back")],
        )

    def _draw_page(self, painter: Painter, inner: pygame.FRect) -> None:
        page = self._pages[self.index]
        share = 0.43 if painter.text_scale <= 1.3 else 0.5
        words = pygame.FRect(inner.x + 6, inner.y, inner.w * share - 6, inner.h)
        left = words.right + 36
        page.picture.draw(painter, pygame.FRect(left, inner.y, inner.right - left, inner.h))
        _draw_words(painter, words, page.text)

    def _draw_title(self, painter: Painter) -> None:
        page = self._pages[self.index]
        left = self._close.box.right + 24
        painter.text(
            page.title,
            (left, self._close.box.centery),
            32,
            painter.palette.text,
            anchor="midleft",
            font="display",
            fit=self._credits.box.x - 16 - left,
        )

    def _lay_out(self, painter: Painter) -> float:
        """Place the buttons; return where the lower row begins."""
        wide, high = self._close.preferred(painter)
        self._close.box = pygame.FRect(MARGIN - 20, 18, wide, high)
        wide, high = self._credits.preferred(painter)
        self._credits.box = pygame.FRect(CANVAS[0] - MARGIN + 20 - wide, 18, wide, high)
        before, after = self._before.preferred(painter), self._after.preferred(painter)
        wide = max(before[0], after[0])
        top = CANVAS[1] - FOOT - 2 - before[1]
        self._before.box = pygame.FRect(MARGIN, top, wide, before[1])
        self._after.box = pygame.FRect(CANVAS[0] - MARGIN - wide, top, wide, before[1])
        return top

    def dots(self) -> list[tuple[float, float]]:
        """Return where the pages' dots are, canvas units."""
        y = self._before.box.centery
        first = CANVAS[0] / 2 - self.last * _DOT_GAP / 2
        return [(first + k * _DOT_GAP, y) for k in range(len(self._pages))]

    def _dot_at(self, x: float, y: float) -> int | None:
        reach = _DOT_GAP / 2
        spots = enumerate(self.dots())
        return next((k for k, (dx, dy) in spots if abs(x - dx) <= reach >= abs(y - dy)), None)

    def _draw_dots(self, painter: Painter) -> None:
        for k, spot in enumerate(self.dots()):
            chosen = k == self.index
            color = painter.palette.accent if chosen else painter.palette.faint
            painter.circle(spot, _DOT + 2.5 if chosen else _DOT, color)


def _draw_words(painter: Painter, box: pygame.FRect, markup: str) -> None:
    """Draw a page's text in the middle of `box`'s height, as large as fits."""
    size = _TEXT
    while size > 11 and lay_out(painter, markup, size, wrap=box.w).size[1] > box.h:
        size -= 0.5
    ink = painter.palette.text
    draw_rich(painter, markup, box.midleft, size, ink, anchor="midleft", wrap=box.w)
