"""The newest brain of a training at play in a town that training never draws, for a view of it."""

from __future__ import annotations

from typing import Any, Literal

from hamlet_game.brain.brain import Brain
from hamlet_game.brain.network import NetworkError
from hamlet_game.terminal.drawing import Numbers
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level_file import LevelError
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record
from hamlet_game.training.events import BrainUpdated, Event, LevelStarted, RunStarted
from hamlet_game.training.seeds import FINAL_FIRST, LAST_TOWN

PAUSE = 6  # steps for which the end of a life stays in view


class Stroll:
    """Hears the events and plays the first agent, a step whenever it is asked to."""

    def __init__(self) -> None:
        self.record: Record | None = None  # None: nothing can be shown yet
        self.numbers: Numbers | None = None  # behind the latest step
        self.brain_step = 0  # of the training, at which the brain was so
        self._told: dict[str, Any] | None = None  # a brain that is not made yet
        self._brain: Brain | None = None
        self._level = ""
        self._layout: Literal["classic", "random"] | None = None
        self._town, self._rest = FINAL_FIRST, 0

    def take(self, event: Event) -> None:
        """Take in one event: no work but for the three kinds that matter here."""
        if isinstance(event, RunStarted):
            self._layout = event.config.get("layout")
        elif isinstance(event, LevelStarted):
            self._level, self.record, self.numbers = event.level, None, None
        elif isinstance(event, BrainUpdated) and event.agent == 0:
            self._told, self.brain_step = event.brain, event.step

    def step(self) -> None:
        """Do one step, or begin the next life some time after the end of one."""
        if self._told is not None:
            self._brain, self._told = _brain(self._told), None
        if self._brain is None:
            return
        if self.record is None:
            self.record = self._life(self._brain)
        elif not self.record.over:
            self._act(self.record, self._brain)
        else:
            self._rest += 1
            if self._rest > PAUSE:
                self._town, self._rest = self._town % LAST_TOWN + 1, 0
                self.record, self.numbers = self._life(self._brain), None

    def _act(self, record: Record, brain: Brain) -> None:
        values = brain.q(record.town.observe()[:1])[0]
        action = Action(int(brain.policy(record.town)[0]))
        self.numbers = Numbers([float(value) for value in values], brain.measures, action)
        record.act(action)

    def _life(self, brain: Brain) -> Record | None:
        try:
            level = load_catalog().find(self._level)
        except LevelError:  # its file is gone, or no level has begun
            return None
        if self._layout:
            level = level.model_copy(update={"layout": self._layout})
        return Record(level, self._town, brain.policy)


def _brain(told: dict[str, Any]) -> Brain | None:
    try:
        return Brain(told["arrays"], told["architecture"], told.get("training"))
    except (NetworkError, KeyError, TypeError, ValueError):
        return None  # the rest of the view goes on without a town
