"""The panel beside the town. What does not fit at a large text size goes, least needed first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
_WRAPS_FROM = 1.2  # times the normal text size: a toast takes two lines


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

    hints: int | None = 0  # which of the forms of the key hints
    lines: int = 3  # of the ticker
    goal: bool = True
    compact: bool = False  # one line for the stars
    columns: int = 1  # of meters
    slim: bool = False  # meters as single lines
    board: bool = True  # the others, where there are some


def draw_hud(
    painter: Painter, box: pygame.FRect, moment: Moment, hints: Sequence[Block] = ()
) -> pygame.FRect | None:
    """Draw the panel's cards and, where there is room, the key hints below them.

    `hints` are forms of the same hints, the longest first. Returns the ticker's card if
    a toast fits below its newest line.
    """
    for room in _rooms(painter, box.w - 2 * PAD, len(moment.record.level.shown), len(hints)):
        cards = _cards(painter, box.w, moment, room)
        keys = None if room.hints is None or not hints else hints[room.hints]
        foot = keys.height + _BETWEEN if keys else 0.0
        used = sum(c.height for c in cards) + _BETWEEN * (len(cards) - 1) + foot
        if used <= box.h:
            break
    spare = max(0.0, box.h - used)
    if room.lines:
        extra = min(int(spare // line_height(painter)), MOST_LINES - room.lines)
        cards[-1] = _ticker(painter, moment, room.lines + extra)
    last = _place(box, cards, foot)
    if keys:
        keys.draw(pygame.FRect(box.x, box.bottom - keys.height, box.w, keys.height))
    lines = 3 if painter.text_scale > _WRAPS_FROM else 2  # the newest, and a toast
    return last if room.lines and last.h >= lines * line_height(painter) + 2 * PAD - 6 else None


def _rooms(painter: Painter, width: float, meters: int, forms: int) -> Iterator[_Room]:
    """Yield what to keep, more and more modest."""
    pairs = meters > 2 and comfortable_columns(painter, width) == 2
    slim = meters > 2 and not pairs
    rooms = [_Room(columns=2 if pairs else 1, slim=slim)]
    if not slim:
        rooms.append(_Room(slim=True, hints=None))
    for room in rooms:
        yield room
        if room.hints is not None and forms:
            yield replace(room, lines=2)
            yield replace(room, hints=forms - 1, lines=2)
            yield replace(room, hints=forms - 1, lines=1)
            yield replace(room, hints=forms - 1, lines=1, goal=False)
        yield replace(room, hints=None)
        yield replace(room, hints=None, lines=2)
        yield replace(room, hints=None, lines=2, goal=False)
        yield replace(room, hints=None, lines=1, goal=False)
        yield replace(room, hints=None, lines=1, goal=False, compact=True)
    yield _Room(slim=True, hints=None, lines=0, goal=False, compact=True)
    yield _Room(slim=True, hints=None, lines=0, goal=False, compact=True, board=False)


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


def _place(box: pygame.FRect, cards: list[Block], foot: float) -> pygame.FRect:
    """Draw the cards from the top; the last one reaches down to the hints. Return its box."""
    top, place = box.y, box
    for index, block in enumerate(cards):
        last = index == len(cards) - 1
        high = box.bottom - foot - top if last else block.height
        place = pygame.FRect(box.x, top, box.w, max(high, block.height))
        block.draw(place)
        top += block.height + _BETWEEN
    return place
