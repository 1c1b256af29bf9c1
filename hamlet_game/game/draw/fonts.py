"""Text in pixels: fonts, line breaking, shrinking to fit, and rendered lines that are kept."""

from __future__ import annotations

from functools import lru_cache

import pygame

from hamlet_game import paths
from hamlet_game.game.draw.cache import Cache, pictures

Rgb = tuple[int, int, int]

FILES = {
    "sans": "hamlet-sans-600.ttf",
    "bold": "hamlet-sans-800.ttf",
    "display": "hamlet-display-600.ttf",
}
ELLIPSIS = "…"
SMALLEST_FIT = 0.7  # of the asked size; below that the text is cut instead

_fonts: Cache[pygame.font.Font] = Cache(96)
_pictures = pictures(5)


def font(name: str, px: int) -> pygame.font.Font:
    """Return a font by name at `px` pixels per em."""

    def make() -> pygame.font.Font:
        if not pygame.font.get_init():
            pygame.font.init()
        return pygame.font.Font(paths.assets() / "fonts" / FILES[name], px)

    return _fonts.get((name, px), make)


@lru_cache(maxsize=4096)
def width(text: str, name: str, px: int) -> int:
    """Return the width of one line in pixels."""
    return font(name, px).size(text)[0]


def _drawable(text: str) -> str:
    """Return `text` with a question mark for what no font can draw, as in odd file names."""
    return text.encode(errors="replace").decode().replace("\0", "?")


def _split_word(word: str, name: str, px: int, room: int) -> list[str]:
    """Break a word that is wider than a line into pieces that are not."""
    pieces, piece = [], ""
    for letter in word:
        if piece and width(piece + letter, name, px) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def _broken(paragraph: str, name: str, px: int, room: int) -> list[str]:
    """Break one paragraph into lines no wider than `room` pixels."""
    lines, line = [], ""
    for word in paragraph.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, name, px) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _split_word(word, name, px, room)
        lines += full
    return [*lines, line]


@lru_cache(maxsize=1024)
def lines(text: str, name: str, px: int, wrap: int | None) -> tuple[str, ...]:
    """Return the lines of `text`, broken at `wrap` pixels where that is given."""
    paragraphs = _drawable(text).split("\n")
    if wrap is None:
        return tuple(paragraphs)
    return tuple(line for p in paragraphs for line in _broken(p, name, px, max(1, wrap)))


@lru_cache(maxsize=1024)
def fitted(text: str, name: str, px: int, room: int) -> tuple[str, int]:
    """Return `text` and a size at which it is at most `room` wide, cut with … if it must be."""
    text = _drawable(text)
    smallest = max(1, round(px * SMALLEST_FIT))
    size = px
    while size > smallest and width(text, name, size) > room:
        size -= 1
    if width(text, name, size) <= room:
        return text, size
    low, high = 0, len(text)  # the longest beginning that fits with its ellipsis
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + ELLIPSIS, name, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS, size


@lru_cache(maxsize=2048)
def size(text: str, name: str, px: int, wrap: int | None) -> tuple[int, int]:
    """Return the width and height of `text` in pixels."""
    broken = lines(text, name, px, wrap)
    return max(width(line, name, px) for line in broken), len(broken) * height(name, px)


@lru_cache(maxsize=256)
def height(name: str, px: int) -> int:
    """Return the height of a line in pixels."""
    return font(name, px).get_height()


def picture(
    text: str, name: str, px: int, rgb: Rgb, *, wrap: int | None, align: str
) -> pygame.Surface:
    """Return `text` rendered, one or more lines; `align` is left, center or right."""

    def make() -> pygame.Surface:
        broken = lines(text, name, px, wrap)
        face = font(name, px)
        if len(broken) == 1:
            return face.render(broken[0], True, rgb)
        whole = pygame.Surface(size(text, name, px, wrap), pygame.SRCALPHA)
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        for row, line in enumerate(broken):
            drawn = face.render(line, True, rgb)
            x = round((whole.get_width() - drawn.get_width()) * share)
            whole.blit(drawn, (x, row * height(name, px)))
        return whole

    return _pictures.get((text, name, px, rgb, wrap, align), make)
