"""The help pages: turning them, and that what they say comes from levels and bindings."""

from __future__ import annotations

import json
from math import prod

import pygame
import pytest
from driver import CATALOG
from eyes import SIZES, Eyes, click, press

from hamlet_game import paths
from hamlet_game.brain.brain import Brain
from hamlet_game.game.agents.roster import RosterError
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command, Pointer, PointerKind
from hamlet_game.game.scene import Pop
from hamlet_game.game.scenes import help_learning
from hamlet_game.game.scenes.help_demo import STEPS, Demo
from hamlet_game.game.scenes.help_lessons import Exploration, Memory
from hamlet_game.game.scenes.help_mind import Mind
from hamlet_game.game.scenes.help_pages import fullest, pages
from hamlet_game.game.scenes.how_it_works import HowItWorksScene
from hamlet_game.game.services import Services
from hamlet_game.training.config import load_config

RULES = 7  # pages; those on learning follow
COUNT = RULES + 6


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
    back, _, _, after = scene.form.widgets
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
    assert "Z" in Eyes().look_at(at_page(services, RULES - 1))


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


# Learning.


def told(services: Services, title: str) -> str:
    (page,) = [page for page in pages(services) if page.title == title]
    return page.text


def test_what_is_said_of_learning_is_what_the_preset_does(services: Services) -> None:
    used = load_config("default").algorithm_settings().model_dump()
    assert f"**{used['discount']:g}** times" in told(services, "Reward: all it is told")
    memories = told(services, "It learns from memories")
    assert f"**{used['capacity']:,}**" in memories
    assert f"**{used['batch']}** drawn" in memories
    chance = told(services, "First, anything goes")
    assert f"After {used['epsilon']['over']:,} steps" in chance


def test_the_networks_size_is_counted(services: Services) -> None:
    brain = Brain.load(paths.assets() / "brains" / "master.safetensors")
    count = sum(prod(shape) for shape in brain.architecture.shapes().values())
    assert brain.size == count
    assert f"**{count:,} numbers**" in told(services, "No language model in here")
    assert f"{brain.training['step']:,} steps" in told(services, "No language model in here")


def test_the_mind_on_a_page_goes_by_the_brains_own_numbers() -> None:
    mind = Mind(CATALOG.levels[2], 12)
    before = mind.brain.q(mind.record.town.observe())[0]
    while not mind.update(1 / 60):
        pass
    assert mind.thought is not None
    assert mind.thought.values == pytest.approx(before.tolist())
    assert mind.record.last.action is mind.thought.chosen is mind.thought.best
    mind.epsilon = 1.0
    for _ in range(60 * 60):
        mind.update(1 / 60)
    assert mind.thought.random
    assert mind.random_moves == mind.moves - 1


def test_a_mind_lives_again_after_its_end() -> None:
    mind = Mind(CATALOG.levels[0], 12, "untrained")
    lives = {id(mind.record)}
    kept = [mind.record]
    for _ in range(60 * 60):
        mind.update(1 / 60)
        if id(mind.record) not in lives:
            lives.add(id(mind.record))
            kept.append(mind.record)
    assert len(kept) > 1
    assert kept[0].over


def test_chance_falls_as_the_preset_says() -> None:
    picture = Exploration(Mind(CATALOG.levels[2], 12), 1.0, 0.05)
    seen = []
    for _ in range(31):
        seen.append(picture._mind.epsilon)
        picture.update(1.0)
    assert seen[0] == 1.0
    assert seen[15] == pytest.approx(0.525)
    assert seen[30] == pytest.approx(0.05)


def test_memory_keeps_what_was_lived_and_draws_from_it() -> None:
    picture = Memory(Mind(CATALOG.levels[2], 12), 256, 200_000)
    start = len(picture._kept)
    for _ in range(60 * 20):
        picture.update(1 / 60)
    assert len(picture._kept) == start + picture._mind.moves
    assert list(picture._kept)[start:] == [f.reward for f in picture._mind.record.frames[1:]]
    assert len(picture._drawn) == len(set(picture._drawn)) == 12
    assert max(picture._drawn) < len(picture._kept)


def test_stages_are_the_shipped_results(services: Services) -> None:
    page = next(k for k, page in enumerate(pages(services)) if page.title == "One need at a time")
    scene = at_page(services, page)
    for _ in range(60 * 4):
        scene.update(1 / 60)
    said = Eyes().look_at(scene)
    results = json.loads((paths.assets() / "brains" / "results.json").read_text())
    for word in results:
        assert f"{results[word]['03_full_day']['survival']:.0f}" in said, word


def test_a_brain_that_cannot_be_read_costs_its_pages_only(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RosterError("damaged")

    monkeypatch.setattr(help_learning, "load_cast", broken)
    assert len(pages(services)) == COUNT - 1
    monkeypatch.setattr(help_learning, "Mind", broken)
    assert len(pages(services)) == RULES
