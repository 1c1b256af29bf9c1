"""The results' card of stars: what each asks for, whether it was met, and how close it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import verdict
from hamlet_game.game.scenes.results_cards import INSET, Card
from hamlet_game.game.ui.widget import BODY, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter


class StarsCard(Card):
    """What each star asks for, whether it was met, and how close it was."""

    def _star(self, painter: Painter) -> float:
        return painter.line_height(BODY) * 1.05

    def _lines(self, painter: Painter) -> list[list[tuple[verdict.Mark, float, float]]]:
        """Return each star's marks with their height and the width of the closeness."""
        inner, stars = self.wide - 2 * INSET, []
        for asked in verdict.marks(self.outcome.record, self.outcome.par):
            lines = []
            for mark in asked:
                close = painter.measure(mark.close, SMALL, font="bold")[0]
                room = inner - 2 * self._star(painter) - 22 - close
                lines.append((mark, painter.measure(mark.text, SMALL, wrap=room)[1] + 4, close))
            stars.append(lines)
        return stars

    def content_height(self, painter: Painter) -> float:
        """Return the height of all conditions."""
        stars = self._lines(painter)
        return sum(high for lines in stars for _, high, _ in lines) + 7 * (len(stars) - 1)

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the card."""
        inner, colors = self.card(painter), painter.palette
        side, top = self._star(painter), inner.centery - self.content_height(painter) / 2
        for number, lines in enumerate(self._lines(painter)):
            if number:
                rule = (*colors.faint, 90)
                painter.line((inner.x, top - 4), (inner.right, top - 4), rule, width=1)
            earned = number < self.outcome.stars
            middle = top + lines[0][1] / 2
            name = "icons/star_full" if earned else "icons/star_empty"
            painter.sprite(name, (inner.x + side / 2, middle), (side, side))
            for mark, high, close in lines:
                self._mark(painter, inner, mark, (top, high, close))
                top += high
            top += 7

    def _mark(
        self,
        painter: Painter,
        inner: pygame.FRect,
        mark: verdict.Mark,
        place: tuple[float, float, float],
    ) -> None:
        colors, side, (top, high, close) = painter.palette, self._star(painter), place
        y, left = top + high / 2, inner.x + side + 8
        icon = {True: "icons/check", False: "icons/cross", None: "icons/clock"}[mark.met]
        painter.sprite(icon, (left + side / 2, y), (side * 0.66, side * 0.66))
        left += side + 6
        room = inner.right - close - 8 - left
        tone = colors.text if mark.met else colors.muted
        painter.text(mark.text, (left, y), SMALL, tone, anchor="midleft", wrap=room)
        at = (inner.right, y)
        ink = {True: colors.good, False: colors.danger, None: colors.muted}[mark.met]
        painter.text(mark.close, at, SMALL, ink, anchor="midright", font="bold")
