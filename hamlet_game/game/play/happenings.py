"""The panel's third card: the ticker's lines, newest on top and fading."""

from __future__ import annotations

import pygame

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.play.blocks import Block
from hamlet_game.game.play.ticker import Line, Ticker
from hamlet_game.game.theme import Rgb
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import BODY, SMALL

_AIR = 6.0  # between lines
_HASTE = 4.0  # a line has slid in when a quarter of its step has been shown
_FADE = 0.16  # of the brightness, from line to line
_EMPTY = "Nothing has happened yet."


def line_height(painter: Painter) -> float:
    """Return a line's height with the air below it."""
    return painter.line_height(BODY) + _AIR


def happenings(
    painter: Painter,
    ticker: Ticker,
    step: int,
    part: float,
    count: int,
    *,
    hint: str = "",
) -> Block:
    """Return the last `count` lines; while a step is shown, its own line fades in.

    As long as there are none, `hint` is shown if it fits.
    """
    lines = ticker.lines(step, count + 1)
    fresh = bool(lines) and lines[0].note.step == step and lines[0].times == 1
    slide = max(0.0, 1 - _HASTE * part) if fresh and not painter.reduced_motion else 0.0
    high = line_height(painter)
    tall = count * high - _AIR

    def draw(box: pygame.FRect) -> None:
        if not lines:
            _draw_empty(painter, box, tall, hint)
            return
        with painter.clip(pygame.FRect(box.x - 4, box.y - 1, box.w + 8, tall + 2)):
            for index, line in enumerate(lines[: count + (slide > 0)]):
                bright = max(0.3, 1 - _FADE * max(0.0, index - slide))
                if index == 0:  # the new line comes into sight where it stays
                    bright *= 1 - slide
                top = box.y + (index - slide * (index > 0)) * high
                _draw_line(painter, pygame.FRect(box.x, top, box.w, high - _AIR), line, bright)

    return Block(tall, draw)


def _draw_empty(painter: Painter, box: pygame.FRect, tall: float, hint: str) -> None:
    """Draw the level's hint where nothing has happened yet, if there is room for it."""
    colors, side = painter.palette, painter.line_height(BODY)
    room = box.w - side - 10
    if not hint or painter.measure(hint, BODY, wrap=room)[1] > tall:
        painter.text(_EMPTY, box.topleft, SMALL, colors.muted, fit=box.w)
        return
    painter.sprite("icons/help", (box.x + side / 2, box.y + side / 2), (side * 0.9, side * 0.9))
    painter.text(hint, (box.x + side + 10, box.y), BODY, colors.muted, wrap=room)


def _draw_line(painter: Painter, box: pygame.FRect, line: Line, bright: float) -> None:
    side, colors = box.h, painter.palette
    alpha = round(255 * bright)
    sprite = icon_sprite(line.note.icon)
    painter.sprite(sprite, (box.x + side / 2, box.centery), (side, side), alpha=alpha)
    ink = (*colors.muted, round(alpha * 0.7))
    number = painter.text(
        str(line.note.step), (box.right, box.centery), SMALL, ink, anchor="midright"
    )
    left = box.x + side + 10
    color = (*_tone(painter, line.note.tone), alpha)
    room = number.left - left - 10
    painter.text(line.text, (left, box.centery), BODY, color, anchor="midleft", fit=room)


def _tone(painter: Painter, tone: str) -> Rgb:
    colors = painter.palette
    tones = {"good": colors.text, "warn": colors.warn, "danger": colors.danger}
    return tones.get(tone, colors.muted)
