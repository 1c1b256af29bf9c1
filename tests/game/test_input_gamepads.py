"""Gamepads, with synthetic events in pygame's real queue; no device is attached."""

import pygame
import pytest
from key_events import commands, send

from hamlet_game.game.bindings import button_name
from hamlet_game.game.events import Command, Press, Release
from hamlet_game.game.gamepads import Gamepads
from hamlet_game.game.input import Input
from hamlet_game.game.settings import Settings

pytestmark = pytest.mark.usefixtures("window")


@pytest.mark.parametrize(
    ("joystick", "controller", "meant"),
    [
        (0, pygame.CONTROLLER_BUTTON_A, {Command.INTERACT, Command.CONFIRM}),
        (1, pygame.CONTROLLER_BUTTON_B, {Command.BACK, Command.SKIP}),
        (2, pygame.CONTROLLER_BUTTON_X, {Command.STEP}),
        (3, pygame.CONTROLLER_BUTTON_Y, {Command.GHOST}),
        (4, pygame.CONTROLLER_BUTTON_LEFTSHOULDER, {Command.SLOWER}),
        (5, pygame.CONTROLLER_BUTTON_RIGHTSHOULDER, {Command.FASTER}),
        (6, pygame.CONTROLLER_BUTTON_BACK, {Command.TEMPO}),
        (7, pygame.CONTROLLER_BUTTON_START, {Command.PAUSE}),
        (9, pygame.CONTROLLER_BUTTON_LEFTSTICK, {Command.RESTART}),
        (10, pygame.CONTROLLER_BUTTON_RIGHTSTICK, {Command.NEW_TOWN}),
    ],
)
def test_both_kinds_of_gamepad_have_the_same_buttons(
    game_input: Input, joystick: int, controller: int, meant: set[Command]
) -> None:
    plain = send(game_input, pygame.JOYBUTTONDOWN, instance_id=0, button=joystick)
    known = send(game_input, pygame.CONTROLLERBUTTONDOWN, instance_id=1, button=controller)
    assert plain == known == [Press(frozenset(meant), button=controller)]
    up = send(game_input, pygame.JOYBUTTONUP, instance_id=0, button=joystick)
    assert up == [Release(frozenset(meant))]
    assert game_input.last_device == "gamepad"


def test_controllers_have_a_dpad_of_buttons(game_input: Input) -> None:
    button = pygame.CONTROLLER_BUTTON_DPAD_LEFT
    down = send(game_input, pygame.CONTROLLERBUTTONDOWN, instance_id=0, button=button)
    assert commands(down) == [{Command.LEFT}]


def test_hats_are_directions_and_repeat(game_input: Input) -> None:
    up = send(game_input, pygame.JOYHATMOTION, instance_id=0, hat=0, value=(0, 1))
    assert commands(up) == [{Command.UP}]
    assert len(game_input.poll([], 0.3)) == 1
    both = send(game_input, pygame.JOYHATMOTION, instance_id=0, hat=0, value=(1, 1))
    assert commands(both) == [{Command.RIGHT}]
    right = send(game_input, pygame.JOYHATMOTION, instance_id=0, hat=0, value=(1, 0))
    assert right == [Release(frozenset({Command.UP}))]
    assert game_input.held_direction() is Command.RIGHT
    send(game_input, pygame.JOYHATMOTION, instance_id=0, hat=0, value=(0, 0))
    assert game_input.held_direction() is None


def tilt(game_input: Input, axis: int, value: float) -> list[set[Command]]:
    return commands(send(game_input, pygame.JOYAXISMOTION, instance_id=0, axis=axis, value=value))


def test_the_stick_has_a_dead_zone_and_does_not_tremble(game_input: Input) -> None:
    assert tilt(game_input, 0, 0.4) == []
    assert tilt(game_input, 0, 0.6) == [{Command.RIGHT}]
    assert tilt(game_input, 0, 0.45) == []
    assert game_input.held_direction() is Command.RIGHT
    assert tilt(game_input, 0, 0.6) == []
    assert tilt(game_input, 0, 0.3) == []
    assert game_input.held_direction() is None
    assert tilt(game_input, 0, -1.0) == [{Command.LEFT}]


def test_the_stick_holds_one_direction_at_a_time(game_input: Input) -> None:
    assert tilt(game_input, 1, -0.7) == [{Command.UP}]
    assert tilt(game_input, 0, 0.75) == []  # almost a diagonal: still up
    assert tilt(game_input, 0, 0.95) == [{Command.RIGHT}]
    assert not game_input.held(Command.UP)


def test_controllers_report_sticks_and_triggers_in_whole_numbers(game_input: Input) -> None:
    axis = pygame.CONTROLLERAXISMOTION
    down = send(game_input, axis, instance_id=0, axis=pygame.CONTROLLER_AXIS_LEFTY, value=30000)
    assert commands(down) == [{Command.DOWN}]
    trigger = pygame.CONTROLLER_AXIS_TRIGGERRIGHT
    steps = [
        commands(send(game_input, axis, instance_id=0, axis=trigger, value=value))
        for value in (9000, 20000, 32767, 12000, 0)
    ]
    assert steps == [[], [{Command.NEXT_EVENT, Command.FREEZE}], [], [], []]
    assert not game_input.held(Command.NEXT_EVENT)


def test_gamepads_can_be_switched_off(game_input: Input, settings: Settings) -> None:
    settings.gamepad = False
    assert send(game_input, pygame.JOYBUTTONDOWN, instance_id=0, button=0) == []
    assert game_input.last_device == "keyboard"


class FakeJoystick:
    def __init__(self, index: int) -> None:
        self.index = index

    def get_name(self) -> str:
        return "Test Pad"

    def get_instance_id(self) -> int:
        return 5


def test_plugging_in_and_out_is_told_and_lets_go(
    game_input: Input, notices: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pygame.joystick, "Joystick", FakeJoystick)
    monkeypatch.setattr("hamlet_game.game.gamepads.controller.is_controller", lambda _: False)
    send(game_input, pygame.JOYDEVICEADDED, device_index=0)
    assert notices == ["Gamepad connected: Test Pad"]
    send(game_input, pygame.JOYHATMOTION, instance_id=5, hat=0, value=(-1, 0))
    assert game_input.held_direction() is Command.LEFT
    gone = send(game_input, pygame.JOYDEVICEREMOVED, instance_id=5)
    assert gone == [Release(frozenset({Command.LEFT}))]
    assert notices[1:] == ["Gamepad disconnected: Test Pad"]


def test_a_pad_that_is_gone_before_it_is_opened_is_no_error(
    game_input: Input, notices: list[str]
) -> None:
    game_input.start()
    assert send(game_input, pygame.JOYDEVICEADDED, device_index=7) == []
    assert notices == []


def test_a_known_controller_is_not_heard_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    class FakeController:
        def __init__(self, index: int) -> None:
            self.index = index

    monkeypatch.setattr(pygame.joystick, "Joystick", FakeJoystick)
    monkeypatch.setattr("hamlet_game.game.gamepads.controller.is_controller", lambda _: True)
    monkeypatch.setattr("hamlet_game.game.gamepads.controller.Controller", FakeController)
    pads = Gamepads([].append)
    pads.read(pygame.event.Event(pygame.JOYDEVICEADDED, device_index=0))
    facts = {"instance_id": 5, "button": 0}
    assert pads.read(pygame.event.Event(pygame.JOYBUTTONDOWN, facts)) == []
    assert len(pads.read(pygame.event.Event(pygame.CONTROLLERBUTTONDOWN, facts))) == 1


def test_buttons_are_rebound_likewise_and_all_can_be_reset(
    game_input: Input, settings: Settings
) -> None:
    [down] = send(game_input, pygame.JOYBUTTONDOWN, instance_id=0, button=13)
    assert isinstance(down, Press)
    assert down.button is not None
    assert button_name(down.button) == "button 14"
    game_input.rebind_button(Command.HELP, down.button)
    send(game_input, pygame.JOYBUTTONUP, instance_id=0, button=13)
    again = send(game_input, pygame.JOYBUTTONDOWN, instance_id=0, button=13)
    assert commands(again) == [{Command.HELP}]
    game_input.pad.reset()
    assert settings.pad == {}
    assert game_input.label(Command.HELP, "gamepad") == "F1"


def test_only_gamepads_that_are_plugged_in_are_named(
    game_input: Input, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(game_input, pygame.JOYBUTTONDOWN, instance_id=5, button=0)
    assert game_input.pad_names() == []  # events of one that never was announced

    class Plugged:
        def __init__(self, index: int) -> None:
            self.index = index

        def get_name(self) -> str:
            return f"Pad {self.index}"

        def get_instance_id(self) -> int:
            return self.index

    monkeypatch.setattr("pygame.joystick.Joystick", Plugged)
    monkeypatch.setattr("hamlet_game.game.gamepads.controller.is_controller", lambda _: False)
    for index in (1, 2):
        send(game_input, pygame.JOYDEVICEADDED, device_index=index)
    send(game_input, pygame.JOYDEVICEREMOVED, instance_id=1)
    assert game_input.pad_names() == ["Pad 2"]
