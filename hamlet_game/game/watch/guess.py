"""Predict: the world stops, you guess the agent's next move, and only then it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from hamlet_game.game.agents.life import AgentLife
from hamlet_game.game.agents.players import Thought
from hamlet_game.town.names import Action

REVEAL_S = 1.8  # seconds that the answer stands before the world goes on
_SOON, _LATER, _LATEST = 4, 8, 14  # steps since the last question: for a turn, a close call, any
_CLOSE, _CLEAR = 0.04, 0.5  # lead as a share of the values' spread


@dataclass(frozen=True, slots=True)
class Question:
    """A stop before a step. The answer was computed before anybody guessed."""

    step: int
    thought: Thought
    guess: Action | None = None

    @property
    def answer(self) -> Action:
        """Return what the agent is about to do."""
        return self.thought.chosen

    @property
    def right(self) -> bool:
        """Return whether the guess was right."""
        return self.guess is self.answer


class Guessing:
    """Asks now and then, and keeps the score."""

    def __init__(self) -> None:
        self.on = False
        self.question: Question | None = None
        self.asked = self.score = self.streak = self.best = 0
        self._shown_s = 0.0  # since the answer
        self._last_step = 0  # of the last question in this life

    @property
    def hiding(self) -> bool:
        """Return whether the agent's numbers must not be seen."""
        return self.question is not None and self.question.guess is None

    def switch(self) -> None:
        """Begin with a clean score, or stop."""
        self.on = not self.on
        self.question = None
        if self.on:
            self.asked = self.score = self.streak = 0

    def new_life(self) -> None:
        """Forget the steps of the last life."""
        self.question, self._last_step = None, 0

    def ask(self, life: AgentLife) -> bool:
        """Ask if this is a moment for it; return whether the world stops."""
        if not self.on or life.over:
            return False
        if self.question is not None:
            return True
        thought, step = life.thought, life.record.survival
        if thought is None or thought.random or not self._interesting(life, thought, step):
            return False
        self.question, self._last_step, self._shown_s = Question(step, thought), step, 0.0
        return True

    def guess(self, action: Action) -> bool | None:
        """Take a guess; return whether it is right, None if nothing was asked."""
        question = self.question
        if question is None or question.guess is not None:
            return None
        self.question = Question(question.step, question.thought, action)
        self.asked += 1
        right = self.question.right
        self.score += right
        self.streak = self.streak + 1 if right else 0
        self.best = max(self.best, self.streak)
        return right

    def update(self, dt: float) -> bool:
        """Let the answer stand for a while; return whether the step may now be done."""
        if self.question is None or self.question.guess is None:
            return False
        self._shown_s += dt
        return self._shown_s >= REVEAL_S

    def go_on(self) -> None:
        """Close the question: the step has been done."""
        self.question = None

    def _interesting(self, life: AgentLife, thought: Thought, step: int) -> bool:
        since = step - self._last_step
        if since < _SOON:
            return False
        before = life.record.last.action
        spread = max(thought.values) - min(thought.values) or 1.0
        lead = thought.lead / spread
        if thought.chosen is not before:
            return True
        return since >= _LATEST or (since >= _LATER and not _CLOSE < lead < _CLEAR)
