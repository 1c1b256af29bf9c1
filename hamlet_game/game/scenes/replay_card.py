"""The replay list's pieces: a row for each file, and the card that tells more about one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.events import Command
from hamlet_game.game.narration import ending
from hamlet_game.game.play.blocks import Block, draw_card, stack
from hamlet_game.game.replay_view import day
from hamlet_game.game.theme import lighter
from hamlet_game.game.ui.panel import draw_panel
from hamlet_game.game.ui.stars import draw_stars
from hamlet_game.game.ui.widget import BODY, HEADING, SMALL, Widget
from hamlet_game.game.verdict import percent

if TYPE_CHECKING:
    from pathlib import Path

    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.events import Press
    from hamlet_game.game.scene import Transition
    from hamlet_game.game.services import Services
    from hamlet_game.game.shelf import Item, Shelf

_PAD = 14.0
PAGE = 6  # rows


def moves(press: Press) -> int | None:
    """Return by how many rows a press moves, None if it moves by none."""
    steps = {
        Command.UP: -1,
        Command.DOWN: 1,
        Command.PREVIOUS_EVENT: -PAGE,
        Command.NEXT_EVENT: PAGE,
    }
    return next((by for command, by in steps.items() if press.means(command)), None)


def row_height(painter: Painter) -> float:
    """Return the height of a row: two lines of text."""
    return painter.line_height(BODY, font="bold") + painter.line_height(SMALL) + 18


class ReplayRow(Widget):
    """One file of the list. It is read when it is first drawn."""

    def __init__(self, file: Path, shelf: Shelf, on_press: Callable[[], Transition | None]) -> None:
        super().__init__()
        self.file = file
        self.chosen = False  # the card shows it
        self._shelf = shelf
        self._on_press = on_press

    @property
    def item(self) -> Item:
        """Return what is in the file."""
        return self._shelf.item(self.file)

    def press(self) -> Transition | None:
        """Watch it."""
        return self._on_press()

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the row; a file that can't be played is grey and says why."""
        colors, item, box = painter.palette, self.item, self.box
        ground = lighter(colors.panel_raised, 0.05) if self.chosen else colors.panel_raised
        painter.rect(box, (*ground, 130) if item.trouble else ground, radius=self.radius)
        if self.chosen:
            painter.rect((box.x, box.y + 10, 4, box.h - 20), colors.accent, radius=2)
        side = box.h - 26
        icon = "icons/warning" if item.trouble else "icons/film"
        painter.sprite(icon, (box.x + _PAD + side / 2, box.centery), (side, side))
        left = box.x + side + 2 * _PAD
        right = self._draw_score(painter) - 10
        top = box.y + 8
        ink = colors.muted if item.trouble else colors.text
        high = painter.line_height(BODY, font="bold")
        at = (left, top + high / 2)
        painter.text(item.name, at, BODY, ink, anchor="midleft", font="bold", fit=right - left)
        at = (left, top + high + 1 + painter.line_height(SMALL) / 2)
        painter.text(self._words(), at, SMALL, colors.muted, anchor="midleft", fit=right - left)

    def _words(self) -> str:
        item = self.item
        if item.replay is None or item.trouble:
            return item.trouble
        steps = len(item.replay.actions)
        when = day(item.replay)
        lived = f"{steps} step{'s' if steps != 1 else ''}"
        return " · ".join(word for word in (lived, item.source, when) if word)

    def _draw_score(self, painter: Painter) -> float:
        """Draw the score and how it ended, once known; return their left edge."""
        item, right, colors = self.item, self.box.right - _PAD, painter.palette
        if item.trouble or item.replay is None:
            return right
        if not item.done or item.record is None:
            at = (right, self.box.centery)
            return painter.text("…", at, BODY, colors.muted, anchor="midright").left
        points = f"{item.record.last.points:.0f}"
        at = (right, self.box.centery)
        box = painter.text(points, at, HEADING, colors.text, anchor="midright", font="display")
        side = painter.line_height(BODY)
        icon = "faint" if item.record.last.died else "heart"
        center = (box.left - 12 - side / 2, self.box.centery)
        painter.sprite(f"icons/{icon}", center, (side, side))
        return center[0] - side / 2


def draw_details(
    painter: Painter, box: pygame.FRect, item: Item, par: float | None, progress: float
) -> None:
    """Draw the card about one replay: as much as fits, the most telling first."""
    draw_card(painter, box)
    inner = box.inflate(-36, -36)
    kept: list[Block] = []
    for block in _details(painter, item, inner.w, par, progress):
        if sum(b.height + 10 for b in kept) + block.height > inner.h:
            break
        kept.append(block)
    stack(kept).draw(inner)


def draw_empty(
    painter: Painter, body: pygame.FRect, floor: float, services: Services, *, runs: bool
) -> None:
    """Draw what to do about an empty list, the user's own or that of runs, above `floor`."""
    key = services.input.label(Command.SAVE_REPLAY, "keyboard")
    text = f"After a life, choose “Save replay” ({key}). The settings can keep every life."
    if runs:
        text = "A training keeps some of its agent's lives here: start one from the title."
    colors, room, side = painter.palette, body.w - 120, 84.0
    draw_panel(painter, body)
    heading = painter.line_height(HEADING, font="display")
    high = side + 18 + heading + 10 + painter.measure(text, BODY, wrap=room)[1]
    top = body.y + max(20.0, (floor - body.y - high) / 2)
    painter.sprite("icons/film", (body.centerx, top + side / 2), (side, side))
    top += side + 18
    painter.text(
        "No replays yet", (body.centerx, top), HEADING, colors.text,
        anchor="midtop", font="display", fit=room,
    )  # fmt: skip
    painter.text(
        text, (body.centerx, top + heading + 10), BODY, colors.muted,
        anchor="midtop", wrap=room, align="center",
    )  # fmt: skip


def _details(
    painter: Painter, item: Item, width: float, par: float | None, progress: float
) -> list[Block]:
    heading = _words(painter, item.name, width, HEADING, font="display")
    if item.trouble or item.replay is None:
        return [heading, _words(painter, item.trouble, width, BODY, color="warn")]
    who = " · ".join(w for w in (item.source or item.replay.player, day(item.replay)) if w)
    small = _words(painter, who, width, SMALL, color="muted")
    if not item.done or item.record is None:
        return [heading, small, _words(painter, "Reading…", width, BODY, color="muted")]
    record = item.record
    points = f"{record.last.points:.0f} points"
    if par is not None:
        points += f" · par {par:.0f} · {percent(record.last.points / par)}"
    else:
        points += f" · par … {progress * 100:.0f} %"
    earned = record.stars(par)

    def stars(area: pygame.FRect) -> None:
        draw_stars(painter, area.center, area.h, earned)

    return [
        heading,
        small,
        Block(min(58.0, width / 4), stars),
        _words(painter, points, width, BODY, font="bold"),
        _words(painter, ending(record), width, BODY, color="muted"),
    ]


def _words(
    painter: Painter,
    text: str,
    width: float,
    size: float,
    *,
    font: str = "sans",
    color: str = "text",
) -> Block:
    """Return wrapped text as a block."""
    high = painter.measure(text, size, font=font, wrap=width)[1]
    ink = painter.palette.named(color)

    def draw(area: pygame.FRect) -> None:
        painter.text(text, area.topleft, size, ink, font=font, wrap=width)

    return Block(high, draw)
