"""The network at work: what comes in, what each layer passes on, what comes out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import pygame
from numpy.typing import NDArray

from hamlet_game.game.insight.words import action_name, number
from hamlet_game.game.scenes.help_lessons import small, town_above
from hamlet_game.game.theme import mix
from hamlet_game.town.names import Action

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter, Point
    from hamlet_game.game.scenes.help_mind import Mind

_SHOWN: Final = 12  # of a layer's numbers; all would be dust
_LINKS: Final = 3  # drawn from each to the next layer


class NetworkPicture:
    """The town, and below it a network whose dots are as bright as its numbers are large."""

    def __init__(self, mind: Mind) -> None:
        self._mind = mind
        self._layers: list[NDArray[np.float32]] = []
        self._look()

    def update(self, dt: float) -> None:
        """Let it live on, and look at the network with every step."""
        if self._mind.update(dt):
            self._look()

    def _look(self) -> None:
        """Take some numbers of every layer, evenly spread, 0..1 by the largest of them."""
        obs = self._mind.record.town.observe()[:1]
        layers = [obs, *self._mind.brain.hidden(obs)]
        self._layers = []
        for layer in layers:
            spread = np.linspace(0, layer.shape[1] - 1, _SHOWN).round().astype(int)
            sizes = np.abs(layer[0, spread])
            self._layers.append(sizes / max(float(sizes.max()), 1e-6))

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw the town above, the network below, from left to right."""
        low = town_above(painter, box, self._mind, 0.46)
        thought, size = self._mind.thought, small(painter)
        line = painter.line_height(size, fixed=True)
        values = thought.values if thought else (0.0,) * len(Action)
        best = max(range(len(values)), key=values.__getitem__)
        words = [f"{action_name(a)} {number(values[a])}" if thought else "" for a in Action]
        room = max(painter.measure(w or "DOWN 0.00", size, fixed=True)[0] for w in words) + 22
        shape = self._mind.brain.architecture
        heads = [shape.inputs, *shape.hidden, shape.actions]
        plot = pygame.FRect(low.x + 24, low.y + line + 4, low.w - room - 40, low.h - line - 4)
        columns = self._columns(plot)
        _draw_links(painter, columns)
        colors = painter.palette
        for dots, layer in zip(columns, self._layers, strict=False):
            for dot, bright in zip(dots, layer, strict=True):
                color = mix(colors.track, colors.accent, float(bright))
                painter.circle(dot, min(7.0, plot.h / _SHOWN * 0.42), color)
        for action, dot in zip(Action, columns[-1], strict=True):
            color = colors.good if action == best and thought else colors.ghost
            painter.circle(dot, 7, color)
            ink = colors.good if action == best else colors.text
            at = (dot[0] + 14, dot[1])
            if words[action]:
                painter.text(words[action], at, size, ink, anchor="midleft", fixed=True)
        for count, dots in zip(heads, columns, strict=True):
            at = (dots[0][0], low.y)
            painter.text(str(count), at, size, colors.muted, anchor="midtop", fixed=True)

    def _columns(self, plot: pygame.FRect) -> list[list[Point]]:
        """Return where the dots are, a list for each layer."""
        counts = [len(layer) for layer in self._layers] + [len(Action)]
        across = plot.w / (len(counts) - 1)
        return [
            [(plot.x + across * k, plot.y + plot.h * (row + 0.5) / count) for row in range(count)]
            for k, count in enumerate(counts)
        ]


def _draw_links(painter: Painter, columns: list[list[Point]]) -> None:
    ink = (*painter.palette.text, 26)
    for left, right in pairwise(columns):
        for k, start in enumerate(left):
            for link in range(_LINKS):
                end = right[(k * 5 + link * 7) % len(right)]
                painter.line(start, end, ink, width=1)
