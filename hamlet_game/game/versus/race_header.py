"""What stands above a race: who, the tug of war between them, and the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.play.walker import mood
from hamlet_game.game.theme import darker, lighter, mix
from hamlet_game.game.ui.widget import HEADING, SMALL
from hamlet_game.game.versus.portrait import draw_portrait, tint_of
from hamlet_game.game.versus.race import Race, Stage

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.versus.lane import Lane
    from hamlet_game.game.versus.match import Match

_MOST_TEXT = 1.25  # times the normal size; the strip is no taller
_BAR = 16.0
_PULL = 60.0  # points of lead that pull the knot a long way
_PIP = 7.0  # radius


def text_scale(painter: Painter) -> float:
    """Return the text size of the strip, which stops growing before it is full."""
    return min(painter.text_scale, _MOST_TEXT)


def centre_height(painter: Painter) -> float:
    """Return the height of the clock, the bar and the words about it."""
    return 2 * painter.line_height(SMALL * text_scale(painter), fixed=True) + _BAR + 8


def draw_head(
    painter: Painter, box: pygame.FRect, lane: Lane, race: Race, *, won: int, pips: int, right: bool
) -> None:
    """Draw one who races: portrait, name, points, and a pip for each race won."""
    grown, colors = text_scale(painter), painter.palette
    tile = pygame.FRect(0, box.y, box.h, box.h)
    tile.x = box.right - tile.w if right else box.x
    last = lane.record.last
    pose = "faint" if last.died else "cheer" if last.timed_out else "idle"
    feels = mood(lane.record, lane.record.survival)
    draw_portrait(painter, tile, lane.who.look, pose=pose, time=painter.now, mood=feels)
    edge = tile.left - 12 if right else tile.right + 12
    room = box.w - tile.w - 12
    anchor = "topright" if right else "topleft"
    size = HEADING * grown
    name = painter.text(
        lane.who.name, (edge, box.y - 1), size, colors.text,
        anchor=anchor, font="display", fit=room * 0.72, fixed=True,
    )  # fmt: skip
    words = f"{lane.points(race.step):.0f} points"
    if lane.over and lane.record.last.died:
        words += f" · step {lane.record.survival}"
    at = (edge, box.bottom + 1)
    low = "bottomright" if right else "bottomleft"
    painter.text(
        words, at, SMALL * grown, colors.muted, anchor=low, font="bold", fit=room, fixed=True
    )
    start = name.left - 14 - _PIP if right else name.right + 14 + _PIP
    for k in range(pips):
        x = start + (-k if right else k) * (2 * _PIP + 5)
        painter.circle((x, name.centery), _PIP, colors.panel_edge)
        if k < won:
            painter.circle((x, name.centery), _PIP - 1.5, colors.star)


def draw_centre(painter: Painter, box: pygame.FRect, race: Race, match: Match) -> None:
    """Draw the clock, the tug of war and what it says."""
    grown, colors = text_scale(painter), painter.palette
    small = SMALL * grown
    high = painter.line_height(small, fixed=True)
    now = time_at(race.level, race.shown)
    step = min(race.step, race.level.steps)
    words = [f"{race.level.name} · town {race.town_seed}", f"step {step} of {race.level.steps}"]
    if match.best_of > 1:
        words.insert(0, f"Race {match.race}")
    elif now.days > 1:
        words.append(f"day {now.day}, {now.clock}")
    painter.text(
        " · ".join(words), (box.centerx, box.y), small, colors.muted,
        anchor="midtop", fit=box.w, fixed=True,
    )  # fmt: skip
    bar = pygame.FRect(box.x, box.y + high + 4, box.w, _BAR)
    _tug(painter, bar, race)
    painter.text(
        standing(race), (box.centerx, bar.bottom + 3), small, colors.text,
        anchor="midtop", font="bold", fit=box.w, fixed=True,
    )  # fmt: skip


def lead(race: Race) -> float:
    """Return by how many points the first lane leads the second."""
    one, other = race.lanes[:2]
    return one.points(race.step) - other.points(race.step)


def standing(race: Race) -> str:
    """Return how the race stands, in one line."""
    one, other = race.lanes[:2]
    if race.stage in (Stage.PREPARING, Stage.COUNTDOWN):
        return "Same town, same start"
    for lane, rest in ((one, other), (other, one)):
        if rest.record.last.died and not lane.record.last.died:
            verb = "live" if lane.who.person else "lives"
            return f"{lane.who.name} {verb} on"
    points = round(abs(lead(race)))
    if not points:
        return "Neck and neck"
    ahead = one if lead(race) > 0 else other
    verb = "lead" if ahead.who.person else "leads"
    return f"{ahead.who.name} {verb} by {points} point{'s' if points != 1 else ''}"


def _tug(painter: Painter, bar: pygame.FRect, race: Race) -> None:
    """Draw two colours that meet in a knot; whoever leads pushes it towards the other."""
    one, other = race.lanes[:2]
    pull = lead(race)
    share = 0.5 + 0.5 * pull / (abs(pull) + _PULL)
    colors = painter.palette
    left, right = tint_of(painter, one.who.look), tint_of(painter, other.who.look)
    x = bar.x + bar.w * share
    painter.rect(bar.inflate(4, 4), colors.track, radius=bar.h / 2 + 2)
    with painter.clip((bar.x - 2, bar.y - 2, x - bar.x + 2, bar.h + 4)):
        painter.rect(bar, mix(colors.panel, left, 0.85), radius=bar.h / 2)
    with painter.clip((x, bar.y - 2, bar.right - x + 2, bar.h + 4)):
        painter.rect(bar, mix(colors.panel, right, 0.85), radius=bar.h / 2)
    painter.line((bar.centerx, bar.y), (bar.centerx, bar.bottom), (*colors.night, 150), width=2)
    knot = (x, bar.centery)
    painter.circle(knot, bar.h * 0.78, darker(colors.text, 0.55))
    painter.circle(knot, bar.h * 0.62, lighter(colors.accent, 0.35))
