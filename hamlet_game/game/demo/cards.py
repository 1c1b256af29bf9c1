"""Title cards: the village at dusk, and a few large words."""

from __future__ import annotations

from functools import lru_cache
from math import sin
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.demo.act import Act, House
from hamlet_game.game.demo.lettering import draw_ground, fitted
from hamlet_game.game.demo.words import practice
from hamlet_game.game.draw.backdrop import LAYERS, WIDTH
from hamlet_game.game.draw.daylight import light
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.draw.people import Person, draw_person
from hamlet_game.game.scenes.menu_look import draw_outlined, draw_shade

if TYPE_CHECKING:
    from hamlet_game.game.demo.layout import Layout

_CREAM = (255, 248, 232)
_RIM = (38, 33, 58)
_DUSK = (24, 26, 56)
_SUN = (548.0, 190.0)  # of an upright sky
_SHADE = 165  # alpha of the dusk behind the words
_STAGGER_S = 0.5  # seconds from line to line
_LETTER_S = 0.05  # of reading


class CardAct(Act):
    """A heading, a sentence below it, and perhaps the game's own sign."""

    def __init__(
        self, house: House, title: str, text: str, *, day: float = 0.47, sign: bool = False
    ) -> None:
        super().__init__(house)
        self.title, self.text = title, text
        self._day, self._sign = day, sign

    @property
    def over(self) -> bool:
        """Return whether it could be read at leisure."""
        return self.age > 3.0 + _LETTER_S * len(self.title + self.text)

    def draw(self, painter: Painter, layout: Layout) -> None:
        """Draw the village, and the words one after another."""
        if layout.feed.picture:
            _draw_land(painter, layout, self.age, self._day)
        self._draw_words(painter, layout)

    def _draw_words(self, painter: Painter, layout: Layout) -> None:
        wide, high = layout.wide, layout.high
        middle = high * (0.4 if layout.upright else 0.44)
        if self._sign:
            side = 150.0
            lift = 0.0 if painter.reduced_motion else 4 * sin(self.age * 1.6)
            at = wide / 2, middle - 150 + lift
            painter.sprite("logo", at, (side, side))
        size = self._title_size(painter, wide)
        rise = 0.0 if painter.reduced_motion else 18 * max(0.0, 1 - self.age / 0.6) ** 2
        draw_outlined(
            painter, self.title, (wide / 2, middle + rise), size, _CREAM,
            rim=_RIM, anchor="center", thick=max(2.0, size * 0.045),
        )  # fmt: skip
        shown = min(1.0, max(0.0, (self.age - _STAGGER_S) / 0.5))
        room = pygame.FRect(0, 0, min(880.0, wide - 80), high * 0.26)
        room.midtop = wide / 2, middle + size * 0.75 + 10
        ink = (*_CREAM, round(255 * shown))
        if not layout.feed.picture and shown:
            draw_ground(painter, room, layout)
        fitted(painter, self.text, room, 27, ink, font="bold", align="center")

    def _title_size(self, painter: Painter, wide: float) -> float:
        size = 92.0 if self._sign else 68.0
        across = painter.measure(self.title, size, font="display", fixed=True)[0]
        return size * min(1.0, (wide - 100) / across)


def _draw_land(painter: Painter, layout: Layout, time: float, day: float) -> None:
    """Draw sky, hills and street; on an upright canvas the sky is taller."""
    wide, high = layout.wide, layout.high
    moved = 0.0 if painter.reduced_motion else time
    _draw_sky(painter, layout)
    down = high - 720.0
    for layer in LAYERS:
        drop = down * (0.3 if layer.name.endswith("clouds") else 1.0)
        if layer.name.endswith("foreground"):
            _draw_walker(painter, layout, moved, down)
        left = -(moved * layer.speed % WIDTH)
        for start in (left, left + WIDTH):
            if start < wide:
                center = (start + WIDTH / 2, layer.top + drop + layer.height / 2)
                painter.sprite(layer.name, center, (WIDTH, layer.height))
    painter.surface.fill(light(day), special_flags=pygame.BLEND_RGB_MULT)
    top = high * 0.12
    draw_shade(painter, (0, top, wide, high * 0.3), _DUSK, start=0, end=_SHADE, level=False)
    painter.rect((0, top + high * 0.3, wide, high * 0.3), (*_DUSK, _SHADE))
    rest = (0, top + high * 0.6, wide, high * 0.2)
    draw_shade(painter, rest, _DUSK, start=_SHADE, end=0, level=False)


def _draw_sky(painter: Painter, layout: Layout) -> None:
    """Draw the sky; an upright one is a strip of it, drawn out, with a sun of its own."""
    wide, high = layout.wide, layout.high
    if not layout.upright:
        painter.sprite("backdrop/sky", (wide / 2, high / 2), (wide, high))
        return
    painter.image(_strip_of_sky(), (0, 0, wide, high))
    painter.sprite("effects/halo", _SUN, (420, 420), alpha=150)
    painter.circle(_SUN, 62, (255, 246, 207))
    painter.circle(_SUN, 51, (255, 234, 160))


@lru_cache(maxsize=1)
def _strip_of_sky() -> pygame.Surface:
    """Return a piece of the sky beside the sun, as high as the picture is small."""
    small = Painter(pygame.Surface((320, 180)))
    small.sprite("backdrop/sky", (640, 360), (1280, 720))
    return small.surface.subsurface((20, 0, 100, 180)).copy()


def _draw_walker(painter: Painter, layout: Layout, moved: float, down: float) -> None:
    """Draw somebody who crosses the street below the words."""
    x = layout.wide * 0.22 + moved * 42
    person = Person(0, 0, facing="right", pose="walk" if moved else "idle", phase=moved * 0.9)
    draw_person(painter, person, (x, 560 + down), 104.0)


def opening(house: House) -> CardAct:
    """Return the card that begins the story."""
    meters = len([meter for meter in house.full.shown if meter in house.full.deadly])
    return CardAct(
        house,
        "Hamlet",
        f"A little town. {_COUNT[meters]} needs that never rest. One life of {house.full.steps} "
        "steps. Can a machine learn to live here, by itself?",
        sign=True,
        day=0.44,
    )


def practised(house: House) -> CardAct:
    """Return the card between the beginner and the training."""
    levels = _COUNT[len(house.levels)].lower()
    return CardAct(
        house,
        "So it practises",
        f"Trial and error, {levels} levels, like in a game. Nobody shows it what to do: "
        "it only hears how well it is doing.",
        day=0.53,
    )


def grown_up(house: House) -> CardAct:
    """Return the card before the master's life."""
    master = house.cast.master
    return CardAct(
        house,
        "The same network",
        f"{practice(master.step).capitalize()} later, in a town it has never seen.",
        day=0.97,
    )


def closing(house: House) -> CardAct:
    """Return the card with the message."""
    cast, full = house.cast, house.full
    before, after = cast.newborn.survival(full), cast.master.survival(full)
    return CardAct(
        house,
        "Learned, not written",
        f"Plain deep Q-learning, no language model: {cast.numbers:,} numbers and "
        f"{practice(cast.master.step)}. From {before:.0f} to {after:.0f} of {full.steps} steps "
        "lived, in towns it had never seen. Press any key and try to beat it.",
        sign=True,
        day=0.42,
    )


_COUNT = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
