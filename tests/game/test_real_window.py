"""A real window on a virtual screen, played with real key presses from outside."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hamlet_game.town.names import Action
from hamlet_game.town.replay import SUFFIX, load_replay

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")),
    reason="needs Xvfb and xdotool (apt-get install xvfb xdotool)",
)


@pytest.fixture
def screen(home: Path) -> Iterator[dict[str, str]]:
    """Start a virtual screen; return the environment of a program on it."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield os.environ | {
        "DISPLAY": f":{number}",
        "SDL_VIDEODRIVER": "x11",
        "HAMLET_HOME": str(home),
    }
    server.terminate()
    server.wait(10)


def press(keys: str, screen: dict[str, str]) -> None:
    subprocess.run(["xdotool", "key", "--delay", "250", *keys.split()], env=screen, check=True)


def test_keys_pressed_on_a_real_screen_walk_and_are_saved(
    screen: dict[str, str], home: Path
) -> None:
    game = subprocess.Popen(
        [sys.executable, "-m", "hamlet_game", "play", "1", "--town-seed", "7", "--json"],
        env=screen,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    find = ["xdotool", "search", "--onlyvisible", "--name", "Hamlet"]
    for _ in range(100):
        if subprocess.run(find, env=screen, capture_output=True, check=False).stdout:
            break
        time.sleep(0.1)
    time.sleep(0.5)
    press("Right Left Right F5", screen)
    deadline = time.monotonic() + 10
    while not (saved := list((home / "replays").glob("*" + SUFFIX))):
        assert time.monotonic() < deadline, "F5 saved no replay"
        time.sleep(0.1)
    actions = [Action(action) for action in load_replay(saved[0]).actions]
    press("Escape", screen)  # the pause menu
    window = subprocess.run(find, env=screen, capture_output=True, text=True, check=True)
    subprocess.run(
        ["xdotool", "windowclose", window.stdout.split()[0]], env=screen, check=True, timeout=10
    )
    out, err = game.communicate(timeout=20)
    assert Action.RIGHT in actions, "the arrow keys walked nowhere"
    assert actions.count(Action.LEFT) == 1
    if game.returncode == 0:  # xdotool may end the connection before SDL hears of the closing
        assert json.loads(out)["frames"] > 30
    else:
        assert "Traceback" not in err
