"""Q-values over a life as a strip: the best action's, the chosen one's, and what lies between."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.insight.words import action_name, decimals_for, number
from hamlet_game.game.ui.panel import draw_panel
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.timeline import Timeline
    from hamlet_game.game.why.reading import Reading

_HEIGHT = 74.0  # of the plot and its card, canvas units
_SLIM, _SLIM_FROM = 56.0, 1.3  # without words, where text is larger than so
_POINTS = 400  # of a line
_PAD = 8.0


def q_chart_height(painter: Painter) -> float:
    """Return the strip's height: a line of words above the plot."""
    return _SLIM if painter.text_scale > _SLIM_FROM else _HEIGHT + painter.line_height(SMALL)


class QChart:
    """Draws a reading on the timeline's scale. Its lines are worked out once."""

    def __init__(self, reading: Reading) -> None:
        self.box = pygame.FRect(0, 0, 0, 0)  # as last drawn
        self._reading = reading
        self._lines: list[tuple[int, float, float]] = []  # frame, best value, chosen value

    def draw(self, painter: Painter, box: pygame.FRect, timeline: Timeline, frame: int) -> None:
        """Draw the strip inside `box`, under the cursor at a frame."""
        self.box = box
        draw_panel(painter, box, radius=18)
        colors, reading = painter.palette, self._reading
        wordy = painter.text_scale <= _SLIM_FROM
        high = painter.line_height(SMALL) if wordy else 0.0
        plot = pygame.FRect(timeline.plot.x, box.y + high + 10, timeline.plot.w, 0)
        plot.h = box.bottom - 10 - plot.y
        painter.rect(plot, colors.track, radius=6)
        if wordy:
            self._words(painter, box, frame)
        if not reading.done or not reading.thoughts:
            return
        self._work_out()
        self._draw_lines(painter, plot, timeline)
        x = timeline.x(frame)
        painter.line((x, plot.y - 2), (x, plot.bottom + 2), (*colors.text, 220), width=2)

    def _draw_lines(self, painter: Painter, plot: pygame.FRect, timeline: Timeline) -> None:
        """Draw both lines, and on the lower one the mistakes, the worse the larger."""
        colors, reading = painter.palette, self._reading
        low = min(min(best, done) for _, best, done in self._lines)
        span = max(max(best, done) for _, best, done in self._lines) - low or 1.0

        def y(value: float) -> float:
            return plot.bottom - 4 - (plot.h - 8) * (value - low) / span

        places = timeline.xs([k for k, _, _ in self._lines])
        best_line = [(x, y(best)) for x, (_, best, _) in zip(places, self._lines, strict=True)]
        done_line = [(x, y(done)) for x, (_, _, done) in zip(places, self._lines, strict=True)]
        painter.lines(done_line, colors.danger, width=1.6)
        painter.lines(best_line, colors.good, width=2.2)
        for one in reading.blunders:
            thought, x = reading.thoughts[one.step], timeline.x(one.step)
            at = (x, y(_worth(thought.measures, thought.values[one.done])))
            painter.line((x, plot.y), (x, plot.bottom), (*colors.danger, 80), width=1.5)
            radius = 3.5 + 3.5 * one.loss / reading.blunders[0].loss
            painter.circle(at, radius + 1.5, colors.night)
            painter.circle(at, radius, colors.warn)

    def _work_out(self) -> None:
        """Keep a few hundred frames: of each stretch the one that gave away most."""
        if self._lines:
            return
        thoughts = self._reading.thoughts
        every = -(-len(thoughts) // _POINTS)
        for first in range(0, len(thoughts), every):
            frames = range(first, min(first + every, len(thoughts)))
            k = max(frames, key=lambda frame: thoughts[frame].loss(thoughts[frame].chosen))
            thought = thoughts[k]
            best = _worth(thought.measures, thought.values[thought.best])
            chosen = _worth(thought.measures, thought.values[thought.chosen])
            self._lines.append((k, best, chosen))

    def _words(self, painter: Painter, box: pygame.FRect, frame: int) -> None:
        """Write what the lines are, and what this step gives away."""
        colors, reading = painter.palette, self._reading
        y = box.y + 6 + painter.line_height(SMALL) / 2
        thought, name = reading.at(frame), reading.player.name
        if not reading.done:
            at = (box.x + 20, y)
            painter.text(f"{name} reads the whole life…", at, SMALL, colors.muted, anchor="midleft")
            return
        what = "p" if reading.player.brain.measures == "log_probability" else "Q"
        left = box.x + 20
        labels = [(f"{what} by {name}: best", colors.good), ("of what was done", colors.danger)]
        for text, color in labels:
            painter.line((left, y), (left + 18, y), color, width=3)
            at = (left + 24, y)
            left = painter.text(text, at, SMALL, colors.muted, anchor="midleft").right + 16
        if thought is None:
            return
        loss = thought.loss(thought.chosen)
        blunder = reading.blunder_at(frame)
        if loss <= 0:
            text, ink = "This step: the best it knows", colors.good
        else:
            digits = decimals_for((loss, 0.0))
            gives = f"gives away {number(loss, digits)}, better {action_name(thought.best)}"
            place = reading.blunders.index(blunder) + 1 if blunder else 0
            text = f"Mistake {place}: {gives}" if place else f"This step {gives}"
            ink = colors.warn if place else colors.muted
        room = box.right - 20 - left - 10
        painter.text(
            text, (box.right - 20, y), SMALL, ink, anchor="midright", font="bold", fit=room
        )


def _worth(measures: str, value: float) -> float:
    """Return a value as the strip shows it: Q, or a probability."""
    return exp(value) if measures == "log_probability" else value
