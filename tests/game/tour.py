"""A tour of every scene: how to open each one by name, always the same to the eye."""

from __future__ import annotations

import copy
import os
import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from inspect import isclass

import lab_desks
from driver import CATALOG
from tour_city import CITY
from tour_versus import VERSUS
from tour_watch import WATCH

from hamlet_game import paths
from hamlet_game.game import scenes
from hamlet_game.game.agents import roster
from hamlet_game.game.demo.director import BILL
from hamlet_game.game.events import Command, Press
from hamlet_game.game.scene import Scene
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.confirm import ConfirmScene
from hamlet_game.game.scenes.crash import CrashScene
from hamlet_game.game.scenes.credits import PAGES as PAGES_OF_CREDITS
from hamlet_game.game.scenes.death import DeathScene
from hamlet_game.game.scenes.level_card import LevelCardScene
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scenes.replay import ReplayScene
from hamlet_game.game.scenes.settings_pages import PAGES
from hamlet_game.game.scenes.what_if import WhatIfScene
from hamlet_game.game.score_models import Result
from hamlet_game.game.services import Services
from hamlet_game.town.names import Action
from hamlet_game.town.policies import sensible
from hamlet_game.town.record import Record
from hamlet_game.town.replay import SUFFIX, encode, replay_of

TOWN = 7
HELP_PAGES = 13
CRASH = "somewhere/hamlet/crashes/crash-2026-05-01-120000.zip"
Opener = Callable[[Services], tuple[Scene, ...]]


def scene_classes() -> set[type[Scene]]:
    """Return every scene there is in the game."""
    names = [
        module.name for module in pkgutil.iter_modules(scenes.__path__, "hamlet_game.game.scenes.")
    ]
    found = [vars(import_module(name)).values() for name in names]
    return {
        thing
        for things in found
        for thing in things
        if isclass(thing) and issubclass(thing, Scene) and thing is not Scene
    }


def lived(level: str, *, well: bool = True, steps: int = 10_000) -> Record:
    """Return a life in the tour's town: of a sensible person, or of one who only waits."""
    record = _lived(level, well, steps)
    return copy.deepcopy(record, {id(record.level): record.level})


@cache
def _lived(level: str, well: bool, steps: int) -> Record:
    record = Record(CATALOG.find(level), TOWN)
    while not record.over and record.survival < steps:
        record.act(Action(int(sensible(record.town)[0])) if well else Action.INTERACT)
    return record


def fill_shelf() -> None:
    """Put two replays and a broken one where the game looks for them."""
    folder = paths.replays()
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        "one": encode(replay_of(lived("3"), date="2026-05-01T12:00:00")),
        "two": encode(replay_of(lived("1", well=False), date="2026-05-02T18:30:00")),
        "broken": b"not a replay",
    }
    for age, (name, content) in enumerate(contents.items()):
        file = folder / f"{name}{SUFFIX}"
        file.write_bytes(content)
        os.utime(file, (1_780_000_000 - age, 1_780_000_000 - age))


def somebody_played(services: Services) -> None:
    """Score two levels, so that stars, bests and ghosts show."""
    for level, stars in (("01_first_night", 3), ("02_clean_start", 1)):
        record = lived(level)
        services.scores.record(
            Result(level, TOWN, 280.0 + stars, stars, record.survival, record.actions)
        )
    services.settings.last_level = "02_clean_start"


def _pressed(scene: Scene, command: Command, times: int) -> Scene:
    for _ in range(times):
        scene.handle(Press(frozenset({command})))
    return scene


def _settings(page: int) -> Opener:
    return lambda services: (_pressed(routes.settings(services), Command.FASTER, page),)


def _help(page: int) -> Opener:
    return lambda services: (_pressed(routes.how_it_works(services), Command.RIGHT, page),)


def _credits(page: int) -> Opener:
    return lambda services: (_pressed(routes.credits_page(services), Command.FASTER, page),)


def _life(services: Services, level: str = "3") -> LifeScene:
    scene = routes.life(services, CATALOG.find(level), TOWN)
    assert isinstance(scene, LifeScene)
    return scene


def _over_life(above: Callable[[Services, LifeScene], Scene]) -> Opener:
    def opened(services: Services) -> tuple[Scene, ...]:
        life = _life(services)
        return life, above(services, life)

    return opened


def _level_card(services: Services) -> tuple[Scene, ...]:
    return routes.level_map(services), LevelCardScene(services, CATALOG.find("2"))


def _confirm(services: Services) -> tuple[Scene, ...]:
    question = ("Forget all scores?", "Stars and best scores of every level are deleted.")
    return (
        routes.title(services),
        ConfirmScene(services, *question, yes="Forget them", on_yes=lambda: None),
    )


def _death(services: Services) -> tuple[Scene, ...]:
    scene = routes.death(services, lived("2", well=False))
    assert isinstance(scene, DeathScene)
    scene.case.work(60)
    return (scene,)


def _what_if(services: Services) -> tuple[Scene, ...]:
    scene = routes.what_if(services, lived("2", well=False), 20)
    assert isinstance(scene, WhatIfScene)
    scene.look_ahead(60)
    return (scene,)


def _judged_replay(services: Services) -> tuple[Scene, ...]:
    scene = routes.replay(services, lived("3", steps=120), None, 60, roster.player("untrained"))
    assert isinstance(scene, ReplayScene)
    assert scene.reading is not None
    scene.reading.work(60)
    return (scene,)


def _replay_menu(services: Services) -> tuple[Scene, ...]:
    (viewer,) = _judged_replay(services)
    assert isinstance(viewer, ReplayScene)
    return viewer, routes.replay_menu(services, viewer)


def _demo(act: str) -> Opener:
    return lambda services: (routes.title(services), routes.demo(services, act=act))


SCENES: dict[str, Opener] = {
    "title": lambda services: (routes.title(services),),
    "level map": lambda services: (routes.level_map(services, "02_clean_start"),),
    "level card": _level_card,
    **{f"settings, {page.name.lower()}": _settings(k) for k, page in enumerate(PAGES)},
    **{f"help, page {page + 1}": _help(page) for page in range(HELP_PAGES)},
    **{f"demo, {act}": _demo(act) for act in BILL},
    "confirm": _confirm,
    "life": lambda services: (_life(services),),
    "life, first steps": lambda services: (_life(services, "1"),),
    "crash": lambda services: (CrashScene(services, "ZeroDivisionError: a fault", CRASH),),
    **{f"credits, {name.lower()}": _credits(k) for k, (name, _) in enumerate(PAGES_OF_CREDITS)},
    "pause": _over_life(routes.pause),
    "town number": _over_life(routes.town_number),
    "results": lambda services: (routes.results(services, lived("3")),),
    "results, died": lambda services: (routes.results(services, lived("2", well=False)),),
    "replays": lambda services: (routes.replays(services),),
    "replay": lambda services: (routes.replay(services, lived("2"), None),),
    "replay, with numbers": _judged_replay,
    "replay menu": _replay_menu,
    "death": _death,
    "what if": _what_if,
    **VERSUS,
    **WATCH,
    **CITY,
    "lab": lambda services: (lab_desks.opened(services),),
    "lab, before training": lambda services: (lab_desks.before(services),),
    "lab, trained": lambda services: (lab_desks.trained(services),),
    "lab, quests": lambda services: (lab_desks.on_quests(services),),
    "lab, clip": lab_desks.clip,
}
