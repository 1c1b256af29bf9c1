"""The watch scene played with real keys, buttons and clicks: pace, what if, wheel, guesses."""

from __future__ import annotations

from functools import partial

import pygame
import pytest
from eyes import Eyes
from made_training import brain
from tour_watch import asking, watching
from watching import PAD, SMALL, Sit, hold, made, press, run, seen, watch

from hamlet_game.game.events import Command
from hamlet_game.game.services import Services
from hamlet_game.game.watch import cards
from hamlet_game.town.names import Action, Meter


@pytest.fixture
def sit_down(services: Services, seat: Sit) -> Sit:
    return partial(seat, size=SMALL, services=services)


# Pauses and pace.


def test_world_and_learner_pause_apart(sit_down: Sit, services: Services) -> None:
    player = sit_down(watch)
    scene = seen(player)
    press(player, Command.FREEZE)
    player.wait(0.5)
    step = scene.show.record.survival
    player.wait(1.0)
    assert scene.show.record.survival == step
    assert made(services).state == "running"
    press(player, Command.LEARNER)
    assert made(services).orders == ["pause"]
    says = Eyes().look_at(scene)
    assert "World paused" in says
    assert "Learner paused" in says
    press(player, Command.STEP)
    assert scene.show.record.survival == step + 1
    press(player, Command.FREEZE)
    player.wait(1.0)
    assert scene.show.record.survival > step + 1
    assert made(services).state == "paused"
    press(player, Command.LEARNER)
    assert made(services).orders == ["pause", "go"]


def test_speeds_change_and_are_remembered(sit_down: Sit, services: Services) -> None:
    player = sit_down(watch)
    for speed in (2.0, 4.0, 8.0, 16.0, 0.0, 0.0):
        press(player, Command.FASTER)
        assert services.settings.show_speed == speed
    scene = seen(player)
    before = scene.show.record.survival
    player.frames(30)
    assert scene.show.over or scene.show.record.survival >= before + 29
    for _ in range(9):
        press(player, Command.SLOWER)
    assert services.settings.show_speed == 0.25


def test_the_episode_key_runs_to_the_end_of_the_life(sit_down: Sit) -> None:
    player = sit_down(watch)
    scene = seen(player)
    press(player, Command.EPISODE)
    player.until(lambda: scene.show.over, 8)


def test_panels_are_switched_by_keys_and_remembered(sit_down: Sit, services: Services) -> None:
    player = sit_down(watch)
    for number, name in enumerate(
        ("meters", "q", "wants", "curve", "learner", "curriculum", "ticker", "thought"), 1
    ):
        before = seen(player).shows(name)
        player.key(pygame.key.key_code(str(number)))
        assert seen(player).shows(name) is not before
        assert services.settings.panels[name] is not before


def test_charts_alone_let_the_world_rest(sit_down: Sit) -> None:
    player = sit_down(watch)
    scene = seen(player)
    press(player, Command.CHARTS_ONLY)
    step = scene.show.record.survival
    player.wait(1.0)
    assert scene.show.record.survival == step
    assert "Satiation" not in Eyes().look_at(scene)


# What if.


def test_a_dragged_meter_asks_what_if_and_springs_back(sit_down: Sit) -> None:
    player = sit_down(watch)
    scene = seen(player)
    player.frames(2)
    needle = scene.needles[Meter.ENERGY]
    true = scene.shown_thought()
    left, top, wide, _ = player.services.input.viewport
    scale = wide / 1280
    start, length = needle._bar
    spot = (
        round(left + (start + 0.02 * length) * scale),
        round(top + needle.box.bottom * scale - 4),
    )
    pygame.event.post(pygame.Event(pygame.MOUSEMOTION, pos=spot, rel=(1, 1), buttons=(0, 0, 0)))
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=spot, button=1))
    player.frames(2)
    assert scene.whatif.values[Meter.ENERGY] < 10
    imagined, step = scene.shown_thought(), scene.show.record.survival
    assert imagined is not None
    assert true is not None
    assert imagined.values != true.values
    player.wait(1.0)
    assert scene.show.record.survival == step  # the world waits
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONUP, pos=spot, button=1))
    player.frames(2)
    assert not scene.whatif.on


def test_keys_can_ask_what_if_too(sit_down: Sit) -> None:
    player = sit_down(watch)
    scene = seen(player)
    player.frames(2)
    player.go_to(scene.needles[Meter.HYGIENE])
    player.do(Command.CONFIRM, Command.LEFT, Command.LEFT)
    true = scene.show.record.last.meters[Meter.HYGIENE]
    assert scene.whatif.values[Meter.HYGIENE] == round(round(true) - 20)
    player.do(Command.CONFIRM)
    assert not scene.whatif.on


# Joining in.


def test_a_held_key_takes_the_wheel_and_letting_go_hands_it_back(
    sit_down: Sit, services: Services
) -> None:
    services.settings.teach = True
    player = sit_down(watch)
    scene = seen(player)
    player.wait(1.0)
    hold(Command.DRIVE, services, down=True)
    player.wait(0.5)
    first, thought = scene.show.record.survival, scene.show.life.thought
    assert scene.wheel.held
    assert thought is not None
    worst = min((Action.UP, Action.DOWN), key=lambda action: thought.values[action])
    press(player, Command[worst.name])
    player.wait(1.0)
    assert scene.show.record.survival == first + 1  # it waits for the next one
    assert scene.wheel.cost == pytest.approx(max(0.0, thought.loss(worst)))
    hold(Command.DRIVE, services, down=False)
    player.frames(2)
    assert not scene.wheel.taken
    assert scene.joining.caption.startswith("You drove 1 step")
    record = scene.show.record
    order = made(services).orders[-1]
    assert order[:3] == ("teach", record.level.id, record.town_seed)
    assert order[3][: first + 1] == record.actions[: first + 1]
    assert order[4] == first
    assert first in scene.show.life.driven


@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_the_wheel_is_taken_by_focus_and_clicks_as_well(device: str, sit_down: Sit) -> None:
    player = sit_down(watch, device)
    scene = seen(player)
    player.choose("Take the wheel")
    assert scene.wheel.latched
    step = scene.show.record.survival
    player.do(Command.RIGHT)
    player.wait(0.5)
    assert scene.show.record.survival == step + 1
    town = scene.view.town_box
    assert town is not None
    last = scene.show.record.last
    player.click(*scene.show.town.cell_center(town, last.x, last.y))
    player.wait(0.5)
    assert scene.show.record.last.action is Action.INTERACT
    tool = player.find("Take the wheel")
    player.click(*tool.box.center)
    assert not scene.wheel.taken


def test_the_trigger_drives(sit_down: Sit) -> None:
    player = sit_down(watch, "gamepad")
    axis = pygame.CONTROLLER_AXIS_TRIGGERLEFT
    kind = pygame.CONTROLLERAXISMOTION
    pygame.event.post(pygame.Event(kind, instance_id=PAD, axis=axis, value=32_767))
    player.frames(2)
    assert seen(player).wheel.held
    pygame.event.post(pygame.Event(kind, instance_id=PAD, axis=axis, value=0))
    player.frames(2)
    assert not seen(player).wheel.taken


def test_a_guess_is_asked_before_anything_is_shown(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setattr(cards, "draw_q", lambda _painter, _box, thought: shown.append(thought))
    services.settings.panels = {"wants": True}
    scene = asking(services)
    question = scene.guessing.question
    assert question is not None
    answer = question.answer
    says = Eyes().look_at(scene)
    assert "What will it do next?" in says
    assert not shown
    assert not any("next best" in text for text in says)
    wrong = next(action for action in Action if action is not answer)
    scene.joining.act(wrong)
    assert (scene.guessing.score, scene.guessing.asked) == (0, 1)
    says = Eyes().look_at(scene)
    assert "Not this time" in says
    assert shown
    assert any("next best" in text for text in says)
    step = scene.show.record.survival
    run(scene, lambda: scene.guessing.question is None)
    assert scene.show.record.frames[step + 1].action is answer
    run(scene, lambda: scene.guessing.hiding)
    asked = scene.guessing.question
    assert asked is not None
    scene.joining.act(asked.answer)
    assert (scene.guessing.score, scene.guessing.streak, scene.guessing.best) == (1, 1, 1)


def test_no_newer_brain_changes_an_open_question(services: Services) -> None:
    scene = asking(services)
    player = scene.show.life.player
    scene.history.take(brain("untrained", 1_400_000))
    scene.update(0.01)
    assert scene.show.life.player is player


def test_exploring_as_in_training_is_badged(services: Services) -> None:
    scene = watching(services, 0.1)
    scene.controls.switch_exploring()
    scene.update(0.01)
    assert scene.show.life.epsilon == pytest.approx(0.05)
    assert any(text.startswith("As in training: ε 0.05") for text in Eyes().look_at(scene))
