"""What tests of the game share: services of a new home, players and apps that are sent home."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pygame
import pytest
from driver import CATALOG, Player
from noting import DT, SIZE

from hamlet_game.game.app import App, WindowOptions
from hamlet_game.game.input import Input
from hamlet_game.game.scene import Scene
from hamlet_game.game.services import Services, open_services
from hamlet_game.game.settings import Settings
from hamlet_game.town.catalog import Catalog


@pytest.fixture
def catalog() -> Catalog:
    return CATALOG


@pytest.fixture
def services(catalog: Catalog) -> Services:
    pygame.font.init()
    return open_services(catalog)


@pytest.fixture
def seat() -> Iterator[Callable[..., Player]]:
    """Return what makes players, as `Player` does; their windows close after the test."""
    players: list[Player] = []

    def taken(*given: object, **options: object) -> Player:
        players.append(Player(*given, **options))
        return players[-1]

    yield taken
    for player in players:
        player.close()


@pytest.fixture
def open_app(services: Services) -> Iterator[Callable[..., App]]:
    """Return what opens apps on scenes, after their first frame; they close after the test."""
    apps = []

    def opened(*scenes: Scene, size: tuple[int, int] = SIZE) -> App:
        app = App(services, WindowOptions(size=size))
        apps.append(app)
        app.start(scenes)
        app.frame(DT)
        return app

    yield opened
    for app in apps:
        app.close()


@pytest.fixture
def window() -> Iterator[None]:
    """Open a small window without an app, whose queue takes events."""
    pygame.display.init()
    pygame.display.set_mode((320, 180))
    pygame.event.clear()
    yield
    pygame.display.quit()


@pytest.fixture
def notices() -> list[str]:
    return []


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def game_input(settings: Settings, notices: list[str]) -> Input:
    return Input(settings, notices.append)
