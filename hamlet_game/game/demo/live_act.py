"""The act about learning while a training runs beside the window: the real thing, as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.brain.network import NetworkError
from hamlet_game.game.demo.act import Act, House
from hamlet_game.game.demo.curtain import VEIL_S, draw_veil
from hamlet_game.game.demo.lettering import Caption, draw_chip, draw_ground, draw_plate, fitted
from hamlet_game.game.demo.show import Show
from hamlet_game.game.demo.training_act import TrainingAct
from hamlet_game.game.insight.curve_panel import CurvePanel
from hamlet_game.game.watch.cast import Moment

if TYPE_CHECKING:
    from hamlet_game.game.demo.layout import Layout
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.town.level import Level

LIVE_S = 40.0
REST_S = 2.0  # seconds that the end of a life is shown
_TELL_S = 1.0  # between two looks at how far it has come


class LiveAct(Act):
    """The newest brain in one held-out town after another, beside the curve of its training."""

    def __init__(self, house: House, level: Level, moment: Moment) -> None:
        super().__init__(house)
        self._history = house.services.training.history
        self._curve = CurvePanel(self._history)
        self._towns = 0
        self._begun = 0.0  # age at which the present life began
        self._told = 0.0  # seconds since the caption was looked at
        self.caption = Caption(self._words())
        self.show = Show(level, house.town(30), moment)

    @property
    def over(self) -> bool:
        """Return whether enough of it has been seen."""
        return self.age > LIVE_S

    def update(self, dt: float) -> None:
        """Live on; after a life the newest brain gets the next one."""
        super().update(dt)
        self._told += dt
        if self._told > _TELL_S:
            self._told = 0.0
            self.caption.say(self._words())
        self.caption.update(dt)
        self.show.speed = 1.0 if self.age < 8 else 2.0
        self.show.update(dt, self.house.palette, self.house.play)
        if self.show.rest > REST_S:
            self._towns += 1
            self._begun = self.age
            level, moment = on_air(self.house) or (self.show.level, self.show.player)
            self.show = Show(level, self.house.town(30 + self._towns), moment)

    def _dark(self) -> float:
        """Return how dark the town is: it changes while it can't be seen."""
        going = 1 - (REST_S - self.show.rest) / VEIL_S if self.show.rest else 0.0
        return max(0.0, going, 1 - (self.age - self._begun) / VEIL_S)

    def _words(self) -> str:
        """Return how far the training has come, by its own events."""
        history = self._history
        exam = history.last_evaluation(history.level)
        text = f"{history.step:,} steps in {history.seconds / 60:.1f} minutes of training so far."
        if exam is None:
            return text
        return f"{text} In its last exam it lived {exam.measures['survival']:.0f} steps."

    def draw(self, painter: Painter, layout: Layout) -> None:
        """Draw the newest brain at play, and the curve."""
        spot = layout.single()
        if layout.feed.picture:
            self.show.draw(painter, spot.town)
            draw_veil(painter, spot.town, self._dark())
        if not layout.feed.panels:
            return
        box, colors = spot.card, painter.palette
        draw_ground(painter, box, layout)
        chip = draw_chip(painter, box.topleft, "2  LIVE TRAINING", box.w)
        title = pygame.FRect(box.x, chip.bottom + 8, box.w, min(60.0, box.h * 0.11))
        shown = fitted(painter, "It learns right now", title, 38, colors.text, font="display")
        plate = pygame.FRect(box.x, shown.bottom + 10, box.w, box.h * 0.22)
        draw_plate(painter, plate, accent=True)
        self.caption.draw(painter, plate.inflate(-44, -16).move(6, 0), 23)
        below = plate.bottom + 14
        self._curve.draw(painter, pygame.FRect(box.x, below, box.w, box.bottom - below))


def on_air(house: House) -> tuple[Level, Moment] | None:
    """Return the level in training and its newest brain, None where nothing is trained."""
    desk = house.services.training
    history = desk.history
    level = next((lv for lv in house.services.catalog.levels if lv.id == history.level), None)
    if not desk.active or history.newest is None or level is None:
        return None
    try:
        return level, Moment(history.newest)
    except (NetworkError, KeyError, TypeError, ValueError):
        return None


def training(house: House) -> Act:
    """Return the act about learning: what is trained now, else the shipped training."""
    found = on_air(house)
    return LiveAct(house, *found) if found else TrainingAct(house)
