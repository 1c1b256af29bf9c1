"""Where everybody is at a moment, and who of them is drawn: one batch a frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pygame
from numpy.typing import NDArray

from hamlet_game.game.city.city import LYING
from hamlet_game.game.city.figures import FAR, STRIDES, Figures
from hamlet_game.game.draw.people import LOOK_COUNT
from hamlet_game.game.draw.sprites import Sprites
from hamlet_game.town.hashing import mix
from hamlet_game.town.names import NONE, VITAL

if TYPE_CHECKING:
    from hamlet_game.game.city.camera import Lens
    from hamlet_game.game.city.city import City, Moment

RED = 20.0  # a vital meter below this: somebody is in trouble
_FOOT = 0.82  # where the feet come down, from a cell's top
_SPREAD = (0.27, 0.13)  # cells that people keep apart from one another: across, along
_CROWDING = 3.2  # times that, of those who wait at a full house's door
_STRIDE_S = 0.11  # seconds a walk picture is shown


@dataclass(frozen=True, slots=True)
class Places:
    """Where people stand, in cells (feet), and how they look. All (L,)."""

    x: NDArray[np.float32]
    y: NDArray[np.float32]
    outside: NDArray[np.bool_]  # alive, and not inside a house
    walking: NDArray[np.bool_]
    tired: NDArray[np.bool_]


class Crowd:
    """Draws the people of a city."""

    def __init__(self, city: City) -> None:
        everyone = np.arange(city.people)
        draw = mix(city.town_seed, 121, everyone)
        self._dx = (((draw % 1000).astype(np.float32) / 999) * 2 - 1) * _SPREAD[0]
        self._dy = (((draw // 1000 % 1000).astype(np.float32) / 999) * 2 - 1) * _SPREAD[1]
        self._look = (draw // 7919 % LOOK_COUNT).astype(np.intp)
        self._figures = Figures()
        self._sprites = Sprites(keep_bytes=4 * 2**20)
        self._last: NDArray[np.bool_] | None = None  # who stood in a queue the tick before
        self._tick = -1
        self._queued: NDArray[np.bool_] = np.zeros(city.people, dtype=np.bool_)

    def look(self, citizen: int) -> int:
        """Return how somebody is dressed."""
        return int(self._look[citizen])

    def places(self, moment: Moment, part: float) -> Places:
        """Return where everybody is when `part` (0..1) of a tick has been shown."""
        if moment.tick != self._tick:
            self._last, self._queued, self._tick = self._queued, moment.queued, moment.tick
        before = self._last if self._last is not None else moment.queued
        state = moment.state
        ease = np.float32(part)
        wide = 1 + (_CROWDING - 1) * (before * (1 - ease) + moment.queued * ease)
        x = moment.from_x + (state.x - moment.from_x) * ease + 0.5 + self._dx * wide
        y = moment.from_y + (state.y - moment.from_y) * ease + _FOOT + self._dy * wide
        y += (wide - 1) * np.float32(0.16)  # a queue stands before the house, not beside it
        inside = moment.used != NONE
        walking = (state.x != moment.from_x) | (state.y != moment.from_y)
        low = state.meters[np.array(VITAL)].min(axis=0) < RED
        return Places(
            x.astype(np.float32), y.astype(np.float32), moment.alive & ~inside, walking, low
        )

    def nearest(self, moment: Moment, part: float, x: float, y: float, reach: float) -> int | None:
        """Return who alive is nearest to a place in cells, None beyond `reach` cells."""
        at = self.places(moment, part)
        far = np.hypot(at.x - x, at.y - 0.4 - y)
        far[~moment.alive] = np.inf
        best = int(far.argmin())
        return best if far[best] <= reach else None

    def draw(
        self,
        surface: pygame.Surface,
        lens: Lens,
        city: City,
        part: float,
        time: float,
        *,
        reduced_motion: bool = False,
        patient: bool = False,
    ) -> int:
        """Draw all people in view, those behind first; return how many."""
        moment = city.shown
        at = self.places(moment, part)
        left, top, right, bottom = lens.seen()
        seen = at.outside & (at.x > left - 0.5) & (at.x < right + 0.5)
        seen &= (at.y > top) & (at.y < bottom + 1)
        who = np.flatnonzero(seen)
        who = who[np.argsort(at.y[who], kind="stable")]
        px = lens.goal  # no other sizes are made on the way there
        self._figures.begin(px, patient=patient)
        xs = (lens.left + at.x[who] * lens.px).astype(np.intp).tolist()
        ys = (lens.top + at.y[who] * lens.px).astype(np.intp).tolist()
        looks = self._look[who].tolist()
        self._fallen(surface, lens, moment, at)
        if px < FAR:
            side = max(3, round(px * 0.36))
            dots = [self._figures.dot(look, side) for look in range(LOOK_COUNT)]
            half, high = side // 2, dots[0].get_height()
            surface.fblits(
                [(dots[k], (x - half, y - high)) for k, x, y in zip(looks, xs, ys, strict=True)]
            )
            return len(who)
        stride = (np.int64(time / _STRIDE_S) + who) % STRIDES
        walking = at.walking[who] & (not reduced_motion)
        strides = np.where(walking, stride, STRIDES).tolist()
        facing, tired = moment.facing[who].tolist(), at.tired[who].tolist()
        batch = []
        for k, x, y, *rest in zip(looks, xs, ys, facing, strides, tired, strict=True):
            figure = self._figures.figure((k, *rest))
            batch.append((figure, (x - figure.get_width() // 2, y - figure.get_height())))
        surface.fblits(batch)
        return len(who)

    def _fallen(self, surface: pygame.Surface, lens: Lens, moment: Moment, at: Places) -> None:
        """Draw those who died a moment ago, where they fell."""
        timed_out = moment.state.meters[np.array(VITAL)].min(axis=0) > 1
        lying = ~moment.alive & (moment.tick - moment.died < LYING) & ~timed_out
        for citizen in np.flatnonzero(lying):
            x, y = lens.at(float(at.x[citizen]), float(at.y[citizen]))
            if not lens.area.collidepoint(x, y):
                continue
            size = max(8, round(lens.px * 1.0))
            high = round(size * 0.727)
            name = f"person/faint0@{self.look(int(citizen))}"
            surface.blit(self._sprites.get(name, size, high), (x - size // 2, y - high))
