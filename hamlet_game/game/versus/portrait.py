"""Portraits: a townsperson in a tile, as on a poster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.draw.people import Person, draw_person
from hamlet_game.game.theme import Rgb, lighter, mix

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter

TINTS = ("accent", "energy", "good", "job", "warn", "hygiene")  # by look: about the shirt's hue


def tint_of(painter: Painter, look: int) -> Rgb:
    """Return the colour that stands for somebody dressed like this."""
    return painter.palette.named(TINTS[look % len(TINTS)])


def draw_portrait(
    painter: Painter,
    box: pygame.FRect,
    look: int,
    *,
    pose: str = "idle",
    time: float = 0.0,
    facing: str = "down",
    mood: float = 1.0,
) -> None:
    """Draw somebody in a tinted tile."""
    colors, tint = painter.palette, tint_of(painter, look)
    radius = min(22.0, box.h * 0.24)
    painter.rect(box, mix(colors.panel, tint, 0.55), radius=radius)
    painter.rect(box.inflate(-5, -5), mix(colors.panel, tint, 0.26), radius=radius - 2.5)
    ground = pygame.FRect(0, 0, min(box.w * 0.72, box.h * 1.1), box.h * 0.2)
    ground.center = box.centerx, box.bottom - box.h * 0.17
    painter.rect(ground, (*lighter(tint, 0.2), 46), radius=ground.h / 2)
    cell = box.h * 0.9
    person = Person(0, 0, facing, pose, time, look=look, mood=mood)
    still = painter.reduced_motion
    at = (box.centerx, box.centery + box.h * 0.03)
    draw_person(painter, person, at, cell, reduced_motion=still)
