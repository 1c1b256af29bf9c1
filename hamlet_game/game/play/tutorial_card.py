"""The card of the first steps, over the town: what to do, what to press, how to skip it."""

from __future__ import annotations

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

_INSET = 20.0
_MOST_TEXT = 1.35  # times the normal size: the town must still be seen
_DOT = 5.0
_HEAD = 40.0  # canvas units above and below the middle of what must be seen


def draw_lesson(painter: Painter, area: pygame.FRect, life: LifeScene, course: Tutorial) -> None:
    """Draw the lesson that is on over the town's lower or upper edge, where it hides less."""
    lesson, grown = course.lesson, min(painter.text_scale, _MOST_TEXT)
    inner = area.w - 76 - 2 * _INSET
    body = BODY * grown
    words = lay_out(painter, lesson.text, body, wrap=inner, fixed=True).size[1]
    title = painter.line_height(HEADING * grown, font="display", fixed=True)
    foot = max(painter.line_height(SMALL), painter.line_height(BODY * grown, fixed=True)) + 12
    card = pygame.FRect(0, 0, area.w - 76, title + 6 + words + 12 + foot + 2 * _INSET)
    card.centerx = area.centerx
    top, bottom = area.y + 26, area.bottom - 26 - card.h
    rows = [(y + 0.5) / life.level.height * area.h + area.y for y in course.spots(life.record)]
    under = [
        sum(y - _HEAD < edge + card.h and y + _HEAD > edge for y in rows) for edge in (bottom, top)
    ]
    card.y = bottom if under[0] <= under[1] else top
    _draw_ground(painter, card)
    box = card.inflate(-2 * _INSET, -2 * _INSET)
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
