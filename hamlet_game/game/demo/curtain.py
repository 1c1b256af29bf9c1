"""The curtain between two acts: slats that fall and rise. And the veil between two towns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.theme import mix

if TYPE_CHECKING:
    import pygame

    from hamlet_game.game.draw.painter import Painter

HALF_S = 0.7  # seconds until it is down, and again until it is up
VEIL_S = 0.35  # seconds until a town is dark, and again until it is light
_SLATS = 9
_SPREAD = 0.45  # of that time, from the first slat's fall to the last's


def draw_curtain(painter: Painter, down: float, *, rising: bool) -> None:
    """Draw the curtain, `down` 0..1 of the way; with reduced motion it fades."""
    if down <= 0:
        return
    colors = painter.palette
    wide, high = painter.size
    if painter.reduced_motion:
        painter.fill((*colors.night, round(255 * min(1.0, down))))
        return
    slat = wide / _SLATS
    for k in range(_SLATS):
        late = _SPREAD * k / (_SLATS - 1)
        part = min(1.0, max(0.0, (down * (1 + _SPREAD) - late)))
        part = part * part * (3 - 2 * part)
        tall = high * part
        if tall <= 0:
            continue
        top = high - tall if rising else 0.0
        face = mix(colors.night, colors.panel, 0.35 if k % 2 else 0.6)
        painter.rect((k * slat, top, slat + 1, tall), face)
        if 0 < part < 1:
            edge = top if rising else tall - 6
            painter.rect((k * slat, edge, slat + 1, 6), colors.accent)


def draw_veil(painter: Painter, town: pygame.FRect, dark: float) -> None:
    """Let the light go out over a town, `dark` 0..1 of the way; its frame stays."""
    if dark > 0:
        ink = (*painter.palette.night, round(255 * min(1.0, dark)))
        painter.rect(town.inflate(-16, -16), ink, radius=14)
