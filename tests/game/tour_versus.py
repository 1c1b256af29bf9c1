"""The tour's part about races: each scene opened at a moment that is always the same."""

from __future__ import annotations

from collections.abc import Callable

from hamlet_game.game.events import Command, Press
from hamlet_game.game.scene import Scene
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.ages import AgesScene
from hamlet_game.game.scenes.ages_setup import AgesSetupScene
from hamlet_game.game.scenes.versus import VersusScene
from hamlet_game.game.scenes.versus_setup import VersusSetupScene
from hamlet_game.game.services import Services
from hamlet_game.game.versus.match import Match
from hamlet_game.game.versus.race import Stage
from hamlet_game.town.catalog import load_catalog

LEVEL = load_catalog().find("3")
TOWN = 7
FRAME_S = 1 / 60
WALK = (Command.UP, Command.UP, Command.LEFT, Command.LEFT, Command.LEFT, Command.INTERACT)
Opener = Callable[[Services], tuple[Scene, ...]]


def setup(services: Services) -> tuple[Scene, ...]:
    """Open the choice of a race once both are known to be how strong."""
    scene = routes.versus(services, LEVEL, TOWN)
    assert isinstance(scene, VersusSetupScene)
    while scene.right.strength is None:
        scene.update(FRAME_S)
    return (scene,)


def running(services: Services, words: tuple[str, str] = ("you", "master")) -> VersusScene:
    """Begin a race of a best of five and let the countdown pass."""
    scene = routes.race(services, Match(LEVEL, TOWN, words, 5))
    assert isinstance(scene, VersusScene)
    while scene.race.stage is not Stage.RUNNING:
        scene.update(FRAME_S)
    return scene


def race(services: Services) -> tuple[Scene, ...]:
    """Open a race between a person, who has walked a little, and the master."""
    scene = running(services)
    for command in WALK:
        scene.handle(Press(frozenset({command})))
        scene.update(FRAME_S)
    return (scene,)


def pause(services: Services) -> tuple[Scene, ...]:
    """Open the pause menu over that race."""
    (below,) = race(services)
    assert isinstance(below, VersusScene)
    return below, routes.versus_pause(services, below)


def finished(services: Services, words: tuple[str, str]) -> VersusScene:
    """Return a race that is over."""
    scene = running(services, words)
    while not all(lane.over for lane in scene.race.lanes):
        for lane in scene.race.lanes:
            lane.advance(None)
    scene.update(FRAME_S)
    return scene


def result(services: Services) -> tuple[Scene, ...]:
    """Open the result of a race in which one died."""
    scene = finished(services, ("02_clean_start", "master"))
    return (routes.versus_result(services, scene.match, scene.race, scene.verdict),)


def ages(services: Services) -> tuple[Scene, ...]:
    """Open before and after where the first has just died; the clock stands still."""
    scene = routes.ages(services, LEVEL, TOWN)
    assert isinstance(scene, AgesScene)
    while scene.race.stage is not Stage.RUNNING:
        scene.update(FRAME_S)
    while scene.race.step < 130:
        scene.race.step_once()
    return (scene,)


def ages_setup(services: Services) -> tuple[Scene, ...]:
    """Open the choice of whom to compare once it is known how strong all are."""
    (below,) = ages(services)
    assert isinstance(below, AgesScene)
    scene = routes.ages_setup(services, below)
    assert isinstance(scene, AgesSetupScene)
    while any(card.strength is None for card in scene.cards):
        scene.update(FRAME_S)
    return below, scene


VERSUS: dict[str, Opener] = {
    "versus setup": setup,
    "versus": race,
    "versus pause": pause,
    "versus result": result,
    "ages": ages,
    "ages setup": ages_setup,
}
