"""The line above the picture: level, town, who plays, how fast, and how the training stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.ui.look import icon_sprite, pulse
from hamlet_game.game.ui.widget import HEADING, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.theme import Rgb

_ROW = 40.0  # height at 100 % text size
_MOST = 1.5  # times the normal text size
_GAP = 8.0
_PAD = 12.0
_BEAT = 1.6  # seconds of the live dot's pulse


@dataclass(frozen=True, slots=True)
class Chip:
    """A rounded word. Chips of a higher rank go first where room is short; 0 always stays."""

    text: str
    icon: str = ""
    color: Rgb | None = None  # of its text
    rank: int = 1
    title: bool = False  # large, without a ground
    live: bool = False  # a pulsing dot before it
    loud: bool = False  # on the accent colour


def _size(painter: Painter, chip: Chip) -> float:
    return (HEADING if chip.title else SMALL) * min(painter.text_scale, _MOST)


def _width(painter: Painter, chip: Chip) -> float:
    font = "display" if chip.title else "bold"
    size = _size(painter, chip)
    words = painter.measure(chip.text, size, font=font, fixed=True)[0]
    mark = size * 1.35 if chip.icon or chip.live else 0.0
    return words + mark + (6.0 if chip.title else 2 * _PAD)


class Header:
    """Puts chips into so many rows; drops the least needed where they don't fit."""

    def __init__(self, chips: Sequence[Chip], most: int = 1) -> None:
        self._chips, self._most = list(chips), most

    def rows(self, painter: Painter, width: float) -> list[list[Chip]]:
        """Return the rows of chips that fit into `width`."""
        chips = list(self._chips)
        while True:
            rows: list[list[Chip]] = [[]]
            used = 0.0
            for chip in chips:
                wide = _width(painter, chip) + _GAP
                if rows[-1] and used + wide - _GAP > width:
                    rows.append([])
                    used = 0.0
                rows[-1].append(chip)
                used += wide
            worst = max(chip.rank for chip in chips)
            if len(rows) <= self._most or not worst:
                return rows[: max(self._most, 2)]
            last = next(k for k in range(len(chips) - 1, -1, -1) if chips[k].rank == worst)
            del chips[last]

    def height(self, painter: Painter, width: float) -> float:
        """Return the height it takes."""
        each = _ROW * (0.4 + 0.6 * min(painter.text_scale, _MOST))
        return each * len(self.rows(painter, width))

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw the chips; what is left over of a row's width lies before its last ones."""
        rows = self.rows(painter, box.w)
        tall = box.h / len(rows)
        for index, row in enumerate(rows):
            left, middle = box.x, box.y + tall * (index + 0.5)
            for chip in row:
                wide = min(_width(painter, chip), box.right - left)
                _draw(painter, chip, pygame.FRect(left, middle - tall * 0.4, wide, tall * 0.8))
                left += wide + _GAP


def _draw(painter: Painter, chip: Chip, box: pygame.FRect) -> None:
    colors, size = painter.palette, _size(painter, chip)
    ink = chip.color or colors.text
    if chip.loud:
        painter.rect(box, colors.accent, radius=box.h / 2)
        ink = colors.accent_text
    elif not chip.title:
        painter.rect(box, colors.panel, radius=box.h / 2)
    left = box.x + (2.0 if chip.title else _PAD)
    if chip.live:
        beat = pulse(painter, _BEAT)
        at = (left + size * 0.45, box.centery)
        painter.circle(at, size * (0.34 + 0.2 * beat), (*colors.good, round(110 - 70 * beat)))
        painter.circle(at, size * 0.3, colors.good)
    elif chip.icon:
        side = size * 1.25
        painter.sprite(icon_sprite(chip.icon), (left + side / 2 - 2, box.centery), (side, side))
    left += size * 1.35 if chip.icon or chip.live else 0.0
    painter.text(
        chip.text, (left, box.centery), size, ink, anchor="midleft",
        font="display" if chip.title else "bold", fixed=True, fit=max(20.0, box.right - left - 4),
    )  # fmt: skip


def draw_badges(painter: Painter, chips: Sequence[Chip], within: pygame.FRect) -> None:
    """Draw pills at the top of the town, side by side where they fit."""
    rows: list[list[tuple[Chip, float]]] = [[]]
    used = 0.0
    for chip in chips:
        wide = min(_width(painter, chip), within.w)
        if rows[-1] and used + wide > within.w:
            rows.append([])
            used = 0.0
        rows[-1].append((chip, wide))
        used += wide + _GAP
    tall = 30.0 * (0.4 + 0.6 * min(painter.text_scale, _MOST))
    top = within.y
    for row in rows:
        left = within.centerx - (sum(wide for _, wide in row) + _GAP * (len(row) - 1)) / 2
        for chip, wide in row:
            box = pygame.FRect(left, top, wide, tall)
            painter.shadow(box.move(0, 3), painter.palette.shadow, radius=tall / 2, blur=8)
            _draw(painter, chip, box)
            left += wide + _GAP
        top += tall + 6
