"""Name tags: small words over the heads of people in town."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Painter
    from hamlet_game.game.draw.people import Person
    from hamlet_game.game.draw.town_view import Layer, TownView

_MOST_TEXT = 1.3  # times the normal size
_ABOVE = 0.62  # cells from a cell's middle to a tag over it


def tags(view: TownView, box: Box, named: Sequence[tuple[Person, str]]) -> Layer:
    """Return a layer with the names of people; of those on one cell, one above the other."""

    def draw(painter: Painter) -> None:
        taken: Counter[tuple[int, int]] = Counter()
        size = SMALL * 0.86 * min(painter.text_scale, _MOST_TEXT)
        side = view.cell_side(box)
        for person, name in named:
            cell = round(person.x), round(person.y)
            x, y = view.cell_center(box, person.x, person.y)
            wide, high = painter.measure(name, size, font="bold", fixed=True)
            tag = pygame.FRect(0, 0, wide + 14, high + 2)
            tag.center = x, y - side * _ABOVE - taken[cell] * (tag.h + 2)
            tag.clamp_ip(pygame.FRect(box).inflate(-28, -28))
            taken[cell] += 1
            painter.rect(tag, (*painter.palette.night, 185), radius=tag.h / 2)
            ink = painter.palette.ghost
            painter.text(name, tag.center, size, ink, anchor="center", font="bold", fixed=True)

    return draw
