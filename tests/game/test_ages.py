"""Before and after: three ages in one town on one clock, town after town."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest
from driver import CATALOG, Player

from hamlet_game.game.events import Command
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.ages import AGES, AgesScene
from hamlet_game.game.scenes.ages_setup import AgesSetupScene
from hamlet_game.game.services import Services
from hamlet_game.game.versus.race import Stage

NIGHT, _, DAY = CATALOG.levels[:3]
TOWN = 7
SMALL = (320, 180)  # pixels; drawing is not what is looked at here
Seat = Callable[..., Player]


@pytest.fixture
def sit_down(seat: Seat) -> Seat:
    def opened(device: str = "keyboard", level=DAY) -> Player:
        return seat(
            lambda s: (routes.title(s), routes.ages(s, level, TOWN)), device=device, size=SMALL
        )

    return opened


def ages(player: Player) -> AgesScene:
    scene = player.scene
    assert isinstance(scene, AgesScene)
    return scene


def test_three_ages_live_in_one_town_on_one_clock(services: Services) -> None:
    scene = routes.ages(services, DAY, TOWN)
    assert isinstance(scene, AgesScene)
    assert [lane.who.word for lane in scene.race.lanes] == list(AGES)
    assert scene.race.lanes[0].who.age == "no training"
    assert len({lane.record.frames[0].meters for lane in scene.race.lanes}) == 1
    for _ in range(300):
        scene.update(1 / 60)
    alive = {lane.record.survival for lane in scene.race.lanes if not lane.over}
    assert len(alive) == 1
    assert alive.pop() > 10


def test_the_older_the_longer(services: Services) -> None:
    scene = routes.ages(services, DAY, TOWN)
    assert isinstance(scene, AgesScene)
    scene.race.stage, scene.race.rush = Stage.RUNNING, True
    while scene.race.stage is not Stage.OVER:
        scene.update(1 / 60)
    newborn, _, master = (lane.record.survival for lane in scene.race.lanes)
    assert newborn < master


def test_left_alone_it_goes_from_town_to_town(services: Services) -> None:
    scene = routes.ages(services, NIGHT, TOWN)
    assert isinstance(scene, AgesScene)
    for _ in range(60 * 60):
        assert scene.update(1 / 60) is None
        if scene.town_seed == TOWN + 2:
            break
    assert scene.town_seed == TOWN + 2


@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_it_stops_goes_on_and_is_left(device: str, sit_down: Seat) -> None:
    player = sit_down(device)
    scene = ages(player)
    player.until(lambda: scene.race.step > 2)
    player.do(Command.INTERACT)
    step = scene.race.step
    player.wait(0.5)
    assert scene.race.step == step
    player.do(Command.INTERACT)
    player.until(lambda: scene.race.step > step)
    player.do(Command.PAUSE)
    assert isinstance(player.scene, AgesSetupScene)
    player.choose("Leave")
    assert player.name == "TitleScene"


def test_speed_single_steps_and_new_towns(sit_down: Seat) -> None:
    player = sit_down()
    scene = ages(player)
    player.until(lambda: scene.race.step > 0)
    player.key(pygame.K_PERIOD)
    assert scene.race.paused
    step = scene.race.step
    player.key(pygame.K_PERIOD)
    assert scene.race.step == step + 1
    player.key(pygame.K_EQUALS)
    assert scene.race.speed == 4.0
    player.key(pygame.K_n)
    assert scene.town_seed != TOWN
    assert scene.race.speed == 4.0
    town = scene.town_seed
    player.key(pygame.K_r)
    assert (scene.town_seed, scene.race.step) == (town, 0)
    player.key(pygame.K_e)  # to the end of these lives
    player.until(lambda: scene.race.stage is Stage.OVER)
    player.do(Command.INTERACT)
    assert scene.town_seed == town + 1


def test_others_can_be_compared(sit_down: Seat) -> None:
    player = sit_down()
    scene = ages(player)
    player.do(Command.PAUSE)
    setup = player.scene
    assert isinstance(setup, AgesSetupScene)
    player.go_to(setup.cards[0])
    player.do(Command.RIGHT)
    player.go_to(player.find("Level"))
    player.do(Command.LEFT)
    player.choose("Show them")
    assert ages(player) is scene
    assert scene.words[0] == "01_first_night"
    assert scene.level.id == CATALOG.levels[1].id
    assert scene.race.step == 0


def test_one_that_can_not_be_had_is_a_sentence_and_others_live_on(services: Services) -> None:
    scene = routes.ages(services, NIGHT, TOWN, ("untrained", "no-such-run", "master"))
    assert isinstance(scene, AgesScene)
    assert any("no run" in notice for notice in services.notices)
    assert len(scene.race.lanes) == 3
    before = scene.words
    assert not scene.invite(("no-such-run",) * 3)
    assert scene.words == before
    scene.update(1 / 60)
