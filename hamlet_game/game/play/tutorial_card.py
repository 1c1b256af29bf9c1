"""The card of the first steps, over the town: what to do, what to press, how to skip it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command
from hamlet_game.game.play.keyhints import key_for
from hamlet_game.game.scenes.menu_look import keys_of
from hamlet_game.game.ui.keybind import draw_keycap
from hamlet_game.game.ui.look import icon_sprite, pulse
from hamlet_game.game.ui.richtext import draw_rich, lay_out
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.play.tutorial import Tutorial
    from hamlet_game.game.scenes.life import LifeScene
    from hamlet_game.game.services import Services

_INSET, _RISE = 20.0, 14.0  # from the card's edge to its words, across and up
_MOST_TEXT = 1.35  # times the normal size: the town must still be seen
_DOT = 5.0
_EDGE, _CLOSE = 26.0, 3.0  # canvas units from the town's edge, and where that hides too much
_HEAD, _FEET = 0.52, 0.4  # cells from a person's middle to above the head and below the feet
_ROOF, _STEPS = 0.76, 0.44  # from a house's middle to above its roof and below its steps
_ARROW, _ARROW_WORTH = 1.28, 0.25  # to above its arrow, which is worth less than what it shows

Span = tuple[float, float, float]  # top and bottom, canvas units, and what seeing it is worth


def card_top(area: pygame.FRect, high: float, seen: Sequence[Span]) -> float:
    """Return where a card `high` units tall begins so that it hides least of what must be seen.

    Of places as good, the lower edge comes first.
    """
    between = (min(end for _, end, _ in seen) + max(start for start, _, _ in seen) - high) / 2
    low, top = area.bottom - high, area.y
    tops = [low - _EDGE, top + _EDGE, low - _CLOSE, top + _CLOSE, between]
    beside = [at for start, end, _ in seen for at in (start - high, end)]
    tops += [at for at in beside if top + _CLOSE <= at <= low - _CLOSE]

    def hidden(at: float) -> float:
        return sum(
            worth * max(0.0, min(at + high, end) - max(at, start)) for start, end, worth in seen
        )

    return min(tops, key=hidden)


def must_be_seen(life: LifeScene, town: pygame.FRect, course: Tutorial) -> list[Span]:
    """Return where the person and the houses are that the lesson is about, and their arrows."""
    side, record = life.town.cell_side(town), life.record

    def span(row: int, above: float, below: float, worth: float = 1.0) -> Span:
        middle = life.town.cell_center(town, 0, row)[1]
        return middle - above * side, middle + below * side, worth

    found = [span(record.last.y, _HEAD, _FEET)]
    for row in course.houses(record):
        found += [span(row, _ROOF, _STEPS), span(row, _ARROW, -_ROOF, _ARROW_WORTH)]
    return found


def draw_lesson(
    painter: Painter, area: pygame.FRect, town: pygame.FRect, life: LifeScene, course: Tutorial
) -> pygame.FRect:
    """Draw the lesson that is on over the town where it hides least; return its card's box."""
    lesson, grown = course.lesson, min(painter.text_scale, _MOST_TEXT)
    inner = area.w - 76 - 2 * _INSET
    body = BODY * grown
    words = lay_out(painter, lesson.text, body, wrap=inner, fixed=True).size[1]
    title = painter.line_height(HEADING * grown, font="display", fixed=True)
    foot = max(painter.line_height(SMALL), painter.line_height(BODY * grown, fixed=True)) + 12
    card = pygame.FRect(0, 0, area.w - 76, title + 6 + words + 10 + foot + 2 * _RISE)
    card.centerx = area.centerx
    card.y = card_top(area, card.h, must_be_seen(life, town, course))
    _draw_ground(painter, card)
    box = card.inflate(-2 * _INSET, -2 * _RISE)
    _draw_title(painter, box, title, course)
    at = (box.x, box.y + title + 6)
    draw_rich(painter, lesson.text, at, body, painter.palette.text, wrap=inner, fixed=True)
    row = pygame.FRect(box.x, box.bottom - foot, box.w, foot)
    left = _draw_skip(painter, row, life.services, course)
    _draw_keys(painter, pygame.FRect(row.x, row.y, left - 16 - row.x, foot), life, course)
    share = pygame.FRect(card.x + 22, card.bottom - 6, card.w - 44, 3)
    painter.rect(share, painter.palette.track, radius=1.5)
    share.w *= course.share(life.record)
    painter.rect(share, painter.palette.good, radius=1.5)
    return card


def _draw_ground(painter: Painter, card: pygame.FRect) -> None:
    colors = painter.palette
    painter.shadow(card.move(0, 5), colors.shadow, radius=22, blur=14)
    edge = (*colors.accent, round(150 + 105 * pulse(painter, 1.8)))
    painter.rect(card, colors.panel, radius=22)
    painter.rect(card, edge, radius=22, width=2)


def _draw_title(painter: Painter, box: pygame.FRect, high: float, course: Tutorial) -> None:
    """Draw the lesson's icon and name, and a dot for every lesson."""
    colors, lesson = painter.palette, course.lesson
    painter.sprite(icon_sprite(lesson.icon), (box.x + high / 2, box.y + high / 2), (high, high))
    count = len(course.lessons)
    dots = box.right - (count - 1) * 4 * _DOT - _DOT
    for number in range(count):
        spot = (dots + number * 4 * _DOT, box.y + high / 2)
        color = colors.good if number < course.index else colors.faint
        color = colors.accent if number == course.index else color
        painter.circle(spot, _DOT * (1.4 if number == course.index else 1.0), color)
    size = HEADING * min(painter.text_scale, _MOST_TEXT)
    at, room = (box.x + high + 10, box.y + high / 2), dots - box.x - high - 26
    ink = colors.accent
    painter.text(
        lesson.title, at, size, ink, anchor="midleft", font="display", fit=room, fixed=True
    )


def _draw_skip(painter: Painter, row: pygame.FRect, services: Services, course: Tutorial) -> float:
    """Draw how to skip it all, at the right; return where that begins."""
    mouse = services.input.last_device == "mouse"
    key = "" if mouse else key_for(services, Command.SKIP)
    ink, right = painter.palette.muted, row.right
    if key:
        right = draw_keycap(painter, key, right, row.centery).left - 8
    said = "Skip" if key or mouse else "Skip: in the settings"
    box = painter.text(said, (right, row.centery), SMALL, ink, anchor="midright", font="bold")
    course.skip_box = pygame.FRect(box.x - 10, row.y, row.right - box.x + 20, row.h)
    if mouse:
        painter.rect(box.inflate(20, 8), (*painter.palette.text, 40), radius=box.h / 2)
    return box.x


def _draw_keys(painter: Painter, row: pygame.FRect, life: LifeScene, course: Tutorial) -> None:
    """Draw what to press, or what to click for who uses the mouse."""
    services, lesson = life.services, course.lesson
    if services.input.last_device == "mouse":
        size = SMALL * min(painter.text_scale, _MOST_TEXT)
        icon = pygame.FRect(row.x, 0, size * 1.3, size * 1.3)
        painter.sprite("icons/mouse", (icon.centerx, row.centery), icon.size)
        at, room = (icon.right + 8, row.centery), row.right - icon.right - 8
        ink = painter.palette.text
        painter.text(lesson.click, at, size, ink, anchor="midleft", fit=room, fixed=True)
        return
    left = row.x
    for name in keys_of(services, lesson.press):
        wide = painter.measure(name, SMALL, font="bold")
        left += max(wide[1] + 8, wide[0] + 16)
        draw_keycap(painter, name, left, row.centery)
        left += 6
