"""A way through the town as a line over it: where somebody went from one step to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.draw.people import Person
from hamlet_game.game.theme import Rgb
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.town.record import Record

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Painter, Point
    from hamlet_game.game.draw.town_view import TownView

Where = tuple["TownView", "Box"]  # a town and the box it is drawn in

NOON = 0.25  # the time of day at which lines on the ground are told apart
_WIDTH = 0.075  # of a cell's side
_MARK = 0.34
_MOST = 80  # steps drawn; more only scribble over the town


def draw_trail(
    painter: Painter,
    where: Where,
    record: Record,
    span: tuple[int, int],
    *,
    color: Rgb,
    aside: float = 0.0,
) -> None:
    """Draw where a life went within a span of steps; `aside` (cells) keeps lines apart.

    Its uses of buildings are dots, and a death is marked.
    """
    view, box = where
    side = view.cell_side(box)
    first, last = span[0], min(span[1], record.survival, span[0] + _MOST)
    frames = record.frames[first : last + 1]
    shift = aside * side
    points: list[Point] = []
    for frame in frames:
        x, y = view.cell_center(box, frame.x, frame.y)
        at = (x + shift, y + shift + side * 0.2)
        if not points or at != points[-1]:
            points.append(at)
    painter.lines(points, (*painter.palette.night, 150), width=side * _WIDTH + 3)
    painter.lines(points, color, width=side * _WIDTH)
    for frame in frames[1:]:
        if frame.used is not None:
            x, y = view.cell_center(box, frame.x, frame.y)
            at = (x + shift, y + shift + side * 0.2)
            painter.circle(at, side * 0.11, painter.palette.night)
            painter.circle(at, side * 0.085, color)
    if frames and frames[-1].died:
        size = side * _MARK
        painter.sprite(icon_sprite("faint"), points[-1], (size, size))


def draw_tag(
    painter: Painter,
    where: Where,
    person: Person,
    *,
    color: Rgb,
    icon: str,
    aside: float = 0.0,
) -> None:
    """Draw a small tag with an icon over somebody's head, in their line's colour.

    `aside` (cells) keeps the tags of people on one cell apart.
    """
    view, box = where
    side = view.cell_side(box)
    x, y = view.cell_center(box, person.x, person.y)
    radius = max(9.0, side * 0.15)
    at = (x + aside * side, y - side * 0.52)
    painter.circle(at, radius + 2, painter.palette.night)
    painter.circle(at, radius, color)
    painter.sprite(icon_sprite(icon), at, (radius * 1.4, radius * 1.4))
