"""The results' card of stars: what each asks for, whether it was met, and how close it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import verdict
from hamlet_game.game.scenes.results_cards import INSET, Card
from hamlet_game.game.ui.widget import BODY, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter


_TITLE = "What the stars ask"
_BETWEEN = 7.0  # canvas units between two stars
_MOST_BETWEEN = 26.0

Row = tuple[verdict.Mark, float, float]  # a mark, its height, and the width of the closeness


class StarsCard(Card):
    """What each star asks for, whether it was met, and how close it was."""

    def _star(self, painter: Painter) -> float:
        return painter.line_height(BODY) * 1.05

    def _heading(self, painter: Painter) -> float:
        return painter.line_height(BODY, font="bold") + 6

    def _stars(self, painter: Painter, size: float) -> list[list[Row]]:
        """Return the rows of each star with words of a size."""
        inner, stars = self.wide - 2 * INSET, []
        for asked in verdict.marks(self.outcome.record, self.outcome.par):
            rows = []
            for mark in asked:
                close = painter.measure(mark.close, size, font="bold")[0]
                room = inner - 2 * self._star(painter) - 22 - close
                rows.append((mark, painter.measure(mark.text, size, wrap=room)[1] + 4, close))
            stars.append(rows)
        return stars

    def content_height(self, painter: Painter) -> float:
        """Return the height of all conditions; the heading is for where there is room."""
        return _height(self._stars(painter, SMALL))

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the card; words and gaps grow into the room there is."""
        inner, colors = self.card(painter), painter.palette
        top = inner.y
        if inner.h >= self._heading(painter) + self.content_height(painter):
            painter.text(_TITLE, inner.topleft, BODY, colors.text, font="bold", fit=inner.w)
            top += self._heading(painter)
        size = BODY if _height(self._stars(painter, BODY)) <= inner.bottom - top else SMALL
        stars, side = self._stars(painter, size), self._star(painter)
        spare = inner.bottom - top - _height(stars)
        between = min(_MOST_BETWEEN, _BETWEEN + max(0.0, spare) / len(stars))
        top += max(0.0, spare - (between - _BETWEEN) * (len(stars) - 1)) / 2
        for number, rows in enumerate(stars):
            if number:
                rule, y = (*colors.faint, 90), top - between / 2
                painter.line((inner.x, y), (inner.right, y), rule, width=1)
            earned = number < self.outcome.stars
            name = "icons/star_full" if earned else "icons/star_empty"
            painter.sprite(name, (inner.x + side / 2, top + rows[0][1] / 2), (side, side))
            for row in rows:
                self._mark(painter, inner, row, top, size)
                top += row[1]
            top += between

    def _mark(
        self, painter: Painter, inner: pygame.FRect, row: Row, top: float, size: float
    ) -> None:
        colors, side, (mark, high, close) = painter.palette, self._star(painter), row
        y, left = top + high / 2, inner.x + side + 8
        icon = {True: "icons/check", False: "icons/cross", None: "icons/clock"}[mark.met]
        painter.sprite(icon, (left + side / 2, y), (side * 0.66, side * 0.66))
        left += side + 6
        room = inner.right - close - 8 - left
        tone = colors.text if mark.met else colors.muted
        painter.text(mark.text, (left, y), size, tone, anchor="midleft", wrap=room)
        at = (inner.right, y)
        ink = {True: colors.good, False: colors.danger, None: colors.muted}[mark.met]
        painter.text(mark.close, at, size, ink, anchor="midright", font="bold")


def _height(stars: list[list[Row]]) -> float:
    return sum(high for rows in stars for _, high, _ in rows) + _BETWEEN * (len(stars) - 1)
