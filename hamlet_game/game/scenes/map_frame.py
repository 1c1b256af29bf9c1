"""What frames the level map: its header, and the bar that tells of the focused station."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from hamlet_game import paths
from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.scenes.menu_look import MARGIN, draw_outlined, draw_shade
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter

_SHADE = (24, 26, 56)
_CREAM = (255, 248, 232)
_INFO_TEXT = 17.0


def draw_header(painter: Painter, back: pygame.FRect, stars: str, *, own: bool) -> None:
    """Draw the title beside the back button, the stars earned, and where `own` levels lie."""
    draw_shade(painter, (0, 0, CANVAS[0], 130), _SHADE, start=130, level=False)
    size = 38 * min(1.3, max(1.0, painter.text_scale))
    title = draw_outlined(
        painter, "Choose a level", (back.right + 24, back.y - 4), size, _CREAM, rim=_SHADE, thick=3
    )
    at = (CANVAS[0] - MARGIN, title.centery)
    count = painter.text(stars, at, 20, _CREAM, anchor="midright", font="bold")
    star = (count.left - count.h * 0.75, count.centery)
    painter.sprite("icons/star_full", star, (count.h, count.h))
    if not own:
        return
    where = f"Your own levels are in {short(paths.custom_levels())}"
    spot = (back.x, max(back.bottom, title.bottom) + 6)
    high = painter.line_height(SMALL - 1)
    wide = min(CANVAS[0] - 2 * MARGIN, painter.measure(where, SMALL - 1)[0])
    ground = (spot[0], spot[1] - 3, wide + 24, high + 6)
    painter.rect(ground, (*_SHADE, 150), radius=high / 2 + 3)
    painter.text(where, (spot[0] + 12, spot[1]), SMALL - 1, _CREAM, fit=wide)


def info_height(painter: Painter) -> float:
    """Return the height of the bar that tells of the focused station."""
    return 2 * painter.line_height(_INFO_TEXT) + 20


def draw_info(painter: Painter, text: str, high: float) -> None:
    """Draw a level's goal, or why it is closed, smaller where it is long."""
    foot = (0, CANVAS[1] - 190, CANVAS[0], 190)
    draw_shade(painter, foot, _SHADE, start=0, end=225, level=False)
    if not text:
        return
    color = painter.palette.text
    wide = CANVAS[0] - 2 * MARGIN
    size = _INFO_TEXT
    while size > 11 and painter.measure(text, size, wrap=wide - 40)[1] > high - 14:
        size -= 0.5
    box = pygame.FRect(MARGIN, CANVAS[1] - 52 - high, wide, high)
    painter.rect(box, (*painter.palette.panel, 235), radius=18)
    painter.text(text, box.center, size, color, anchor="center", wrap=wide - 40, align="center")


def short(path: Path) -> str:
    """Return a path as people write it: with ~ for their home, only its end if it is long."""
    try:
        text = str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        text = str(path)
    return text if len(text) <= 60 else f"…{text[-59:]}"


def brief(trouble: str, file: Path) -> str:
    """Return a level file's trouble with the file's name in place of its whole path."""
    return trouble.replace(str(file), file.name)
