"""The app's window: its size and shape, full screen, and that it is left or minimised."""

from collections.abc import Callable

import pygame
import pytest
from noting import DT, SIZE, Noting, post, tap

from hamlet_game.game.app import App, WindowOptions
from hamlet_game.game.display import canvas_size, letterbox
from hamlet_game.game.events import Command, Pointer, Release
from hamlet_game.game.presence import SETTLING_S
from hamlet_game.game.scene import Push, Transition
from hamlet_game.game.services import Services, open_services
from hamlet_game.town.catalog import Catalog


class Covering(Noting):
    """A live scene: covers itself when the window is left."""

    def focus_lost(self) -> Transition | None:
        super().focus_lost()
        return Push(Noting(opaque=False))


# Full screen.


def test_fullscreen_fills_the_desktop_and_back(
    open_app: Callable[..., App], services: Services
) -> None:
    app = open_app(Noting())
    tap(app, pygame.K_F11)
    assert services.settings.fullscreen
    assert pygame.display.get_window_size() == pygame.display.get_desktop_sizes()[0]
    tap(app, pygame.K_F11)
    assert not services.settings.fullscreen
    assert pygame.display.get_window_size() == SIZE


def test_the_window_opens_as_it_was_left(catalog: Catalog) -> None:
    services = open_services(catalog)
    services.settings.fullscreen = True
    desktop = None
    for size in (None, SIZE):  # a size that was asked for wins, and changes no setting
        app = App(services, WindowOptions(size=size))
        app.start([Noting()])
        app.frame(DT)
        desktop = desktop or pygame.display.get_desktop_sizes()[0]
        assert pygame.display.get_window_size() == (size or desktop)
        assert services.settings.fullscreen
        app.close()


def test_fullscreen_that_fails_is_told(
    open_app: Callable[..., App], services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(Noting())

    set_mode = pygame.display.set_mode

    def refuse(size: tuple[int, int], flags: int) -> pygame.Surface:
        if flags == pygame.FULLSCREEN:
            raise pygame.error("no such mode")
        return set_mode(size, flags)

    monkeypatch.setattr(pygame.display, "set_mode", refuse)
    tap(app, pygame.K_F11)
    assert not services.settings.fullscreen
    assert app.toasts.sentences == ["Fullscreen is not possible here: no such mode."]


# The window.


@pytest.mark.parametrize(
    ("window", "area"),
    [
        ((1280, 720), (0, 0, 1280, 720)),
        ((1000, 1000), (0, 219, 1000, 562)),
        ((2000, 720), (360, 0, 1280, 720)),
        ((1, 1), (0, 0, 1, 1)),
    ],
)
def test_the_canvas_is_letterboxed(window: tuple[int, int], area: tuple[int, ...]) -> None:
    assert tuple(letterbox(window)) == area


@pytest.mark.parametrize(
    ("area", "size"),
    [((1280, 720), (1280, 720)), ((3840, 2160), (1920, 1080)), ((160, 90), (320, 180))],
)
def test_huge_and_tiny_windows_are_scaled(area: tuple[int, int], size: tuple[int, int]) -> None:
    assert canvas_size(area) == size


@pytest.mark.parametrize("size", [(200, 100), (16, 9), (1, 1), (100, 900), (3840, 2160)])
def test_any_window_size_can_be_drawn(
    open_app: Callable[..., App], services: Services, size: tuple[int, int]
) -> None:
    services.notify("A sentence that has to be drawn in any window")
    app = open_app(Noting((40, 80, 120)), size=size)
    for _ in range(3):
        assert app.frame(DT)
    screen = pygame.display.get_surface()
    assert screen is not None
    assert screen.get_size() == size
    middle = screen.get_at((size[0] // 2, size[1] // 2))[:3]
    assert size == (1, 1) or middle == pytest.approx((40, 80, 120), abs=3)  # scaling rounds


def test_resizing_keeps_pointer_and_picture_together(open_app: Callable[..., App]) -> None:
    scene = Noting()
    app = open_app(scene)
    pygame.display.set_mode((1000, 1000), pygame.RESIZABLE)
    app.frame(DT)
    post(pygame.MOUSEBUTTONDOWN, pos=(500, 500), button=1)
    app.frame(DT)
    pointer = scene.events[-1]
    assert isinstance(pointer, Pointer)
    assert (pointer.x, pointer.y) == pytest.approx((640, 360), abs=1)
    assert app.canvas.get_size() == (1000, 562)


def test_window_scale_follows_the_settings(
    open_app: Callable[..., App], services: Services
) -> None:
    app = open_app(Noting())
    services.settings.window_scale = 0.5
    app.frame(DT)
    assert pygame.display.get_window_size() == (640, 360)
    services.settings.window_scale = 3.0  # more than the desktop has room for
    app.frame(DT)
    wide, high = pygame.display.get_window_size()
    desktop = pygame.display.get_desktop_sizes()[0]
    assert wide < desktop[0]
    assert high < desktop[1]
    assert wide / high == pytest.approx(16 / 9, rel=0.01)


def test_leaving_the_window_lets_go_and_tells_once(open_app: Callable[..., App]) -> None:
    scene = Covering()
    app = open_app(scene)
    post(pygame.KEYDOWN, key=pygame.K_UP)
    app.frame(SETTLING_S)
    post(pygame.WINDOWFOCUSLOST)
    post(pygame.WINDOWMINIMIZED)
    app.frame(DT)
    assert scene.heard == ["focus lost"]
    assert scene.events[-1] == Release(frozenset({Command.UP}))
    assert len(app.scenes) == 2
    assert app.services.input.held_direction() is None
    post(pygame.JOYBUTTONDOWN, instance_id=0, button=0)  # meant for another window
    app.frame(DT)
    post(pygame.WINDOWFOCUSGAINED)
    post(pygame.JOYBUTTONDOWN, instance_id=0, button=1)
    app.frame(DT)
    cover = app.scenes[1]
    assert isinstance(cover, Noting)
    assert cover.commands == [{Command.BACK, Command.SKIP}]


def test_switching_to_fullscreen_is_not_leaving(open_app: Callable[..., App]) -> None:
    scene = Noting()
    app = open_app(scene)
    app.frame(SETTLING_S)
    tap(app, pygame.K_F11)
    post(pygame.WINDOWFOCUSLOST)
    app.frame(DT)
    post(pygame.WINDOWFOCUSGAINED)
    app.frame(SETTLING_S)
    assert scene.heard == []
    tap(app, pygame.K_F11)
    post(pygame.WINDOWFOCUSLOST)
    app.frame(DT)
    app.frame(SETTLING_S)  # it did not come back
    assert scene.heard == ["focus lost"]


def test_a_minimised_window_lives_on_undrawn(open_app: Callable[..., App]) -> None:
    scene = Noting()
    app = open_app(scene)
    post(pygame.WINDOWMINIMIZED)
    app.frame(DT)
    app.frame(0.1)
    assert scene.draws == 1
    assert scene.updates == [DT, DT, 0.1]
    post(pygame.WINDOWRESTORED)
    app.frame(DT)
    assert scene.draws == 2
