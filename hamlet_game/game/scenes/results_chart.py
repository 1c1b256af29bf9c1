"""The results' chart: the meters over the whole life, what happened pinned on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import verdict
from hamlet_game.game.events import Command, Event, Pointer, Press, Typed
from hamlet_game.game.moments import moments
from hamlet_game.game.scenes.results_cards import INSET, Card, Outcome
from hamlet_game.game.ui.chart import Band, Series, draw_chart
from hamlet_game.game.ui.richtext import draw_rich, lay_out
from hamlet_game.game.ui.widget import BODY, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition

_TITLE = "How the meters ran"
_KEY = "Pick a step to watch it again"
SHORTEST = 5  # steps; the chart of a shorter life is not stretched further


class ChartCard(Card):
    """The meters over the whole life, with pins; LEFT and RIGHT read it step by step."""

    focusable = True
    sideways = True

    def __init__(self, outcome: Outcome, on_press: Callable[[int], Transition | None]) -> None:
        super().__init__(outcome)
        self.tall = 0.0  # at least
        self.cursor: int | None = None  # step
        self._on_press = on_press
        self._area = pygame.FRect(0, 0, 0, 0)
        self._told: tuple[tuple[int, float | None], str] | None = None  # the tip, and for what
        record = outcome.record
        self._moments = [m for m in moments(record) if not m.urgent]
        self._values = {m: [frame.meters[m] for frame in record.frames] for m in record.level.shown}

    @property
    def _tip(self) -> str:
        out = self.outcome
        known = (out.stars, out.par)
        if self._told is None or self._told[0] != known:
            word, sentence = verdict.tip(out.record, *known)
            self._told = known, f"[accent:**{word}:**] {sentence}"
        return self._told[1]

    def content_height(self, painter: Painter) -> float:
        """Return the height of the tip and of a chart that can still be read."""
        tip = lay_out(painter, self._tip, BODY, wrap=self.wide - 2 * INSET).size[1]
        chart = 210 + 90 * painter.text_scale
        return max(self.tall - 2 * INSET, self._heading(painter) + chart + 12 + tip)

    def _heading(self, painter: Painter) -> float:
        return painter.line_height(BODY, font="bold") - 14  # the pins leave room

    def wants(self, event: Press | Typed) -> bool:
        """Return whether the event is LEFT or RIGHT."""
        return isinstance(event, Press) and event.direction in (Command.LEFT, Command.RIGHT)

    def handle(self, event: Event) -> Transition | None:
        """Read one step before or after."""
        last = self.outcome.record.survival
        by = -1 if isinstance(event, Press) and event.direction is Command.LEFT else 1
        start = last if self.cursor is None else self.cursor
        self.cursor = min(last, max(0, start + by * max(1, last // 100)))
        return None

    def point(self, x: float, y: float) -> None:
        """Read the step under the pointer, if it is on the chart."""
        if not self._area.inflate(20, 90).collidepoint(x, y) or not self._area.w:
            self.cursor = None
            return
        share = (x - self._area.x) / self._area.w
        last = self.outcome.record.survival
        self.cursor = min(last, max(0, round(share * self._x_max)))

    @property
    def _x_max(self) -> float:
        return float(max(SHORTEST, self.outcome.record.survival))

    def press(self) -> Transition | None:
        """Watch the life from the step under the cursor."""
        return self._on_press(self.cursor or 0)

    def pointer(self, event: Pointer) -> Transition | None:
        """Read, and on a click watch from there."""
        self.point(event.x, event.y)
        return super().pointer(event)

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the card."""
        inner, colors, record = self.card(painter), painter.palette, self.outcome.record
        tip = draw_rich(
            painter, self._tip, inner.bottomleft, BODY, colors.text,
            anchor="bottomleft", wrap=inner.w,
        )  # fmt: skip
        name = painter.text(_TITLE, inner.topleft, BODY, colors.text, font="bold")
        room = inner.right - name.right - 20
        if room >= painter.measure(_KEY, SMALL)[0]:
            at = (inner.right, name.centery)
            painter.text(_KEY, at, SMALL, colors.muted, anchor="midright")
        top = inner.y + self._heading(painter)
        box = (inner.x, top, inner.w, tip.top - 12 - top)
        lines = [
            Series(m.key.capitalize(), m.key, colors.named(m.key), values)
            for m, values in self._values.items()
        ]
        edge = max(record.level.meters.of(m).critical for m in record.level.deadly)
        self._area = draw_chart(
            painter,
            box,
            lines,
            x_max=self._x_max,
            x_name="",
            pins=[moment.pin(colors) for moment in self._moments],
            cursor=self.cursor,
            bands=[Band(0, edge, colors.danger)],
        )
