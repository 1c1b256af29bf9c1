"""The watch scene for the tour: at a training that was made up, at moments worth a picture."""

from __future__ import annotations

from collections.abc import Callable

from made_training import MadeDesk, at_training

from hamlet_game.game.events import Command, Press
from hamlet_game.game.insight.thought_text import LEISURE, Mind
from hamlet_game.game.scene import Scene
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.watch import WatchScene
from hamlet_game.game.services import Services
from hamlet_game.game.watch.ceremony import Ceremony
from hamlet_game.town.names import Meter

DT = 1 / 60
Opener = Callable[[Services], tuple[Scene, ...]]


def watching(services: Services, seconds: float = 3.4) -> WatchScene:
    """Return the scene some seconds into a life."""
    at_training(services)
    scene = routes.watch(services)
    assert isinstance(scene, WatchScene)
    scene._mind = Mind(LEISURE)  # how far a busy machine has looked ahead must not show
    for _ in range(round(seconds / DT)):
        scene.update(DT)
    return scene


def alone(services: Services, word: str = "master", seconds: float = 3.4) -> WatchScene:
    """Return the scene at somebody who plays where nothing is or was trained."""
    services.training = MadeDesk("none")
    scene = routes.watch(services, word)
    assert isinstance(scene, WatchScene)
    scene._mind = Mind(LEISURE)  # as above
    for _ in range(round(seconds / DT)):
        scene.update(DT)
    return scene


def _with_map(services: Services) -> tuple[Scene, ...]:
    services.settings.panels = {"wants": True, "learner": False, "ticker": False}
    scene = watching(services)
    scene.whatif.imagine(Meter.ENERGY, 8.0)
    return (scene,)


def _bare(services: Services) -> tuple[Scene, ...]:
    names = ("meters", "q", "curve", "learner", "curriculum", "ticker", "thought")
    services.settings.panels = dict.fromkeys(names, False)
    return (watching(services),)


def _charts(services: Services) -> tuple[Scene, ...]:
    scene = watching(services, 0.1)
    scene.controls.obey(Command.CHARTS_ONLY)
    return (scene,)


def _start(services: Services) -> tuple[Scene, ...]:
    return (routes.training_start(services),)


def asking(services: Services) -> WatchScene:
    """Return the scene at a question."""
    scene = watching(services, 0.1)
    scene.controls.obey(Command.PREDICT)
    while not scene.guessing.hiding:
        scene.update(DT)
    for _ in range(20):
        scene.update(DT)
    return scene


def _driven(services: Services) -> tuple[Scene, ...]:
    scene = watching(services, 1.0)
    scene.handle(Press(frozenset({Command.DRIVE})))
    for _ in range(2):
        scene.handle(Press(frozenset({Command.RIGHT})))
        for _ in range(14):
            scene.update(DT)
    return (scene,)


def _ceremony(services: Services) -> tuple[Scene, ...]:
    scene = watching(services)
    event = scene.history.graduations[-1]
    level = services.catalog.find(event.level)
    scene.feast.ceremony = Ceremony.of(event, level, scene.history)
    scene.feast.ceremony.time = 2.4
    return (scene,)


def _crashed(services: Services) -> tuple[Scene, ...]:
    scene = watching(services)
    desk = services.training
    assert isinstance(desk, MadeDesk)
    desk.crash()
    return (scene,)


def _menu(services: Services) -> tuple[Scene, ...]:
    scene = watching(services, 0.1)
    return scene, routes.watch_menu(services, scene)


def _menu_alone(services: Services) -> tuple[Scene, ...]:
    scene = alone(services, seconds=0.1)
    return scene, routes.watch_menu(services, scene)


WATCH: dict[str, Opener] = {
    "watch": lambda services: (watching(services),),
    "watch, what it wants": _with_map,
    "watch, bare": _bare,
    "watch, charts only": _charts,
    "watch, predict": lambda services: (asking(services),),
    "watch, driven": _driven,
    "watch, ceremony": _ceremony,
    "watch, crashed": _crashed,
    "watch, a brain alone": lambda services: (alone(services),),
    "watch menu": _menu,
    "watch menu, a brain alone": _menu_alone,
    "training start": _start,
}
