"""What is written large over the lanes: getting ready, the countdown, who wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.theme import mix
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.meter import draw_progress
from hamlet_game.game.ui.widget import BODY
from hamlet_game.game.versus.race import COUNT_S, Race, Stage

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter

_MOST_TEXT = 1.4  # times the normal size
_NUMBER = 120.0
_TITLE = 44.0
_END, _END_WIDE = 38.0, 14.5  # the size of an ending, and how many of it a town is wide
_MOST_END = 1.2  # times the normal size


def draw_curtain(painter: Painter, area: pygame.FRect, race: Race) -> None:
    """Draw what the race's stage asks for."""
    if race.stage is Stage.PREPARING:
        _preparing(painter, area, race)
    elif race.stage is Stage.COUNTDOWN:
        _count(painter, area, race)


def _preparing(painter: Painter, area: pygame.FRect, race: Race) -> None:
    """Say who is still thinking, and how far they have come."""
    waiting = [lane.who.name for lane in race.lanes if not lane.ready]
    text = f"{waiting[0]} looks ahead…" if waiting else "Getting ready…"
    size, colors = BODY * min(painter.text_scale, _MOST_TEXT), painter.palette
    wide, high = painter.measure(text, size, font="bold", fixed=True)
    card = _card(painter, area, max(300.0, wide + 60), high + 60)
    at = (card.centerx, card.y + 18)
    painter.text(text, at, size, colors.text, anchor="midtop", font="bold", fixed=True)
    bar = (card.x + 26, card.bottom - 30, card.w - 52, 14)
    draw_progress(painter, bar, race.progress, colors.accent)


def _count(painter: Painter, area: pygame.FRect, race: Race) -> None:
    """Draw the number that is counted, which shrinks as its time goes by."""
    colors = painter.palette
    part = race.left / COUNT_S % 1.0
    grown = 1.0 if painter.reduced_motion else 0.8 + 0.35 * round(part * 6) / 6
    side = 170.0
    disc = pygame.FRect(0, 0, side, side)
    disc.center = area.center
    painter.circle(disc.center, side / 2 + 7, (*colors.night, 150))
    painter.circle(disc.center, side / 2, colors.accent)
    painter.circle(disc.center, side / 2 - 8, mix(colors.panel, colors.accent, 0.16))
    painter.text(
        str(race.count), disc.center, _NUMBER * grown, colors.text,
        anchor="center", font="display", fixed=True,
    )  # fmt: skip


def draw_winner(painter: Painter, area: pygame.FRect, headline: str, *, cheerful: bool) -> None:
    """Write who wins between the towns."""
    size, colors = _TITLE * min(painter.text_scale, _MOST_TEXT), painter.palette
    wide, high = painter.measure(headline, size, font="display", fixed=True)
    card = _card(painter, area, min(area.w - 20, wide + 80), high + 34)
    ink = colors.accent if cheerful else colors.text
    painter.rect(card.inflate(-6, -6), ink, radius=20, width=3)
    painter.text(
        headline, card.center, size, ink,
        anchor="center", font="display", fit=card.w - 40, fixed=True,
    )  # fmt: skip


def draw_end(
    painter: Painter, town: pygame.FRect, text: str, icon: str, *, cheerful: bool, low: bool
) -> None:
    """Write across a town how the life in it ended; `low`: in its lower part."""
    colors = painter.palette
    size = min(_END, town.w / _END_WIDE) * min(painter.text_scale, _MOST_END)
    wide, high = painter.measure(text, size, font="display", fixed=True)
    card = pygame.FRect(0, 0, wide + high + 52, high + 24)
    card.centerx = town.centerx
    card.y = town.bottom - town.h * 0.12 - card.h if low else town.y + town.h * 0.12
    ink = colors.accent if cheerful else colors.danger
    painter.shadow(card.move(0, 5), colors.shadow, radius=20, blur=14)
    painter.rect(card, ink, radius=20)
    painter.rect(card.inflate(-6, -6), colors.panel, radius=17)
    center = (card.x + 18 + high / 2, card.centery)
    painter.sprite(icon_sprite(icon), center, (high * 0.9, high * 0.9))
    at = (center[0] + high / 2 + 10, card.centery)
    painter.text(text, at, size, ink, anchor="midleft", font="display", fixed=True)


def _card(painter: Painter, area: pygame.FRect, wide: float, high: float) -> pygame.FRect:
    card = pygame.FRect(0, 0, wide, high)
    card.center = area.center
    colors = painter.palette
    painter.shadow(card.move(0, 6), colors.shadow, radius=24, blur=18)
    painter.rect(card, colors.panel_edge, radius=24)
    painter.rect(card.inflate(-3, -3), colors.panel, radius=22.5)
    return card
