"""The director: has one act after another played, for ever, and lets the curtain fall between."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hamlet_game.game.demo import cards, life_act, live_act
from hamlet_game.game.demo.act import Act, House
from hamlet_game.game.demo.curtain import HALF_S, draw_curtain
from hamlet_game.game.demo.graduation_act import GraduationAct
from hamlet_game.game.demo.group_acts import AgesAct, LivesAct, VersusAct

if TYPE_CHECKING:
    from hamlet_game.game.demo.cast import Cast
    from hamlet_game.game.demo.layout import Layout
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.services import Services

BILL: dict[str, Callable[[House], Act]] = {  # the story, in order
    "title": cards.opening,
    "beginner": life_act.beginner,
    "practice": cards.practised,
    "training": live_act.training,
    "lives": LivesAct,
    "half-way": life_act.half_way,
    "graduation": GraduationAct,
    "grown up": cards.grown_up,
    "master": life_act.mastery,
    "ages": AgesAct,
    "versus": VersusAct,
    "closing": cards.closing,
}
_AHEAD_S = 1.5  # seconds into an act when the next one is made


class Director:
    """Plays the bill again and again, each time in other towns."""

    def __init__(
        self, services: Services, cast: Cast, *, seed: int, act: str | None = None
    ) -> None:
        self._services, self._cast, self._seed = services, cast, seed
        self._names = list(BILL)
        self.number = self._names.index(act) if act else 0  # of the act on stage, from 0, for ever
        self.act = self._made(self.number)
        self._next: Act | None = None
        self._curtain = 1.0  # how far it is down
        self._falling = False

    @property
    def name(self) -> str:
        """Return which act is on."""
        return self._names[self.number % len(self._names)]

    @property
    def round(self) -> int:
        """Return how often the whole story has been told."""
        return self.number // len(self._names)

    def _made(self, number: int) -> Act:
        told, place = divmod(number, len(self._names))
        house = House(self._services, self._cast, told, self._seed)
        return BILL[self._names[place]](house)

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        self.act.update(dt)
        if self._next is None and self.act.age > _AHEAD_S:
            self._next = self._made(self.number + 1)
        elif self._next is not None:
            self._next.prepare()
        if self._falling:
            self._curtain = min(1.0, self._curtain + dt / HALF_S)
            if self._curtain >= 1.0:
                self._change()
        else:
            self._curtain = max(0.0, self._curtain - dt / HALF_S)
            self._falling = self.act.over or self.act.age > self.act.limit_s

    def _change(self) -> None:
        """Change the acts behind the curtain."""
        self.number += 1
        self.act = self._next or self._made(self.number)
        self._next, self._falling = None, False

    def draw(self, painter: Painter, layout: Layout) -> None:
        """Draw the act and the curtain."""
        self.act.draw(painter, layout)
        draw_curtain(painter, self._curtain, rising=not self._falling)
