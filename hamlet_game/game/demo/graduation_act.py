"""The act in which each level is passed: a row of medals, one after another."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.demo.act import Act, House
from hamlet_game.game.demo.lettering import draw_chip, draw_ground, draw_plate, fitted
from hamlet_game.game.demo.words import practice
from hamlet_game.game.draw.noise import between
from hamlet_game.game.draw.people import Person, draw_person
from hamlet_game.game.ui.look import star_points

if TYPE_CHECKING:
    from hamlet_game.game.demo.cast import Member
    from hamlet_game.game.demo.layout import Layout
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.town.level import Level

EACH_S = 2.6  # seconds from medal to medal
_POP_S = 0.45
_CONFETTI = 26
_CONFETTI_S = 2.2


class GraduationAct(Act):
    """Every level with how its graduate lives there."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self._passed = house.cast.graduates(house.levels)
        self._shown = 0

    @property
    def over(self) -> bool:
        """Return whether all medals have been seen."""
        return self.age > EACH_S * len(self._passed) + 4.0

    def update(self, dt: float) -> None:
        """Hand out the next medal when its time has come."""
        super().update(dt)
        shown = min(len(self._passed), int(self.age / EACH_S + 0.8))
        if shown > self._shown:
            self._shown = shown
            self.house.play("win" if shown == len(self._passed) else "star")

    def draw(self, painter: Painter, layout: Layout) -> None:
        """Draw heading and medals."""
        boxes = _boxes(layout, len(self._passed))
        for k, box in enumerate(boxes):
            since = self.age - (k + 0.2) * EACH_S
            if since >= 0:
                part = 1.0 if painter.reduced_motion else min(1.0, since / _POP_S)
                place = box.move(0, 60 * (1 - part) ** 3)
                self._draw_medal(painter, layout, place, k, since)
                if layout.feed.panels:
                    painter.rect(
                        place, (*painter.palette.accent, round(255 * part)), radius=16, width=2
                    )
        if layout.feed.panels:
            head = layout.head
            draw_ground(painter, head, layout)
            chip = draw_chip(painter, head.topleft, "4  GRADUATION", head.w)
            room = pygame.FRect(head.x, chip.bottom + 6, head.w, head.bottom - chip.bottom - 6)
            text = "Each level has to be passed before the next one opens"
            fitted(painter, text, room, 40, painter.palette.text, font="display")

    def _draw_medal(
        self, painter: Painter, layout: Layout, box: pygame.FRect, number: int, since: float
    ) -> None:
        """Draw somebody cheering before a star, and the words beside or below."""
        if layout.feed.panels:
            draw_plate(painter, box)
        flat = box.w > box.h * 1.4
        side = min(box.h * 0.74, box.w * 0.36) if flat else min(box.w * 0.72, box.h * 0.42)
        middle = (box.x + side * 0.72, box.centery) if flat else (box.centerx, box.y + side * 0.64)
        self._draw_graduate(painter, middle, side, number, since)
        if layout.feed.panels:
            words = pygame.FRect(box.x + 18, middle[1] + side * 0.6, box.w - 36, 0)
            words.h = box.bottom - 14 - words.y
            if flat:
                left = middle[0] + side * 0.66
                words = pygame.FRect(left, box.y + 14, box.right - 16 - left, box.h - 28)
            _draw_words(painter, words, number, *self._passed[number])

    def _draw_graduate(
        self, painter: Painter, middle: tuple[float, float], side: float, look: int, since: float
    ) -> None:
        """Draw the star, somebody cheering before it, and confetti."""
        colors = painter.palette
        painter.polygon(star_points(middle, side * 0.56), colors.star)
        painter.polygon(star_points(middle, side * 0.45), colors.accent)
        still = painter.reduced_motion
        person = Person(0, 0, pose="cheer", phase=0.0 if still else since, look=look + 1)
        at = (middle[0], middle[1] + side * 0.12)
        draw_person(painter, person, at, side * 0.62, reduced_motion=still)
        if not still and since < _CONFETTI_S:
            _draw_confetti(painter, middle, side, look, since)


def _draw_words(
    painter: Painter, box: pygame.FRect, number: int, level: Level, member: Member
) -> None:
    colors, result = painter.palette, member.results[level.id]
    name = pygame.FRect(box.x, box.y, box.w, box.h * 0.24)
    shown = fitted(painter, f"{number + 1}  {level.name}", name, 27, colors.text, font="display")
    rest = pygame.FRect(box.x, shown.bottom + 6, box.w, box.bottom - shown.bottom - 6)
    text = (
        f"Lives {result['survival']:.0f} of {level.steps} steps in towns it has never seen. "
        f"Passed after {practice(member.step)}."
    )
    fitted(painter, text, rest, 21, colors.muted)


def _draw_confetti(
    painter: Painter, middle: tuple[float, float], side: float, key: int, since: float
) -> None:
    colors = painter.palette
    tones = (colors.accent, colors.good, colors.energy, colors.satiation, colors.hygiene)
    for k in range(_CONFETTI):
        turn = between(0, 2 * pi, key, k, 1)
        speed = between(0.5, 1.4, key, k, 2) * side
        x = middle[0] + cos(turn) * speed * since * 0.7
        y = middle[1] + sin(turn) * speed * since * 0.7 - side * 0.5 * since + side * 0.5 * since**2
        alpha = round(255 * max(0.0, 1 - since / _CONFETTI_S))
        wide = 5 + 5 * abs(sin(since * 6 + k))
        painter.rect((x - wide / 2, y - 4, wide, 8), (*tones[k % len(tones)], alpha), radius=2)


def _boxes(layout: Layout, count: int) -> list[pygame.FRect]:
    """Return a box for each medal: side by side, or one below the other."""
    top = layout.head.bottom + 10
    room = pygame.FRect(layout.head.x, top, layout.head.w, layout.high - 26 - top)
    gap = 18.0
    if layout.upright:
        high = (room.h - gap * (count - 1)) / count
        return [pygame.FRect(room.x, room.y + k * (high + gap), room.w, high) for k in range(count)]
    wide = (room.w - gap * (count - 1)) / count
    room.h = min(room.h, wide * 1.56)
    room.centery = (top + layout.high - 26) / 2
    return [pygame.FRect(room.x + k * (wide + gap), room.y, wide, room.h) for k in range(count)]
