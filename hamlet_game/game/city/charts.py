"""The city's charts: population, wealth and its spread, and what lives ended of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.city.census import AGE, BINS, CAUSE_ICONS, CAUSES
from hamlet_game.game.play.blocks import Block
from hamlet_game.game.theme import mix
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import BODY, SMALL
from hamlet_game.town.names import VITAL

if TYPE_CHECKING:
    from hamlet_game.game.city.census import Census
    from hamlet_game.game.draw.painter import Painter

_PLOT = 92.0  # height of a plot at most, canvas units
_LEAST = 44.0  # below that a plot says nothing


def population_block(painter: Painter, census: Census, people: int, high: float = _PLOT) -> Block:
    """Return how many live in the city, now and since it was founded."""
    head = painter.line_height(BODY, font="bold") + 4

    def draw(box: pygame.FRect) -> None:
        now = census.population[-1] if census.population else people
        _title(painter, box, "Population", f"{now:,}")
        plot = pygame.FRect(box.x, box.y + head, box.w, box.h - head)
        values = census.population or [people]
        low = min(*values, round(people * 0.9))
        low = 0 if low < people * 0.5 else low
        top = max(people, *values)
        _plot(painter, plot, values, ends=(low, top), color=painter.palette.good)

    return Block(head + max(_LEAST, high), draw)


def wealth_block(painter: Painter, census: Census, high: float = _PLOT) -> Block:
    """Return how money is spread: people by their purse, the median, and the Gini coefficient."""
    head = painter.line_height(BODY, font="bold") + 4
    foot = painter.line_height(SMALL) + 2

    def draw(box: pygame.FRect) -> None:
        colors, wealth = painter.palette, census.wealth
        _title(painter, box, "Wealth", f"median ${wealth.median:.0f} · Gini {wealth.gini:.2f}")
        plot = pygame.FRect(box.x, box.y + head, box.w, box.h - head - foot)
        painter.rect(plot, colors.track, radius=8)
        most = max(1, int(wealth.bins.max()))
        wide = (plot.w - 12) / BINS
        for k, count in enumerate(wealth.bins):
            tall = (plot.h - 10) * int(count) / most
            bar = pygame.FRect(plot.x + 6 + k * wide + 2, 0, wide - 4, max(2.0, tall))
            bar.bottom = plot.bottom - 5
            painter.rect(bar, mix(colors.satiation, colors.money, k / (BINS - 1)), radius=4)
        for text, anchor, x in (("$0", "topleft", plot.x), ("$100", "topright", plot.right)):
            painter.text(text, (x, plot.bottom + 2), SMALL, colors.muted, anchor=anchor)
        middle = (plot.centerx, plot.bottom + 2)
        room = plot.w - painter.measure("$0 $100", SMALL)[0] - 24
        painter.text("people by purse", middle, SMALL, colors.muted, anchor="midtop", fit=room)

    return Block(head + max(_LEAST, high) + foot, draw)


def causes_block(painter: Painter, census: Census) -> Block:
    """Return what lives ended of, a bar each."""
    head = painter.line_height(BODY, font="bold") + 4
    line = painter.line_height(SMALL) + 6

    def draw(box: pygame.FRect) -> None:
        colors = painter.palette
        _title(painter, box, "Lives ended", f"{sum(census.ended):,}")
        words = max(painter.measure(name, SMALL)[0] for name in CAUSES)
        numbers = painter.measure(f"{max(census.ended):,}", SMALL, font="bold")[0]
        most = max(1, *census.ended)
        for k, name in enumerate(CAUSES):
            middle = box.y + head + line * (k + 0.5)
            side = line * 0.78
            painter.sprite(icon_sprite(CAUSE_ICONS[k]), (box.x + side / 2, middle), (side, side))
            left = box.x + side + 8
            room = min(words, box.w * 0.45)
            painter.text(name, (left, middle), SMALL, colors.text, anchor="midleft", fit=room)
            count = f"{census.ended[k]:,}"
            at = (box.right, middle)
            painter.text(count, at, SMALL, colors.text, anchor="midright", font="bold")
            track = pygame.FRect(left + room + 10, 0, 0, line * 0.5)
            track.w, track.centery = box.right - numbers - 10 - track.x, middle
            if track.w < 20:
                continue
            painter.rect(track, colors.track, radius=track.h / 2)
            if census.ended[k]:
                color = colors.named(VITAL[k].key) if k < AGE else colors.muted
                share = max(track.h, track.w * census.ended[k] / most)
                painter.rect((track.x, track.y, share, track.h), color, radius=track.h / 2)

    return Block(head + line * len(CAUSES), draw)


def _title(painter: Painter, box: pygame.FRect, title: str, value: str) -> None:
    colors = painter.palette
    left = painter.text(title, box.topleft, BODY, colors.text, font="bold", fit=box.w * 0.5)
    room = box.right - left.right - 10
    at = (box.right, left.centery)
    painter.text(value, at, SMALL, colors.accent, anchor="midright", font="bold", fit=room)


def _plot(
    painter: Painter,
    box: pygame.FRect,
    values: list[int],
    *,
    ends: tuple[float, float],
    color: tuple[int, int, int],
) -> None:
    """Draw a curve over all time, its field filled, on its own scale between `ends`."""
    low, high = ends
    colors = painter.palette
    painter.rect(box, colors.track, radius=8)
    inner = box.inflate(-14, -44) if box.h > 90 else box.inflate(-14, -30)
    span = max(1.0, high - low)
    step = inner.w / max(1, len(values) - 1)
    points = [
        (inner.x + k * step, inner.bottom - inner.h * (value - low) / span)
        for k, value in enumerate(values)
    ]
    if len(points) < 2:
        points = [(inner.x, points[0][1]), (inner.right, points[0][1])]
    field = [(inner.x, inner.bottom), *points, (inner.right, inner.bottom)]
    painter.polygon(field, (*color, 60))
    painter.lines(points, color, width=2.5)
    for value, y, anchor in ((high, box.y + 3, "topleft"), (low, box.bottom - 3, "bottomleft")):
        ink = (*colors.muted, 230)
        text = f"{value:,.0f}"
        painter.text(text, (box.x + 8, y), SMALL * 0.85, ink, anchor=anchor, fixed=True)
