"""What tests of the game share: services of a new home, and players that are sent home."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pygame
import pytest
from driver import CATALOG, Player

from hamlet_game.game.services import Services, open_services


@pytest.fixture
def services() -> Services:
    pygame.font.init()
    return open_services(CATALOG)


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
