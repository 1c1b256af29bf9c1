"""The cards of the results: why it ended, and the score against par."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import verdict
from hamlet_game.game.theme import mix
from hamlet_game.game.ui.meter import draw_progress
from hamlet_game.game.ui.panel import draw_panel
from hamlet_game.game.ui.richtext import draw_rich, lay_out
from hamlet_game.game.ui.stars import draw_stars
from hamlet_game.game.ui.widget import BODY, SMALL, Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scene import Transition
    from hamlet_game.town.record import Record

INSET = 18.0  # from a card's edge to its content
_HEADLINE, _SCORE, _STARS = 30.0, 48.0, 64.0
ROW_GAP = 5.0


@dataclass
class Outcome:
    """What the cards show; the scene fills it in as par and records become known."""

    record: Record
    headline: str
    kicker: str  # where this was
    stars: int = 0
    pops: float | None = None  # stars that have arrived; None: all, at once
    par: float | None = None
    progress: float = 0.0  # of the search for par, 0..1
    best_town: float = 0.0
    best_level: float = 0.0
    badges: set[str] = field(default_factory=set)  # "town", "level", "lived": bettered just now
    notice: str = ""  # what this life opened

    @property
    def failed(self) -> bool:
        """Return whether there is nothing to cheer about."""
        return self.record.last.died or not self.stars


class Card(Widget):
    """A card that grows with its text; `wide` is set before it is laid out."""

    focusable = False
    radius = 22.0

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome
        self.wide = 400.0  # canvas units

    def preferred(self, painter: Painter) -> tuple[float, float]:
        """Return its width and the height its content needs."""
        return self.wide, self.content_height(painter) + 2 * INSET

    def content_height(self, painter: Painter) -> float:
        """Return the height of what is on it."""
        raise NotImplementedError

    def press(self) -> Transition | None:
        """Do nothing: it has the focus only to be scrolled to."""
        return None

    def card(self, painter: Painter) -> pygame.FRect:
        """Draw the card; return the box for its content."""
        draw_panel(painter, self.box)
        return self.box.inflate(-2 * INSET, -2 * INSET)


class HeadCard(Card):
    """A portrait of the townsperson and the sentence that says how it ended."""

    _PORTRAIT = 88.0

    def preferred(self, painter: Painter) -> tuple[float, float]:
        """Return its width, and the height of the portrait or the words."""
        return self.wide, max(self._PORTRAIT, self.content_height(painter))

    def content_height(self, painter: Painter) -> float:
        """Return the height of kicker, headline and notice."""
        room = self.wide - self._PORTRAIT - 24
        high = painter.measure(self.outcome.kicker, SMALL, wrap=room)[1]
        high += painter.measure(self.outcome.headline, _HEADLINE, font="display", wrap=room)[1]
        if self.outcome.notice:
            high += 4 + lay_out(painter, self._notice, BODY, wrap=room).size[1]
        return high

    @property
    def _notice(self) -> str:
        return f"{{trophy}} [accent:**{self.outcome.notice}**]"

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the portrait and the words beside it."""
        colors, out = painter.palette, self.outcome
        tile = pygame.FRect(self.box.x, self.box.y, self._PORTRAIT, self._PORTRAIT)
        tint = colors.danger if out.record.last.died else colors.good
        painter.shadow(tile.move(0, 5), colors.shadow, radius=24, blur=12)
        painter.rect(tile, mix(colors.panel, tint, 0.42), radius=24)
        painter.rect(tile.inflate(-6, -6), mix(colors.panel, tint, 0.24), radius=21)
        self._person(painter, tile)
        left, room = tile.right + 24, self.wide - self._PORTRAIT - 24
        top = self.box.centery - self.content_height(painter) / 2
        top = painter.text(out.kicker, (left, top), SMALL, colors.muted, wrap=room).bottom
        box = painter.text(
            out.headline, (left, top), _HEADLINE, colors.text, font="display", wrap=room
        )
        if out.notice:
            draw_rich(painter, self._notice, (left, box.bottom + 4), BODY, colors.text, wrap=room)

    def _person(self, painter: Painter, tile: pygame.FRect) -> None:
        still = painter.reduced_motion
        if self.outcome.record.last.died:
            pose = 0 if still else int(painter.now * 1.6) % 2
            painter.sprite(f"person/faint{pose}", (tile.centerx, tile.centery - 6), (76, 76))
            return
        pose = 1 if still else int(painter.now * 3.2) % 2
        for part in (f"person/cheer{pose}", "person/face_down_cheer"):
            painter.sprite(part, tile.center, (76, 76))


class ScoreCard(Card):
    """Stars, points against par as in golf, and the player's records."""

    def content_height(self, painter: Painter) -> float:
        """Return the height of stars, score and records."""
        line = painter.line_height(BODY) + ROW_GAP
        return _STARS + 8 + self._score_height(painter) + 6 + len(self._rows()) * line

    def _score_height(self, painter: Painter) -> float:
        high = painter.line_height(_SCORE, font="display")
        return high if self._beside(painter) else high + painter.line_height(BODY)

    def _par_words(self) -> str:
        out = self.outcome
        if out.par is None:
            return f"Working out par: {out.progress:.0%}".replace("%", " %")
        return f"par {out.par:.0f} · {verdict.percent(out.record.last.points / out.par)}"

    def _beside(self, painter: Painter) -> bool:
        """Return whether par fits on the score's own line."""
        points = f"{self.outcome.record.last.points:.0f}"
        score = painter.measure(points, _SCORE, font="display")[0]
        longest = painter.measure("Working out par: 100 %", BODY, font="bold")[0]
        return score + 14 + longest <= self.wide - 2 * INSET

    def _rows(self) -> list[tuple[str, str, bool]]:
        """Return (what, value, just bettered) of each line."""
        out, record = self.outcome, self.outcome.record
        steps = f"{record.survival} of {record.level.steps} steps"
        rows = [("Lived", steps, "lived" in out.badges)]
        if verdict.asks_for(record.level, "return"):
            rows.append(("Total reward", verdict.signed(record.total), False))
        rows.append(("Best in this town", f"{out.best_town:.0f}", "town" in out.badges))
        rows.append(("Best in this level", f"{out.best_level:.0f}", "level" in out.badges))
        return rows

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the card."""
        out, colors = self.outcome, painter.palette
        inner = self.card(painter)
        center = (inner.centerx, inner.y + _STARS / 2)
        draw_stars(painter, center, _STARS, out.stars, pops=out.pops)
        top = inner.y + _STARS + 8
        self._score(painter, inner, top)
        top += self._score_height(painter) + 6
        line = painter.line_height(BODY) + ROW_GAP
        for what, value, bettered in self._rows():
            y = top + line / 2
            at = (inner.right, y)
            tone = colors.accent if bettered else colors.text
            box = painter.text(value, at, BODY, tone, anchor="midright", font="bold")
            left = _badge(painter, box.left - 10, y) if bettered else box.left
            room = left - 8 - inner.x
            painter.text(what, (inner.x, y), BODY, colors.muted, anchor="midleft", fit=room)
            top += line

    def _score(self, painter: Painter, inner: pygame.FRect, top: float) -> None:
        colors, points = painter.palette, f"{self.outcome.record.last.points:.0f}"
        high = painter.line_height(_SCORE, font="display")
        wide = painter.measure(points, _SCORE, font="display")[0]
        words = self._par_words()
        tone = colors.muted if self.outcome.par is None else colors.text
        if not self._beside(painter):
            at = (inner.centerx, top)
            painter.text(points, at, _SCORE, colors.text, anchor="midtop", font="display")
            at = (inner.centerx, top + high)
            painter.text(words, at, BODY, tone, anchor="midtop", font="bold", fit=inner.w)
            return
        beside = painter.measure(words, BODY, font="bold")[0]
        left = inner.centerx - (wide + 14 + beside) / 2
        painter.text(points, (left, top), _SCORE, colors.text, font="display")
        at = (left + wide + 14, top + high * 0.58)
        box = painter.text(words, at, BODY, tone, anchor="midleft", font="bold")
        if self.outcome.par is None:
            bar = (box.x, box.bottom + 1, box.w, 7)
            draw_progress(painter, bar, self.outcome.progress, colors.accent)


def _badge(painter: Painter, right: float, y: float) -> float:
    """Draw "New best!" on a pill ending at `right`; return its left edge."""
    colors, text = painter.palette, "New best!"
    wide, high = painter.measure(text, SMALL * 0.9, font="bold")
    box = pygame.FRect(right - wide - 18, y - high / 2 - 1, wide + 18, high + 2)
    painter.rect(box, colors.accent, radius=box.h / 2)
    at = box.center
    painter.text(text, at, SMALL * 0.9, colors.accent_text, anchor="center", font="bold")
    return box.left
