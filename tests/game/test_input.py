"""Synthetic events go through pygame's real queue; no device is attached."""

from collections.abc import Iterator

import pygame
import pytest

from hamlet_game.game.bindings import ESSENTIAL, Bindings, button_name, pretty, share_a_context
from hamlet_game.game.events import Command, Event, Pointer, PointerKind, Press, Release, Typed
from hamlet_game.game.gamepads import Gamepads
from hamlet_game.game.input import Input
from hamlet_game.game.settings import Settings


@pytest.fixture(autouse=True)
def window() -> Iterator[None]:
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


def send(game_input: Input, kind: int, dt: float = 0.0, **facts: object) -> list[Event]:
    pygame.event.post(pygame.event.Event(kind, **facts))
    return game_input.poll(pygame.event.get(), dt)


def press(game_input: Input, key: int, **facts: object) -> list[Event]:
    return send(game_input, pygame.KEYDOWN, key=key, **facts)


def release(game_input: Input, key: int) -> list[Event]:
    return send(game_input, pygame.KEYUP, key=key)


def commands(events: list[Event]) -> list[set[Command]]:
    return [set(event.commands) for event in events if isinstance(event, Press)]


# Keys.


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        (pygame.K_UP, {Command.UP}), (pygame.K_a, {Command.LEFT}),
        (pygame.K_SPACE, {Command.INTERACT, Command.CONFIRM}), (pygame.K_RETURN, {Command.CONFIRM}),
        (pygame.K_ESCAPE, {Command.BACK, Command.PAUSE}), (pygame.K_PERIOD, {Command.STEP}),
        (pygame.K_LEFTBRACKET, {Command.SLOWER}), (pygame.K_EQUALS, {Command.FASTER}),
        (pygame.K_KP_PLUS, {Command.FASTER}), (pygame.K_PAGEDOWN, {Command.NEXT_EVENT}),
        (pygame.K_F12, {Command.SCREENSHOT}), (pygame.K_h, {Command.HELP}), (pygame.K_z, set()),
    ],
)  # fmt: skip
def test_keys_stand_for_commands(game_input: Input, key: int, meant: set[Command]) -> None:
    down = press(game_input, key)
    assert commands(down) == [meant]
    assert isinstance(down[0], Press)
    assert (down[0].key, down[0].repeat) == (key, False)
    assert release(game_input, key) == [Release(frozenset(meant))]


def test_shortcuts_of_the_system_are_not_commands(game_input: Input) -> None:
    assert commands(press(game_input, pygame.K_n, mod=pygame.KMOD_LCTRL)) == [set()]
    alt_enter = press(game_input, pygame.K_RETURN, mod=pygame.KMOD_LALT)
    assert commands(alt_enter) == [{Command.FULLSCREEN}]
    assert not game_input.held(Command.CONFIRM)


def test_letters_are_text_while_typing(game_input: Input) -> None:
    game_input.typing = True
    assert commands(press(game_input, pygame.K_w)) == [set()]
    assert commands(press(game_input, pygame.K_RETURN)) == [{Command.CONFIRM}]
    assert send(game_input, pygame.TEXTINPUT, text="w") == [Typed("w")]


def test_the_last_direction_wins(game_input: Input) -> None:
    assert game_input.held_direction() is None
    press(game_input, pygame.K_LEFT)
    press(game_input, pygame.K_w)
    assert game_input.held_direction() is Command.UP
    assert game_input.held(Command.LEFT)
    release(game_input, pygame.K_w)
    assert game_input.held_direction() is Command.LEFT
    release(game_input, pygame.K_LEFT)
    assert game_input.held_direction() is None
    assert not game_input.held(Command.LEFT)


def test_directions_repeat_while_held(game_input: Input) -> None:
    press(game_input, pygame.K_DOWN)
    frames = range(1, 61)  # 0.6 s in frames of 0.01 s
    times = [frame for frame in frames if game_input.poll([], 0.01)]
    assert times == [28, 40, 52]
    release(game_input, pygame.K_DOWN)
    assert game_input.poll([], 1.0) == []


def test_a_repeat_is_marked_and_other_keys_do_not_repeat(game_input: Input) -> None:
    press(game_input, pygame.K_SPACE)
    assert game_input.poll([], 1.0) == []
    press(game_input, pygame.K_UP)
    assert game_input.poll([], 0.3) == [Press(frozenset({Command.UP}), repeat=True)]


def test_a_slow_frame_gives_one_repeat_only(game_input: Input) -> None:
    press(game_input, pygame.K_UP)
    assert len(game_input.poll([], 5.0)) == 1


def test_a_new_scene_inherits_no_repeats(game_input: Input) -> None:
    press(game_input, pygame.K_UP)
    game_input.settle()
    assert game_input.poll([], 1.0) == []
    assert game_input.held_direction() is Command.UP
    release(game_input, pygame.K_UP)
    press(game_input, pygame.K_UP)
    assert len(game_input.poll([], 1.0)) == 1


def test_everything_can_be_let_go(game_input: Input) -> None:
    press(game_input, pygame.K_UP)
    press(game_input, pygame.K_SPACE)
    assert game_input.release_all() == [
        Release(frozenset({Command.UP})),
        Release(frozenset({Command.INTERACT, Command.CONFIRM})),
    ]
    assert game_input.held_direction() is None
    assert release(game_input, pygame.K_UP) == []


# Gamepads.


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


# The mouse.


def test_the_pointer_is_in_canvas_units(game_input: Input) -> None:
    game_input.viewport = (0, 100, 640, 360)  # half size, bars above and below
    down = send(game_input, pygame.MOUSEBUTTONDOWN, pos=(320, 280), button=1)
    assert down == [Pointer(PointerKind.DOWN, 640, 360)]
    move = send(game_input, pygame.MOUSEMOTION, pos=(0, 100), rel=(1, 0), buttons=(1, 0, 0))
    assert move == [Pointer(PointerKind.MOVE, 0, 0, held=True)]
    wheel = send(game_input, pygame.MOUSEWHEEL, x=0, y=-2)
    assert wheel == [Pointer(PointerKind.WHEEL, 0, 0, wheel=-2)]
    assert send(game_input, pygame.MOUSEBUTTONDOWN, pos=(1, 1), button=3) == []
    assert game_input.last_device == "mouse"


# Names and rebinding.


def test_labels_follow_the_device_in_use(game_input: Input) -> None:
    assert game_input.label(Command.INTERACT) == "Space"
    assert game_input.label(Command.PAUSE) == "Esc"
    assert game_input.label(Command.UP) == "↑"
    send(game_input, pygame.JOYBUTTONDOWN, instance_id=0, button=0)
    assert game_input.label(Command.INTERACT) == "A"
    assert game_input.label(Command.SLOWER) == "LB"
    assert game_input.label(Command.HELP) == "F1"  # no button: the key
    assert game_input.label(Command.INTERACT, "keyboard") == "Space"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("page down", "PgDn"), ("[+]", "Keypad +"), ("[", "["), ("f11", "F11"), ("lb", "LB"),
        ("dpad_up", "D-pad ↑"), ("button 14", "Button 14"), ("left shift", "Left Shift"),
    ],
)  # fmt: skip
def test_names_people_know(name: str, label: str) -> None:
    assert pretty(name) == label


def test_rebinding_takes_effect_and_is_kept(game_input: Input, settings: Settings) -> None:
    assert game_input.rebind_key(Command.STEP, pygame.K_x) is None
    assert commands(press(game_input, pygame.K_x)) == [{Command.STEP}]
    assert commands(press(game_input, pygame.K_PERIOD)) == [set()]
    assert settings.keys == {"STEP": ["x"]}
    again = Input(settings, [].append)
    assert again.label(Command.STEP) == "X"


def test_a_second_key_can_be_set(game_input: Input) -> None:
    game_input.rebind_key(Command.UP, pygame.K_i, slot=1)
    assert game_input.keys.names(Command.UP) == ("up", "i")
    game_input.rebind_key(Command.STEP, pygame.K_x, slot=1)
    assert game_input.keys.names(Command.STEP) == (".", "x")


def test_a_command_with_other_keys_loses_a_taken_one(game_input: Input) -> None:
    sentence = game_input.rebind_key(Command.STEP, pygame.K_w)
    assert sentence == "W was Up, which is now ↑."
    assert commands(press(game_input, pygame.K_w)) == [{Command.STEP}]


def test_a_command_with_one_key_swaps(game_input: Input) -> None:
    sentence = game_input.rebind_key(Command.RESTART, pygame.K_n)
    assert sentence == "N was New town, which is now R."
    assert commands(press(game_input, pygame.K_r)) == [{Command.NEW_TOWN}]


def test_menu_and_town_may_share_a_key(game_input: Input) -> None:
    assert game_input.rebind_key(Command.STEP, pygame.K_RETURN) is None
    assert commands(press(game_input, pygame.K_RETURN)) == [{Command.STEP, Command.CONFIRM}]
    assert share_a_context(Command.UP, Command.STEP)
    assert not share_a_context(Command.CONFIRM, Command.INTERACT)


def test_essential_commands_always_have_a_key(game_input: Input, settings: Settings) -> None:
    game_input.rebind_key(Command.STEP, pygame.K_w)  # UP has only the arrow left
    sentence = game_input.rebind_key(Command.FREEZE, pygame.K_UP, slot=1)
    assert sentence == "↑ stays with Up, which needs a key."
    settings.keys = {command.name: [] for command in Command}
    bare = Bindings(settings, "keyboard")
    assert {command for command in Command if bare.names(command)} == ESSENTIAL


def test_a_swap_never_makes_a_new_conflict(settings: Settings) -> None:
    settings.keys = {"RIGHT": ["right"]}
    bindings = Bindings(settings, "keyboard")
    # RIGHT can't have Space, which still confirms in menus.
    assert bindings.rebind(Command.INTERACT, "right") == "→ stays with Right, which needs a key."
    assert bindings.names(Command.INTERACT) == ("space",)


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


def test_keys_are_taken_away_but_never_the_last_that_is_needed(
    game_input: Input, settings: Settings
) -> None:
    assert game_input.keys.clear(Command.GHOST) is None
    assert game_input.label(Command.GHOST) == ""
    assert settings.keys == {"GHOST": []}
    game_input.rebind_key(Command.PAUSE, pygame.K_q)
    said = game_input.keys.clear(Command.PAUSE)
    assert said == "Pause menu can't be left without; it has its first keys again."
    assert game_input.label(Command.PAUSE) == "Esc"
    said = game_input.pad.clear(Command.UP)
    assert said == "Up can't be left without; it has its first buttons again."


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
