"""The event ticker: what happened in training, the newest on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.insight.sheet import kept_sheet, open_sheet, say_nothing_yet
from hamlet_game.game.insight.words import level_name, short

if TYPE_CHECKING:
    from hamlet_game.game.desk.history import History, News
    from hamlet_game.game.draw.painter import Box, Painter

_SMALLEST = 0.8  # of the text size, before a line is cut


def lines(history: History) -> tuple[tuple[News, str], ...]:
    """Return the news, the newest first, each with its text in which levels have names."""
    return tuple((news, named(news.text, history.levels)) for news in reversed(history.news))


def named(text: str, levels: tuple[str, ...]) -> str:
    """Return a text with the ids of levels replaced by their names."""
    for id_ in levels:
        name = level_name(id_)
        text = text.replace(f"Level {id_}", name).replace(id_, name)
    return text


def draw_news(painter: Painter, box: Box, history: History) -> None:
    """Draw as many lines as fit."""
    news = history.news
    key = (id(history), news[-1] if news else None, len(news), history.levels)
    kept_sheet(painter, box, key, lambda part: _draw(part, box, lines(history)))


def _draw(painter: Painter, box: Box, told: tuple[tuple[News, str], ...]) -> None:
    sheet = open_sheet(painter, box, "What happened", "clock", rows=4, card=False)
    colors = painter.palette
    if not told:
        say_nothing_yet(sheet, "All quiet. Exams and graduations will be told here.")
        return
    high = sheet.line * 1.12
    shown = told[: max(1, int((sheet.box.h + 3) / high))]
    steps = max(sheet.width(short(news.step), size=0.84) for news, _ in shown)
    room = sheet.box.w - sheet.em * 2.1 - steps
    longest = max(sheet.width(text, bold=not k) for k, (_, text) in enumerate(shown))
    size = min(1.0, max(_SMALLEST, room / longest))
    for index, (news, text) in enumerate(shown):
        row = pygame.FRect(sheet.box.x, sheet.box.y + index * high, sheet.box.w, high)
        middle, ink = row.centery, colors.muted if index else colors.text
        if not index:
            painter.rect(row.inflate(10, -1), colors.panel_raised, radius=row.h / 3)
        sheet.icon(news.icon, (row.x + sheet.em * 0.6, middle), 1.1)
        at = (row.right, middle)
        sheet.write(short(news.step), at, colors.muted, anchor="midright", size=0.84)
        at = (row.x + sheet.em * 1.6, middle)
        sheet.write(text, at, ink, bold=not index, fit=room, size=size)
