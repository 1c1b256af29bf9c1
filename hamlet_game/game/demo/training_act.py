"""The act about learning: a curve that grows from stage to stage, and each stage at play."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.demo.act import Act, House
from hamlet_game.game.demo.curtain import VEIL_S, draw_veil
from hamlet_game.game.demo.curve import Stop, draw_curve
from hamlet_game.game.demo.lettering import Caption, draw_chip, draw_ground, draw_plate, fitted
from hamlet_game.game.demo.show import Show
from hamlet_game.game.demo.words import practice

if TYPE_CHECKING:
    from hamlet_game.game.demo.cast import Member
    from hamlet_game.game.demo.layout import Layout
    from hamlet_game.game.draw.painter import Painter

STAGE_S = 6.5  # seconds each stage is shown
_GROW_S = 1.6  # of these, until the curve has reached it


@dataclass(frozen=True, slots=True)
class _Stage:
    member: Member
    text: str


class TrainingAct(Act):
    """All stages of the shipped training, one after another."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self._stages = [_Stage(m, _told(house, m)) for m in house.cast.members]
        self._stops = [
            Stop(m.name, practice(m.step), m.survival(house.full)) for m in house.cast.members
        ]
        self._at = 0
        self.caption = Caption(self._stages[0].text)
        self.show = self._show()

    @property
    def over(self) -> bool:
        """Return whether the last stage has been seen."""
        return self.age > STAGE_S * len(self._stages) + 3.0

    def _show(self) -> Show:
        member, house = self._stages[self._at].member, self.house
        level = house.services.catalog.find(member.level)
        epsilon = 0.0 if self._at else 0.35
        return Show(level, house.town(10 + self._at), member.player, epsilon=epsilon)

    def update(self, dt: float) -> None:
        """Go from stage to stage."""
        super().update(dt)
        at = min(int(self.age / STAGE_S), len(self._stages) - 1)
        if at != self._at:
            self._at = at
            self.caption.say(self._stages[at].text, at)
            self.show = self._show()
            self.house.play("star")
        if not self.show.over:
            self.show.update(dt, self.house.palette, _silence)
        self.caption.update(dt)

    def draw(self, painter: Painter, layout: Layout) -> None:
        """Draw the stage at play, and the curve."""
        spot = layout.single()
        if layout.feed.picture:
            self.show.draw(painter, spot.town)
            draw_veil(painter, spot.town, self._dark())
        if layout.feed.panels:
            draw_ground(painter, spot.card, layout)
            self._draw_panel(painter, spot.card)

    def _dark(self) -> float:
        """Return how dark the town is: it changes while it can't be seen."""
        since = self.age - self._at * STAGE_S
        last = self._at == len(self._stages) - 1
        return max(0.0, 1 - since / VEIL_S, 0.0 if last else 1 - (STAGE_S - since) / VEIL_S)

    def _draw_panel(self, painter: Painter, box: pygame.FRect) -> None:
        colors = painter.palette
        chip = draw_chip(painter, box.topleft, "2  THE TRAINING", box.w)
        title = pygame.FRect(box.x, chip.bottom + 8, box.w, min(60.0, box.h * 0.11))
        shown = fitted(painter, "It learns, level by level", title, 38, colors.text, font="display")
        plate = pygame.FRect(box.x, shown.bottom + 10, box.w, box.h * 0.27)
        draw_plate(painter, plate, accent=True)
        self.caption.draw(painter, plate.inflate(-44, -16).move(6, 0), 23)
        chart = pygame.FRect(box.x, plate.bottom + 14, box.w, box.bottom - plate.bottom - 14)
        draw_plate(painter, chart)
        since = self.age - self._at * STAGE_S
        grown = self._at - 1 + min(1.0, since / _GROW_S) if self._at else 0.0
        full = self.house.full
        draw_curve(painter, chart.inflate(-28, -24), self._stops, grown, full)


def _told(house: House, member: Member) -> str:
    """Return what a stage has learned, by the level's words and the results' numbers."""
    full = house.full
    lives = f"In the whole town it lives {member.survival(full):.0f} of {full.steps} steps."
    if not member.step:
        return f"{member.name}. Random numbers, no practice at all. {lives}"
    if member is house.cast.master:
        return f"{member.name}: the best of the whole training. {lives}"
    number = [level.id for level in house.levels].index(member.level) + 1
    level = house.services.catalog.find(member.level)
    return f"Level {number}, {level.name}. {level.teaches} {lives}"


def _silence(_: object) -> None:
    """Play nothing."""
