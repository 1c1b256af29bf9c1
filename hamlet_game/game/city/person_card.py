"""Who is followed: name, age, meters as they are, and the numbers behind the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.city.city import DAY_TICKS
from hamlet_game.game.draw.people import Person, draw_person
from hamlet_game.game.insight.q_panel import draw_q
from hamlet_game.game.play.blocks import PAD, Block, draw_card, stack
from hamlet_game.game.play.slim import slim_meters
from hamlet_game.game.ui.meter import MeterLook
from hamlet_game.game.ui.widget import BODY, SMALL
from hamlet_game.town.names import NONE, Kind, Meter

if TYPE_CHECKING:
    from hamlet_game.game.city.city import City, Moment
    from hamlet_game.game.city.following import Following
    from hamlet_game.game.draw.painter import Painter

_INSIDE = {
    Kind.BED: "Sleeps",
    Kind.SHOWER: "Washes",
    Kind.FRIDGE: "Eats",
    Kind.JOB: "Works",
}
_Q_LINES = 8.4  # lines of text that the Q panel would like
_LEAST_Q = 120.0  # below that it is left out


def doing(moment: Moment, citizen: int) -> str:
    """Return what somebody does at a moment, in a word or three."""
    if moment.state.over[citizen]:
        return "Is no more"
    used = int(moment.used[citizen])
    if used != NONE:
        return _INSIDE[Kind(used)]
    if moment.queued[citizen]:
        return "Queues: the house is full"
    state = moment.state
    moved = state.x[citizen] != moment.from_x[citizen] or state.y[citizen] != moment.from_y[citizen]
    return "Walks" if moved else "Waits"


def meter_looks(painter: Painter, city: City, citizen: int) -> list[MeterLook]:
    """Return how somebody's meters look."""
    looks = []
    for meter in city.level.shown:
        rule, value = city.level.meters.of(meter), float(city.shown.state.meters[meter, citizen])
        money = meter is Meter.MONEY
        looks.append(
            MeterLook(
                meter.key.capitalize(),
                meter.key,
                painter.palette.named(meter.key),
                value,
                number=f"${value:.0f}" if money else "",
                threshold=None if money else rule.critical,
                deadly=rule.deadly,
            )
        )
    return looks


def draw_person_card(painter: Painter, box: pygame.FRect, city: City, who: Following) -> float:
    """Draw the card at the top of `box`, and the Q-values below it; return where they end."""
    citizen = who.citizen
    content = stack(
        [_head(painter, city, who), slim_meters(painter, meter_looks(painter, city, citizen))]
    )
    card = pygame.FRect(box.x, box.y, box.w, content.height + 2 * PAD)
    draw_card(painter, card)
    content.draw(card.inflate(-2 * PAD, -2 * PAD))
    wished = _Q_LINES * painter.line_height(SMALL) * 1.12 + 26
    room = box.bottom - card.bottom - 10
    if room < _LEAST_Q:
        return card.bottom
    rest = pygame.FRect(box.x, card.bottom + 10, box.w, min(room, wished))
    thinks = f"{city.player.name} thinks…"
    draw_q(painter, rest, city.thought(citizen) or who.thought, none=thinks)
    return rest.bottom


def _head(painter: Painter, city: City, who: Following) -> Block:
    """Return portrait, name, age and doing."""
    name, small = painter.line_height(BODY + 2, font="bold"), painter.line_height(SMALL)
    high = name + 2 * small + 4

    def draw(box: pygame.FRect) -> None:
        colors, side = painter.palette, min(high, box.w * 0.26)
        middle = (box.x + side / 2, box.y + high / 2)
        painter.circle(middle, side / 2, colors.panel_raised)
        person = Person(0, 0, look=who.look, mood=who.mood(city))
        draw_person(painter, person, (middle[0], middle[1] + side * 0.1), side * 0.84)
        left, room = box.x + side + 12, box.w - side - 12
        painter.text(city.name(who.citizen), (left, box.y), BODY + 2, colors.text, font="bold",
                     fit=room)  # fmt: skip
        days = int(city.shown.state.age[who.citizen]) // DAY_TICKS
        told = f"{days} day{'s' * (days != 1)} old · citizen {who.citizen + 1}"
        painter.text(told, (left, box.y + name + 1), SMALL, colors.muted, fit=room)
        now = doing(city.shown, who.citizen)
        painter.text(now, (left, box.y + name + small + 3), SMALL, colors.accent, fit=room)

    return Block(high, draw)
