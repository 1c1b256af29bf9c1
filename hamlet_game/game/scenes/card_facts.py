"""The words on a level's card: goal, stars and how they are earned, scores, advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.richtext import draw_rich, lay_out
from hamlet_game.game.ui.stars import draw_stars
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.scores import LevelScore, TownScore
    from hamlet_game.town.level import Level

_GAP = 14.0
_TEXT = BODY - 1


@dataclass
class CardFacts:
    """What a card tells of a level and of one of its towns."""

    level: Level
    number: int
    score: LevelScore
    best_here: TownScore | None = None  # the best run in the town shown
    par: float | None = None  # None: still being worked out
    par_progress: float = 0.0  # 0..1

    @property
    def star_rules(self) -> list[str]:
        """Return what each star asks for, in words."""
        return [
            " and ".join(
                text if k == 0 else text[0].lower() + text[1:]
                for k, text in enumerate(c.text(self.level.steps) for c in conditions)
            )
            for conditions in self.level.stars
        ]

    @property
    def figures(self) -> list[tuple[str, str, str]]:
        """Return (icon, name, value) of what was reached and what is possible."""
        best = "–" if self.score.best is None else f"{self.score.best:,.0f}"
        here = "–" if self.best_here is None else f"{self.best_here.score:,.0f}"
        par = f"working… {self.par_progress:.0%}" if self.par is None else f"{self.par:,.0f}"
        return [
            ("flag", "Par in this town", par),
            ("trophy", "Your best in this town", here),
            ("star_full", "Your best anywhere", best),
            ("heart", "Lives played", f"{self.score.plays:,}"),
        ]


def draw_facts(painter: Painter, area: pygame.FRect, facts: CardFacts) -> None:
    """Draw what fits into `area`, most important first: advice goes before rules do."""
    top = _heading(painter, area, facts)
    top = _paragraph(painter, area, top, facts.level.goal, "text")
    rules = _rules_height(painter, area, facts)
    high, columns = _figures_size(painter, area, facts)
    advice = [f"**Hint:** {facts.level.hint}", f"**Teaches:** {facts.level.teaches}"]
    room = area.bottom - top - rules - _GAP - high
    for text in advice:
        needed = lay_out(painter, text, _TEXT, wrap=area.w).size[1] + _GAP * 0.7
        if needed <= room:
            top = _paragraph(painter, area, top, text, "muted")
            room -= needed
    spare = max(0.0, min(18.0, (area.bottom - top - rules - _GAP - high) / 3))
    top = _rules(painter, area, top + spare, facts)
    if top + _GAP + high <= area.bottom + 1:
        _figures(painter, area, top + _GAP + spare, facts, columns)


def _heading(painter: Painter, area: pygame.FRect, facts: CardFacts) -> float:
    """Draw number, name and stars; return where they end."""
    colors, high = painter.palette, painter.line_height(HEADING + 4, font="display")
    size = 26 * (0.5 + 0.5 * painter.text_scale)
    stars = draw_stars(painter, (area.right - size * 1.75, area.y + high / 2), size, facts.score.stars)
    words = f"{facts.number}  {facts.level.name}"
    painter.text(
        words,
        area.topleft,
        HEADING + 4,
        colors.text,
        font="display",
        fit=stars.left - area.x - 16,
    )
    return area.y + high + 8


def _paragraph(
    painter: Painter, area: pygame.FRect, top: float, text: str, color: str
) -> float:
    """Draw a paragraph; return where the next thing may begin."""
    ink = painter.palette.named(color)
    return draw_rich(painter, text, (area.x, top), _TEXT, ink, wrap=area.w).bottom + _GAP * 0.7


def _star_side(painter: Painter) -> float:
    return painter.line_height(_TEXT) * 0.82


def _rules_height(painter: Painter, area: pygame.FRect, facts: CardFacts) -> float:
    room = area.w - 3 * _star_side(painter) * 1.16 - 14
    return sum(
        painter.measure(text, _TEXT, wrap=room)[1] + 6 for text in facts.star_rules
    )


def _rules(painter: Painter, area: pygame.FRect, top: float, facts: CardFacts) -> float:
    """Draw each star's condition, ticked where it is earned; return where they end."""
    colors, side = painter.palette, _star_side(painter)
    indent = 3 * side * 1.16 + 14
    for count, text in enumerate(facts.star_rules, start=1):
        earned = facts.score.stars >= count
        line = painter.line_height(_TEXT)
        middle = (area.x + (count - 1) * side * 0.58 + side / 2, top + line / 2)
        draw_stars(painter, middle, side, count if earned else 0, total=count)
        ink = colors.text if earned else colors.muted
        box = painter.text(text, (area.x + indent, top), _TEXT, ink, wrap=area.w - indent)
        if earned and box.right + side + 10 < area.right:
            painter.sprite("icons/check", (box.right + 8 + side / 2, top + line / 2), (side, side))
        top = box.bottom + 6
    return top


def _figures_size(painter: Painter, area: pygame.FRect, facts: CardFacts) -> tuple[float, int]:
    """Return the height of the figures and in how many columns they stand."""
    line = painter.line_height(SMALL) + 14
    widest = max(
        painter.measure(name, SMALL)[0] + painter.measure(value, SMALL, font="bold")[0]
        for _, name, value in facts.figures
    )
    columns = 2 if widest + 90 <= (area.w - _GAP) / 2 else 1
    return (line + 8) * (len(facts.figures) / columns), columns


def _figures(
    painter: Painter, area: pygame.FRect, top: float, facts: CardFacts, columns: int
) -> None:
    """Draw scores and par as small raised tiles."""
    colors = painter.palette
    high = painter.line_height(SMALL) + 14
    wide = (area.w - _GAP * (columns - 1)) / columns
    for k, (icon, name, value) in enumerate(facts.figures):
        x, y = area.x + k % columns * (wide + _GAP), top + k // columns * (high + 8)
        painter.rect((x, y, wide, high), colors.panel_raised, radius=12)
        side, middle = high * 0.58, y + high / 2
        painter.sprite(icon_sprite(icon), (x + 12 + side / 2, middle), (side, side))
        number = painter.text(
            value, (x + wide - 14, middle), SMALL, colors.text, anchor="midright", font="bold"
        )
        left = x + 22 + side
        painter.text(
            name, (left, middle), SMALL, colors.muted, anchor="midleft", fit=number.left - left - 8
        )
