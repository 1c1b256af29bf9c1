"""Who is on stage: the newest brain, the brain of an earlier moment, or somebody chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hamlet_game.brain.brain import Brain
from hamlet_game.brain.network import NetworkError
from hamlet_game.game.agents.players import BrainPlayer, Player
from hamlet_game.game.desk.history import History
from hamlet_game.training.events import BrainUpdated

Say = Callable[[str], None]
_LOOK = 1  # how the learner is dressed
_NO_BRAIN = "No brain yet: an untrained one plays."


class Cast:
    """Chooses the player. Somebody chosen stays on; otherwise training's brains take turns."""

    def __init__(self, understudy: Player, say: Say, *, chosen: bool = False) -> None:
        """Begin with `understudy`, who plays until training sends a brain, or always."""
        self.understudy = understudy
        self.chosen = chosen  # the understudy was asked for: no brain takes over
        self.agent = 0  # which of the run's agents is shown
        self.pinned: BrainUpdated | None = None  # the moment's brain that somebody asked for
        self._say = say
        self._refused: set[int] = set()  # brains that don't fit, so that it is said once

    def pin(self, moment: BrainUpdated | None) -> None:
        """Show the brain of one moment, or the newest again."""
        self.pinned, self.chosen = moment, False

    def wanted(self, history: History) -> BrainUpdated | None:
        """Return whose turn it is by the trainer's word; None: the understudy's."""
        if self.chosen:
            return None
        if self.pinned is not None:
            return self.pinned
        if self.agent:
            return history.others.get(self.agent) or history.newest
        return history.newest

    def player(self, history: History, now: Player) -> Player:
        """Return who should play; `now` if nothing has changed."""
        moment = self.wanted(history)
        if moment is None:
            return self.understudy if isinstance(now, Moment) else now
        if isinstance(now, Moment) and now.moment is moment:
            return now
        try:
            return Moment(moment)
        except (NetworkError, KeyError, TypeError, ValueError) as error:
            if id(moment) not in self._refused:
                self._refused.add(id(moment))
                self._say(f"The brain of step {moment.step:,} does not fit this town: {error}.")
            return now

    def label(self, history: History) -> str:
        """Say who plays, so that nothing shown is stale in secret."""
        moment = self.wanted(history)
        if moment is None:
            if self.chosen:
                return f"{self.understudy.name}: {self.understudy.detail}"
            return _NO_BRAIN if history.started else f"{self.understudy.name} plays."
        who = f"agent {self.agent + 1}, " if history.others else ""
        if self.pinned is not None:
            return f"{who}brain of step {moment.step:,}".capitalize()
        if moment is not history.newest:
            return f"{who}step {moment.step:,}".capitalize()
        age = "" if history.ended else f"{_age(history.brain_age_s)} ago, "
        return f"{who}brain from {age}step {moment.step:,}".capitalize()


class Moment(BrainPlayer):
    """The brain of one moment of a training."""

    def __init__(self, moment: BrainUpdated) -> None:
        """Read the brain. Raises NetworkError, KeyError, TypeError or ValueError if it can't be."""
        told: dict[str, Any] = moment.brain
        brain = Brain(told["arrays"], told["architecture"], told.get("training"))
        super().__init__(brain, f"Step {moment.step:,}", f"Level {moment.level}", _LOOK)
        self.moment = moment


def _age(seconds: float) -> str:
    """Return an age as people say it: 3 s, 2 min, 1 h."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5_400 else f"{seconds / 3600:.0f} h"
