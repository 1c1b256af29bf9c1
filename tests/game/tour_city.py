"""The city on the tour: from afar, from near, at night, and its menu."""

from __future__ import annotations

from collections.abc import Callable

from hamlet_game.game.city.city import DAY_TICKS
from hamlet_game.game.scene import Scene
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.city import CityScene
from hamlet_game.game.services import Services

TOWN = 7
PEOPLE = 300


def opened(services: Services, ticks: int = 20) -> CityScene:
    """Return a city that has lived a while and stands still."""
    scene = routes.city(services, people=PEOPLE, town_seed=TOWN)
    assert isinstance(scene, CityScene)
    for _ in range(ticks):
        scene.city.advance()
    scene.paused = True
    return scene


def near(services: Services) -> tuple[Scene, ...]:
    scene = opened(services)
    scene.follow(11)
    scene.city.work()
    return (scene,)


def menu(services: Services) -> tuple[Scene, ...]:
    scene = opened(services)
    return scene, routes.city_menu(services, scene)


CITY: dict[str, Callable[[Services], tuple[Scene, ...]]] = {
    "city": lambda services: (opened(services),),
    "city, at night": lambda services: (opened(services, DAY_TICKS * 7 // 10),),
    "city, somebody": near,
    "city menu": menu,
}
