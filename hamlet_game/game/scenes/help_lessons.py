"""Moving pictures of how an agent learns: its values, reward, chance and memory."""

from __future__ import annotations

import random
from collections import deque
from typing import TYPE_CHECKING, Final

import pygame

from hamlet_game.game.insight.q_panel import draw_q
from hamlet_game.game.insight.words import action_name, signed
from hamlet_game.game.theme import mix
from hamlet_game.game.ui.widget import SMALL
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scenes.help_mind import Mind

_GAP: Final = 14.0
_BARS: Final = 60  # steps of reward shown
_ZERO: Final = 0.68  # of the chart's height from its top: most rewards are good ones
_FULL: Final = 0.5  # reward at which a bar is as tall as it gets, unless there were larger ones
_CYCLE_S: Final = 30.0  # from all random to hardly any
_CELLS: Final = (20, 9)  # memories shown, across and down
_DRAW_S: Final = 2.0  # between two draws
_GLOW_S: Final = 0.9
_MOST_TEXT: Final = 1.5


def small(painter: Painter) -> float:
    """Return a caption's size, which does not outgrow the picture."""
    return SMALL * min(_MOST_TEXT, painter.text_scale)


def town_above(painter: Painter, box: pygame.FRect, mind: Mind, share: float) -> pygame.FRect:
    """Draw the town in the upper `share` of a box; return what is left below."""
    side = min(box.w, box.h * share)
    town = pygame.FRect(0, box.y, side, side)
    town.centerx = box.centerx
    mind.draw(painter, town)
    top = town.bottom + _GAP
    return pygame.FRect(box.x, top, box.w, box.bottom - top)


class Values:
    """The town, and the numbers behind the step that is made."""

    def __init__(self, mind: Mind) -> None:
        self._mind = mind

    def update(self, dt: float) -> None:
        """Let it live on."""
        self._mind.update(dt)

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw the town above and the Q-values below."""
        share = 0.6 if painter.text_scale <= 1.3 else 0.48
        draw_q(painter, town_above(painter, box, self._mind, share), self._mind.thought)


class Rewards:
    """The town, and the reward of each step as a bar."""

    def __init__(self, mind: Mind) -> None:
        self._mind = mind

    def update(self, dt: float) -> None:
        """Let it live on."""
        self._mind.update(dt)

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw the town above, below it this step's reward and all of them."""
        record, colors, size = self._mind.record, painter.palette, small(painter)
        low = town_above(painter, box, self._mind, 0.56)
        line = painter.line_height(size, fixed=True)
        said = f"This step {signed(record.last.reward)}"
        ink = colors.good if record.last.reward > 0 else colors.danger
        ink = ink if record.survival else colors.muted
        painter.text(said, low.topleft, size, ink, font="bold", fixed=True)
        total = f"This life {signed(record.total, 1)}"
        painter.text(total, low.topright, size, colors.text, anchor="topright", fixed=True)
        chart = pygame.FRect(low.x, low.y + line + 6, low.w, low.h - line - 6)
        self._bars(painter, chart)

    def _bars(self, painter: Painter, chart: pygame.FRect) -> None:
        rewards = [frame.reward for frame in self._mind.record.frames[1:]][-_BARS:]
        colors, most = painter.palette, max([_FULL, *map(abs, rewards)])
        middle, wide = chart.y + chart.h * _ZERO, chart.w / _BARS
        painter.rect(chart, (*colors.track, 150), radius=10)
        for number, reward in enumerate(rewards):
            room = chart.h * (_ZERO if reward > 0 else 1 - _ZERO) - 6
            high = max(1.5, abs(reward) / most * room)
            top = middle - high if reward > 0 else middle
            color = colors.good if reward > 0 else colors.danger
            bar = (chart.x + number * wide + 1, top, max(1.0, wide - 2), high)
            painter.rect(bar, color, radius=2)
        painter.line((chart.x, middle), (chart.right, middle), (*colors.text, 120), width=1.5)


class Exploration:
    """The town, with ever fewer random moves, and how their share falls."""

    def __init__(self, mind: Mind, start: float, end: float) -> None:
        self._mind, self._start, self._end = mind, start, end
        self._time = 0.0
        mind.epsilon = start

    def update(self, dt: float) -> None:
        """Let it live on, by chance less and less."""
        self._time = (self._time + dt) % (_CYCLE_S * 1.2)
        self._mind.epsilon = self._at(self._time / _CYCLE_S)
        self._mind.update(dt)

    def _at(self, share: float) -> float:
        return self._start + (self._end - self._start) * min(1.0, share)

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw the town above, below it what was chosen, and the line of ε."""
        mind, colors, size = self._mind, painter.palette, small(painter)
        low = town_above(painter, box, mind, 0.58)
        line = painter.line_height(size, fixed=True)
        thought = mind.thought
        lucky = thought is not None and thought.random
        icon = "icons/dice" if lucky else "icons/brain"
        painter.sprite(icon, (low.x + line / 2, low.y + line / 2), (line, line))
        what = action_name(thought.chosen) if thought else ""
        said = f"{what}, by chance" if lucky else f"{what}, the best it knows"
        ink = colors.accent if lucky else colors.text
        at, room = (low.x + line + 8, low.y), low.w * 0.62 - line
        if thought:
            painter.text(said, at, size, ink, font="bold", fit=room, fixed=True)
        count = f"{mind.random_moves} of {mind.moves} random"
        ink, room = colors.muted, low.w * 0.36
        painter.text(count, low.topright, size, ink, anchor="topright", fit=room, fixed=True)
        chart = pygame.FRect(low.x, low.y + line + 8, low.w, low.h - line - 8)
        self._curve(painter, chart)

    def _curve(self, painter: Painter, chart: pygame.FRect) -> None:
        colors, size = painter.palette, small(painter)
        painter.rect(chart, (*colors.track, 150), radius=10)
        plot = chart.inflate(-28, -28)
        ways = [0.0, 1 / 1.2, 1.0]
        values = [self._start, self._end, self._end]
        points = [
            (plot.x + plot.w * way, plot.bottom - plot.h * value)
            for way, value in zip(ways, values, strict=True)
        ]
        painter.lines(points, colors.ghost, width=3)
        share = self._time / (_CYCLE_S * 1.2)
        spot = (plot.x + plot.w * share, plot.bottom - plot.h * self._mind.epsilon)
        painter.circle(spot, 8, colors.accent)
        said = f"ε = {self._mind.epsilon:.2f}"
        at = (plot.right, plot.y)
        painter.text(said, at, size, colors.accent, anchor="topright", font="bold", fixed=True)


def _beginner(mind: Mind, steps: int) -> list[float]:
    """Return the rewards of somebody's first steps, who does anything at random."""
    record, chance = Record(mind.level, mind.record.town_seed), random.Random(1)
    while record.survival < steps and not record.over:
        record.act(Action(chance.randrange(len(Action))))
    return [frame.reward for frame in record.frames[1:]]


class Memory:
    """The town, the last memories as tiles, and now and then some that are drawn by lot."""

    def __init__(self, mind: Mind, batch: int, capacity: int) -> None:
        self._mind, self._batch, self._capacity = mind, batch, capacity
        count = _CELLS[0] * _CELLS[1]
        self._kept: deque[float] = deque(_beginner(mind, count // 2), maxlen=count)  # rewards
        self._drawn: list[int] = []
        self._since = 0.0
        self._random = random.Random(1)

    def update(self, dt: float) -> None:
        """Let it live on and remember; draw some from time to time."""
        if self._mind.update(dt):
            self._kept.append(self._mind.record.last.reward)
            self._drawn = [
                number - (len(self._kept) == self._kept.maxlen) for number in self._drawn
            ]
        self._since += dt
        if self._since >= _DRAW_S and self._kept:
            self._since = 0.0
            count = min(len(self._kept), 12)
            self._drawn = self._random.sample(range(len(self._kept)), count)

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw the town above and the memories below."""
        colors, size = painter.palette, small(painter)
        low = town_above(painter, box, self._mind, 0.5)
        line = painter.line_height(size, fixed=True)
        said, room = f"{len(self._kept)} of {self._capacity:,} remembered", low.w * 0.6
        painter.text(said, low.topleft, size, colors.text, fit=room, fixed=True)
        glow = max(0.0, 1 - self._since / _GLOW_S) if self._drawn else 0.0
        ink = mix(colors.muted, colors.accent, glow)
        at, room = low.topright, low.w * 0.38
        said = f"{len(self._drawn)} drawn" if self._drawn else ""
        if said:
            painter.text(said, at, size, ink, anchor="topright", fit=room, fixed=True)
        grid = pygame.FRect(low.x, low.y + line + 8, low.w, low.h - line - 8)
        self._tiles(painter, grid, glow)

    def _tiles(self, painter: Painter, grid: pygame.FRect, glow: float) -> None:
        colors, (across, down) = painter.palette, _CELLS
        wide, high = grid.w / across, grid.h / down
        chosen = set(self._drawn)
        for number in range(across * down):
            x, y = grid.x + number % across * wide, grid.y + number // across * high
            tile = pygame.FRect(x + 1.5, y + 1.5, wide - 3, high - 3)
            color = (*colors.track, 150)
            if number < len(self._kept):
                good = self._kept[number] > 0
                color = (*mix(colors.panel, colors.good if good else colors.danger, 0.62), 255)
            painter.rect(tile, color, radius=4)
            if number in chosen and glow > 0:
                edge = (*colors.accent, round(255 * glow))
                painter.rect(tile.inflate(2, 2), edge, radius=5, width=2.5)
