"""The words on a level's card: goal, stars and how they are earned, scores, advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.narration import KIND_NAMES, effects
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.richtext import draw_rich, lay_out
from hamlet_game.game.ui.stars import draw_stars
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.score_models import LevelScore, TownScore
    from hamlet_game.town.level import Level

_GAP = 14.0
_TEXT = BODY - 1
_GOAL = 20.0


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
    def advice(self) -> tuple[str, str]:
        """Return the hint and what the level teaches."""
        return f"**Hint:** {self.level.hint}", f"**Teaches:** {self.level.teaches}"

    @property
    def figures(self) -> list[tuple[str, str, str]]:
        """Return (icon, name, value) of what was reached and what is possible."""
        best = "–" if self.score.best is None else f"{self.score.best:,.0f}"
        here = "–" if self.best_here is None else f"{self.best_here.score:,.0f}"
        par = f"working… {self.par_progress:.0%}" if self.par is None else f"{self.par:,.0f}"
        return [
            ("flag", "Par here", par),
            ("trophy", "Your best here", here),
            ("star_full", "Your best anywhere", best),
            ("heart", "Lives played", f"{self.score.plays:,}"),
        ]


def star_rules(level: Level) -> list[str]:
    """Return what each of a level's stars asks for, in words."""
    return [
        " and ".join(
            text if k == 0 else text[0].lower() + text[1:]
            for k, text in enumerate(condition.text(level.steps) for condition in conditions)
        )
        for conditions in level.stars
    ]


def draw_facts(painter: Painter, area: pygame.FRect, facts: CardFacts) -> None:
    """Draw what fits into `area`; where it is too little, the least important is left out."""
    top = _heading(painter, area, facts)
    shrink = _shrink(painter, pygame.FRect(area.x, top, area.w, area.bottom - top), facts)
    ink = painter.palette.text
    goal = (facts.level.goal, (area.x, top), _GOAL * shrink)
    top = draw_rich(painter, *goal, ink, wrap=area.w).bottom + _GAP * 0.8
    figures = _figures_size(painter, area, facts)
    room = area.bottom - top - _rules_height(painter, area, facts, shrink)
    tiles = room >= figures[0] + _GAP
    room -= _GAP + (figures[0] if tiles else painter.line_height(SMALL))
    advice = dict.fromkeys(facts.advice, False)
    houses = f"houses {facts.level.id}"
    for text in (facts.advice[0], houses, facts.advice[1]):  # most important first
        needed = _houses_height(painter, facts) if text == houses else _height(painter, area, text)
        if needed + _GAP <= room:
            advice[text] = True
            room -= needed + _GAP
    gap = _GAP + max(0.0, min(10.0, room / 5))
    for text in facts.advice:
        if advice[text]:
            top = _paragraph(painter, area, top, text)
    top = _rules(painter, area, top + gap - _GAP, facts, shrink) + gap
    if advice.get(houses):
        top = _houses(painter, area, top, facts) + gap
    if tiles:
        _figures(painter, area, top, facts, figures[1])
    else:
        line = "  ·  ".join(f"{name} {value}" for _, name, value in facts.figures[:2])
        at = (area.x, area.bottom - painter.line_height(SMALL))
        painter.text(line, at, SMALL, painter.palette.text, fit=area.w)


def _heading(painter: Painter, area: pygame.FRect, facts: CardFacts) -> float:
    """Draw number, name and stars; return where they end."""
    colors, high = painter.palette, painter.line_height(HEADING + 4, font="display")
    size = 26 * (0.5 + 0.5 * painter.text_scale)
    stars = draw_stars(
        painter, (area.right - size * 1.75, area.y + high / 2), size, facts.score.stars
    )
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


def _shrink(painter: Painter, area: pygame.FRect, facts: CardFacts) -> float:
    """Return by how much goal and rules must shrink so that they fit with the line of scores."""
    for shrink in (1.0, 0.94, 0.88, 0.82, 0.76, 0.7):
        goal = lay_out(painter, facts.level.goal, _GOAL * shrink, wrap=area.w).size[1]
        rules = _rules_height(painter, area, facts, shrink)
        if goal + _GAP * 1.8 + rules + painter.line_height(SMALL) <= area.h:
            return shrink
    return 0.64


def _paragraph(painter: Painter, area: pygame.FRect, top: float, text: str) -> float:
    """Draw a piece of advice; return where the next thing may begin."""
    ink = painter.palette.muted
    return draw_rich(painter, text, (area.x, top), _TEXT, ink, wrap=area.w).bottom + _GAP * 0.8


def _height(painter: Painter, area: pygame.FRect, text: str) -> float:
    return lay_out(painter, text, _TEXT, wrap=area.w).size[1]


def _houses_height(painter: Painter, facts: CardFacts) -> float:
    return len(facts.level.kinds) * (painter.line_height(SMALL) + 5)


def _houses(painter: Painter, area: pygame.FRect, top: float, facts: CardFacts) -> float:
    """Draw what each kind of house does; return where they end."""
    line = painter.line_height(SMALL)
    for kind in facts.level.kinds:
        painter.sprite(f"icons/{kind.key}", (area.x + line / 2, top + line / 2), (line, line))
        words = f"**{KIND_NAMES[kind]}**  {effects(facts.level, kind)}"
        spot = (area.x + line + 12, top)
        draw_rich(painter, words, spot, SMALL, painter.palette.muted)
        top += line + 5
    return top - 5


def _star_side(painter: Painter) -> float:
    return painter.line_height(_TEXT) * 0.82


def _rules_height(painter: Painter, area: pygame.FRect, facts: CardFacts, shrink: float) -> float:
    room = area.w - 3 * _star_side(painter) * 1.16 - 14
    return sum(
        painter.measure(text, _TEXT * shrink, wrap=room)[1] + 6 for text in star_rules(facts.level)
    )


def _rules(
    painter: Painter, area: pygame.FRect, top: float, facts: CardFacts, shrink: float
) -> float:
    """Draw each star's condition, ticked where it is earned; return where they end."""
    colors, side = painter.palette, _star_side(painter)
    indent = 3 * side * 1.16 + 14
    for count, text in enumerate(star_rules(facts.level), start=1):
        earned = facts.score.stars >= count
        line = painter.line_height(_TEXT * shrink)
        middle = (area.x + (count - 1) * side * 0.58 + side / 2, top + line / 2)
        draw_stars(painter, middle, side, count if earned else 0, total=count)
        ink = colors.text if earned else colors.muted
        box = painter.text(text, (area.x + indent, top), _TEXT * shrink, ink, wrap=area.w - indent)
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
