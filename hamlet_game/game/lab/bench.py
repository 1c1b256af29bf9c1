"""The workbench: weights under way, the trial they are tried in, and the quests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hamlet_game.game.lab import quests
from hamlet_game.game.lab.example import Example
from hamlet_game.game.lab.terms import BY_NAME, changed
from hamlet_game.game.lab.trial import Desk, Trial
from hamlet_game.town.level import Level, RewardWeights
from hamlet_game.town.level_file import LevelError, reward_presets

if TYPE_CHECKING:
    from hamlet_game.game.services import Services

STEPS = (100_000, 200_000, 300_000, 500_000)  # of a trial
_USUAL_STEPS = 300_000
OWN = "Your own"


class Workbench:
    """What the lab's scene works on. Nothing here draws."""

    def __init__(self, services: Services, make_desk: Callable[[], Desk]) -> None:
        self._services, self._make_desk = services, make_desk
        self.levels = services.catalog.levels
        self.level = _usual(self.levels)
        self.presets = self._presets()
        self.weights = self.level.rewards
        self.own: RewardWeights | None = None  # the last ones that are no preset
        self.steps = _USUAL_STEPS
        if self.preset == OWN:
            self.own = self.weights
        self.trial: Trial | None = None
        self._trials = 0  # begun so far; each has another seed
        self.example = Example(self.level)
        self.news = ""  # a quest that was just solved, until the scene has told it

    # The weights.
    def _presets(self) -> dict[str, RewardWeights]:
        try:
            return reward_presets()
        except LevelError as error:
            self._services.notify(str(error))
            return {}

    @property
    def preset(self) -> str:
        """Return the name of the preset that the weights are, or that they are one's own."""
        return next((name for name, w in self.presets.items() if w == self.weights), OWN)

    def take_preset(self, name: str) -> None:
        """Start from a preset, or go back to one's own weights."""
        self.set_all(self.presets.get(name) or self.own or self.weights)

    def set_weight(self, name: str, value: float) -> None:
        """Change the weight of one term."""
        self.set_all(changed(self.weights, name, value))

    def set_all(self, weights: RewardWeights) -> None:
        """Take other weights, all at once."""
        self.weights = weights
        if self.preset == OWN:
            self.own = weights

    def take_level(self, level: Level) -> None:
        """Turn to another level; a trial under way keeps its own."""
        if level is not self.level:
            self.level, self.example = level, Example(level)

    def take_recipe(self, quest: str) -> None:
        """Set level and weights as a quest's hint says."""
        farm = quest == quests.FARM
        self.set_all(quests.FARM_RECIPE if farm else quests.MEND_RECIPE)
        wanted = next((level for level in self.levels if level.id == quests.LEVEL), self.level)
        self.take_level(wanted)
        self.steps = _USUAL_STEPS

    # The trial.
    def start(self) -> None:
        """Train both agents from nothing."""
        self.close()
        seed, self._trials = self._trials, self._trials + 1
        self.trial = Trial(self.level, self.weights, self.steps, self._make_desk, seed=seed)

    def stop(self) -> None:
        """End both trainings; what was learned stays."""
        if self.trial:
            self.trial.stop()

    def close(self) -> None:
        """End both trainer processes."""
        if self.trial:
            self.trial.close()

    @property
    def training(self) -> bool:
        """Return whether a trainer works."""
        return self.trial is not None and self.trial.training

    @property
    def busy(self) -> bool:
        """Return whether anything is still being worked out."""
        return not self.example.done or (self.trial is not None and self.trial.busy)

    def update(self) -> None:
        """Work for a few milliseconds: the worked example first, it is over at once."""
        if not self.example.done:
            self.example.work()
        if self.trial:
            self.trial.update()
            self._judge_quests()

    # The quests.
    @property
    def farmed(self) -> str | None:
        """Return the term that was farmed in the first quest, None before."""
        term = self._services.settings.lab_quests.get(quests.FARM)
        return term if term in BY_NAME else None

    def solved(self, quest: str) -> bool:
        """Return whether a quest was solved, today or earlier."""
        if quest == quests.FARM:
            return self.farmed is not None
        return quest in self._services.settings.lab_quests

    def goals(self, quest: str) -> list[quests.Goal]:
        """Return a quest's list of goals as they stand."""
        if quest == quests.FARM:
            return quests.farm_goals(self.weights, self.trial)
        return quests.mend_goals(self.weights, self.trial, self.farmed, self.level)

    def _judge_quests(self) -> None:
        trial = self.trial
        if not self.solved(quests.FARM) and trial and trial.flag and quests.is_farmed(trial):
            self._solve(quests.FARM, trial.flag.term)
        elif (
            self.solved(quests.FARM)
            and not self.solved(quests.MEND)
            and all(goal.done for goal in self.goals(quests.MEND))
        ):
            self._solve(quests.MEND, self.farmed or "")

    def _solve(self, quest: str, term: str) -> None:
        settings = self._services.settings
        settings.lab_quests = {**settings.lab_quests, quest: term}
        self._services.save_settings()
        self.news = quest


def _usual(levels: tuple[Level, ...]) -> Level:
    """Return the level to begin with: the complete town, where there is one."""
    return next((level for level in levels if level.id == quests.LEVEL), levels[0])
