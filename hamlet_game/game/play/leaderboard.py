"""The leaderboard: who of a shared town has lived how long, and for how many points."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from hamlet_game.game.agents.company import YOU, name_of
from hamlet_game.game.draw.looks import LOOKS
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.play.blocks import Block
from hamlet_game.game.play.neighbours import look_of
from hamlet_game.game.theme import Rgb, mix
from hamlet_game.game.ui.widget import BODY, SMALL
from hamlet_game.town.record import Record

MOST = 4  # places shown; one's own always is
_GAP = 8.0
_MOST_TEXT = 1.5  # times the normal size


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place at a step."""

    rank: int  # from 1
    number: int  # within the town; 0 is the one who is followed
    name: str
    look: int
    steps: int  # lived
    points: float
    dead: bool


def places(record: Record, step: int, *, first: str = YOU, look: int = 0) -> list[Place]:
    """Return everyone at a step, the most points first; `first` names who is followed."""
    lives = (record, *record.others)
    frames = [life.frames[min(step, life.survival)] for life in lives]
    order = sorted(range(len(lives)), key=lambda n: (-frames[n].points, n))
    return [
        Place(
            rank,
            n,
            name_of(n, first),
            look_of(n, look),
            min(step, lives[n].survival),
            frames[n].points,
            frames[n].died,
        )
        for rank, n in enumerate(order, 1)
    ]


def leaderboard(
    painter: Painter, record: Record, step: int, *, first: str = YOU, look: int = 0
) -> Block:
    """Return the first places side by side, each with name, steps lived and points."""
    everyone = places(record, step, first=first, look=look)
    shown = everyone[:MOST]
    if all(place.number for place in shown):
        shown[-1] = next(place for place in everyone if not place.number)
    grown = min(painter.text_scale, _MOST_TEXT)
    name, small = BODY * 0.94 * grown, SMALL * 0.92 * grown
    top = painter.line_height(name, font="bold", fixed=True)
    high = top + painter.line_height(small, fixed=True) + 12

    def draw(box: pygame.FRect) -> None:
        wide = (box.w - _GAP * (len(shown) - 1)) / len(shown)
        for column, place in enumerate(shown):
            cell = pygame.FRect(box.x + column * (wide + _GAP), box.y, wide, high)
            _draw_place(painter, cell, place, (name, small, top))

    return Block(high, draw)


def _draw_place(
    painter: Painter, box: pygame.FRect, place: Place, sizes: tuple[float, float, float]
) -> None:
    colors, (size, small, top) = painter.palette, sizes
    own = place.number == 0
    ground = mix(colors.panel, colors.accent, 0.22) if own else mix(colors.panel, colors.text, 0.06)
    painter.rect(box, ground, radius=12)
    radius = top * 0.36
    spot = (box.x + 8 + radius, box.y + 5 + top / 2)
    painter.circle(spot, radius, colors.faint if place.dead else shirt(place.look))
    painter.text(
        str(place.rank), spot, size * 0.72, (255, 255, 255), anchor="center", font="bold",
        fixed=True,
    )  # fmt: skip
    ink = colors.muted if place.dead else colors.text
    left = spot[0] + radius + 6
    painter.text(
        place.name, (left, spot[1]), size, ink, anchor="midleft", font="bold", fixed=True,
        fit=box.right - left - 6,
    )  # fmt: skip
    words = f"died at {place.steps}" if place.dead else f"{place.points:.0f} points"
    tone = colors.danger if place.dead else colors.muted
    painter.text(words, (box.x + 9, box.y + 5 + top), small, tone, fixed=True, fit=box.w - 16)


def shirt(look: int) -> Rgb:
    """Return the colour of a look's shirt."""
    code = LOOKS[str(look)]["shirt"]
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)
