"""Toasts lie where nothing is to be read, in every scene, and say what they say often enough."""

from __future__ import annotations

import pygame
import pytest
from driver import CATALOG, DT
from eyes import Eyes
from tour import SCENES

from hamlet_game import paths
from hamlet_game.game.app import App, WindowOptions
from hamlet_game.game.audio import NO_DEVICE
from hamlet_game.game.play.blocks import PAD
from hamlet_game.game.scene import Scene
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.services import Services, open_services
from hamlet_game.game.settings import load_settings
from hamlet_game.game.toasts import EDGE, PAD_X, PAD_Y, Toasts
from hamlet_game.game.ui.widget import BODY
from hamlet_game.town.names import Action

TOWNS = ("life", "watch", "versus", "ages", "replay", "city")  # where something goes on
BARE = ("title", "level map", "level card", "results", "results, died", "settings, sound",
        "versus setup", "versus result", "ages setup", "training start", "death", "what if",
        "lab, clip", "help, page 1", "demo, beginner", "demo, versus")  # fmt: skip


def looked(scenes: list[Scene], size: tuple[int, int] = (1280, 720), scale: float = 1.0) -> Eyes:
    """Draw what is on screen, twice, as widgets settle with the first."""
    eyes = Eyes(size, scale)
    for _ in range(2):
        eyes.seen, eyes.quiet = [], None
        for scene in scenes:
            scene.draw(eyes)
    return eyes


def toast_box(eyes: Eyes, *sentences: str) -> pygame.FRect:
    """Draw toasts and return the box around their cards."""
    toasts, before = Toasts(list(sentences)), len(eyes.seen)
    toasts.update(0.0)
    toasts.update(1.0)
    toasts.draw(eyes)
    boxes = [box.inflate(2 * PAD_X, 2 * PAD_Y) for _, box in eyes.seen[before:]]
    del eyes.seen[before:]
    return boxes[0].unionall(boxes[1:])


def covered(eyes: Eyes, box: pygame.FRect) -> list[str]:
    common = [(text, place.clip(box)) for text, place in eyes.seen]
    return [text for text, part in common if part.w > 3 and part.h > 3]


@pytest.mark.parametrize("name", [*TOWNS, *BARE])
def test_no_word_is_covered(name: str, services: Services) -> None:
    scenes = list(SCENES[name](services))
    for _ in range(30):
        scenes[-1].update(DT)
    lowest = max(k for k, scene in enumerate(scenes) if scene.opaque)
    eyes = looked(scenes[lowest:])
    assert not covered(eyes, toast_box(eyes, NO_DEVICE))


@pytest.mark.parametrize("name", TOWNS)
@pytest.mark.parametrize("size", [(1280, 720), (720, 1280)])
def test_large_toasts_cover_no_meter_and_no_title(
    name: str, size: tuple[int, int], services: Services
) -> None:
    scenes = list(SCENES[name](services))
    if size[1] > size[0] and not scenes[-1].upright:
        return
    eyes = looked(scenes[-1:], size, 2.0)
    box = toast_box(eyes, NO_DEVICE, "Sound off")
    assert pygame.FRect(0, 0, *eyes.size).contains(box)
    assert not covered(eyes, box)


def test_the_newest_happening_stays_in_sight(services: Services) -> None:
    scene = routes.life(services, CATALOG.find("rush_hour"), 7)
    assert isinstance(scene, LifeScene)
    for _ in range(60):
        scene.record.act(Action.INTERACT)
    eyes = looked([scene])
    ticker = eyes.quiet
    assert ticker is not None
    assert ticker.x > 640, "the panel's last card"
    newest = pygame.FRect(ticker.x, ticker.y + PAD, ticker.w, eyes.line_height(BODY))
    box = toast_box(eyes, NO_DEVICE)
    assert ticker.contains(box)
    assert not box.colliderect(newest)


def test_they_stand_at_the_foot_one_above_the_other() -> None:
    eyes = Eyes()
    one, two = toast_box(eyes, "One"), toast_box(eyes, "One", "Two")
    assert one.bottom == two.bottom < 690, "above key hints"
    assert two.h > 2 * one.h
    eyes.quiet = pygame.FRect(100, 0, 300, 60)
    small = toast_box(eyes, "One", "Two", "Three")
    assert small.centerx == pytest.approx(250, abs=1)
    assert small.top == EDGE, "what is too tall for the place stays on the canvas"


def test_no_sound_device_is_told_once_until_there_was_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(*_: object) -> None:
        raise pygame.error("ALSA: Couldn't open audio device")

    def started() -> list[str]:
        services = open_services(CATALOG)
        services.start_sound()
        services.audio.stop()
        return services.notices

    with monkeypatch.context() as silent:
        silent.setattr(pygame.mixer, "init", nothing)
        assert started() == [NO_DEVICE]
        assert load_settings(paths.settings_file(), print).silence_told
        assert started() == []
    assert started() == []
    assert not load_settings(paths.settings_file(), print).silence_told
    monkeypatch.setattr(pygame.mixer, "init", nothing)
    assert started() == [NO_DEVICE]


def test_the_sound_settings_go_on_saying_it(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_: object) -> None:
        raise pygame.error("ALSA: Couldn't open audio device")

    monkeypatch.setattr(pygame.mixer, "init", nothing)
    services.settings.silence_told = True
    app = App(services, WindowOptions())
    app.start(SCENES["settings, sound"](services))
    app.frame(DT)
    assert services.audio.missing
    assert app.toasts.sentences == []
    shown = SCENES["settings, sound"](services)
    assert NO_DEVICE in [part.text for part in shown[-1].form.widgets if hasattr(part, "text")]
    app.close()
