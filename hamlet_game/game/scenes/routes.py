"""The way from scene to scene.

Scenes lead to one another in circles (a life to its results, the results to
another life), so each is imported when it is first needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.scene import Scene

if TYPE_CHECKING:
    from hamlet_game.game.scenes.life import LifeScene
    from hamlet_game.game.services import Services
    from hamlet_game.town.level import Level
    from hamlet_game.town.record import Record
    from hamlet_game.town.replay import Replay

MAX_TOWN = 999_999  # town numbers that people type and share: 1..MAX_TOWN


def title(services: Services) -> Scene:
    """Return the title screen."""
    from hamlet_game.game.scenes.title import TitleScene

    return TitleScene(services)


def level_map(services: Services, level_id: str | None = None) -> Scene:
    """Return the level map, with one level chosen."""
    from hamlet_game.game.scenes.level_map import LevelMapScene

    return LevelMapScene(services, level_id)


def life(services: Services, level: Level, town_seed: int, ghost: Record | None = None) -> Scene:
    """Return a new life in a town, perhaps beside the ghost of an earlier one."""
    from hamlet_game.game.scenes.life import LifeScene

    return LifeScene(services, level, town_seed, ghost)


def pause(services: Services, life_scene: LifeScene) -> Scene:
    """Return the pause menu over a life."""
    from hamlet_game.game.scenes.pause import PauseScene

    return PauseScene(services, life_scene)


def town_number(services: Services, life_scene: LifeScene, above: int = 1) -> Scene:
    """Return the dialog for a town number; `above`: scenes on the life, the dialog included."""
    from hamlet_game.game.scenes.town_number import TownNumberScene

    return TownNumberScene(services, life_scene, above)


def results(services: Services, record: Record) -> Scene:
    """Return the results of a finished life."""
    from hamlet_game.game.scenes.results import ResultsScene

    return ResultsScene(services, record)


def replay(
    services: Services, record: Record, source: Replay | None = None, step: int = 0
) -> Scene:
    """Return the replay viewer for a life, just lived or from a file, opened at a step."""
    from hamlet_game.game.scenes.replay import ReplayScene

    return ReplayScene(services, record, source, step=step)


def replays(services: Services) -> Scene:
    """Return the list of saved replays."""
    from hamlet_game.game.scenes.replays import ReplaysScene

    return ReplaysScene(services)


def settings(services: Services) -> Scene:
    """Return the settings."""
    from hamlet_game.game.scenes.settings import SettingsScene

    return SettingsScene(services)


def how_it_works(services: Services) -> Scene:
    """Return the help pages."""
    from hamlet_game.game.scenes.how_it_works import HowItWorksScene

    return HowItWorksScene(services)
