"""An act that follows one life from its first step to its last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.demo import words
from hamlet_game.game.demo.about import draw_bars
from hamlet_game.game.demo.act import Act, House
from hamlet_game.game.demo.lettering import Caption, draw_chip, draw_ground, draw_plate, fitted
from hamlet_game.game.demo.show import Show
from hamlet_game.game.demo.words import Narrator
from hamlet_game.game.play.blocks import PAD, card
from hamlet_game.game.play.clock import speed_text
from hamlet_game.game.play.status import comfortable_columns, status
from hamlet_game.game.ui.widget import BODY

if TYPE_CHECKING:
    from hamlet_game.game.demo.cast import Member
    from hamlet_game.game.demo.layout import Layout
    from hamlet_game.game.draw.painter import Painter

Pace = tuple[tuple[float, float], ...]  # from which second on, and how fast

AFTER_S = 5.0  # seconds that the end of the life is shown
EXPLORES = 0.35  # share of random moves of the beginner, as early in training
_TITLE = 40.0
_CAPTION = 120.0  # canvas units, the least room for the caption
_BARS = 136.0  # height of the meters without words


class LifeAct(Act):
    """One life, told step by step."""

    def __init__(
        self,
        house: House,
        member: Member,
        town: int,
        *,
        chapter: str,
        title: str,
        intro: str,
        narrator: Narrator,
        pace: Pace,
        epsilon: float = 0.0,
    ) -> None:
        super().__init__(house)
        self.show = Show(house.full, town, member.player, epsilon=epsilon, close_ups=True)
        self.caption = Caption(intro, words.DANGER)
        self._member, self._chapter, self._title = member, chapter, title
        self._narrator, self._pace = narrator, pace

    @property
    def over(self) -> bool:
        """Return whether the end of the life has been seen."""
        return self.show.rest > AFTER_S

    def update(self, dt: float) -> None:
        """Live on, faster as time goes by, and say what happens."""
        super().update(dt)
        self.show.speed = [speed for start, speed in self._pace if self.age >= start][-1]
        self.show.update(dt, self.house.palette, self.house.play)
        self.caption.update(dt)
        weight, text = self._narrator(self.show)
        if text:
            self.caption.say(text, weight)

    def draw(self, painter: Painter, layout: Layout) -> None:
        """Draw the town and, beside or below it, the story."""
        spot = layout.single()
        if layout.feed.picture:
            self.show.draw(painter, spot.town)
        if layout.feed.panels:
            draw_ground(painter, spot.card, layout)
            self._draw_story(painter, spot.card)

    def _draw_story(self, painter: Painter, box: pygame.FRect) -> None:
        chip = draw_chip(painter, box.topleft, self._chapter, box.w - 90)
        self._draw_pace(painter, box, chip)
        title = pygame.FRect(box.x, chip.bottom + 10, box.w, min(104.0, box.h * 0.18))
        shown = fitted(painter, self._title, title, _TITLE, painter.palette.text, font="display")
        who = f"{self._member.name}: {words.practice(self._member.step)}."
        room = pygame.FRect(box.x, shown.bottom + 4, box.w, 44)
        line = fitted(painter, who, room, BODY, painter.palette.muted)
        below = self._draw_meters(painter, box, line.bottom)
        plate = pygame.FRect(box.x, line.bottom + 12, box.w, below - line.bottom - 26)
        draw_plate(painter, plate, accent=True)
        inner = plate.inflate(-44, -20)
        self.caption.draw(painter, inner.move(6, 0), 28)

    def _draw_pace(self, painter: Painter, box: pygame.FRect, chip: pygame.FRect) -> None:
        """Say how fast time flies, where it does."""
        if self.show.speed == 1.0:
            return
        at = box.right, chip.centery
        text = painter.text(
            speed_text(self.show.speed), at, 16, painter.palette.muted,
            anchor="midright", font="bold", fit=60,
        )  # fmt: skip
        side = text.h * 0.8
        painter.sprite("icons/fast", (text.left - side * 0.7, at[1]), (side, side))

    def _draw_meters(self, painter: Painter, box: pygame.FRect, above: float) -> float:
        """Draw the meters at the bottom of the box; return their top.

        Their words go where the caption, which begins below `above`, needs the room.
        """
        inner, show = box.w - 2 * PAD, self.show
        columns = comfortable_columns(painter, inner)
        slim = painter.text_scale > 1.2 or (columns == 1 and box.h < 600)
        content = status(
            painter, show.record, show.step, show.motion.part, inner, columns=columns, slim=slim
        )
        block = card(painter, content)
        top = box.bottom - block.height
        if top - above >= _CAPTION:
            block.draw(pygame.FRect(box.x, top, box.w, block.height))
            return top
        bars = pygame.FRect(box.x, box.bottom - _BARS, box.w, _BARS)
        draw_plate(painter, bars)
        draw_bars(painter, bars.inflate(-2 * PAD, -PAD), show)
        return bars.y


def beginner(house: House) -> LifeAct:
    """Return the life of the untrained network, exploring as at the start of training."""
    cast = house.cast
    return LifeAct(
        house,
        cast.newborn,
        house.town(1),
        chapter="1  THE BEGINNER",
        title="It knows nothing",
        intro=f"This townsperson is moved by {cast.numbers:,} numbers. All of them are random "
        f"still, and {EXPLORES:.0%} of its moves are mere tries.",
        narrator=words.beginner,
        pace=((0.0, 1.0), (9.0, 1.6), (20.0, 4.0)),
        epsilon=EXPLORES,
    )


def half_way(house: House) -> LifeAct:
    """Return the life of a network half-way through its training."""
    member = house.cast.half_way(house.full)
    return LifeAct(
        house,
        member,
        house.town(2),
        chapter="3  HALF-WAY",
        title="It gets the idea",
        intro="It knows what the houses are for. What it can't do yet is look ahead.",
        narrator=words.expert,
        pace=((0.0, 1.0), (10.0, 2.0), (22.0, 4.0), (45.0, 8.0)),
    )


def mastery(house: House) -> LifeAct:
    """Return the life of the master, measured by how far it came before it was one."""
    cast, full = house.cast, house.full
    newborn, half = cast.newborn.survival(full), cast.half_way(full).survival(full)
    milestones = {
        round(newborn): f"Step {newborn:.0f}: here a beginner's life is over, on average.",
        round(half): f"Step {half:.0f}: so far it came, on average, half-way through training.",
    }
    return LifeAct(
        house,
        house.cast.master,
        house.town(3),
        chapter="5  THE MASTER",
        title="It has learned to live",
        intro="Watch it work before it is poor, eat before it is hungry, and sleep in time.",
        narrator=words.past(milestones),
        pace=((0.0, 1.0), (14.0, 2.0), (26.0, 4.0), (44.0, 8.0)),
    )
