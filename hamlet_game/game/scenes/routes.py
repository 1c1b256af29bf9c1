"""The way from scene to scene.

Scenes lead to one another in circles (a life to its results, the results to
another life), so each is imported when it is first needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.scene import Scene

if TYPE_CHECKING:
    from hamlet_game.game.agents.players import Player
    from hamlet_game.game.scenes.ages import AgesScene
    from hamlet_game.game.scenes.city import CityScene
    from hamlet_game.game.scenes.life import LifeScene
    from hamlet_game.game.scenes.replay import ReplayScene
    from hamlet_game.game.scenes.versus import VersusScene
    from hamlet_game.game.scenes.watch import WatchScene
    from hamlet_game.game.services import Services
    from hamlet_game.game.versus.match import Match
    from hamlet_game.game.versus.race import Race
    from hamlet_game.game.versus.verdict import Verdict
    from hamlet_game.town.level import Level
    from hamlet_game.town.policies import Policy
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


def life(
    services: Services,
    level: Level,
    town_seed: int,
    ghost: Record | None = None,
    opening: bytes = b"",
    *,
    company: Policy | None = None,
) -> Scene:
    """Return a new life in a town, perhaps beside the ghost of an earlier one.

    With an `opening` (actions already lived, which don't end it) it goes on from there, in
    the `company` it was lived in.
    """
    from hamlet_game.game.scenes.life import LifeScene

    return LifeScene(services, level, town_seed, ghost, opening=opening, company=company)


def pause(services: Services, life_scene: LifeScene) -> Scene:
    """Return the pause menu over a life."""
    from hamlet_game.game.scenes.pause import PauseScene

    return PauseScene(services, life_scene)


def town_number(services: Services, life_scene: LifeScene, above: int = 1) -> Scene:
    """Return the dialog for a town number; `above`: scenes on the life, the dialog included."""
    from hamlet_game.game.scenes.town_number import TownNumberScene

    return TownNumberScene(services, life_scene, above)


def results(services: Services, record: Record, continued: int = 0) -> Scene:
    """Return the results of a finished life, perhaps one that was taken over at a step."""
    from hamlet_game.game.scenes.results import ResultsScene

    return ResultsScene(services, record, continued)


def death(services: Services, record: Record, player: Player | None = None) -> Scene:
    """Return why a life ended in death, as `player` judges it: a brain, else the master."""
    from hamlet_game.game.scenes.death import DeathScene

    return DeathScene(services, record, player)


def what_if(services: Services, record: Record, step: int, player: Player | None = None) -> Scene:
    """Return what each of the five actions would have led to from a step of a life."""
    from hamlet_game.game.scenes.what_if import WhatIfScene

    return WhatIfScene(services, record, step, player)


def replay(
    services: Services,
    record: Record,
    source: Replay | None = None,
    step: int = 0,
    player: Player | None = None,
    *,
    who: str = "",
) -> Scene:
    """Return the replay viewer for a life, just lived or from a file, opened at a step.

    With a `player` that is a brain it opens with that brain's numbers.
    """
    from hamlet_game.game.scenes.replay import ReplayScene

    return ReplayScene(services, record, source, step=step, player=player, who=who)


def replay_menu(services: Services, viewer: ReplayScene) -> Scene:
    """Return what else can be done in the replay viewer, over it."""
    from hamlet_game.game.scenes.replay_menu import ReplayMenuScene

    return ReplayMenuScene(services, viewer)


def replays(services: Services) -> Scene:
    """Return the list of saved replays."""
    from hamlet_game.game.scenes.replays import ReplaysScene

    return ReplaysScene(services)


def demo(
    services: Services,
    *,
    kiosk: bool = False,
    minutes: float | None = None,
    act: str | None = None,
) -> Scene:
    """Return the demo that tells the whole story; it ends by a press, or after some minutes."""
    from hamlet_game.game.scenes.demo import DemoScene

    return DemoScene(services, kiosk=kiosk, minutes=minutes, act=act)


def versus(
    services: Services,
    level: Level | None = None,
    town_seed: int | None = None,
    rival: str | None = None,
) -> Scene:
    """Return where a race is chosen; without a `rival` one at home in the level is offered."""
    from hamlet_game.game.scenes.versus_setup import VersusSetupScene

    return VersusSetupScene(services, level, town_seed, rival)


def race(services: Services, match: Match) -> Scene:
    """Return the next race of a match. Raises RosterError where somebody can't be had."""
    from hamlet_game.game.scenes.versus import VersusScene

    return VersusScene(services, match)


def versus_pause(services: Services, versus_scene: VersusScene) -> Scene:
    """Return the pause menu over a race."""
    from hamlet_game.game.scenes.versus_pause import VersusPauseScene

    return VersusPauseScene(services, versus_scene)


def versus_result(services: Services, match: Match, race: Race, verdict: Verdict) -> Scene:
    """Return how a race ended, both lives side by side."""
    from hamlet_game.game.scenes.versus_result import VersusResultScene

    return VersusResultScene(services, match, race, verdict)


def ages(
    services: Services,
    level: Level | None = None,
    town_seed: int | None = None,
    words: tuple[str, ...] | None = None,
) -> Scene:
    """Return before and after: several ages of an agent in one town."""
    from hamlet_game.game.scenes.ages import AgesScene

    return AgesScene(services, level, town_seed, words)


def ages_setup(services: Services, ages_scene: AgesScene) -> Scene:
    """Return the choice of whom to compare, over them."""
    from hamlet_game.game.scenes.ages_setup import AgesSetupScene

    return AgesSetupScene(services, ages_scene)


def watch(
    services: Services,
    run: str | None = None,
    level: Level | None = None,
    town_seed: int | None = None,
) -> Scene:
    """Return the training as it is watched; without one, where to begin one.

    `run`: any word that the roster knows, to watch that brain instead.
    """
    from hamlet_game.game.watch.opening import open_watch

    return open_watch(services, run, level, town_seed)


def watch_menu(services: Services, watch_scene: WatchScene) -> Scene:
    """Return everything else one may want while watching."""
    from hamlet_game.game.scenes.watch_menu import WatchMenuScene

    return WatchMenuScene(services, watch_scene)


def training_start(services: Services) -> Scene:
    """Return the choice of what to train, or whom to watch without training."""
    from hamlet_game.game.scenes.training_start import TrainingStartScene

    return TrainingStartScene(services)


def settings(services: Services) -> Scene:
    """Return the settings."""
    from hamlet_game.game.scenes.settings import SettingsScene

    return SettingsScene(services)


def how_it_works(services: Services) -> Scene:
    """Return the help pages."""
    from hamlet_game.game.scenes.how_it_works import HowItWorksScene

    return HowItWorksScene(services)


def credits_page(services: Services) -> Scene:
    """Return the credits and licences."""
    from hamlet_game.game.scenes.credits import CreditsScene

    return CreditsScene(services)


def lab(services: Services) -> Scene:
    """Return the reward lab."""
    from hamlet_game.game.scenes.lab import LabScene

    return LabScene(services)


def city(
    services: Services, *, people: int = 1000, town_seed: int = 1, brain: str = "master"
) -> Scene:
    """Return a city of many, run by one brain. Raises RosterError where there is no such brain."""
    from hamlet_game.game.scenes.city import CityScene

    return CityScene(services, people=people, town_seed=town_seed, brain=brain)


def city_menu(services: Services, city_scene: CityScene) -> Scene:
    """Return what may be changed about a city, over it."""
    from hamlet_game.game.scenes.city_menu import CityMenuScene

    return CityMenuScene(services, city_scene)
