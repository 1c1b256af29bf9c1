"""A panel's card, and the text size at which its rows fit it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.insight.picture import kept_picture
from hamlet_game.game.play.blocks import draw_card
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Color, Painter, Point

INSET = 13.0  # from the card's edge to its content
_CORNER = 6.0  # a square this far inside a card lies within its round corners
_LEADING = 1.38  # of the text size, a line's height
_LEAST = 10.5  # text size; below that rows are dropped instead
_TITLE = 1.12  # of the text size
_WIDE = 15.5  # letters or so that a line must hold


@dataclass(frozen=True, slots=True)
class Sheet:
    """The content area of a panel and its text size, in canvas units."""

    painter: Painter
    box: pygame.FRect
    em: float
    noted: bool = False  # the note stands in the title's row, or there was none

    @property
    def line(self) -> float:
        """Return the height of a line."""
        return self.em * _LEADING

    def write(
        self,
        text: str,
        at: Point,
        color: Color,
        *,
        anchor: str = "midleft",
        bold: bool = False,
        fit: float | None = None,
        size: float = 1.0,
    ) -> pygame.FRect:
        """Write a line; `size` in times the sheet's text."""
        return self.painter.text(
            text,
            at,
            self.em * size,
            color,
            anchor=anchor,
            font="bold" if bold else "sans",
            fit=None if fit is None else max(8.0, fit),
            fixed=True,
        )

    def width(self, text: str, *, bold: bool = False, size: float = 1.0) -> float:
        """Return the width that `write` would take."""
        font = "bold" if bold else "sans"
        return self.painter.measure(text, self.em * size, font=font, fixed=True)[0]

    def icon(self, name: str, center: Point, size: float = 1.1) -> None:
        """Draw an icon; `size` in times the text."""
        side = self.em * size
        self.painter.sprite(icon_sprite(name), center, (side, side))


def letter_size(painter: Painter, box: Box, rows: float) -> float:
    """Return the text size at which `rows` lines fit, at most the user's."""
    wide, high = box[2] - 2 * INSET, box[3] - 2 * INSET
    wished = SMALL * painter.text_scale
    return max(_LEAST, min(wished, wide / _WIDE, high / (rows * _LEADING)))


def kept_sheet(painter: Painter, box: Box, key: Hashable, paint: Callable[[Painter], None]) -> None:
    """Draw a card whose content `paint` draws anew only where `key` has changed."""
    card = pygame.FRect(box)
    draw_card(painter, card)
    inner = card.inflate(-2 * _CORNER, -2 * _CORNER)
    kept_picture(painter, box).draw(painter, inner, key, paint, painter.palette.panel)


def open_sheet(
    painter: Painter,
    box: Box,
    title: str,
    icon: str,
    *,
    rows: float,
    note: str = "",
    brief: str = "",
    badge: str = "",
    card: bool = True,
) -> Sheet:
    """Draw a card with its title, and a quiet note at its right; return the rest of it.

    `rows`: lines that the content would like to have. `brief` stands for the note where that
    is too long. A `badge` is never left out: it takes the place of note and title where there
    is too little room. `card` off: it is there already.
    """
    whole = pygame.FRect(box)
    if card:
        draw_card(painter, whole)
    inner = whole.inflate(-2 * INSET, -2 * INSET)
    em = letter_size(painter, box, rows + _TITLE + 0.25)
    sheet = Sheet(painter, inner, em)
    high = em * _TITLE * _LEADING
    head = pygame.FRect(inner.x, inner.y, inner.w, high)
    if inner.h < (rows + _TITLE) * _LEAST * _LEADING and rows > 1:
        if not badge:
            return sheet  # no room for words that can be guessed
        title = ""
    noted = _draw_head(sheet, head, (title, icon), (note, brief), badge)
    top = high + em * 0.3
    rest = pygame.FRect(inner.x, inner.y + top, inner.w, max(1.0, inner.h - top))
    return Sheet(painter, rest, em, noted)


def _draw_head(
    sheet: Sheet, head: pygame.FRect, title: tuple[str, str], notes: tuple[str, str], badge: str
) -> bool:
    """Draw the title's row; return whether nothing that should be noted is missing."""
    words, icon = title
    wide = sheet.painter.measure(words, sheet.em * _TITLE, font="display", fixed=True)[0]
    left = head.x + head.h * 1.1 + wide + sheet.em * 0.8
    if badge and (not words or left + _badge_width(sheet, badge, head.h) > head.right):
        _draw_badge(sheet, head, badge, left=True)
        return not notes[0]
    _draw_title(sheet, head, words, icon)
    if badge:
        _draw_badge(sheet, pygame.FRect(left, head.y, head.right - left, head.h), badge)
        return not notes[0]
    for note in notes:
        if note and sheet.width(note, size=0.9) <= head.right - left:
            at, ink = (head.right, head.centery), sheet.painter.palette.muted
            sheet.write(note, at, ink, anchor="midright", size=0.9)
            return True
    return not notes[0]


def _draw_title(sheet: Sheet, head: pygame.FRect, title: str, icon: str) -> None:
    sheet.icon(icon, (head.x + head.h * 0.45, head.centery), 1.3)
    left = head.x + head.h * 1.1
    sheet.painter.text(
        title,
        (left, head.centery),
        sheet.em * _TITLE,
        sheet.painter.palette.text,
        anchor="midleft",
        font="display",
        fit=head.right - left,
        fixed=True,
    )


def _badge_width(sheet: Sheet, words: str, high: float) -> float:
    return sheet.width(words, bold=True, size=0.88) + high * 1.45


def _draw_badge(sheet: Sheet, room: pygame.FRect, words: str, *, left: bool = False) -> None:
    """Draw a pill with a die at one end of its room."""
    painter, colors = sheet.painter, sheet.painter.palette
    pill = pygame.FRect(0, 0, min(_badge_width(sheet, words, room.h), room.w), room.h)
    pill.midright = room.midright
    if left:
        pill.left = room.left
    painter.rect(pill, colors.warn, radius=pill.h / 2)
    sheet.icon("dice", (pill.x + pill.h * 0.6, pill.centery), 1.15)
    at, fit = (pill.x + pill.h * 1.08, pill.centery), pill.w - pill.h * 1.4
    sheet.write(words, at, colors.accent_text, bold=True, fit=fit, size=0.88)


def say_nothing_yet(sheet: Sheet, text: str) -> None:
    """Write a friendly sentence where there is nothing to show yet."""
    painter, box = sheet.painter, sheet.box
    size = sheet.em
    while size > _LEAST and painter.measure(text, size, wrap=box.w, fixed=True)[1] > box.h:
        size -= 0.5
    with painter.clip(box.inflate(4, 4)):
        painter.text(
            text,
            box.center,
            size,
            painter.palette.muted,
            anchor="center",
            wrap=box.w,
            align="center",
            fixed=True,
        )
