"""What the menu scenes share: cues, key hints, a header, and shade to read text on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, get_args

import pygame

from hamlet_game.game.audio import SoundName
from hamlet_game.game.draw.painter import CANVAS
from hamlet_game.game.events import DIRECTIONS, Command
from hamlet_game.game.ui.keybind import draw_keycap
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Box, Color, Painter, Point
    from hamlet_game.game.services import Services

MARGIN = 48.0  # from the canvas's edge to a menu's content
HEAD_ROOM = pygame.FRect(730, 0, 440, 74)  # beside a title, for toasts
FOOT = 56.0  # kept free at the bottom for key hints
_SOUNDS: dict[str, SoundName] = {name: name for name in get_args(SoundName)}
_GAP = 22.0  # between hints

Hint = tuple[Command | tuple[Command, ...], str]  # what to press, and what for


def cue(services: Services) -> Callable[[str], None]:
    """Return what a form is to call so that moving and pressing can be heard."""
    return lambda name: services.audio.play(_SOUNDS[name])


def keys_of(services: Services, commands: Command | tuple[Command, ...]) -> list[str]:
    """Return the keycaps for one command, or for several pressed alike, such as directions."""
    if isinstance(commands, Command):
        commands = (commands,)
    names = [name for command in commands if (name := services.input.label(command))]
    if len(names) > 1 and all(name.startswith("D-pad ") for name in names):
        return ["D-pad"] if commands == DIRECTIONS else [f"D-pad {''.join(n[6:] for n in names)}"]
    if commands == DIRECTIONS and all(len(name) == 1 for name in names):
        return ["".join(names)]
    return names


def draw_hints(
    painter: Painter,
    services: Services,
    hints: Sequence[Hint],
    *,
    at: Point = (CANVAS[0] / 2, CANVAS[1] - 26),
    room: float = CANVAS[0] - 2 * 24,
    shade: bool = False,
) -> None:
    """Draw what to press and what for, centred on `at`; the last ones go where room is short."""
    shown = [(keys, word) for commands, word in hints if (keys := keys_of(services, commands))]
    while shown and _hints_width(painter, shown) > room:
        shown.pop()
    wide = _hints_width(painter, shown)
    if not shown:
        return
    left, y = at[0] - wide / 2, at[1]
    if shade:
        high = painter.line_height(SMALL) + 14
        ground = (left - 18, y - high / 2, wide + 36, high)
        painter.rect(ground, (*painter.palette.night, 235), radius=high / 2)
    for keys, word in shown:
        for name in keys:
            wide_cap = _cap_width(painter, name)
            draw_keycap(painter, name, left + wide_cap, y)
            left += wide_cap + 5
        color = painter.palette.text if shade else painter.palette.muted
        box = painter.text(word, (left + 3, y), SMALL, color, anchor="midleft")
        left = box.right + _GAP


def _cap_width(painter: Painter, name: str) -> float:
    wide, high = painter.measure(name, SMALL, font="bold")
    return max(high + 8, wide + 16)


def _hints_width(painter: Painter, shown: Sequence[tuple[list[str], str]]) -> float:
    caps = sum(_cap_width(painter, name) + 5 for keys, _ in shown for name in keys)
    words = sum(painter.measure(word, SMALL)[0] + 3 for _, word in shown)
    return caps + words + _GAP * max(0, len(shown) - 1)


@lru_cache(maxsize=16)
def _fade(color: Color, start: int, end: int, level: bool) -> pygame.Surface:
    """Return a strip of `color` whose alpha runs from `start` to `end`, smoothly."""
    strip = pygame.Surface((256, 1) if level else (1, 256), pygame.SRCALPHA)
    for k in range(256):
        part = k / 255
        part = part * part * (3 - 2 * part)
        ink = (*color[:3], round(start + (end - start) * part))
        strip.set_at((k, 0) if level else (0, k), ink)
    return strip


def draw_shade(
    painter: Painter, box: Box, color: Color, *, start: int, end: int = 0, level: bool = True
) -> None:
    """Lay a shade over `box` that fades from alpha `start` to `end`, to the right or down."""
    painter.image(_fade(color, start, end, level), box)


def draw_outlined(
    painter: Painter,
    text: str,
    at: Point,
    size: float,
    color: Color,
    *,
    rim: Color,
    anchor: str = "topleft",
    thick: float = 4.0,
    font: str = "display",
) -> pygame.FRect:
    """Draw large lettering with a rim and a drop shadow, legible on any picture."""
    x, y = at
    for dx, dy in ((0.0, 1.9), *_ROUND):
        spot = (x + dx * thick, y + dy * thick)
        painter.text(text, spot, size, rim, anchor=anchor, font=font, fixed=True)
    return painter.text(text, at, size, color, anchor=anchor, font=font, fixed=True)


_ROUND = tuple(
    (round(pygame.Vector2(1, 0).rotate(turn).x, 3), round(pygame.Vector2(1, 0).rotate(turn).y, 3))
    for turn in range(0, 360, 30)
)
