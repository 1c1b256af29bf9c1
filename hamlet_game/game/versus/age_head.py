"""What stands above each town of before and after: who, how long trained, how far alive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.play.walker import mood
from hamlet_game.game.theme import mix
from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.meter import draw_progress
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL
from hamlet_game.game.versus.portrait import draw_portrait, tint_of

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.versus.lane import Lane

_MOST_TEXT = 1.3  # times the normal size
_BAR = 12.0
_AIR = 6.0


def _scale(painter: Painter) -> float:
    return min(painter.text_scale, _MOST_TEXT)


def _sizes(painter: Painter) -> tuple[float, float]:
    """Return the heights of name and age together, and of the line about the life."""
    grown = _scale(painter)
    name = painter.line_height((HEADING + 2) * grown, font="display", fixed=True)
    age = painter.line_height(BODY * grown, fixed=True)
    return name + age, painter.line_height(SMALL * grown, fixed=True)


def age_head_height(painter: Painter) -> float:
    """Return the height that `draw_age_head` needs."""
    words, line = _sizes(painter)
    return words + _AIR + line + 3 + _BAR


def draw_face(painter: Painter, box: pygame.FRect, lane: Lane) -> None:
    """Draw the portrait of whoever lives a life, as they feel about it."""
    last = lane.record.last
    pose = "faint" if last.died else "cheer" if last.timed_out else "idle"
    feels = mood(lane.record, lane.record.survival)
    draw_portrait(painter, box, lane.who.look, pose=pose, time=painter.now, mood=feels)


def draw_age_head(painter: Painter, box: pygame.FRect, lane: Lane, *, face: bool = True) -> None:
    """Draw portrait (`face`), name and age, and below them how far the life has come."""
    grown, colors = _scale(painter), painter.palette
    words, line = _sizes(painter)
    record, last = lane.record, lane.record.last
    left = box.x
    if face:
        draw_face(painter, pygame.FRect(box.x, box.y, words, words), lane)
        left += words + 12
    room = box.right - left
    tint = tint_of(painter, lane.who.look)
    name = painter.text(
        lane.who.name, (left, box.y), (HEADING + 2) * grown, colors.text,
        font="display", fit=room, fixed=True,
    )  # fmt: skip
    age = lane.who.age or lane.who.detail
    painter.text(
        age, (left, name.bottom), BODY * grown, mix(tint, colors.text, 0.35),
        font="bold", fit=room, fixed=True,
    )  # fmt: skip
    top = box.y + words + _AIR
    text, icon, ink = f"Step {record.survival}", "heart", colors.text
    if last.died:
        why = f"{last.cause.key} ran out" if last.cause is not None else "the end"
        text, icon, ink = f"Died at step {record.survival}: {why}", "faint", colors.danger
    elif last.timed_out:
        text, icon, ink = f"Alive after all {record.survival} steps", "trophy", colors.good
    middle = top + line / 2
    painter.sprite(icon_sprite(icon), (box.x + line / 2, middle), (line, line))
    words_left = box.x + line + 8
    painter.text(
        text, (words_left, middle), SMALL * grown, ink,
        anchor="midleft", font="bold", fit=box.right - words_left, fixed=True,
    )  # fmt: skip
    bar = (box.x, top + line + 3, box.w, _BAR)
    draw_progress(painter, bar, lane.shown / record.level.steps, tint)
