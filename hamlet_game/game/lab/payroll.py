"""The worked example as rows of bars: how long each script lives, what it gets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.lab.example import Pay
from hamlet_game.game.lab.page import draw_bar
from hamlet_game.game.lab.terms import signed
from hamlet_game.game.play.blocks import Block
from hamlet_game.game.theme import mix
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter


def payroll(
    painter: Painter, pays: list[Pay], steps: int, width: float, size: float = SMALL
) -> Block:
    """Return a row for each script: how long it lives, what it gets."""
    high = painter.line_height(size, font="bold") + 16
    rows = max(1, len(pays))
    draw_row = partial(_draw_pay, painter, pays, steps, size=size)

    def draw(box: pygame.FRect) -> None:
        if not pays:
            color = painter.palette.muted
            painter.text("Four scripts are being tried …", box.topleft, SMALL, color, fit=width)
        for index, pay in enumerate(pays):
            draw_row(pygame.FRect(box.x, box.y + index * high, width, high - 6), pay)

    return Block(rows * high - 6, draw)


def _draw_pay(
    painter: Painter, pays: list[Pay], steps: int, row: pygame.FRect, pay: Pay, *, size: float
) -> None:
    """Draw one row: icon and name, a bar for the life, a bar for the reward from its zero."""
    colors, side = painter.palette, row.h * 0.9
    painter.sprite(icon_sprite(pay.payee.icon), (row.x + side / 2, row.centery), (side, side))
    name = pygame.FRect(row.x + side + 8, row.y, row.w * 0.27 - side, row.h)
    painter.text(
        pay.payee.name, name.midleft, size, colors.text,
        anchor="midleft", font="bold", fit=name.w,
    )  # fmt: skip
    left, room = name.right + 10, row.right - name.right - 10
    half = room / 2 - 8
    life = _Bar(pygame.FRect(left, row.y, half, row.h), size)
    life.draw(painter, f"lives {pay.survival:.0f}", (0, pay.survival / steps), "energy")
    most = max([0.0, *(p.total for p in pays)])
    least = min([0.0, *(p.total for p in pays)])
    span = max(most - least, 1e-9)
    gets = _Bar(pygame.FRect(left + half + 16, row.y, half, row.h), size)
    ends = (-least / span, (pay.total - least) / span)
    tone = "accent" if pay.total >= 0 else "danger"
    gets.draw(painter, f"gets {signed(round(pay.total))}", ends, tone)


@dataclass(frozen=True, slots=True)
class _Bar:
    """A number over its bar."""

    box: pygame.FRect
    size: float

    def draw(self, painter: Painter, words: str, ends: tuple[float, float], tone: str) -> None:
        """Draw the bar from share to share of its width, in a colour of the palette."""
        colors, box = painter.palette, self.box
        bar = pygame.FRect(box.x, box.bottom - 7, box.w, 7)
        at = (box.x, bar.top - 1)
        painter.text(words, at, self.size, colors.text, anchor="bottomleft", fit=box.w)
        draw_bar(painter, bar, *ends, mix(colors.named(tone), colors.panel, 0.1))
