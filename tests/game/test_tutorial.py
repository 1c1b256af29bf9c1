"""The first steps: each waits to be done, by any device; skipping them and having them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pygame
import pytest
from driver import Player
from eyes import SIZES, Eyes
from tour import CATALOG, TOWN

from hamlet_game import paths
from hamlet_game.game.events import Command
from hamlet_game.game.play.tutorial import WAITS, WALKS, WATCHED, Tutorial
from hamlet_game.game.play.tutorial_card import card_top, draw_lesson, must_be_seen
from hamlet_game.game.play.wayfinding import way
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.services import Services
from hamlet_game.game.settings import load_settings
from hamlet_game.town.names import Action, Kind
from hamlet_game.town.record import Record

LEVEL = CATALOG.find("1")
DIRECTION = {
    Action.UP: Command.UP, Action.DOWN: Command.DOWN,
    Action.LEFT: Command.LEFT, Action.RIGHT: Command.RIGHT,
}  # fmt: skip
Sit = Callable[..., Player]


@pytest.fixture
def sit() -> Iterator[Sit]:
    players: list[Player] = []

    def opened(level: str = "1", device: str = "keyboard", town: int = TOWN) -> Player:
        player = Player(
            lambda services: (
                routes.title(services),
                routes.life(services, CATALOG.find(level), town),
            ),
            device=device,
        )
        players.append(player)
        return player

    yield opened
    for player in players:
        player.close()


def life_of(player: Player) -> LifeScene:
    assert isinstance(player.scene, LifeScene)
    return player.scene


def course(player: Player) -> Tutorial:
    tutorial = life_of(player).tutorial
    assert tutorial is not None
    return tutorial


def bed(record: Record) -> tuple[int, int]:
    return next((x, y) for kind, x, y in record.town.places() if kind is Kind.BED)


def go(player: Player, action: Action) -> None:
    life = life_of(player)
    player.until(lambda: life.session.motion.done, 3)
    player.do(DIRECTION.get(action, Command.INTERACT))
    player.frames(2)


def walk_to_bed(player: Player) -> None:
    last = life_of(player).record.last
    for action in way((last.x, last.y), bed(life_of(player).record)):
        go(player, action)


@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_every_lesson_waits_until_it_was_done(device: str, sit: Sit) -> None:
    player = sit(device=device)
    life, tutorial = life_of(player), course(player)
    player.wait(3)
    assert tutorial.index == 0, "time alone teaches nothing"
    walk_to_bed(player)
    assert tutorial.lesson.title == "Use it"
    player.wait(1)
    assert tutorial.lesson.title == "Use it"
    go(player, Action.INTERACT)
    assert tutorial.lesson.title == "Watch your energy"
    for _ in range(WATCHED):
        step = Action.LEFT if life.record.last.x > bed(life.record)[0] else Action.RIGHT
        assert tutorial.lesson.title == "Watch your energy"
        go(player, step)
    assert tutorial.lesson.title == "Wait"
    while (life.record.last.x, life.record.last.y) == bed(life.record):
        go(player, Action.RIGHT)
    for _ in range(WAITS):
        assert life.tutorial is tutorial
        go(player, Action.INTERACT)
    assert life.tutorial is None
    assert not player.services.settings.tutorial
    assert any("first steps" in sentence for sentence in player.app.toasts.sentences)
    assert life.record.over is False


def test_walking_into_the_edge_is_no_walk() -> None:
    tutorial, record = Tutorial(LEVEL), Record(LEVEL, TOWN)
    for _ in range(WALKS):
        record.act(Action.INTERACT)
    assert not tutorial.watch(record)
    assert tutorial.share(record) == 0


def test_a_mouse_walks_through_it_too(sit: Sit) -> None:
    player = sit()
    life, tutorial = life_of(player), course(player)
    view = life._view
    player.click(*life.town.cell_center(view.town_box, *bed(life.record)))
    assert player.services.input.last_device == "mouse"
    player.until(lambda: tutorial.index == 2, 20)
    said = Eyes().look_at(life)
    assert "Click yourself, in the house" in said
    player.click(*life.town.cell_center(view.town_box, *bed(life.record)))
    player.until(lambda: tutorial.index == 3, 5)


@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_one_press_skips_it_for_good(device: str, sit: Sit) -> None:
    player = sit(device=device)
    life = life_of(player)
    if device == "keyboard":
        player.key(pygame.K_BACKSPACE)
    else:
        player.do(Command.BACK)  # the same button as for skipping
    assert player.scene is life, "that was no way to the pause menu"
    assert life.tutorial is None
    notices: list[str] = []
    assert load_settings(paths.settings_file(), notices.append).tutorial is False
    assert life.record.survival == 0
    player.do(Command.PAUSE)
    assert player.name == "PauseScene"


def test_a_click_skips_it(sit: Sit) -> None:
    player = sit()
    player.frames(2)
    life = life_of(player)
    player.click(*course(player).skip_box.center)
    assert life.tutorial is None
    assert life.record.survival == 0
    assert not life.session.path


def test_the_start_card_comes_once_it_is_skipped(sit: Sit) -> None:
    player = sit()
    assert LEVEL.hint not in Eyes().look_at(life_of(player))[:4]
    player.key(pygame.K_BACKSPACE)
    assert any("to begin" in text for text in Eyes().look_at(life_of(player)))


def test_only_the_first_level_has_it(sit: Sit) -> None:
    assert life_of(sit("2")).tutorial is None
    player = sit("1")
    player.services.settings.tutorial = False
    opening = bytes([Action.INTERACT])
    services = player.services
    assert life_of(player).tutorial
    scene = routes.life(services, LEVEL, TOWN)
    assert isinstance(scene, LifeScene)
    assert scene.tutorial is None
    services.settings.tutorial = True
    taken = routes.life(services, LEVEL, TOWN, opening=opening)
    assert isinstance(taken, LifeScene)
    assert taken.tutorial is None, "a life taken over is no first one"


def test_another_life_goes_on_with_the_house(sit: Sit) -> None:
    player = sit()
    walk_to_bed(player)
    assert course(player).index == 2
    player.key(pygame.K_r)
    if course(player).index == 2:  # it asked whether the steps may be lost
        player.key(pygame.K_r)
    assert course(player).index == 1


def test_who_lives_through_the_night_has_learned_it() -> None:
    tutorial, record = Tutorial(LEVEL), Record(LEVEL, TOWN)
    for action in way((record.last.x, record.last.y), bed(record)):
        record.act(action)
    while not record.over:
        record.act(Action.INTERACT)
    assert record.last.timed_out
    assert tutorial.watch(record)
    assert tutorial.over


def test_the_settings_bring_it_back(sit: Sit) -> None:
    player = sit()
    player.key(pygame.K_BACKSPACE)
    services = player.services
    settings = Player(lambda s: (routes.settings(s),), services=services)
    settings.do(Command.RIGHT, Command.RIGHT)
    settings.choose("First steps")
    assert services.settings.tutorial
    settings.close()


def test_what_it_says_comes_from_the_level() -> None:
    told = {lesson.title: lesson.text for lesson in Tutorial(LEVEL).lessons}
    rule = LEVEL.meters.of(LEVEL.deadly[0])
    assert f"**{rule.drain:g}** a step" in told["Watch your energy"]
    assert f"**{rule.drain + rule.move_drain:g}**" in told["Wait"]
    assert f"step {LEVEL.steps}" in told["Wait"]


@pytest.mark.parametrize("device", ["keyboard", "gamepad", "mouse"])
@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_no_word_is_cut_off_and_nothing_important_covered(
    size: tuple[int, int], scale: float, device: str, services: Services
) -> None:
    services.input.last_device = device  # type: ignore[assignment]
    for town in (7, 9):
        scene = routes.life(services, LEVEL, town)
        assert isinstance(scene, LifeScene)
        assert scene.tutorial is not None
        for index in range(len(scene.tutorial.lessons)):
            scene.tutorial.index = index
            eyes = Eyes(size, scale)
            eyes.look_at(scene)
            eyes.assert_tidy()


def test_the_card_goes_where_it_hides_least() -> None:
    area = pygame.FRect(0, 0, 600, 600)
    assert card_top(area, 150, [(0, 80, 1.0)]) == 600 - 26 - 150, "the lower edge, where it is free"
    assert card_top(area, 150, [(450, 550, 1.0)]) == 26
    assert card_top(area, 150, [(0, 80, 1.0), (440, 550, 1.0)]) == 185, "between the two"
    assert card_top(area, 190, [(0, 400, 1.0)]) == 600 - 3 - 190, "close to the edge, if need be"
    assert card_top(area, 550, [(0, 80, 1.0), (560, 600, 0.2)]) == 47, "the arrow goes first"


@pytest.mark.parametrize("index", range(5))
def test_neither_person_nor_house_is_covered_in_any_town(index: int, services: Services) -> None:
    for town in [437824, *range(1, 120)]:
        scene = routes.life(services, LEVEL, town)
        assert isinstance(scene, LifeScene)
        assert scene.tutorial is not None
        scene.tutorial.index = index
        view, eyes = scene._view, Eyes((640, 360))
        card = draw_lesson(eyes, view._area, view.town_box, scene, scene.tutorial)
        assert view._area.contains(card)
        for top, bottom, _ in must_be_seen(scene, view.town_box, scene.tutorial):
            assert min(card.bottom, bottom) - max(card.top, top) < 2, (town, card, top, bottom)
