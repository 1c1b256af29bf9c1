"""What it wants: the value of every cell, and the way its policy goes from there.

`WantsMap.look` works the map out; `under` and `over` draw it as layers of `TownView.draw`.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hamlet_game.game.insight import wants_look
from hamlet_game.game.insight.picture import Picture
from hamlet_game.town.names import Action, Meter
from hamlet_game.town.town import Town

if TYPE_CHECKING:
    from hamlet_game.brain.brain import Brain
    from hamlet_game.game.draw.painter import Box, Painter
    from hamlet_game.game.draw.town_view import Layer, TownView

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wants:
    """A brain's numbers for one set of meters, on every cell of a town."""

    q: Floats  # (H, W, A) as the brain gives them
    measures: str  # 'q' or 'log_probability'
    best: NDArray[np.int8]  # (H, W) the action it would do
    houses: Mapping[tuple[int, int], str]  # kind's key by cell
    here: tuple[int, int]  # cell of the person

    @property
    def value(self) -> Floats:
        """Return what the colours show, (H, W): max Q, or the best action's probability."""
        top: Floats = self.q.max(2)
        return np.exp(top) if self.measures == "log_probability" else top


def wants(brain: Brain, town: Town, meters: Mapping[Meter, float] | None = None) -> Wants:
    """Return what a brain makes of every cell for the first life's meters, or for others.

    `meters` override some of them: what if it were hungry? The town stays as it is.
    """
    asked = town
    if meters:
        state = town.state.take([0])
        for meter, value in meters.items():
            state.meters[meter] = np.float32(value)
        asked = copy(town)  # shares what never changes
        asked.lives_per_town = 1
        asked.restore(state)
    q = brain.q_map(asked)
    choice = np.where(_inside(town), q, -np.inf) if brain.keeps_to_mask else q
    houses = {(x, y): kind.key for kind, x, y in town.places()}
    here = int(town.state.x[0]), int(town.state.y[0])
    return Wants(q, brain.measures, choice.argmax(2).astype(np.int8), houses, here)


def _inside(town: Town) -> NDArray[np.bool_]:
    """Return on which cells each action does more than walk into the edge, (H, W, A)."""
    wide, high = town.level.width, town.level.height
    mask = np.ones((high, wide, len(Action)), dtype=np.bool_)
    mask[0, :, Action.UP] = mask[-1, :, Action.DOWN] = False
    mask[:, 0, Action.LEFT] = mask[:, -1, Action.RIGHT] = False
    return mask


class WantsMap:
    """Keeps the latest map, its picture, and draws both as layers of a town's view."""

    def __init__(self) -> None:
        self.now: Wants | None = None
        self._brain: Brain | None = None
        self._key: tuple[object, ...] = ()
        self._seen: tuple[bytes, bytes] = (b"", b"")  # shades and arrows of the map
        self._legend = Picture()
        self._ground, self._arrows = Picture(), Picture()

    def look(self, brain: Brain, town: Town, meters: Mapping[Meter, float] | None = None) -> Wants:
        """Work out the map for a town's first life, if anything but its place changed."""
        values = tuple(
            float((meters or {}).get(meter, town.state.meters[meter, 0])) for meter in Meter
        )
        key = (id(town.level), int(town.state.seed[0]), values)
        here = int(town.state.x[0]), int(town.state.y[0])
        if self.now is None or brain is not self._brain or key != self._key:
            self._brain, self._key = brain, key
            self.now = wants(brain, town, meters)
            self._seen = wants_look.shades(self.now), self.now.best.tobytes()
        elif here != self.now.here:
            now = self.now
            self.now = Wants(now.q, now.measures, now.best, now.houses, here)
        return self.now

    def under(self, view: TownView, box: Box) -> Layer:
        """Return the layer beneath all people: cells tinted by their value."""

        def draw(painter: Painter) -> None:
            now = self.now
            if now is not None:
                area = wants_look.area(view, box)
                key = (self._key[:2], self._seen[0])
                self._ground.draw(
                    painter, area, key, lambda part: wants_look.draw_cells(part, view, box, now)
                )

        return draw

    def over(self, view: TownView, box: Box) -> Layer:
        """Return the layer above everything: where the policy goes, and the legend."""

        def draw(painter: Painter) -> None:
            now = self.now
            if now is not None:
                area = wants_look.area(view, box)
                key = (self._key[:2], self._seen, now.here)
                self._arrows.draw(
                    painter, area, key, lambda part: wants_look.draw_arrows(part, view, box, now)
                )
                words = wants_look.legend_words(now)
                chip = wants_look.legend_box(painter, box, words)
                self._legend.draw(
                    painter, chip, words, lambda part: wants_look.draw_legend(part, chip, words)
                )

        return draw
