"""A brain's numbers in the replay viewer, its menu, and the replays that trainings keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from driver import Player
from why_cases import CATALOG, dead, lived

from hamlet_game import paths
from hamlet_game.game import keepsakes
from hamlet_game.game.agents import roster
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command, Pointer, PointerKind, Press
from hamlet_game.game.scene import Pop, Push, Replace, Scene
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.death import DeathScene
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scenes.replay import ReplayScene
from hamlet_game.game.scenes.replay_menu import ReplayMenuScene
from hamlet_game.game.scenes.replays import ReplaysScene
from hamlet_game.game.scenes.what_if import WhatIfScene
from hamlet_game.game.services import Services
from hamlet_game.game.ui.choice import Choice
from hamlet_game.game.why.mind_panel import rewarded, why_none
from hamlet_game.town.policies import sensible
from hamlet_game.town.record import Record
from hamlet_game.town.replay import SUFFIX, encode, replay_of
from hamlet_game.training.runs import CONFIG, RunFolder, folder_of_runs

Seat = Callable[..., Player]
TRAINING_TOWN = 2**32 + 100


def press(command: Command) -> Press:
    return Press(frozenset({command}))


def viewer(services: Services, record: Record, word: str = "master") -> ReplayScene:
    """Return the viewer with a brain's numbers read, standing at step 5."""
    scene = ReplayScene(services, record, step=5, player=roster.player(word))
    assert scene.reading is not None
    scene.reading.work(60)
    assert scene.reading.done
    return scene


def drawn(scene: Scene, text_scale: float = 1.0) -> None:
    scene.draw(Painter(pygame.Surface((1280, 720)), text_scale=text_scale))


# The numbers.
def test_the_frame_on_screen_is_the_one_that_is_thought_about(services: Services) -> None:
    scene = viewer(services, dead("2", 9, "random"))
    assert scene.frame == 5
    scene.handle(press(Command.RIGHT))
    assert scene.head.step == 6
    assert scene.frame == 5, "step 6 is being walked: this is what was decided for it"
    scene.update(1)
    assert scene.frame == 6


def test_mistakes_are_gone_through_both_ways(services: Services) -> None:
    scene = viewer(services, dead("2", 9, "random"))
    assert scene.reading is not None
    places = sorted(one.step for one in scene.reading.blunders)
    assert len(places) > 1
    scene.head.go(0)
    passed = []
    while scene.reading.next_blunder(scene.frame, 1) is not None:
        scene.handle(press(Command.NEXT_MISTAKE))
        passed.append(scene.head.step)
    assert passed == [place for place in places if place > 0]
    scene.handle(press(Command.NEXT_MISTAKE))
    assert services.notices == ["Master sees no mistake after this step."]
    scene.handle(press(Command.PREVIOUS_MISTAKE))
    assert scene.head.step == places[-2]


def test_where_there_are_no_numbers_it_says_why(services: Services) -> None:
    record = dead("2", 9, "random")
    unread = ReplayScene(services, record, player=roster.player("master")).reading
    read = viewer(services, record).reading
    assert unread is not None
    assert read is not None
    assert why_none(unread) == "Master reads the whole life…"
    assert read.at(record.survival) is None
    assert why_none(read).startswith("The life has ended")
    unfinished = viewer(services, Record.of(record.level, record.town_seed, record.actions[:9]))
    assert unfinished.reading is not None
    assert why_none(unfinished.reading) == "The recording ends here."


def test_without_a_brain_it_says_where_to_choose_one(services: Services) -> None:
    scene = ReplayScene(services, dead("2", 9, "random"), player=roster.player("idle"))
    assert scene.reading is None, "a script has no numbers"
    scene.handle(press(Command.NEXT_MISTAKE))
    assert services.notices == ["Choose in the menu whose numbers say what a mistake is."]
    drawn(scene)


@pytest.mark.parametrize("text_scale", [0.75, 1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("word", ["1", "4"])
def test_the_numbers_leave_room_for_the_keys(
    text_scale: float, word: str, services: Services
) -> None:
    scene = viewer(services, lived(CATALOG.find(word), 7, sensible))
    drawn(scene, text_scale)
    keys = list(scene.transport._boxes.values())
    assert scene.q_chart is not None
    assert scene.q_chart.box.bottom <= scene.timeline.box.y
    assert all(key.bottom <= scene.q_chart.box.y for key in keys)


def test_a_steps_reward_is_told_term_by_term() -> None:
    record = dead("2", 9, "random")
    for step in range(1, record.survival + 1):
        told = rewarded(record, step)
        terms = [name for name, value in record.frames[step].terms.items() if value]
        assert f"{abs(record.frames[step].reward):.2f}" in told
        assert len(terms) < 2 or all(name.replace("_", " ") in told for name in terms)
    assert rewarded(record, 0) == "Reward 0"


# The menu.
def menu(scene: ReplayScene) -> ReplayMenuScene:
    opened = scene.handle(press(Command.CONFIRM))
    assert isinstance(opened, Push)
    assert isinstance(opened.scene, ReplayMenuScene)
    assert not scene.head.playing
    return opened.scene


def test_the_pause_button_and_the_mouse_open_the_menu_too(services: Services) -> None:
    scene = ReplayScene(services, dead("1", 7))
    assert isinstance(scene.handle(press(Command.PAUSE)), Push)
    drawn(scene)
    box = scene.transport._boxes[Command.CONFIRM]
    assert isinstance(scene.handle(Pointer(PointerKind.DOWN, *box.center)), Push)
    both = Press(frozenset({Command.INTERACT, Command.CONFIRM}))
    assert scene.handle(both) is None, "on a gamepad the same button plays and pauses"


def test_whose_numbers_are_shown_is_chosen(services: Services) -> None:
    scene = ReplayScene(services, dead("2", 9, "random"), step=5)
    opened = menu(scene)
    choice = next(w for w in opened.form.widgets if isinstance(w, Choice))
    assert choice.options[:2] == ("nobody", "Master")
    opened.form.focus_on(choice)
    opened.handle(press(Command.RIGHT))
    assert scene.reading is not None
    assert scene.reading.player.name == "Master"
    assert menu(scene)._numbers.index == 1
    opened.handle(press(Command.LEFT))
    assert scene.reading is None


def test_a_brain_that_can_not_be_had_is_named(services: Services) -> None:
    run = RunFolder(folder_of_runs() / "hollow")
    run.path.mkdir(parents=True)
    (run.path / CONFIG).write_text("preset: quick\n")
    scene = ReplayScene(services, dead("2", 9, "random"), step=5)
    opened = menu(scene)
    choice = opened._numbers
    assert choice.options[-1] == "hollow"
    opened.form.focus_on(choice)
    opened.handle(press(Command.LEFT))
    assert scene.reading is None
    assert choice.index == 0
    assert "hollow" in services.notices[0]
    drawn(opened)


def test_the_menu_leads_on_from_the_frame(services: Services) -> None:
    record = dead("2", 9, "random")
    scene = viewer(services, record)
    opened = menu(scene)
    drawn(opened, 2.0)
    found = [opened._what_if(), opened._play_on(), opened._why()]
    kinds = [type(step.scene) for step in found if isinstance(step, Replace)]
    assert kinds == [WhatIfScene, LifeScene, DeathScene]
    assert isinstance(opened._mistake(1), Pop)


def test_at_the_end_the_last_living_step_is_gone_on_from(services: Services) -> None:
    record = dead("1", 7)
    scene = viewer(services, record)
    scene.head.go(record.survival)
    assert scene.branching == record.survival - 1
    life = scene.play_on()
    assert isinstance(life, LifeScene)
    assert not life.record.over


@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_from_a_training_life_into_ones_own_hands(device: str, seat: Seat) -> None:
    record = dead("3", TRAINING_TOWN, "sensible", noise=0.65)
    player = seat(lambda s: (routes.replay(s, record, None, 30),), device)
    player.do(Command.CONFIRM if device == "keyboard" else Command.PAUSE)
    assert player.name == "ReplayMenuScene"
    player.choose("Play on yourself")
    life = player.scene
    assert isinstance(life, LifeScene)
    assert (life.town_seed, life.continued) == (TRAINING_TOWN, 30)
    before = life.record.last
    assert before == record.frames[30]
    player.do(Command.INTERACT)
    assert life.record.survival == 31


def test_the_wheel_is_taken_with_one_key(services: Services) -> None:
    scene = viewer(services, dead("2", 9, "random"))
    found = scene.handle(press(Command.DRIVE))
    assert isinstance(found, Push)
    assert isinstance(found.scene, LifeScene)
    assert found.scene.continued == 5


# What trainings keep.
def keep_in_run(name: str, file: str, record: Record) -> Path:
    run = RunFolder(folder_of_runs() / name)
    run.replays.mkdir(parents=True)
    (run.path / CONFIG).write_text("preset: quick\n")
    place = run.replays / f"{file}{SUFFIX}"
    place.write_bytes(encode(replay_of(record, player="agent in training, life 12")))
    return place


def test_the_lives_of_runs_are_listed_beside_ones_own(seat: Seat) -> None:
    record = dead("3", TRAINING_TOWN, "sensible", noise=0.65)
    kept = keep_in_run("quick", "worst-step0000000100-03_full_day-1steps-2points", record)
    keepsakes.keep(dead("1", 7))
    assert keepsakes.listed_of_runs() == [kept]
    player = seat(lambda s: (routes.replays(s),))
    scene = player.scene
    assert isinstance(scene, ReplaysScene)
    (mine,) = scene._rows
    assert mine.item.source == ""
    player.key(pygame.K_EQUALS)
    (row,) = scene._rows
    assert row.item.source == "quick · worst · agent in training, life 12"
    player.do(Command.DOWN)
    player.choose("Watch")
    assert isinstance(player.scene, ReplayScene)
    assert player.scene.record.actions == record.actions


def test_the_tabs_are_reached_and_left_by_directions(services: Services) -> None:
    keepsakes.keep(dead("1", 7))
    scene = ReplaysScene(services)
    scene.handle(press(Command.UP))
    assert scene.form.focus is scene._tabs
    scene.handle(press(Command.RIGHT))
    assert scene._tabs.index == 1
    drawn(scene)
    scene.handle(press(Command.LEFT))
    scene.handle(press(Command.DOWN))
    assert scene.form.focus is scene._rows[0]


def test_a_runs_replay_of_other_rules_says_so(services: Services) -> None:
    record = dead("1", 7)
    file = keep_in_run("quick", "best", record)
    file.write_bytes(file.read_bytes().replace(b'"rules": "', b'"rules": "x'))
    scene = ReplaysScene(services)
    scene._tabs._choose(1)
    drawn(scene)
    scene.handle(press(Command.DOWN))
    assert "rules of level" in scene._rows[0].item.trouble
    assert scene._watch_chosen() is None
    assert "have changed" in services.notices[0]


def test_no_runs_no_lives(services: Services) -> None:
    assert keepsakes.listed_of_runs() == []
    scene = ReplaysScene(services)
    scene._tabs._choose(1)
    drawn(scene)
    assert not paths.replays().exists()
