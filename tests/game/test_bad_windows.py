"""Windows of any size, left, closed, interrupted or open twice: nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest
from driver import Player
from running import GAME, LIVE, ROOT, environment
from tour import CATALOG, SCENES, fill_shelf

from hamlet_game.game.events import Command
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scores import Scores
from hamlet_game.game.services import open_services

# The window.


@pytest.mark.parametrize("size", [(16, 9), (80, 700), (3840, 2160)])
def test_any_window_shows_every_scene(size: tuple[int, int]) -> None:
    fill_shelf()
    names = ["title", "life", "watch", "versus", "replay", "lab"]
    if size[0] < 80:  # one of each kind: pages of help or settings are alike here
        names = list(
            {name.partition(",")[0].rstrip("0123456789 "): name for name in SCENES}.values()
        )
    for name in names:
        player = Player(SCENES[name], size=size)
        player.frames(2)
        player.close()


def test_a_storm_of_sizes() -> None:
    player = Player(SCENES["life"], size=(640, 360))
    for wide, high in [(120, 80), (1920, 200), (1, 1), (300, 1080), (1280, 720)] * 4:
        pygame.display.set_mode((wide, high), pygame.RESIZABLE)
        for kind in (pygame.WINDOWRESIZED, pygame.WINDOWSIZECHANGED, pygame.VIDEORESIZE):
            facts = {"w": wide, "h": high, "size": (wide, high)}
            pygame.event.post(pygame.Event(kind, x=wide, y=high, **facts))
        pygame.event.post(pygame.Event(pygame.MOUSEMOTION, pos=(5, 5), rel=(1, 1), buttons=(0,)))
        player.frames(2)
    assert player.app.canvas.get_size() == (1280, 720)
    player.close()


@pytest.mark.parametrize("gone", [pygame.WINDOWFOCUSLOST, pygame.WINDOWMINIMIZED])
def test_leaving_a_live_life_stops_its_clock(gone: int) -> None:
    services = open_services(CATALOG)
    services.settings.tempo = "live"
    services.settings.speed = 8.0
    player = Player(SCENES["life"], services=services, size=(320, 180))
    life = player.scene
    assert isinstance(life, LifeScene)
    player.do(Command.LEFT)
    player.until(lambda: life.record.survival > 3, 5)
    pygame.event.post(pygame.Event(gone))
    player.wait(1)
    lived_so_far = life.record.survival
    player.wait(3)
    assert life.record.survival == lived_so_far
    back = {pygame.WINDOWMINIMIZED: pygame.WINDOWRESTORED}
    pygame.event.post(pygame.Event(back.get(gone, pygame.WINDOWFOCUSGAINED)))
    player.wait(1)
    assert life.record.survival == lived_so_far, "it goes on before anybody asks"
    player.key(pygame.K_p)
    player.until(lambda: life.record.survival > lived_so_far, 2)
    player.close()


def test_a_gamepad_pulled_out_while_it_walks_lets_go() -> None:
    player = Player(SCENES["life"], device="gamepad", size=(320, 180))
    life = player.scene
    assert isinstance(life, LifeScene)
    pygame.event.post(pygame.Event(pygame.JOYHATMOTION, instance_id=9, hat=0, value=(-1, 0)))
    player.frames(3)
    assert player.services.input.held_direction() is Command.LEFT
    pygame.event.post(pygame.Event(pygame.JOYDEVICEREMOVED, instance_id=9))
    player.wait(1)
    assert player.services.input.held_direction() is None
    steps = life.record.survival
    player.wait(1)
    assert life.record.survival == steps, "it walks on by itself"
    player.close()


@pytest.mark.parametrize("name", SCENES)
def test_the_window_can_be_closed_in_every_scene(name: str) -> None:
    fill_shelf()
    player = Player(SCENES[name], size=(320, 180))
    pygame.event.post(pygame.Event(pygame.QUIT))
    assert player.app.frame(1 / 60) is False
    assert player.app.scenes == ()
    player.close()


# The terminal.


@pytest.fixture
def started(home: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    games: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        games.append(
            subprocess.Popen(
                [*GAME, "play", "1"],
                env=environment(home),
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return games[-1]

    yield start
    for game in games:
        game.kill()
        game.wait(10)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("seconds", [0.3, 2.5])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_an_order_to_end_are_obeyed_quietly(
    started: Callable[..., subprocess.Popen[str]], number: signal.Signals, seconds: float
) -> None:
    game = started()
    time.sleep(seconds)
    game.send_signal(number)
    out, err = game.communicate(timeout=10)
    assert "Traceback" not in err
    assert game.returncode in (0, 1, 130, -number)
    assert out == ""


def test_two_windows_at_once_lose_no_score(home: Path) -> None:
    env = environment(home, PYTHONPATH=f"{ROOT}{os.pathsep}{Path(__file__).parent}")
    games = [
        subprocess.Popen([sys.executable, "-c", LIVE, str(town)], env=env, stdout=subprocess.PIPE)
        for town in (7, 8)
    ]
    for game in games:
        game.communicate(timeout=60)
        assert game.returncode == 0
    notices: list[str] = []
    towns = Scores(home / "scores.json", notices.append).best("01_first_night").towns
    assert sorted(towns) == [7, 8]
    assert notices == []
    assert len(list((home / "replays").iterdir())) == 2
