"""The real game in a process of its own: how tests start it and read what it said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from hamlet_game.game.services import Services, open_services
from hamlet_game.town.catalog import load_catalog

ROOT = Path(__file__).parents[2]
GAME = [sys.executable, "-m", "hamlet_game"]
LEVEL = (ROOT / "levels" / "01_first_night.yaml").read_bytes()
# Live one life out by doing nothing, and print every sentence the game shows meanwhile.
LIVE = """
import json, sys
from driver import Player
from hamlet_game.game.events import Command
from hamlet_game.game.scenes import routes
from tour import CATALOG, TOWN
import pygame
town = int(sys.argv[1]) if len(sys.argv) > 1 else TOWN
player = Player(lambda s: (routes.title(s), routes.life(s, CATALOG.find("1"), town)),
                size=(320, 180))
said = []
def look():
    said.extend(t for t in player.app.toasts.sentences if t not in said)
while player.name == "LifeScene":
    player.do(Command.INTERACT)
    look()
player.choose("Save replay")
for key in (pygame.K_F12, pygame.K_m):
    player.key(key)
for _ in range(900):
    player.frames()
    look()
print(json.dumps([player.name, said]))
"""


def afresh() -> Services:
    """Return services that have read the levels now, the user's own among them."""
    return open_services(load_catalog())


def environment(home: Path | str, **changes: str | None) -> dict[str, str]:
    """Return this environment with a home, changes made and what is None taken out."""
    wanted = {**os.environ, "HAMLET_HOME": str(home), "PYTHONPATH": str(ROOT), **changes}
    return {name: value for name, value in wanted.items() if value is not None}


def run(
    *words: str, env: dict[str, str], command: list[str] = GAME
) -> subprocess.CompletedProcess[str]:
    """Run the game and check that it neither hangs nor shows a traceback."""
    done = subprocess.run(
        [*command, *words], env=env, cwd=ROOT, capture_output=True, timeout=60,
        text=True, errors="surrogateescape", check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done


def live(env: dict[str, str], *before: str) -> list[str]:
    """Live a life in a process of its own; return what the game said."""
    env = {**env, "PYTHONPATH": f"{ROOT}{os.pathsep}{Path(__file__).parent}"}
    done = run("-c", LIVE, env=env, command=[*before, sys.executable])
    assert done.returncode == 0, done.stderr
    scene, said = json.loads(done.stdout.splitlines()[-1])
    assert scene == "ResultsScene"
    assert isinstance(said, list)
    return said
