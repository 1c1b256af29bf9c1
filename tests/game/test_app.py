"""The real loop with real pygame events: the stack of scenes, and commands of any scene."""

from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from noting import DT, SIZE, Noting, post, tap

from hamlet_game import paths
from hamlet_game.game.app import App
from hamlet_game.game.events import Command, Release
from hamlet_game.game.scene import Pop, Push, Quit, Replace, Reset
from hamlet_game.game.services import Services
from hamlet_game.game.settings import load_settings

# Scenes and transitions.


def test_only_the_top_scene_lives_and_what_shows_through_is_drawn(
    open_app: Callable[..., App],
) -> None:
    hidden, below, top = Noting(), Noting(), Noting(opaque=False)
    app = open_app(hidden, below, top)
    assert (hidden.draws, below.draws, top.draws) == (0, 1, 1)
    assert (below.updates, top.updates) == ([], [DT])
    tap(app, pygame.K_SPACE)
    assert below.events == []
    assert top.commands == [{Command.INTERACT, Command.CONFIRM}]
    assert isinstance(top.events[-1], Release)


def test_transitions_change_the_stack(open_app: Callable[..., App]) -> None:
    first, second, third, fresh = (Noting() for _ in range(4))
    app = open_app(first)
    first.answer = Push(second)
    tap(app, pygame.K_SPACE)
    assert app.scenes == (first, second)
    second.answer = Replace(third)
    tap(app, pygame.K_SPACE)
    assert app.scenes == (first, third)
    assert first.heard == []
    third.answer = Pop()
    tap(app, pygame.K_SPACE)
    assert app.scenes == (first,)
    assert first.heard == ["resumed"]
    first.answer = Reset((second, fresh))
    tap(app, pygame.K_SPACE)
    assert app.scenes == (second, fresh)
    fresh.answer = Pop(2)
    assert tap(app, pygame.K_SPACE) is False
    assert app.scenes == ()


@pytest.mark.parametrize("way", ["quit", "close", "last scene"])
def test_ways_to_leave(open_app: Callable[..., App], way: str) -> None:
    scene = Noting()
    app = open_app(scene)
    if way == "close":
        post(pygame.QUIT)
        assert app.frame(DT) is False
        return
    scene.answer = Quit() if way == "quit" else Pop()
    assert tap(app, pygame.K_SPACE) is False


def test_events_after_a_transition_reach_the_new_scene(open_app: Callable[..., App]) -> None:
    first, second = Noting(), Noting()
    app = open_app(first)
    first.answer = Push(second)
    post(pygame.KEYDOWN, key=pygame.K_SPACE)
    post(pygame.KEYDOWN, key=pygame.K_r)
    app.frame(DT)
    assert first.commands == [{Command.INTERACT, Command.CONFIRM}]
    assert second.commands == [{Command.RESTART}]


# Commands that mean the same everywhere.


def test_mute_is_saved_and_told(open_app: Callable[..., App], services: Services) -> None:
    scene = Noting()
    app = open_app(scene)
    tap(app, pygame.K_m)
    assert app.toasts.sentences == ["Sound off"]
    assert services.settings.muted
    assert load_settings(paths.settings_file(), [].append).muted
    assert scene.commands == []


def test_screenshots_are_saved_and_told(open_app: Callable[..., App]) -> None:
    app = open_app(Noting((40, 80, 120)))
    tap(app, pygame.K_F12)
    [picture] = paths.screenshots().iterdir()
    assert picture.name.startswith("hamlet-20")
    saved = pygame.image.load(picture)
    assert saved.get_size() == SIZE
    assert saved.get_at((320, 320))[:3] == (40, 80, 120)  # without the toast that tells of it
    for _ in range(30):
        app.frame(DT)
    assert app.canvas.get_at((320, 320))[:3] != (40, 80, 120)  # which is there now


def test_a_screenshot_that_fails_is_a_sentence(open_app: Callable[..., App], home: Path) -> None:
    scene = Noting()
    app = open_app(scene)
    home.mkdir()
    paths.screenshots().write_text("a file where the folder should be")
    tap(app, pygame.K_F12)
    app.frame(DT)
    assert app.scenes == (scene,)
    [sentence] = app.toasts.sentences
    assert sentence.startswith("The screenshot can't be saved: ")


def test_unwritable_settings_are_told_once(services: Services, home: Path) -> None:
    home.write_text("a file where the folder should be")
    services.save_settings()
    services.notices.clear()
    services.save_settings()
    assert services.notices == []


def test_toasts_go_away(open_app: Callable[..., App], services: Services) -> None:
    app = open_app(Noting((0, 0, 0)))
    services.notify("Hello there")
    services.notify("Hello there")
    assert services.notices == ["Hello there"]
    bare = pygame.image.tobytes(app.canvas, "RGB")
    for _ in range(30):
        app.frame(DT)
    assert services.notices == []
    assert pygame.image.tobytes(app.canvas, "RGB") != bare
    for _ in range(60):
        app.frame(0.1)
    assert pygame.image.tobytes(app.canvas, "RGB") == bare
