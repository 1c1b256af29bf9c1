"""The panel beside the town. What does not fit at a large text size goes, least needed first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pygame

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.play.blocks import PAD, Block, card
from hamlet_game.game.play.happenings import happenings, line_height
from hamlet_game.game.play.leaderboard import leaderboard
from hamlet_game.game.play.scorecard import scorecard
from hamlet_game.game.play.status import comfortable_columns, status
from hamlet_game.game.play.ticker import Ticker
from hamlet_game.town.record import Record

_BETWEEN = 12.0  # cards
MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Moment:
    """What the panel shows: a life at a step of which `part` (0..1) has been shown."""

    record: Record
    ticker: Ticker
    step: int
    part: float = 1.0
    par: float | None = None  # None while it is still being worked out


@dataclass(frozen=True, slots=True)
class _Room:
    """How much the panel keeps."""

    hints: bool = True
    lines: int = 3  # of the ticker
    goal: bool = True
    compact: bool = False  # one line for the stars
    columns: int = 1  # of meters
    slim: bool = False  # meters as single lines
    board: bool = True  # the others, where there are some


def draw_hud(painter: Painter, box: pygame.FRect, moment: Moment, hints: Block | None) -> None:
    """Draw the panel's cards and, where there is room, the key hints below them."""
    for room in _rooms(painter, box.w - 2 * PAD, len(moment.record.level.shown)):
        cards = _cards(painter, box.w, moment, room)
        foot = hints.height + _BETWEEN if hints and room.hints else 0.0
        used = sum(c.height for c in cards) + _BETWEEN * (len(cards) - 1) + foot
        if used <= box.h:
            break
    spare = max(0.0, box.h - used)
    if room.lines:
        extra = min(int(spare // line_height(painter)), MOST_LINES - room.lines)
        cards[-1] = _ticker(painter, moment, room.lines + extra)
    _place(box, cards, foot)
    if hints and room.hints:
        hints.draw(pygame.FRect(box.x, box.bottom - hints.height, box.w, hints.height))


def _rooms(painter: Painter, width: float, meters: int) -> Iterator[_Room]:
    """Yield what to keep, more and more modest."""
    pairs = meters > 2 and comfortable_columns(painter, width) == 2
    slim = meters > 2 and not pairs
    rooms = [_Room(columns=2 if pairs else 1, slim=slim)]
    if not slim:
        rooms.append(_Room(slim=True, hints=False))
    for room in rooms:
        yield room
        yield replace(room, hints=False)
        yield replace(room, hints=False, lines=2)
        yield replace(room, hints=False, lines=2, goal=False)
        yield replace(room, hints=False, lines=1, goal=False)
        yield replace(room, hints=False, lines=1, goal=False, compact=True)
    yield _Room(slim=True, hints=False, lines=0, goal=False, compact=True)
    yield _Room(slim=True, hints=False, lines=0, goal=False, compact=True, board=False)


def _cards(painter: Painter, width: float, moment: Moment, room: _Room) -> list[Block]:
    record, step, inner = moment.record, moment.step, width - 2 * PAD
    cards = [
        card(
            painter,
            status(painter, record, step, moment.part, inner, columns=room.columns, slim=room.slim),
        ),
        card(
            painter,
            scorecard(
                painter, record, step, moment.par, inner, goal=room.goal, compact=room.compact
            ),
        ),
    ]
    if record.others and room.board:
        cards.insert(1, card(painter, leaderboard(painter, record, step)))
    return [*cards, _ticker(painter, moment, room.lines)] if room.lines else cards


def _ticker(painter: Painter, moment: Moment, lines: int) -> Block:
    state = (moment.ticker, moment.step, moment.part, lines)
    return card(painter, happenings(painter, *state, hint=moment.record.level.hint))


def _place(box: pygame.FRect, cards: list[Block], foot: float) -> None:
    """Draw the cards from the top; the last one reaches down to the hints."""
    top = box.y
    for index, block in enumerate(cards):
        last = index == len(cards) - 1
        high = box.bottom - foot - top if last else block.height
        block.draw(pygame.FRect(box.x, top, box.w, max(high, block.height)))
        top += block.height + _BETWEEN
