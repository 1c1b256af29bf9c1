"""The meters of one life of a race; both charts are read at the same step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command, Event, Pointer, Press, Typed
from hamlet_game.game.play.blocks import draw_card
from hamlet_game.game.ui.chart import Band, Series, draw_chart
from hamlet_game.game.ui.chart_labels import Pin
from hamlet_game.game.ui.stars import draw_stars
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL, Widget
from hamlet_game.game.verdict import percent
from hamlet_game.game.versus.portrait import draw_portrait

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition
    from hamlet_game.game.versus.lane import Lane

_INSET = 16.0
_PORTRAIT = 84.0
_STARS = 24.0
_SHORTEST = 5  # steps; the chart of a shorter race is not stretched further
_LEAST_CHART = 150.0


@dataclass
class Reading:
    """What both charts share: the step that is read, and the one where the race ended."""

    last: int
    step: int | None = None
    par: float | None = None


class LifeChart(Widget):
    """A life of the race: who, how far, how good, and its meters. LEFT and RIGHT read it."""

    sideways = True
    radius = 20.0

    def __init__(
        self,
        lane: Lane,
        reading: Reading,
        marks: Sequence[tuple[int, str, str]],
        on_press: Callable[[int], Transition | None],
        *,
        won: bool,
    ) -> None:
        """Take a finished life; `marks` are steps to point at, with icon and colour by name."""
        super().__init__(hint=f"{lane.who.name}: pick a step to watch it again.")
        self.name = lane.who.name
        self._lane, self._reading, self._marks = lane, reading, marks
        self._on_press, self._won = on_press, won
        self._area = pygame.FRect(0, 0, 0, 0)
        record = lane.record
        self._values = {m: [frame.meters[m] for frame in record.frames] for m in record.level.shown}

    # Events.
    def wants(self, event: Press | Typed) -> bool:
        """Return whether the event is LEFT or RIGHT."""
        return isinstance(event, Press) and event.direction in (Command.LEFT, Command.RIGHT)

    def handle(self, event: Event) -> Transition | None:
        """Read a step before or after, in both charts."""
        reading = self._reading
        by = -1 if isinstance(event, Press) and event.direction is Command.LEFT else 1
        start = reading.last if reading.step is None else reading.step
        reading.step = min(reading.last, max(0, start + by * max(1, reading.last // 100)))
        return None

    def point(self, x: float, y: float) -> bool:
        """Read the step under the pointer; return whether it is on this chart."""
        if not self._area.w or not self._area.inflate(20, 60).collidepoint(x, y):
            return False
        share = (x - self._area.x) / self._area.w
        self._reading.step = min(self._reading.last, max(0, round(share * self._x_max)))
        return True

    def press(self) -> Transition | None:
        """Watch this life from the step that is read."""
        step = self._reading.step or 0
        return self._on_press(min(step, self._lane.record.survival))

    def pointer(self, event: Pointer) -> Transition | None:
        """Read, and on a click watch from there."""
        self.point(event.x, event.y)
        return super().pointer(event)

    # Drawing.
    @property
    def _x_max(self) -> float:
        return float(max(_SHORTEST, self._reading.last))

    def _head(self, painter: Painter) -> float:
        name = painter.line_height(HEADING, font="display")
        return max(_PORTRAIT, name + painter.line_height(BODY) + painter.line_height(SMALL))

    def height_for(self, painter: Painter, width: float) -> float:  # noqa: ARG002
        """Return the height below which the chart can't be read."""
        chart = _LEAST_CHART + 60 * painter.text_scale
        return self._head(painter) + chart + 2 * _INSET + 10

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the card."""
        draw_card(painter, self.box)
        inner = self.box.inflate(-2 * _INSET, -2 * _INSET)
        head = self._head(painter)
        self._draw_head(painter, pygame.FRect(inner.x, inner.y, inner.w, head))
        colors, record = painter.palette, self._lane.record
        series = [
            Series(m.key.capitalize(), m.key, colors.named(m.key), values)
            for m, values in self._values.items()
        ]
        pins = [
            Pin(step, icon, colors.named(color))
            for step, icon, color in self._marks
            if step <= record.survival
        ]
        edge = max(record.level.meters.of(m).critical for m in record.level.deadly)
        top = inner.y + head + 10
        self._area = draw_chart(
            painter,
            (inner.x, top, inner.w, inner.bottom - top),
            series,
            x_max=self._x_max,
            x_name="",
            pins=pins,
            cursor=self._reading.step,
            bands=[Band(0, edge, colors.danger)],
        )

    def _draw_head(self, painter: Painter, box: pygame.FRect) -> None:
        colors, record = painter.palette, self._lane.record
        tile = pygame.FRect(box.x, box.y, _PORTRAIT, _PORTRAIT)
        pose = "faint" if record.last.died else "cheer"
        draw_portrait(painter, tile, self._lane.who.look, pose=pose, time=painter.now)
        if self._won:
            painter.sprite("icons/trophy", (tile.right - 8, tile.y + 8), (34, 34))
        left, room = tile.right + 14, box.right - tile.right - 14
        name_room = room - 3 * 1.16 * _STARS - 12
        painter.text(
            self._lane.who.name, (left, box.y), HEADING, colors.text, font="display", fit=name_room
        )
        high = painter.line_height(HEADING, font="display")
        stars = record.stars(self._reading.par)
        center = (box.right - 1.66 * _STARS, box.y + high / 2)
        draw_stars(painter, center, _STARS, stars)
        end = f"Alive after all {record.survival} steps"
        if record.last.cause is not None:
            end = f"{record.last.cause.key.capitalize()} ran out at step {record.survival}"
        ink = colors.good if record.last.timed_out else colors.danger
        low = painter.text(end, (left, box.y + high), BODY, ink, font="bold", fit=room)
        par = self._reading.par
        words = f"Score {record.last.points:.0f}"
        if par:
            words += f" · par {par:.0f} · {percent(record.last.points / par)} of par"
        painter.text(words, (left, low.bottom), SMALL, colors.muted, fit=room)
