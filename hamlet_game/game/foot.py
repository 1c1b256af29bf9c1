"""The foot of a scene that is watched: keys for the mouse, and what to press beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game import stream
from hamlet_game.game.events import Command
from hamlet_game.game.scenes.menu_look import Hint, draw_hints
from hamlet_game.game.transport import SIDE, Key, Transport
from hamlet_game.game.ui.widget import SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.services import Services

_AIR = 8.0  # above and below a row
_PER_KEY = SIDE + 8.0  # canvas units of width


def foot_height(painter: Painter) -> float:
    """Return the height of a foot: one row, or two on an upright canvas."""
    keys, words = SIDE, painter.line_height(SMALL)
    high = keys + words + _AIR if _upright(painter) else max(keys, words)
    return high + 2 * _AIR


def draw_foot(
    painter: Painter,
    services: Services,
    box: pygame.FRect,
    *,
    transport: Transport,
    keys: Sequence[Key],
    main: Command = Command.FREEZE,
    hints: Sequence[Hint],
) -> None:
    """Draw the transport's keys at the right, or above the hints on an upright canvas."""
    stream.under(painter, services.settings, box.inflate(0, -_AIR))
    if _upright(painter):
        high = painter.line_height(SMALL)
        transport.draw(painter, (box.centerx, box.y + _AIR + SIDE / 2), keys, main)
        at = (box.centerx, box.bottom - _AIR - high / 2)
        draw_hints(painter, services, hints, at=at, room=box.w - 2 * _AIR)
        return
    room = len(keys) * _PER_KEY + SIDE / 2
    transport.draw(painter, (box.right - room / 2, box.centery), keys, main)
    left = pygame.FRect(box.x, box.y, box.w - room - 2 * _AIR, box.h)
    draw_hints(painter, services, hints, at=left.center, room=left.w)


def _upright(painter: Painter) -> bool:
    return painter.size[1] > painter.size[0]
