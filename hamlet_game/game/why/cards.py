"""The cards of the death scene: what happened in words, the last stretch, and the town."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press, Typed
from hamlet_game.game.theme import mix
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.meter import draw_progress
from hamlet_game.game.ui.panel import draw_panel
from hamlet_game.game.ui.richtext import draw_rich, lay_out
from hamlet_game.game.ui.widget import BODY, SMALL, Widget
from hamlet_game.game.why import words
from hamlet_game.game.why.rescue import Rescue
from hamlet_game.game.why.stretch import Mark, Stretch

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition
    from hamlet_game.game.why.case import Case

INSET = 18.0  # from a card's edge to its content
GAP = 10.0
_HEADLINE, _PORTRAIT = 32.0, 84.0


class WhyCard(Widget):
    """A card about a case; `wide` is set before it is laid out."""

    focusable = False  # unless it must be scrolled to
    radius = 22.0

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case
        self.wide, self.tall = 400.0, 0.0  # canvas units; at least so tall

    def preferred(self, painter: Painter) -> tuple[float, float]:
        """Return its width and the height its content needs."""
        return self.wide, max(self.tall, self.content_height(painter) + 2 * INSET)

    def content_height(self, painter: Painter) -> float:
        """Return the height of what is on it."""
        raise NotImplementedError

    def card(self, painter: Painter) -> pygame.FRect:
        """Draw the card; return the box for its content."""
        draw_panel(painter, self.box)
        return self.box.inflate(-2 * INSET, -2 * INSET)


class HeadCard(WhyCard):
    """A portrait and what ended the life; no card of its own."""

    def preferred(self, painter: Painter) -> tuple[float, float]:
        """Return its width, and the height of the portrait or the words."""
        return self.wide, max(_PORTRAIT, self.content_height(painter))

    def content_height(self, painter: Painter) -> float:
        """Return the height of the line above and the headline."""
        room = self.wide - _PORTRAIT - 22
        high = painter.measure(self.case.kicker, SMALL, wrap=room)[1]
        return high + painter.measure(self._text, _HEADLINE, font="display", wrap=room)[1]

    @property
    def _text(self) -> str:
        return f"{words.headline(self.case.record)}."

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the portrait and the words beside it."""
        colors = painter.palette
        tile = pygame.FRect(self.box.x, self.box.y, _PORTRAIT, _PORTRAIT)
        painter.shadow(tile.move(0, 5), colors.shadow, radius=24, blur=12)
        painter.rect(tile, mix(colors.panel, colors.danger, 0.42), radius=24)
        painter.rect(tile.inflate(-6, -6), mix(colors.panel, colors.danger, 0.24), radius=21)
        pose = 0 if painter.reduced_motion else int(painter.now * 1.6) % 2
        name = f"person/faint{pose}@{self.case.look}"
        painter.sprite(name, (tile.centerx, tile.centery - 6), (72, 72))
        left, room = tile.right + 22, self.wide - _PORTRAIT - 22
        top = self.box.centery - self.content_height(painter) / 2
        box = painter.text(self.case.kicker, (left, top), SMALL, colors.muted, wrap=room)
        at = (left, box.bottom)
        painter.text(self._text, at, _HEADLINE, colors.text, font="display", wrap=room)


class WordsCard(WhyCard):
    """Last uses, both points of no return, and one sentence of advice."""

    def content_height(self, painter: Painter) -> float:
        """Return the height of all lines."""
        inner = self.wide - 2 * INSET
        uses = self._uses_height(painter, inner)
        lines = [lay_out(painter, text, BODY, wrap=inner).size[1] for text in self._lines()]
        return uses + GAP + sum(lines) + GAP * len(lines) + self._small_height(painter, inner)

    def _lines(self) -> list[str]:
        case = self.case
        if not case.inquest.done:
            return ["Looking for the point of no return…"]
        found = [words.of_planner(case.inquest), words.of_judge(case.inquest, case.judge)]
        return [*found, f"{{flag}} [good:**Advice:**] {case.advice}"]

    def _small(self) -> str:
        return words.horizon(self.case.inquest)

    def _small_height(self, painter: Painter, inner: float) -> float:
        return painter.measure(self._small(), SMALL, wrap=inner)[1]

    def _columns(self, painter: Painter, inner: float) -> int:
        side = painter.line_height(BODY) + 10
        uses = words.last_uses(self.case.record)
        widest = max(painter.measure(use.text, BODY, font="bold")[0] for use in uses) + side + 16
        most = max(1, min(len(uses), int(inner // widest)))
        return -(-len(uses) // -(-len(uses) // most))  # as many rows, but even ones

    def _uses_height(self, painter: Painter, inner: float) -> float:
        count, columns = len(self.case.record.level.kinds), self._columns(painter, inner)
        return -(-count // columns) * (painter.line_height(BODY) + 8)

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the card."""
        inner, colors = self.card(painter), painter.palette
        self._draw_uses(painter, inner)
        top = inner.y + self._uses_height(painter, inner.w) + GAP
        for text in self._lines():
            box = draw_rich(painter, text, (inner.x, top), BODY, colors.text, wrap=inner.w)
            top = box.bottom + GAP
        if not self.case.inquest.done:
            bar = (inner.x, top, inner.w, 10)
            draw_progress(painter, bar, self.case.inquest.progress, colors.accent)
            return
        painter.text(self._small(), (inner.x, top), SMALL, colors.muted, wrap=inner.w)

    def _draw_uses(self, painter: Painter, inner: pygame.FRect) -> None:
        colors, columns = painter.palette, self._columns(painter, inner.w)
        high, each = painter.line_height(BODY) + 8, inner.w / columns
        for index, use in enumerate(words.last_uses(self.case.record)):
            row, column = divmod(index, columns)
            x, y = inner.x + column * each, inner.y + row * high + (high - 8) / 2
            side = high - 4
            painter.sprite(icon_sprite(use.kind.key), (x + side / 2, y), (side, side))
            ink = colors.danger if use.missed else colors.text
            at = (x + side + 8, y)
            font = "bold" if use.missed else "sans"
            painter.text(use.text, at, BODY, ink, anchor="midleft", font=font, fit=each - side - 16)


class StretchCard(WhyCard):
    """The last stretch as a chart: LEFT and RIGHT pick a step, a press watches it again."""

    focusable = True
    sideways = True

    def __init__(self, case: Case, go: Callable[[int], Transition | None]) -> None:
        super().__init__(case)
        self.hint = "Left and right pick a step, a press watches it again."
        self.cursor = case.record.survival
        self._stretch = Stretch(case.record)
        self._go = go

    def content_height(self, painter: Painter) -> float:
        """Return the height of a chart that can still be read."""
        return 66 + 60 * painter.text_scale

    def wants(self, event: Press | Typed) -> bool:
        """Return whether the event is LEFT or RIGHT."""
        return isinstance(event, Press) and event.direction in (Command.LEFT, Command.RIGHT)

    def handle(self, event: Event) -> None:
        """Pick the step before or after."""
        by = -1 if isinstance(event, Press) and event.direction is Command.LEFT else 1
        self.cursor = min(self.case.record.survival, max(self._stretch.first, self.cursor + by))

    def press(self) -> Transition | None:
        """Watch the step that is picked."""
        return self._go(self.cursor)

    def pointer(self, event: Pointer) -> Transition | None:
        """Watch the step that was clicked."""
        step = self._stretch.step_at(event.x, event.y)
        if event.kind is not PointerKind.DOWN or step is None:
            return None
        self.cursor = step
        return self._go(step)

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the chart with a flag for each point of no return."""
        inner, colors, inquest = self.card(painter), painter.palette, self.case.inquest
        marks = []
        if inquest.done and inquest.planner.step is not None:
            step = inquest.planner.step
            marks.append(Mark(step, f"No return: {step}", colors.accent))
        if inquest.done and inquest.policy.step not in (None, inquest.planner.step):
            step = inquest.policy.step or 0
            marks.append(Mark(step, f"{self.case.judge.name}: {step}", colors.ghost))
        self._stretch.draw(painter, inner, marks, self.cursor if focused else None)


class TownCard(WhyCard):
    """The town: how the life ran to its end, and beside it the ghost of the life that was saved."""

    def __init__(self, case: Case, rescue: Rescue) -> None:
        super().__init__(case)
        self._rescue = rescue

    def content_height(self, painter: Painter) -> float:
        """Return the height of a town as wide as the card, and of what its lines mean."""
        return self.wide - 2 * INSET + self._legend_height(painter)

    def _legend_height(self, painter: Painter) -> float:
        return painter.line_height(SMALL) + 8

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the town and the legend below it."""
        box = self.box.copy()
        box.h -= self._legend_height(painter)
        self._rescue.draw(painter, box)
        colors, y = painter.palette, box.bottom + self._legend_height(painter) / 2 + 2
        left = self._legend(painter, self.box.x + 6, y, colors.danger, "as it was")
        if self._rescue.way is not None:
            left = self._legend(painter, left + 22, y, colors.ghost, "a way out")
        words_ = f"step {self._rescue.step(painter)}"
        right = self.box.right - 6
        if right - painter.measure(words_, SMALL)[0] > left + 10:
            painter.text(words_, (right, y), SMALL, colors.muted, anchor="midright")

    @staticmethod
    def _legend(
        painter: Painter, x: float, y: float, color: tuple[int, int, int], text: str
    ) -> float:
        painter.line((x, y), (x + 26, y), color, width=5)
        at = (x + 34, y)
        return painter.text(text, at, SMALL, painter.palette.text, anchor="midleft").right
