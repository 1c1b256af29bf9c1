"""The panel's second card: goal, score against par, and how the stars stand."""

from __future__ import annotations

import pygame

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.play.blocks import Block, stack
from hamlet_game.game.play.goals import Outlook, StarView, stars, total_reward
from hamlet_game.game.theme import Rgb, mix
from hamlet_game.game.ui.stars import draw_stars
from hamlet_game.game.ui.widget import BODY, SMALL
from hamlet_game.game.verdict import percent
from hamlet_game.town.record import Record

_SO_FAR = "so far"
_WORDS_UP_TO = 1.25  # text scale at which the pace still says what it is of
_MARKS = {Outlook.MET: "icons/check", Outlook.LOST: "icons/cross"}


def scorecard(
    painter: Painter,
    record: Record,
    step: int,
    par: float | None,
    width: float,
    *,
    goal: bool = True,
    compact: bool = False,
) -> Block:
    """Return the card's content; `compact` keeps only the star that comes next."""
    views = stars(record, step, par)
    rows = [score_line(painter, record, step, par)]
    if goal:
        rows.insert(0, goal_line(painter, record, width))
    if compact:
        rows.append(_next_star(painter, views, record.level.steps, width))
    else:
        lines = [star_line(painter, view, record.level.steps, width) for view in views]
        rows.append(stack(lines, gap=3))
    return stack(rows, gap=7)


def goal_line(painter: Painter, record: Record, width: float) -> Block:
    """Return the level's goal in a few small lines."""
    text, colors = record.level.goal, painter.palette
    high = painter.measure(text, SMALL, wrap=width)[1]

    def draw(box: pygame.FRect) -> None:
        painter.text(text, box.topleft, SMALL, colors.muted, wrap=box.w)

    return Block(high, draw)


def score_line(painter: Painter, record: Record, step: int, par: float | None) -> Block:
    """Return the score so far, par once it is known, and the reward if a star asks for it."""
    colors, high = painter.palette, painter.line_height(BODY, font="bold")
    frame = record.frames[step]
    parts = [("Score", f"{frame.points:.0f}"), ("Par", f"{par:.0f}" if par is not None else "…")]
    if any(c.measure == "return" for star in record.level.stars for c in star):
        parts.append(("Reward", f"{total_reward(record, step):+.1f}".replace("-", "−")))
    elif par and step and not record.over:
        share = pace(frame.points, par, step / record.level.steps)
        whole = painter.text_scale <= _WORDS_UP_TO
        parts.append(("Pace", f"{share} of par" if whole else share))

    def draw(box: pygame.FRect) -> None:
        room = box.w / len(parts)
        for index, (name, value) in enumerate(parts):
            at = (box.x + index * room, box.centery)
            word = painter.text(name, at, SMALL, colors.muted, anchor="midleft", fit=room * 0.5)
            painter.text(
                value,
                (word.right + 8, box.centery),
                BODY,
                colors.text,
                anchor="midleft",
                font="bold",
                fit=max(12.0, at[0] + room - word.right - 14),
            )

    return Block(high, draw)


def pace(points: float, par: float, gone: float) -> str:
    """Return the score as a share of what par has after `gone` (0..1) of the level, on average."""
    return percent(points / (par * gone))


def outlook_color(painter: Painter, outlook: Outlook) -> Rgb:
    """Return the text colour for a star's prospects."""
    colors = painter.palette
    if outlook is Outlook.LOST:
        return mix(colors.muted, colors.panel, 0.25)
    return colors.good if outlook is Outlook.MET else colors.text


def star_line(painter: Painter, view: StarView, steps: int, width: float) -> Block:
    """Return one star with what it asks for, and whether that is safe or lost."""
    text, outlook = view.text(steps), view.outlook
    side = painter.line_height(SMALL)
    so_far = painter.measure(_SO_FAR, SMALL)[0] if outlook is Outlook.HOLDS else side
    room = width - side - so_far - 20
    high = max(side, painter.measure(text, SMALL, wrap=room)[1])
    icon = "star_full" if outlook in (Outlook.MET, Outlook.HOLDS) else "star_empty"
    alpha = 120 if outlook is Outlook.LOST else 255

    def draw(box: pygame.FRect) -> None:
        middle = box.y + side / 2
        at = (box.x + side / 2, middle - side * 0.03)
        painter.sprite(f"icons/{icon}", at, (side, side), alpha=alpha)
        color = outlook_color(painter, outlook)
        painter.text(text, (box.x + side + 8, box.y), SMALL, color, wrap=room)
        if outlook is Outlook.HOLDS:
            muted = painter.palette.muted
            painter.text(_SO_FAR, (box.right, middle), SMALL, muted, anchor="midright")
        elif mark := _MARKS.get(outlook):
            painter.sprite(mark, (box.right - side / 2, middle), (side * 0.8, side * 0.8))

    return Block(high, draw)


def _next_star(painter: Painter, views: list[StarView], steps: int, width: float) -> Block:
    """Return three small stars and the one that can be had next."""
    won = sum(view.outlook in (Outlook.MET, Outlook.HOLDS) for view in views)
    waiting = next((view for view in views if view.outlook is Outlook.OPEN), None)
    lost = any(view.outlook is Outlook.LOST for view in views)
    text = waiting.text(steps) if waiting else "Out of reach" if lost else "All stars in reach!"
    side = painter.line_height(SMALL)
    row = side * 3.2 + 12

    def draw(box: pygame.FRect) -> None:
        draw_stars(painter, (box.x + row / 2 - 6, box.y + side / 2), side * 0.86, won)
        color = outlook_color(painter, Outlook.OPEN if waiting else Outlook.MET)
        painter.text(text, (box.x + row, box.y), SMALL, color, wrap=width - row)

    return Block(max(side, painter.measure(text, SMALL, wrap=width - row)[1]), draw)
