"""Pictures of townspeople for crowds: whole figures in one surface each, dots where it is far."""

from __future__ import annotations

from time import perf_counter

import pygame

from hamlet_game.game.draw.looks import LOOKS
from hamlet_game.game.draw.people import LOOK_COUNT
from hamlet_game.game.draw.sprites import Sprites

FAR = 22  # pixels a cell; below that people are dots
FACES = 30  # from here on they have faces
BUDGET_S = 0.002  # a frame, for figures not made yet
STRIDES = 4  # pictures of a walk
_SIDES = ("down", "up", "left", "left")  # by facing; right is left, turned round
_RIGHT = 3
_TALL = 1.02  # cells, a figure; people are drawn a little larger than they are
_FINE = 4  # times the size that dots are drawn at before they are scaled down

Key = tuple[int, int, int, bool]  # look, facing, stride (STRIDES: standing), tired


class Figures:
    """Makes and keeps figures for one size at a time."""

    def __init__(self) -> None:
        self._px = 0
        self._made: dict[Key, pygame.Surface] = {}
        self._dots: dict[tuple[int, int], pygame.Surface] = {}
        self._sprites = Sprites(keep_bytes=16 * 2**20)
        self._left = 0.0

    def begin(self, px: int, *, patient: bool = False) -> None:
        """Start a frame at a size."""
        if px != self._px:
            self._px, self._made = px, {}
        self._left = perf_counter() + (1e9 if patient else BUDGET_S)

    def figure(self, key: Key) -> pygame.Surface:
        """Return somebody; the feet are at the middle of the picture's lower edge.

        A dot where there was no time yet to make the picture.
        """
        made = self._made.get(key)
        if made is None:
            if perf_counter() > self._left:
                return self.dot(key[0], max(4, self._px // 4))
            made = self._made[key] = self._compose(key)
        return made

    def dot(self, look: int, side: int) -> pygame.Surface:
        """Return somebody from far away: a head on a shirt, `side` pixels wide."""
        found = self._dots.get((look, side))
        if found is None:
            found = self._dots[look, side] = _dot(look, side)
        return found

    def _compose(self, key: Key) -> pygame.Surface:
        look, facing, stride, tired = key
        size = self._px * _TALL * (1.18 if self._px < FACES else 1.0)
        wide, high = max(3, round(size * 0.64)), max(4, round(size * 0.88))
        foot = max(1, round(size * 0.05))
        figure = pygame.Surface((wide, high + foot), pygame.SRCALPHA)
        shadow = max(2, round(size * 0.46)), max(1, round(size * 0.15))
        under = self._sprites.get("person/shadow", *shadow)
        figure.blit(under, ((wide - shadow[0]) // 2, high + foot - shadow[1]))
        side = _SIDES[facing]
        step = "idle" if stride >= STRIDES else f"walk{stride}"
        names = [f"person/{side}_{step}@{look}"]
        if self._px >= FACES and side != "up":
            names.append(f"person/face_{side}_{'tired' if tired else 'happy'}@{look}")
        if tired and self._px >= FACES:
            names.append("person/sweat")
        for name in names:
            figure.blit(self._sprites.get(name, wide, high, flip=facing == _RIGHT), (0, 0))
        return figure


def _dot(look: int, side: int) -> pygame.Surface:
    colors = LOOKS[str(look % LOOK_COUNT)]
    wide, high = side * _FINE, round(side * 1.5) * _FINE
    big = pygame.Surface((wide, high), pygame.SRCALPHA)
    rim = (40, 44, 40, 190)
    body = pygame.Rect(0, round(high * 0.38), wide, round(high * 0.62))
    pygame.draw.rect(big, rim, body, border_radius=wide // 2)
    pygame.draw.rect(big, colors["shirt"], body.inflate(-_FINE, -_FINE), border_radius=wide // 2)
    head = (wide / 2, high * 0.3)
    pygame.draw.circle(big, rim, head, wide * 0.42)
    pygame.draw.circle(big, colors["skin"], head, wide * 0.42 - _FINE / 2)
    pygame.draw.circle(big, colors["hair"], head, wide * 0.42 - _FINE / 2, draw_top_right=True,
                       draw_top_left=True)  # fmt: skip
    return pygame.transform.smoothscale(big, (side, round(side * 1.5)))
