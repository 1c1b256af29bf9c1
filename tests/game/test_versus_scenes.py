"""The scenes of a race, driven by real events, and `hamlet-game versus`, as people type it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pygame
import pytest
from driver import CATALOG, Player
from tour_versus import TOWN, finished

from hamlet_game import paths
from hamlet_game.game.agents import roster
from hamlet_game.game.events import Command
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.versus import VersusScene
from hamlet_game.game.scenes.versus_result import VersusResultScene
from hamlet_game.game.scenes.versus_setup import VersusSetupScene
from hamlet_game.game.services import Services
from hamlet_game.game.versus.match import Match
from hamlet_game.game.versus.race import Stage
from hamlet_game.town.replay import load_replay

NIGHT, _, DAY = CATALOG.levels[:3]
SMALL = (320, 180)  # pixels; drawing is not what is looked at here
Seat = Callable[..., Player]


@pytest.fixture
def sit_down(seat: Seat) -> Seat:
    return partial(seat, size=SMALL)


# The scenes.
@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_from_the_setup_through_a_race_to_the_next(device: str, sit_down: Seat) -> None:
    player = sit_down(lambda s: (routes.versus(s, NIGHT, TOWN, "sensible"),), device=device)
    setup = player.scene
    assert isinstance(setup, VersusSetupScene)
    player.go_to(player.find("Length"))
    player.do(Command.RIGHT)
    player.choose("Start")
    scene = player.scene
    assert isinstance(scene, VersusScene)
    assert scene.match.best_of == 5
    player.until(lambda: scene.race.stage is Stage.COUNTDOWN)
    player.do(Command.CONFIRM)  # start at once
    player.until(lambda: scene.race.stage is Stage.RUNNING, 0.2)
    while scene.race.driven:
        player.do(Command.UP)
    assert scene.race.lanes[0].over
    player.do(Command.INTERACT)  # fast forward
    player.until(lambda: isinstance(player.scene, VersusResultScene), 15)
    assert player.services.versus.tally(NIGHT.id, ("you", "sensible")).won == [0, 1]
    assert player.services.scores.best(NIGHT.id).plays == 1
    player.choose("Save both")
    players = sorted(load_replay(file).player for file in paths.replays().iterdir())
    assert players == ["Script", "You"]
    player.choose("Race 2")
    again = player.scene
    assert isinstance(again, VersusScene)
    assert again.match.town_seed == TOWN + 1
    assert again.match.score == (0, 1)


def test_the_pause_menu_stops_restarts_and_leaves(sit_down: Seat) -> None:
    player = sit_down(
        lambda s: (
            routes.versus(s, DAY, TOWN),
            routes.race(s, Match(DAY, TOWN, ("idle", "master"))),
        )
    )
    scene = player.scene
    assert isinstance(scene, VersusScene)
    player.until(lambda: scene.race.step > 3, 10)
    player.do(Command.PAUSE)
    assert player.name == "VersusPauseScene"
    steps = scene.race.step
    player.wait(1)
    assert scene.race.step == steps
    player.choose("Start this race again")
    assert player.scene is scene
    assert scene.race.step == 0
    player.until(lambda: scene.race.step > 0, 10)
    player.do(Command.PAUSE)
    player.choose("To the end")
    player.until(lambda: isinstance(player.scene, VersusResultScene), 15)
    player.choose("Watch Master")
    assert player.name == "ReplayScene"
    player.do(Command.BACK)
    player.do(Command.BACK)
    assert isinstance(player.scene, VersusSetupScene)


def test_watching_two_agents_the_clock_obeys(sit_down: Seat) -> None:
    player = sit_down(lambda s: (routes.race(s, Match(DAY, TOWN, ("sensible", "master"))),))
    scene = player.scene
    assert isinstance(scene, VersusScene)
    player.until(lambda: scene.race.stage is Stage.RUNNING, 10)
    player.do(Command.INTERACT)
    step = scene.race.step
    player.wait(0.5)
    assert scene.race.step == step
    player.key(pygame.K_PERIOD)
    assert scene.race.step == step + 1
    player.key(pygame.K_EQUALS)
    assert scene.race.speed == 4.0
    player.do(Command.INTERACT)
    player.wait(0.5)
    assert scene.race.step > step + 1


def test_a_click_walks_in_ones_own_town_only(sit_down: Seat) -> None:
    player = sit_down(lambda s: (routes.race(s, Match(DAY, TOWN)),))
    scene = player.scene
    assert isinstance(scene, VersusScene)
    player.until(lambda: scene.race.stage is Stage.RUNNING, 10)
    player.click(960, 300)  # the rival's half
    player.wait(0.3)
    assert scene.race.step == 0
    player.click(300, 300)
    player.wait(0.6)
    assert scene.race.step > 1


def test_choosing_players_level_and_town(sit_down: Seat) -> None:
    player = sit_down(lambda s: (routes.versus(s, NIGHT, TOWN, "sensible"),))
    setup = player.scene
    assert isinstance(setup, VersusSetupScene)
    assert setup.words == ("you", "sensible")
    player.go_to(setup.right)
    player.do(Command.RIGHT)
    assert setup.words == ("you", "random")
    player.until(lambda: setup.right.strength is not None, 20)
    player.go_to(setup.left)
    player.do(Command.RIGHT)
    assert setup.words[0] == "untrained"
    player.key(pygame.K_n)
    assert setup.town != TOWN
    player.choose("Before and after")
    assert player.name == "AgesScene"


def test_a_rival_that_can_not_be_had_is_one_sentence(sit_down: Seat, tmp_path: Path) -> None:
    broken = tmp_path / "brain.safetensors"
    broken.write_bytes(b"not a brain")
    player = sit_down(lambda s: (routes.versus(s, NIGHT, TOWN, str(broken)),))
    player.choose("Start")
    assert player.name == "VersusSetupScene"
    assert any("neither a run" in notice for notice in player.app.toasts.sentences)


def test_a_full_disk_keeps_the_result_usable(services: Services, home: Path) -> None:
    scene = finished(services, ("idle", "sensible"))
    result = routes.versus_result(services, scene.match, scene.race, scene.verdict)
    assert isinstance(result, VersusResultScene)
    home.mkdir(exist_ok=True)
    (home / "replays").write_text("in the way")
    result._keep()
    assert "can't be saved" in services.notices[-1]


def test_ones_own_checkpoints_can_be_raced_and_a_damaged_one_is_a_sentence(home: Path) -> None:
    run = home / "runs" / "quick"
    (run / "checkpoints").mkdir(parents=True)
    (run / "config.yaml").write_text("")
    for name in ("best-0001-step1000", "best-0003-step250000", "latest-0004-step260000"):
        (run / "checkpoints" / f"{name}.safetensors").write_bytes(b"damaged")
    found = roster.runs()
    assert [entry.name for entry in found] == ["quick", "quick @ 1,000", "quick @ 250,000"]
    for entry in found:
        with pytest.raises(roster.RosterError):
            entry.make()


def run_command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hamlet_game", "versus", *words],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_the_command_line_goes_straight_into_a_race(tmp_path: Path) -> None:
    picture = tmp_path / "race.png"
    done = run_command(
        "idle", "--player", "sensible", "--level", "1", "--town-seed", "7", "--best-of", "5",
        "--frames", "40", "--screenshot", str(picture), "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert '"frames": 40' in done.stdout
    assert picture.is_file()


def test_the_command_line_says_who_is_not_known() -> None:
    done = run_command("nobody-knows-this")
    assert done.returncode == 2
    assert "no run" in done.stderr
    assert "Traceback" not in done.stderr
    assert run_command("master", "--best-of", "3").returncode == 2
