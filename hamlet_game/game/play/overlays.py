"""What lies on the town now and then: a start card, short messages, the red of danger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.play.goals import Outlook, StarView
from hamlet_game.game.ui.look import icon_sprite, pulse
from hamlet_game.game.ui.richtext import draw_rich, lay_out
from hamlet_game.game.ui.stars import draw_stars
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL

if TYPE_CHECKING:
    from hamlet_game.town.level import Level

_INSET = 24.0
_BEAT = 0.9  # seconds, as the critical meters in the panel
_MOST_COVERED = 0.6  # of the town, by the start card
_MOST_MESSAGE = 1.4  # times the normal text size
_MOST_CHIP = 1.3  # times the normal text size
_ENDING = 40.0  # text size
_RINGS = 9  # of the red glow


def draw_message(
    painter: Painter, town: pygame.FRect, markup: str, *, icon: str = "", low: bool = True
) -> pygame.FRect:
    """Draw a short message over the lower or the upper edge of the town; return its box."""
    size = BODY * min(painter.text_scale, _MOST_MESSAGE)
    wrap = town.w - 110
    wide, high = lay_out(painter, markup, size, wrap=wrap, fixed=True).size
    side = painter.line_height(size, fixed=True) * 1.1 if icon else 0.0
    card = pygame.FRect(0, 0, wide + 40 + side, high + 20)
    card.centerx = town.centerx
    card.y = town.bottom - 26 - card.h if low else town.y + 26
    _ground(painter, card, min(card.h / 2, 22))
    if icon:
        center = (card.x + 16 + side / 2, card.centery)
        painter.sprite(icon_sprite(icon), center, (side, side))
    at, ink = (card.right - 20, card.centery), painter.palette.text
    draw_rich(
        painter, markup, at, size, ink, anchor="midright", wrap=wrap, align="center", fixed=True
    )
    return card


def draw_ending(
    painter: Painter, town: pygame.FRect, text: str, icon: str, cheerful: bool, *, low: bool
) -> pygame.FRect:
    """Draw how a life ended, in large letters across the town; return their box."""
    size = _ENDING * min(painter.text_scale, _MOST_CHIP)
    wide, high = painter.measure(text, size, font="display", fixed=True)
    side, colors = high * 0.9, painter.palette
    card = pygame.FRect(0, 0, min(town.w - 40, wide + side + 76), high + 34)
    card.centerx = town.centerx
    card.y = town.bottom - 70 - card.h if low else town.y + 70
    ink = colors.accent if cheerful else colors.danger
    _ground(painter, card, 24)
    painter.rect(card.inflate(-3, -3), ink, radius=22, width=3)
    center = (card.x + 26 + side / 2, card.centery)
    painter.sprite(icon_sprite(icon), center, (side, side))
    at = (center[0] + side / 2 + 14, card.centery)
    room = card.right - 20 - at[0]
    painter.text(text, at, size, ink, anchor="midleft", font="display", fit=room, fixed=True)
    return card


def draw_chip(painter: Painter, town: pygame.FRect, text: str, icon: str) -> None:
    """Draw a small remark in the town's upper left corner."""
    size = SMALL * min(painter.text_scale, _MOST_CHIP)
    high = painter.line_height(size, fixed=True) + 8
    wide = painter.measure(text, size, fixed=True)[0] + high + 16
    chip = pygame.FRect(town.x + 20, town.y + 18, min(wide, town.w - 40), high)
    painter.rect(chip, (*painter.palette.night, 190), radius=high / 2)
    center = (chip.x + high / 2 + 3, chip.centery)
    painter.sprite(icon_sprite(icon), center, (high * 0.66, high * 0.66))
    at = (chip.x + high + 5, chip.centery)
    room = chip.right - at[0] - 8
    ink = painter.palette.ghost
    painter.text(text, at, size, ink, anchor="midleft", fit=room, fixed=True)


def draw_danger(painter: Painter, town: pygame.FRect) -> None:
    """Let the town's edge glow red, beating like a heart."""
    beat = pulse(painter, _BEAT)
    inside = town.inflate(-16, -16)
    for ring in range(_RINGS):
        alpha = round((110 + 110 * beat) * (1 - ring / _RINGS) ** 2)
        edge = inside.inflate(-6 * ring, -6 * ring)
        painter.rect(edge, (*painter.palette.danger, alpha), radius=16, width=3)


def draw_start(
    painter: Painter, town: pygame.FRect, level: Level, prompt: str, *, full: bool, low: bool = True
) -> pygame.FRect:
    """Draw the card that tells what to do, before the first step; short for who has been here.

    It lies in the lower half of the town, or in the upper one, so that the person is seen.
    Returns its box.
    """
    if not full:
        return draw_message(painter, town, f"**{prompt}**", icon="play", low=low)
    width = town.w - 76
    inner = width - 2 * _INSET
    for keep in (3, 2, 1, 0):
        rows = _start_rows(painter, level, prompt, inner, keep)
        high = sum(row[0] for row in rows) + 2 * _INSET
        if high <= town.h * _MOST_COVERED:
            break
    card = pygame.FRect(0, 0, width, high)
    card.centerx = town.centerx
    card.y = town.bottom - 26 - high if low else town.y + 26
    _ground(painter, card, 22)
    top = card.y + _INSET
    for height, text, style in rows:
        _start_row(painter, pygame.FRect(card.x + _INSET, top, inner, height), text, style)
        top += height
    return card


Row = tuple[float, str, str]  # height, text, style


def _start_rows(painter: Painter, level: Level, prompt: str, inner: float, keep: int) -> list[Row]:
    """Return the card's rows: name, goal, hint, stars, prompt; the less `keep`, the fewer."""
    indent = painter.line_height(SMALL) * 1.2

    def tall(text: str, size: float, wrap: float, font: str = "sans") -> float:
        return painter.measure(text, size, wrap=wrap, font=font)[1]

    rows = [(tall(level.name, HEADING, inner, "display") + 10, level.name, "title")]
    rows.append((tall(level.goal, BODY, inner) + 14, level.goal, "goal"))
    if keep >= 3:
        rows.append((tall(level.hint, SMALL, inner) + 16, level.hint, "hint"))
    if keep >= 2:
        for number, conditions in enumerate(level.stars, 1):
            text = StarView(conditions, Outlook.OPEN).text(level.steps)
            rows.append((tall(text, SMALL, inner - indent * 3) + 5, text, f"star{number}"))
    if keep >= 1:
        rows.append((tall(prompt, BODY, inner, "bold") + 18, prompt, "prompt"))
    return rows


def _start_row(painter: Painter, box: pygame.FRect, text: str, style: str) -> None:
    colors = painter.palette
    if style.startswith("star"):
        side = painter.line_height(SMALL)
        draw_stars(painter, (box.x + side * 1.6, box.y + side / 2), side * 0.86, int(style[4:]))
        left = box.x + side * 3.6
        painter.text(text, (left, box.y), SMALL, colors.text, wrap=box.right - left)
    elif style == "title":
        painter.text(text, box.topleft, HEADING, colors.accent, font="display", wrap=box.w)
    elif style == "prompt":
        at = (box.centerx, box.bottom)
        glow = (*colors.focus, round(150 + 105 * pulse(painter, 1.6)))
        painter.text(
            text, at, BODY, glow, anchor="midbottom", font="bold", wrap=box.w, align="center"
        )
    else:
        size, color = (BODY, colors.text) if style == "goal" else (SMALL, colors.muted)
        painter.text(text, box.topleft, size, color, wrap=box.w)


def _ground(painter: Painter, card: pygame.FRect, radius: float) -> None:
    colors = painter.palette
    painter.shadow(card.move(0, 5), colors.shadow, radius=radius, blur=14)
    painter.rect(card, (*colors.panel_edge, 255), radius=radius)
    painter.rect(card.inflate(-3, -3), (*colors.panel, 255), radius=radius - 1.5)
