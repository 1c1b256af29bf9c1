"""The levels of a run, as they are trained and as they are judged."""

from __future__ import annotations

from dataclasses import dataclass

from hamlet_game.learn.config import ConfigError
from hamlet_game.town.catalog import Catalog, load_catalog
from hamlet_game.town.level import Level, RewardWeights
from hamlet_game.town.level_file import LevelError, reward_presets
from hamlet_game.town.sentences import brief, meant
from hamlet_game.training.config import RunConfig


@dataclass(frozen=True, slots=True)
class Stage:
    """One level of a run."""

    judged: Level  # with its own rewards, so that runs can be compared
    trained: Level  # with the run's rewards

    @property
    def id(self) -> str:
        """Return the level's id."""
        return self.judged.id


def find_stages(config: RunConfig, catalog: Catalog | None = None) -> tuple[Stage, ...]:
    """Return the levels to train on, in order; without curriculum only the last.

    Raises ConfigError.
    """
    catalog = catalog or load_catalog()
    try:
        levels = [catalog.find(word) for word in config.levels]
    except LevelError as error:
        raise ConfigError(f"levels: {error}") from None
    ids = [level.id for level in levels]
    for id_ in ids:
        if ids.count(id_) > 1:
            raise ConfigError(f"levels: '{id_}' is named twice; name it once.")
    if not config.curriculum.enabled:
        levels = levels[-1:]
    return tuple(_stage(level, config) for level in levels)


def _stage(level: Level, config: RunConfig) -> Stage:
    if config.layout is not None:
        level = level.model_copy(update={"layout": config.layout})
    if config.rewards is None:
        return Stage(level, level)
    if isinstance(config.rewards, RewardWeights):
        return Stage(level, level.model_copy(update={"rewards": config.rewards}))
    known = reward_presets()
    if config.rewards not in known:
        sentence = f"no such preset {brief(config.rewards)}. {meant(config.rewards, known)}"
        raise ConfigError(f"rewards: {sentence}")
    return Stage(level, level.model_copy(update={"rewards": known[config.rewards]}))
