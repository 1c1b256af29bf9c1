"""A real window on a virtual screen, played with real key presses from outside."""

from __future__ import annotations

import os
import shutil
import signal
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
    try:
        yield os.environ | {
            "DISPLAY": f":{number}",
            "SDL_VIDEODRIVER": "x11",
            "HAMLET_HOME": str(home),
        }
    finally:
        server.terminate()
        server.wait(10)


def press(keys: str, screen: dict[str, str]) -> None:
    # A busy X server may refuse a key; whoever waits for its effect presses again.
    subprocess.run(["xdotool", "key", "--delay", "200", *keys.split()], env=screen, check=False)


def test_keys_pressed_on_a_real_screen_walk_and_are_saved(
    screen: dict[str, str], home: Path
) -> None:
    words = ["play", "1", "--town-seed", "7"]
    with subprocess.Popen(
        [sys.executable, "-m", "hamlet_game", *words],
        env=screen,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as game:
        try:
            deadline = time.monotonic() + 60
            while not (saved := list((home / "replays").glob("*" + SUFFIX))):
                assert time.monotonic() < deadline, "F5 saved no replay"
                press("Right Left F5", screen)  # again and again: the window may not be up yet
            actions = [Action(action) for action in load_replay(saved[0]).actions]
            press("Escape", screen)  # the pause menu
        finally:
            game.send_signal(signal.SIGINT)
        out, err = game.communicate(timeout=60)
    assert {Action.RIGHT, Action.LEFT} & set(actions), "the arrow keys walked nowhere"
    assert (game.returncode, out, err) == (130, "", "")
