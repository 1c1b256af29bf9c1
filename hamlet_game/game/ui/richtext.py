"""Rich text: **bold**, {energy} for an icon, [good:coloured words], broken into lines.

Colours are names of the palette, icons names of sprites.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.ui.look import icon_sprite
from hamlet_game.game.ui.widget import BODY, Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter, Point
    from hamlet_game.game.theme import Rgb

_MARKS = re.compile(r"\*\*|\{([\w/@]+)\}|\[(\w+):|\]|\n|[^\S\n]+|[^\s*{\[\]]+|.")
_ICON = 1.25  # an icon's side in text sizes


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a space or an icon, with how it looks."""

    text: str
    bold: bool = False
    color: str = ""  # a palette name, "" for the text's own
    icon: bool = False


@lru_cache(maxsize=512)
def parse(markup: str) -> tuple[Piece, ...]:
    """Return the pieces of marked-up text; brackets and stars that mark nothing are kept."""
    pieces: list[Piece] = []
    bold, color = False, ""
    for match in _MARKS.finditer(markup):
        mark, icon, name = match.group(), match.group(1), match.group(2)
        if mark == "**":
            bold = not bold
        elif icon:
            pieces.append(Piece(icon, icon=True))
        elif name:
            color = name
        elif mark == "]" and color:
            color = ""
        else:
            text = " " if mark.isspace() and mark != "\n" else mark
            pieces.append(Piece(text, bold, color))
    return tuple(pieces)


def _width(painter: Painter, piece: Piece, size: float, *, fixed: bool) -> float:
    if piece.icon:
        return size * _ICON * (1.0 if fixed else painter.text_scale)
    font = "bold" if piece.bold else "sans"
    return painter.measure(piece.text, size, font=font, fixed=fixed)[0]


Placed = tuple[Piece, float, int]  # a piece, its x, its line


@dataclass(frozen=True, slots=True)
class Laid:
    """Rich text laid out: its pieces, each line's width, and the height of a line."""

    placed: tuple[Placed, ...]
    widths: tuple[float, ...]
    step: float

    @property
    def size(self) -> tuple[float, float]:
        """Return the width and height of the whole, in canvas units."""
        return max(self.widths), self.step * len(self.widths)


def lay_out(
    painter: Painter, markup: str, size: float, *, wrap: float | None = None, fixed: bool = False
) -> Laid:
    """Break marked-up text into lines no wider than `wrap`; words keep together."""
    placed: list[Placed] = []
    widths = [0.0]
    word: list[tuple[Piece, float]] = []
    x = 0.0  # the pen; spaces before a break are dropped

    def put_word() -> None:
        nonlocal x
        whole = sum(width for _, width in word)
        if wrap is not None and x > 0 and x + whole > wrap:
            x = 0.0
            widths.append(0.0)
        for piece, width in word:
            placed.append((piece, x, len(widths) - 1))
            x += width
        if word:
            widths[-1] = x
        word.clear()

    for piece in parse(markup):
        if piece.text == "\n":
            put_word()
            x = 0.0
            widths.append(0.0)
        elif piece.text == " ":
            put_word()
            x += _width(painter, piece, size, fixed=fixed) if x > 0 else 0.0
        else:
            word.append((piece, _width(painter, piece, size, fixed=fixed)))
    put_word()
    step = painter.line_height(size, fixed=fixed) * 1.04
    return Laid(tuple(placed), tuple(widths), step)


def draw_rich(
    painter: Painter,
    markup: str,
    at: Point,
    size: float,
    color: Rgb,
    *,
    anchor: str = "topleft",
    wrap: float | None = None,
    align: str = "left",
    fixed: bool = False,
    alpha: int = 255,
) -> pygame.FRect:
    """Draw marked-up text with its `anchor` at `at`; return its box in canvas units."""
    laid = lay_out(painter, markup, size, wrap=wrap, fixed=fixed)
    box = pygame.FRect((0, 0), laid.size)
    setattr(box, anchor, at)
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
    for piece, x, line in laid.placed:
        left = box.x + x + (box.w - laid.widths[line]) * share
        middle = box.y + (line + 0.5) * laid.step
        if piece.icon:
            side = size * _ICON * (1.0 if fixed else painter.text_scale)
            center, icon = (left + side / 2, middle), icon_sprite(piece.text)
            painter.sprite(icon, center, (side * 0.92, side * 0.92), alpha=alpha)
            continue
        rgb = painter.palette.named(piece.color) if piece.color else color
        font = "bold" if piece.bold else "sans"
        spot = (left, middle)
        ink = (*rgb, alpha)
        painter.text(piece.text, spot, size, ink, anchor="midleft", font=font, fixed=fixed)
    return box


class Label(Widget):
    """Rich text in a form; it never takes the focus."""

    focusable = False

    def __init__(
        self,
        text: str,
        *,
        size: float = BODY,
        color: str = "text",
        wrap: float | None = None,
        align: str = "left",
        pinned: bool = False,
    ) -> None:
        super().__init__(pinned=pinned)
        self.text = text
        self.size = size
        self.color = color
        self.wrap = wrap
        self.align = align

    def preferred(self, painter: Painter) -> tuple[float, float]:
        """Return the size of its text."""
        return lay_out(painter, self.text, self.size, wrap=self.wrap).size

    def height_for(self, painter: Painter, width: float) -> float:
        """Return its height once it is broken into lines at `width`."""
        wrap = width if self.wrap is None else min(width, self.wrap)
        return lay_out(painter, self.text, self.size, wrap=wrap + 1).size[1]

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the text, wrapped to `wrap` or its box."""
        anchor = {"left": "topleft", "center": "midtop", "right": "topright"}[self.align]
        draw_rich(
            painter,
            self.text,
            getattr(self.box, anchor),
            self.size,
            painter.palette.named(self.color),
            anchor=anchor,
            wrap=(self.box.w if self.wrap is None else min(self.box.w, self.wrap)) + 1,
            align=self.align,
        )
