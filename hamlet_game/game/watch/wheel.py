"""Take the wheel: a person drives for a while, and each step shows what it gives away."""

from __future__ import annotations

from dataclasses import dataclass, field

from hamlet_game.game.agents.players import Thought
from hamlet_game.game.watch.show import Show
from hamlet_game.town.names import Action


@dataclass(frozen=True, slots=True)
class Driven:
    """A step that a person decided."""

    step: int  # from 0
    action: Action
    loss: float | None  # by the agent's own values; None if it has none


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was driven between taking the wheel and handing it back."""

    steps: tuple[Driven, ...]
    first: int  # the life's step, from 0
    alive: bool

    @property
    def cost(self) -> float:
        """Return what all its steps gave away."""
        return sum(step.loss or 0.0 for step in self.steps)

    @property
    def agreed(self) -> int:
        """Return how many steps the agent would have done too."""
        return sum(1 for step in self.steps if step.loss == 0)

    @property
    def text(self) -> str:
        """Sum it up in a sentence."""
        count = len(self.steps)
        steps = "1 step" if count == 1 else f"{count} steps"
        if not self.alive:
            return f"You drove {steps}, and the life ended at the wheel."
        if any(step.loss is None for step in self.steps):
            return f"You drove {steps}."
        worst = max(step.loss or 0.0 for step in self.steps)
        if worst == 0:
            return f"You drove {steps}, each as the agent would have."
        return (
            f"You drove {steps}: {self.agreed} as the agent would have. By its values the "
            f"others gave away {self.cost:.2f}, the dearest {worst:.2f}."
        )


@dataclass
class Wheel:
    """Who drives. It is held by a key, or latched by a click until it is clicked again."""

    held: bool = False
    latched: bool = False
    _steps: list[Driven] = field(default_factory=list)

    @property
    def taken(self) -> bool:
        """Return whether a person drives."""
        return self.held or self.latched

    @property
    def count(self) -> int:
        """Return the steps driven in this stretch."""
        return len(self._steps)

    @property
    def cost(self) -> float:
        """Return what this stretch has given away so far."""
        return sum(step.loss or 0.0 for step in self._steps)

    def drive(self, show: Show, action: Action) -> Driven | None:
        """Do a person's step; None if there is no life to step in."""
        thought, number = show.life.thought, show.record.survival
        if show.step(action) is None:
            return None
        self._steps.append(Driven(number, action, _loss(thought, action)))
        return self._steps[-1]

    def hand_back(self, show: Show) -> Stretch | None:
        """Let go; return what was driven, None if nothing was."""
        self.held = self.latched = False
        steps, self._steps = tuple(self._steps), []
        return Stretch(steps, steps[0].step, not show.record.last.died) if steps else None


def _loss(thought: Thought | None, action: Action) -> float | None:
    return None if thought is None else max(0.0, thought.loss(action))


def told(loss: float) -> str:
    """Return a step's cost as it pops up: −0.8, or a tick for none at all."""
    if loss == 0:
        return "✓"
    return f"−{loss:.1f}" if loss >= 0.95 else f"−{loss:.2f}" if loss >= 0.005 else "−<0.01"
