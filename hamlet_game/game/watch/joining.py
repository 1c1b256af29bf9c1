"""Joining in: a person at the wheel, or guessing what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.theme import PALETTES
from hamlet_game.game.watch import wheel
from hamlet_game.game.watch.guess import Guessing
from hamlet_game.game.watch.show import Show
from hamlet_game.game.watch.wheel import Stretch, Wheel
from hamlet_game.town.names import MOVES, Action

if TYPE_CHECKING:
    from hamlet_game.game.services import Services

SUMMARY_S = 7.0  # seconds that the sum of a driven stretch is shown
_READY = "Your steps: what does each give away?"


class Joining:
    """Who decides the next step, if it is not the agent alone."""

    def __init__(self, services: Services, show: Show) -> None:
        self._services, self._show = services, show
        self.wheel = Wheel()
        self.guessing = Guessing()
        self.caption = ""  # what is written under the town
        self._caption_s = 0.0

    @property
    def waits(self) -> bool:
        """Return whether the town waits for a person."""
        return self.wheel.taken or self.guessing.question is not None

    def take(self, *, held: bool) -> None:
        """Let a person drive, as long as a key is held, or until it is pressed again."""
        if self._show.over:
            self._services.notify("There is nobody to drive just now.")
            return
        self.guessing.go_on()
        self._show.rushing = False
        self.wheel.held, self.wheel.latched = held or self.wheel.held, not held
        self.caption = _READY

    def latch(self) -> None:
        """Take the wheel or hand it back."""
        if self.wheel.latched:
            self.hand_back()
        else:
            self.take(held=False)

    def act(self, action: Action) -> bool:
        """Let an action drive or guess; return whether it was meant for that."""
        if self.wheel.taken:
            self._drive(action)
            return True
        if self.guessing.question is None:
            return False
        right = self.guessing.guess(action)
        if right is not None:
            self._services.audio.play("star" if right else "denied")
        return True

    def toward(self, cell: tuple[int, int]) -> Action:
        """Return the action that a click on a cell means: towards it, or use / wait."""
        last = self._show.record.last
        dx, dy = cell[0] - last.x, cell[1] - last.y
        across = abs(dx) >= abs(dy)
        way = ((dx > 0) - (dx < 0), 0) if across else (0, (dy > 0) - (dy < 0))
        return next(action for action, move in MOVES.items() if move == way)

    def _drive(self, action: Action) -> None:
        step = self.wheel.drive(self._show, action)
        if step is None:
            return
        last, colors = self._show.record.last, PALETTES[self._services.settings.palette]
        if step.loss is not None:
            ink = colors.good if step.loss == 0 else colors.warn
            self._show.effects.spawn("text", last.x, last.y, wheel.told(step.loss), ink)
        self.caption = f"{self.wheel.count} driven, {self.wheel.cost:.2f} given away"

    def hand_back(self) -> None:
        """Let the agent drive again, and sum up what was driven."""
        if not self.wheel.taken:
            return
        stretch = self.wheel.hand_back(self._show)
        self.caption, self._caption_s = "", SUMMARY_S
        if stretch is not None:
            self.caption = stretch.text + self._taught(stretch)

    def _taught(self, stretch: Stretch) -> str:
        """Hand a stretch to the learner if it is to be taught; return what to say of it."""
        if not self._services.settings.teach:
            return ""
        record, desk = self._show.record, self._services.training
        where = (record.level.id, record.town_seed, record.actions, stretch.first)
        if desk.active and desk.teach(*where):
            return " It goes into the agent's memory."
        return " Nobody learns from it just now."

    def switch_guessing(self) -> None:
        """Begin to ask, or stop."""
        self.hand_back()
        self.guessing.switch()
        if self.guessing.on and not self._show.over and self._show.life.thought is None:
            self._services.notify("Only a brain can be guessed; this player has no numbers.")

    def asks(self) -> bool:
        """Return whether the clock has to wait before the next step, for a guess."""
        return self.guessing.ask(self._show.life)

    def new_life(self) -> None:
        """Hear that another life begins."""
        self.hand_back()
        self.guessing.new_life()

    def update(self, dt: float) -> bool:
        """Let time pass; return whether an answer has stood long enough to be carried out."""
        if not self.wheel.taken and self.caption:
            self._caption_s -= dt
            self.caption = self.caption if self._caption_s > 0 else ""
        if not self.guessing.update(dt):
            return False
        self.guessing.go_on()
        return True
