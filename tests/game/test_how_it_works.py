"""The help pages: turning them, and that what they say comes from levels and bindings."""

from __future__ import annotations

import pygame
import pytest
from eyes import SIZES, Eyes, click, press

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command, Pointer, PointerKind
from hamlet_game.game.scene import Pop
from hamlet_game.game.scenes.help_demo import STEPS, Demo
from hamlet_game.game.scenes.help_pages import fullest, pages
from hamlet_game.game.scenes.how_it_works import HowItWorksScene
from hamlet_game.game.services import Services, open_services
from hamlet_game.town.catalog import load_catalog

CATALOG = load_catalog()
COUNT = 7


@pytest.fixture
def services() -> Services:
    pygame.font.init()
    return open_services(CATALOG)


def at_page(services: Services, index: int) -> HowItWorksScene:
    scene = HowItWorksScene(services)
    for _ in range(index):
        scene.handle(press(Command.RIGHT))
    for _ in range(120):
        scene.update(1 / 60)
    return scene


def test_left_and_right_turn_pages_and_stop_at_the_ends(services: Services) -> None:
    scene = HowItWorksScene(services)
    scene.handle(press(Command.LEFT))
    assert scene.index == 0
    for _ in range(COUNT + 3):
        scene.handle(press(Command.RIGHT))
    assert scene.index == scene.last == COUNT - 1
    scene.handle(press(Command.LEFT))
    assert scene.index == COUNT - 2


def test_confirming_walks_through_all_pages_and_leaves(services: Services) -> None:
    scene = HowItWorksScene(services)
    for index in range(COUNT - 1):
        assert scene.index == index
        assert scene.handle(press(Command.CONFIRM)) is None
    assert isinstance(scene.handle(press(Command.CONFIRM)), Pop)


@pytest.mark.parametrize("command", [Command.BACK, Command.HELP])
def test_there_is_a_way_out_from_any_page(services: Services, command: Command) -> None:
    assert isinstance(at_page(services, 3).handle(press(command)), Pop)


def test_the_mouse_turns_pages_by_dots_buttons_and_wheel(services: Services) -> None:
    scene = HowItWorksScene(services)
    scene.draw(Painter(pygame.Surface((1280, 720))))
    back, _, after = scene.form.widgets
    scene.handle(click(after))
    assert scene.index == 1
    scene.handle(Pointer(PointerKind.DOWN, *scene.dots()[4]))
    assert scene.index == 4
    scene.handle(Pointer(PointerKind.WHEEL, 600, 300, wheel=1))
    assert scene.index == 3
    assert isinstance(scene.handle(click(back)), Pop)


def test_having_looked_is_remembered(services: Services) -> None:
    assert not services.settings.seen_help
    HowItWorksScene(services)
    assert services.settings.seen_help


def test_effects_come_from_the_fullest_level(services: Services) -> None:
    level = fullest(CATALOG.levels)
    assert len(level.kinds) == 4
    said = Eyes().look_at(at_page(services, 2))
    bed = level.buildings.bed
    assert bed is not None
    assert any(f"+{bed.gives.energy:g} energy" in text for text in said)


def test_keys_are_told_as_they_are_bound(services: Services) -> None:
    services.input.rebind_key(Command.TEMPO, pygame.K_z)
    assert "**Z** switches" in pages(services)[3].text
    assert "Z" in Eyes().look_at(at_page(services, COUNT - 1))


def test_the_demo_lives_sensibly_and_starts_over() -> None:
    demo = Demo(CATALOG.levels[2], 12)
    seen, steps = set(), []
    for _ in range(60 * 70):
        demo.update(1 / 60)
        steps.append(demo.step)
        used = demo.record.frames[demo.step].used
        if used is not None:
            seen.add(used.key)
    assert max(steps) == STEPS
    assert 0 in steps[200:]
    assert seen == {"bed", "shower", "fridge", "job"}
    assert demo.record.survival == STEPS


def test_a_ghost_is_always_ahead() -> None:
    demo = Demo(CATALOG.levels[2], 7, ghost_ahead=5)
    for _ in range(200):
        demo.update(1 / 60)
    assert demo.record.survival == demo.step + 5


@pytest.mark.parametrize("index", range(COUNT))
@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_no_word_is_cut_off_or_covered(
    services: Services, size: tuple[int, int], scale: float, index: int
) -> None:
    eyes = Eyes(size, scale)
    eyes.look_at(at_page(services, index))
    eyes.assert_tidy()
