"""The real loop with real pygame events, on scenes that only note what happens to them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest

from hamlet_game import paths
from hamlet_game.game import display, pacing
from hamlet_game.game.app import SETTLING_S, App, WindowOptions, run
from hamlet_game.game.display import NoDisplay, canvas_size, letterbox
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command, Event, Pointer, Press, Release
from hamlet_game.game.pacing import Pacer, summary_ms
from hamlet_game.game.scene import Pop, Push, Quit, Replace, Reset, Scene, Transition
from hamlet_game.game.services import Services, open_services
from hamlet_game.game.settings import Settings, load_settings
from hamlet_game.town.catalog import Catalog

DT = 1 / 60
SIZE = (640, 360)


class Noting(Scene):
    """A plain coloured scene that notes what it is told and answers as it was asked to."""

    def __init__(self, color: tuple[int, int, int] = (40, 80, 120), *, opaque: bool = True) -> None:
        self.color = color
        self.opaque = opaque
        self.events: list[Event] = []
        self.updates: list[float] = []
        self.draws = 0
        self.heard: list[str] = []
        self.answer: Transition | None = None

    def handle(self, event: Event) -> Transition | None:
        self.events.append(event)
        return self._take() if isinstance(event, Press) else None

    def update(self, dt: float) -> Transition | None:
        self.updates.append(dt)
        return None

    def draw(self, painter: Painter) -> None:
        self.draws += 1
        if self.opaque:
            painter.fill(self.color)

    def resumed(self) -> None:
        self.heard.append("resumed")

    def focus_lost(self) -> Transition | None:
        self.heard.append("focus lost")
        return None

    def _take(self) -> Transition | None:
        answer, self.answer = self.answer, None
        return answer

    @property
    def commands(self) -> list[set[Command]]:
        return [set(event.commands) for event in self.events if isinstance(event, Press)]


class Covering(Noting):
    """A live scene: covers itself when the window is left."""

    def focus_lost(self) -> Transition | None:
        super().focus_lost()
        return Push(Noting(opaque=False))


class Failing(Noting):
    def update(self, dt: float) -> Transition | None:
        raise ZeroDivisionError(f"after {dt} s")


@pytest.fixture
def catalog() -> Catalog:
    return Catalog(())


@pytest.fixture
def services(catalog: Catalog) -> Services:
    return open_services(catalog)


@pytest.fixture
def open_app(services: Services) -> Iterator[Callable[..., App]]:
    apps = []

    def opened(*scenes: Scene, size: tuple[int, int] = SIZE) -> App:
        app = App(services, WindowOptions(size=size))
        apps.append(app)
        app.start(scenes)
        app.frame(DT)
        return app

    yield opened
    for app in apps:
        app.close()


def post(kind: int, **facts: object) -> None:
    pygame.event.post(pygame.event.Event(kind, **facts))


def tap(app: App, key: int) -> bool:
    post(pygame.KEYDOWN, key=key)
    post(pygame.KEYUP, key=key)
    return app.frame(DT)


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


# The clock.


def test_frames_are_even_and_long_ones_are_cut() -> None:
    pacer = Pacer()
    pacer.wait(60)
    steps = [pacer.wait(200) for _ in range(20)]
    assert sum(steps) == pytest.approx(0.1, abs=0.05)
    pygame.time.wait(150)
    assert pacer.wait(60) == pacing.LONGEST_STEP
    assert len(pacer.intervals) == 21
    assert max(pacer.work) >= 0.15


def test_summaries_are_in_milliseconds() -> None:
    times = [0.010] * 98 + [0.020, 0.050]
    assert summary_ms(times) == {"median": 10, "p99": 20, "worst": 50}
    assert summary_ms([]) == {"median": 0, "p99": 0, "worst": 0}


# The whole program.


def test_run_draws_so_many_frames_and_reports(
    catalog: Catalog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "shots" / "last.png"
    scene = Noting((1, 2, 3))
    options = WindowOptions(frames=5, screenshot=picture, json=True, size=SIZE)
    assert run(lambda _: (scene,), options, catalog) == 0
    assert scene.draws == 5
    numbers = json.loads(capsys.readouterr().out)
    assert numbers["frames"] == 5
    assert numbers["first_frame_s"] > 0
    assert set(numbers["frame_ms"]) == set(numbers["work_ms"]) == {"median", "p99", "worst"}
    assert pygame.image.load(picture).get_at((0, 0))[:3] == (1, 2, 3)
    assert not pygame.display.get_init()


def test_a_screenshot_that_cannot_be_saved_fails_in_one_sentence(
    catalog: Catalog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    options = WindowOptions(frames=1, screenshot=tmp_path / "file" / "a.png", size=SIZE)
    assert run(lambda _: (Noting(),), options, catalog) == 1
    assert capsys.readouterr().err.startswith("The screenshot can't be saved as ")


def test_a_fault_is_logged_and_told_in_one_sentence(
    catalog: Catalog, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(lambda _: (Failing(),), WindowOptions(frames=600, size=SIZE), catalog) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert str(home / "hamlet.log") in told.err
    assert "ZeroDivisionError: after" in (home / "hamlet.log").read_text()
    assert not pygame.display.get_init()


def test_broken_files_are_told_in_the_window(catalog: Catalog, home: Path) -> None:
    home.mkdir()
    (home / "settings.yaml").write_text("{")
    (home / "scores.json").write_text("{")
    services = open_services(catalog)
    assert services.settings == Settings()
    app = App(services, WindowOptions(size=SIZE))
    app.start([Noting()])
    app.frame(DT)
    app.close()
    assert [sentence[:8] for sentence in app.toasts.sentences] == ["Settings", "The scor"]


def test_everything_can_be_unlocked(services: Services) -> None:
    assert services.unlocked(["one", "two"]) == {"one"}
    services.settings.unlock_all = True
    assert services.unlocked(["one", "two"]) == {"one", "two"}


@pytest.mark.parametrize("driver", ["offscreen", "dummy"])
def test_a_screen_that_nobody_sees_is_no_display(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, driver: str
) -> None:
    monkeypatch.delenv("SDL_VIDEODRIVER")
    monkeypatch.setattr(display.pygame.display, "init", lambda: None)
    monkeypatch.setattr(display.pygame.display, "get_driver", lambda: driver)
    with pytest.raises(NoDisplay, match="No display was found") as caught:
        run(lambda _: (Noting(),), WindowOptions(), catalog)
    assert "levels check" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_video_driver_that_fails_is_no_display(catalog: Catalog) -> None:
    program = (
        "from hamlet_game.game.app import run, WindowOptions\n"
        "from hamlet_game.game.display import NoDisplay\n"
        "try: run(lambda _: (), WindowOptions(), None)\n"
        "except NoDisplay as error: print(error)\n"
    )
    environment = {**os.environ, "SDL_VIDEODRIVER": "no such driver"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert catalog is not None
    assert done.stdout.startswith("No display was found (")
    assert done.stderr == ""


def test_the_window_needs_no_torch_and_little_time() -> None:
    program = "import sys, hamlet_game.game.app; print('torch' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
