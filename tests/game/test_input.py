"""Keys, the mouse, their names and new meanings; events go through pygame's real queue."""

import pygame
import pytest
from key_events import commands, press, release, send

from hamlet_game.game.bindings import ESSENTIAL, Bindings, pretty, share_a_context
from hamlet_game.game.events import Command, Pointer, PointerKind, Press, Release, Typed
from hamlet_game.game.input import Input
from hamlet_game.game.settings import Settings

pytestmark = pytest.mark.usefixtures("window")


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
