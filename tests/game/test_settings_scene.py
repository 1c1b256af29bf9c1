"""The settings: what a change does, that it is saved, and the way back to normal."""

from __future__ import annotations

import pygame
import pytest
from eyes import SIZES, Eyes, press

from hamlet_game import paths
from hamlet_game.game.bindings import BUTTONS
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command, Pointer, PointerKind
from hamlet_game.game.scene import Pop, Push
from hamlet_game.game.scenes.settings import SettingsScene
from hamlet_game.game.scenes.settings_pages import PAGES
from hamlet_game.game.score_models import Result
from hamlet_game.game.scores import Scores
from hamlet_game.game.services import Services
from hamlet_game.game.settings import load_settings
from hamlet_game.game.ui.keybind import KeyBind
from hamlet_game.game.ui.setting import Setting
from hamlet_game.game.ui.slider import Slider
from hamlet_game.game.ui.widget import Widget

NAMES = [page.name for page in PAGES]


def opened(services: Services, page: str = "Display") -> SettingsScene:
    scene = SettingsScene(services)
    for _ in range(NAMES.index(page)):
        scene.handle(press(Command.FASTER))
    draw(scene)
    return scene


def draw(scene: SettingsScene, scale: float = 1.0) -> None:
    scene.draw(Painter(pygame.Surface((1280, 720)), text_scale=scale))


def row(scene: SettingsScene, label: str) -> Widget:
    found = [w for w in scene.form.widgets if getattr(w, "label", getattr(w, "text", "")) == label]
    assert found, label
    scene.form.focus_on(found[0])
    return found[0]


def saved(services: Services) -> object:
    on_disk = load_settings(paths.settings_file(), services.notify)
    assert on_disk == services.settings
    return on_disk


def test_the_shoulders_turn_the_pages_round(services: Services) -> None:
    scene = SettingsScene(services)
    seen = []
    for _ in PAGES:
        seen.append(scene.page.name)
        scene.handle(press(Command.FASTER))
    assert seen == NAMES
    assert scene.page.name == NAMES[0]


@pytest.mark.parametrize("page", NAMES)
def test_every_row_of_every_page_can_be_reached(services: Services, page: str) -> None:
    assert opened(services, page).form.unreachable() == []


@pytest.mark.parametrize(
    ("page", "label", "field", "value"),
    [
        ("Display", "Fullscreen", "fullscreen", True),
        ("Display", "Window size", "window_scale", 1.25),
        ("Display", "Text size", "text_scale", 1.05),
        ("Display", "Colours", "palette", "colour-blind"),
        ("Display", "Reduced motion", "reduced_motion", True),
        ("Sound", "Effects", "effects_volume", 0.85),
        ("Sound", "Music", "music_volume", 0.55),
        ("Sound", "Mute everything", "muted", True),
        ("Game", "Tempo", "tempo", "live"),
        ("Game", "Live speed", "speed", 2.0),
        ("Game", "Save every replay", "save_replays", True),
        ("Game", "Open all levels", "unlock_all", True),
        ("Stream", "Feed", "feed", "clean"),
        ("Stream", "Key colour", "chroma", True),
        ("Stream", "Show keys", "key_overlay", True),
        ("Stream", "Upright window", "portrait", True),
        ("Stream", "Large text", "text_scale", 1.5),
        ("Stream", "Capture-safe colours", "palette", "capture-safe"),
    ],
)
def test_a_change_is_in_force_at_once_and_saved(
    services: Services, page: str, label: str, field: str, value: object
) -> None:
    scene = opened(services, page)
    row(scene, label)
    scene.handle(press(Command.RIGHT))
    assert getattr(services.settings, field) == value
    saved(services)


def test_what_is_on_goes_off(services: Services) -> None:
    scene = opened(services, "Game")
    for label in ("Show my ghost", "Demo when idle"):
        row(scene, label)
        scene.handle(press(Command.CONFIRM))
    assert services.settings.ghost is False
    assert services.settings.idle_demo is False


def test_a_window_size_of_ones_own_is_kept_among_the_choices(services: Services) -> None:
    services.settings.window_scale = 1.37
    scene = opened(services)
    choice = row(scene, "Window size")
    scene.handle(press(Command.RIGHT))
    scene.handle(press(Command.LEFT))
    assert services.settings.window_scale == 1.37
    assert isinstance(choice, Setting)


def test_larger_text_lays_the_page_out_anew(services: Services) -> None:
    scene = opened(services)
    slider = row(scene, "Text size")
    assert isinstance(slider, Slider)
    before = slider.box.h
    slider.set(2.0)
    draw(scene, services.settings.text_scale)
    assert slider.box.h > 1.3 * before


def test_a_shortcut_pressed_meanwhile_shows(services: Services) -> None:
    scene = opened(services, "Sound")
    toggle = row(scene, "Mute everything")
    services.settings.muted = True
    scene.update(1 / 60)
    assert getattr(toggle, "value", None) is True


def test_a_new_key_replaces_the_old_one_and_says_who_lost_it(services: Services) -> None:
    scene = opened(services, "Keyboard")
    bind = row(scene, Command.STEP.value)
    assert isinstance(bind, KeyBind)
    scene.handle(press(Command.CONFIRM))
    assert scene.form.capturing
    scene.handle(press(Command.TEMPO, key=pygame.K_t))
    assert bind.keys() == ["T"]
    assert services.notices == ["T was Step / live tempo, which is now .."]
    assert services.input.label(Command.STEP) == "T"
    saved(services)


def test_a_gamepad_button_is_no_key(services: Services) -> None:
    scene = opened(services, "Keyboard")
    bind = row(scene, Command.STEP.value)
    assert isinstance(bind, KeyBind)
    scene.handle(press(Command.CONFIRM))
    scene.handle(press(button=3))
    assert bind.keys() == ["."]
    assert "no key of the keyboard" in services.notices[0]


def test_a_gamepad_button_can_be_bound(services: Services) -> None:
    scene = opened(services, "Gamepad")
    bind = row(scene, Command.SAVE_REPLAY.value)
    assert isinstance(bind, KeyBind)
    assert bind.keys() == []
    scene.handle(press(Command.CONFIRM))
    scene.handle(press(button=BUTTONS.index("guide")))
    assert bind.keys() == ["Guide"]


def test_keys_can_be_taken_away_but_not_all_that_is_needed(services: Services) -> None:
    scene = opened(services, "Keyboard")
    for command, left in ((Command.GHOST, []), (Command.UP, ["↑", "W"])):
        bind = row(scene, command.value)
        assert isinstance(bind, KeyBind)
        bind.on_clear()
        assert bind.keys() == left
    assert "can't be left without" in services.notices[-1]
    assert services.input.label(Command.GHOST) == ""
    saved(services)


def test_defaults_are_asked_for_and_come_back_for_that_page_only(services: Services) -> None:
    services.settings.muted = True
    services.settings.music_volume = 0.1
    services.settings.tempo = "live"
    scene = opened(services, "Sound")
    row(scene, "Sound defaults")
    asked = scene.handle(press(Command.CONFIRM))
    assert isinstance(asked, Push)
    _agree(asked)
    assert (services.settings.muted, services.settings.music_volume) == (False, 0.5)
    assert services.settings.tempo == "live"
    scene.resumed()
    assert getattr(row(scene, "Music"), "value", None) == 0.5


def _agree(asked: Push) -> None:
    asked.scene.draw(Painter(pygame.Surface((1280, 720))))
    asked.scene.handle(press(Command.RIGHT))
    assert isinstance(asked.scene.handle(press(Command.CONFIRM)), Pop)


def test_keys_come_back_to_their_first_ones(services: Services) -> None:
    services.input.rebind_key(Command.GHOST, pygame.K_z)
    scene = opened(services, "Keyboard")
    row(scene, "Keyboard defaults")
    asked = scene.handle(press(Command.CONFIRM))
    assert isinstance(asked, Push)
    _agree(asked)
    assert services.input.label(Command.GHOST) == "G"


def test_scores_are_forgotten_only_after_yes(services: Services) -> None:
    services.scores.record(Result("01_first_night", 3, 900, 2, 50, b""))
    scene = opened(services, "Data")
    row(scene, "Forget all scores and stars")
    asked = scene.handle(press(Command.CONFIRM))
    assert isinstance(asked, Push)
    assert isinstance(asked.scene.handle(press(Command.BACK)), Pop)
    assert services.scores.best("01_first_night").plays == 1
    again = scene.handle(press(Command.CONFIRM))
    assert isinstance(again, Push)
    _agree(again)
    assert services.scores.best("01_first_night").plays == 0
    assert Scores(paths.data() / "scores.json", services.notify).best("01_first_night").plays == 0


def test_the_mouse_drags_a_slider(services: Services) -> None:
    scene = opened(services, "Sound")
    slider = row(scene, "Music")
    assert isinstance(slider, Slider)
    draw(scene)
    x, y = slider.part.left + 12, slider.box.centery
    scene.handle(Pointer(PointerKind.DOWN, x, y))
    scene.handle(Pointer(PointerKind.MOVE, x - 300, y, held=True))
    assert services.settings.music_volume == 0.0


@pytest.mark.parametrize("page", NAMES)
@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_no_word_is_cut_off_or_covered(
    services: Services, size: tuple[int, int], scale: float, page: str
) -> None:
    scene = opened(services, page)
    eyes = Eyes(size, scale)
    eyes.look_at(scene)
    eyes.assert_tidy()
