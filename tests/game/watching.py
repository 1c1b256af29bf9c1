"""What tests of the watch scene share: ways in, and real keys."""

from __future__ import annotations

from collections.abc import Callable

import pygame
from driver import Player
from made_training import MadeDesk, at_training

from hamlet_game.game.events import Command
from hamlet_game.game.scene import Scene
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.watch import WatchScene
from hamlet_game.game.services import Services

SMALL = (640, 360)
PAD = 9
Sit = Callable[..., Player]


def watch(services: Services) -> tuple[Scene, ...]:
    at_training(services)
    return routes.title(services), routes.watch(services)


def seen(player: Player) -> WatchScene:
    assert isinstance(player.scene, WatchScene)
    return player.scene


def made(services: Services) -> MadeDesk:
    assert isinstance(services.training, MadeDesk)
    return services.training


def run(scene: WatchScene, done: Callable[[], bool]) -> None:
    for _ in range(3_000):
        if done():
            return
        scene.update(1 / 60)
    raise AssertionError("nothing came of it")


def press(player: Player, command: Command) -> None:
    player.key(pygame.key.key_code(player.services.input.keys.names(command)[0]))


def hold(command: Command, services: Services, *, down: bool) -> None:
    code = pygame.key.key_code(services.input.keys.names(command)[0])
    kind = pygame.KEYDOWN if down else pygame.KEYUP
    pygame.event.post(pygame.Event(kind, key=code, mod=0, unicode=""))
