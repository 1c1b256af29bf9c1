"""The panel beside a replay: meters, what each reward term gave, and what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

import pygame

from hamlet_game.game.agents.company import YOU
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.play.blocks import PAD, Block, card
from hamlet_game.game.play.goals import total_reward
from hamlet_game.game.play.happenings import happenings, line_height
from hamlet_game.game.play.leaderboard import leaderboard
from hamlet_game.game.play.status import comfortable_columns, meters, status
from hamlet_game.game.play.ticker import Ticker
from hamlet_game.game.ui.widget import BODY, SMALL
from hamlet_game.game.verdict import signed
from hamlet_game.town.record import Record

_BETWEEN = 12.0  # cards
_ASIDE = 28.0  # between two columns of terms
_AIR = 3.0  # between two lines of terms
_SNUG_UP_TO = 1.15  # text scale at which two columns of meters still show their names whole
MOST_LINES = 8  # of the ticker


@dataclass(frozen=True, slots=True)
class View:
    """A life at a step of which `part` (0..1) has been shown."""

    record: Record
    ticker: Ticker
    step: int
    part: float
    who: str = YOU  # lived it


@dataclass(frozen=True, slots=True)
class _Room:
    """How much the panel keeps."""

    columns: int  # of meters
    slim: bool = False  # meters as single lines
    clock: bool = True  # the time of day and the step
    rewards: bool = True
    terms: bool = True  # of the reward
    lines: int = 0  # of the ticker
    board: bool = True  # who of a shared town has how many points


@dataclass(frozen=True, slots=True)
class Panel:
    """The cards that fit, and what has to be told elsewhere."""

    cards: tuple[Block, ...]
    clock: bool
    ticker: bool

    def draw(self, box: pygame.FRect) -> None:
        """Draw the cards from the top; the last one reaches down to the end."""
        top = box.y
        for index, block in enumerate(self.cards):
            last = index == len(self.cards) - 1
            high = max(block.height, box.bottom - top) if last else block.height
            block.draw(pygame.FRect(box.x, top, box.w, high))
            top += block.height + _BETWEEN


def fitted(painter: Painter, width: float, height: float, view: View) -> Panel:
    """Return the panel for so much room; what does not fit goes, the least needed first."""
    for room in _rooms(painter, width - 2 * PAD, shared=bool(view.record.others)):
        cards = _cards(painter, width - 2 * PAD, view, room)
        used = sum(block.height + _BETWEEN for block in cards)
        ticker = room.lines * line_height(painter) + 2 * PAD if room.lines else -_BETWEEN
        if used + ticker <= height:
            break
    if room.lines:
        spare = int((height - used - 2 * PAD) // line_height(painter))
        lines = min(MOST_LINES, max(room.lines, spare))
        cards.append(card(painter, happenings(painter, view.ticker, view.step, view.part, lines)))
    return Panel(tuple(cards), room.clock, bool(room.lines))


def _rooms(painter: Painter, inner: float, *, shared: bool) -> Iterator[_Room]:
    """Yield what to keep, ever more modest; in a shared town the board goes last of all."""
    yield from _smaller(painter, inner)
    if shared:
        for room in _smaller(painter, inner):
            yield replace(room, board=False)


def _smaller(painter: Painter, inner: float) -> Iterator[_Room]:
    columns = comfortable_columns(painter, inner)
    slim = columns == 1 and painter.text_scale > _SNUG_UP_TO
    yield _Room(columns, lines=3)
    yield _Room(columns, lines=2)
    if painter.text_scale <= _SNUG_UP_TO:
        yield _Room(2, lines=2)
        yield _Room(2, lines=1)
    yield _Room(columns, terms=False, lines=2)
    yield _Room(columns, terms=False, lines=1)
    if slim:
        yield _Room(columns, slim=True, terms=False, lines=1)
    yield _Room(columns, rewards=False, lines=1)
    if slim:
        yield _Room(columns, slim=True, rewards=False, lines=2)
        yield _Room(columns, slim=True, rewards=False, lines=1)
        yield _Room(columns, slim=True, rewards=False, clock=False, lines=2)
        yield _Room(columns, slim=True, rewards=False, clock=False, lines=1)
    yield _Room(columns, rewards=False)
    yield _Room(columns, rewards=False, clock=False)
    if slim:
        yield _Room(columns, slim=True, rewards=False, clock=False)
    yield _Room(2, rewards=False, clock=False)


def _cards(painter: Painter, inner: float, view: View, room: _Room) -> list[Block]:
    state = (painter, view.record, view.step, view.part, inner)
    top = (status if room.clock else meters)(*state, columns=room.columns, slim=room.slim)
    cards = [card(painter, top)]
    if view.record.others and room.board:
        board = leaderboard(painter, view.record, view.step, first=view.who)
        cards.append(card(painter, board))
    if room.rewards:
        terms = rewards(painter, view.record, view.step, inner, terms=room.terms)
        cards.append(card(painter, terms))
    return cards


def rewards(painter: Painter, record: Record, step: int, width: float, *, terms: bool) -> Block:
    """Return the step's reward and the sum so far and, if wanted, which terms gave how much.

    Its height is the same in every step, so that the panel stands still.
    """
    frame = record.frames[step]
    names = _term_names(record) if terms else []
    told = [name for name in names if frame.terms.get(name)]
    high, line = painter.line_height(BODY), painter.line_height(SMALL) + _AIR
    rows = ceil(len(names) / 2)
    each = (width - _ASIDE) / 2

    def draw(box: pygame.FRect) -> None:
        colors, middle = painter.palette, box.y + high / 2
        words, total = f"Reward {_exact(frame.reward)}", signed(total_reward(record, step))
        at = (box.right, middle)
        left = painter.text(f"so far {total}", at, SMALL, colors.muted, anchor="midright").left
        painter.text(
            words, (box.x, middle), BODY, colors.text,
            anchor="midleft", font="bold", fit=left - box.x - 10,
        )  # fmt: skip
        for index, name in enumerate(told):
            column, row = divmod(index, rows)
            top = box.y + high + 6 + row * line
            area = pygame.FRect(box.x + column * (each + _ASIDE), top, each, line)
            _draw_term(painter, area, name, frame.terms.get(name, 0.0))

    return Block(high + (6 + rows * line if rows else 0), draw)


def _term_names(record: Record) -> list[str]:
    """Return the active terms: those of any step, in the order they are reported."""
    return list(record.frames[1].terms) if record.survival else []


def _draw_term(painter: Painter, box: pygame.FRect, name: str, value: float) -> None:
    colors, words = painter.palette, _exact(value)
    tone = colors.good if value > 0 else colors.danger
    at = (box.right, box.centery)
    left = painter.text(words, at, SMALL, tone, anchor="midright", font="bold").left
    label, room = name.replace("_", " ").capitalize(), max(20.0, left - box.x - 8)
    at = (box.x, box.centery)
    painter.text(label, at, SMALL, colors.text, anchor="midleft", fit=room)


def _exact(value: float) -> str:
    """Return a step's reward with its sign; only nothing at all is 0."""
    if value == 0:
        return "0"
    sign, size = ("+" if value > 0 else "−"), abs(value)
    return f"{sign}<0.01" if size < 0.005 else f"{sign}{size:.2f}"
