"""The whole game, played through the real loop with real events, on every device."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from driver import Player

from hamlet_game import paths
from hamlet_game.game.events import Command
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scenes.results import ResultsScene
from hamlet_game.game.services import open_services
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action, Kind
from hamlet_game.town.policies import sensible
from hamlet_game.town.replay import load_replay

COMMANDS = {
    Action.UP: Command.UP,
    Action.DOWN: Command.DOWN,
    Action.LEFT: Command.LEFT,
    Action.RIGHT: Command.RIGHT,
    Action.INTERACT: Command.INTERACT,
}
Opener = Callable[..., Player]


@pytest.fixture
def sit_down(seat: Opener) -> Opener:
    def opened(device: str, **options: object) -> Player:
        return seat(lambda s: (routes.title(s),), device=device, **options)

    return opened


def live_sensibly(player: Player) -> None:
    """Press what a sensible townsperson would do until the results come up."""
    scene = player.scene
    assert isinstance(scene, LifeScene)
    while not scene.record.over:
        before = scene.record.survival
        player.do(COMMANDS[Action(int(sensible(scene.record.town)[0]))])
        player.until(lambda was=before: scene.record.survival > was, 2)
    player.until(lambda: isinstance(player.scene, ResultsScene), 10)


def dawdle(player: Player) -> None:
    """Wait until the life is over and the results come up."""
    scene = player.scene
    assert isinstance(scene, LifeScene)
    while not scene.record.over:
        player.do(Command.INTERACT)
    player.until(lambda: isinstance(player.scene, ResultsScene), 10)


@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_from_the_title_to_the_stars_and_on(device: str, sit_down: Opener) -> None:
    player = sit_down(device)
    assert player.name == "TitleScene"
    player.choose("Play")
    assert player.name == "LifeScene", "a first start goes straight into level 1"
    live_sensibly(player)
    scores = json.loads((paths.data() / "scores.json").read_text())
    assert scores["levels"]["01_first_night"]["stars"] >= 1
    player.wait(2)
    player.choose("Next level")
    scene = player.scene
    assert isinstance(scene, LifeScene)
    assert scene.level.id == "02_clean_start"


@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_dying_is_explained_and_the_same_town_waits(device: str, sit_down: Opener) -> None:
    player = sit_down(device)
    player.choose("Play")
    first = player.scene
    assert isinstance(first, LifeScene)
    dawdle(player)
    assert not first.record.last.timed_out
    player.wait(1)
    player.choose("Same town again")
    second = player.scene
    assert isinstance(second, LifeScene)
    assert second.town_seed == first.town_seed
    assert second.record.frames[0] == first.record.frames[0]


def test_pausing_and_coming_back(sit_down: Opener) -> None:
    player = sit_down("keyboard")
    player.choose("Play")
    life = player.scene
    player.do(Command.LEFT, Command.PAUSE)
    assert player.name == "PauseScene"
    player.do(Command.BACK)
    assert player.scene is life
    player.do(Command.PAUSE)
    player.choose("Level map")
    assert player.name == "LevelMapScene"
    player.do(Command.BACK)
    assert player.name == "TitleScene"


def test_a_life_is_saved_and_watched_again(sit_down: Opener) -> None:
    player = sit_down("keyboard")
    player.choose("Play")
    life = player.scene
    assert isinstance(life, LifeScene)
    dawdle(player)
    player.wait(1)
    player.choose("Save replay")
    (file,) = paths.replays().glob("*.hamlet")
    assert load_replay(file).actions == life.record.actions
    assert file.stat().st_size <= 2048
    player.do(Command.BACK)
    player.do(Command.BACK)
    assert player.name == "TitleScene"
    player.choose("Replays")
    player.choose("Watch")
    assert player.name == "ReplayScene"
    player.wait(1)
    player.do(Command.BACK)
    assert player.name == "ReplaysScene"


def test_the_mouse_alone_plays_too(sit_down: Opener) -> None:
    player = sit_down("mouse")
    player.click(*player.find("Play").box.center)
    scene = player.scene
    assert isinstance(scene, LifeScene)
    ((bed_x, bed_y),) = [(x, y) for kind, x, y in scene.places if kind is Kind.BED]
    spot = scene.town.cell_center(scene._view.town_box, bed_x, bed_y)
    player.click(*spot)
    player.until(lambda: (scene.record.last.x, scene.record.last.y) == (bed_x, bed_y), 20)
    player.wait(0.5)
    if scene.record.last_use(Kind.BED) is None:
        player.click(*spot)
        player.until(lambda: scene.record.last_use(Kind.BED) is not None, 5)


def test_the_live_clock_runs_by_itself(sit_down: Opener) -> None:
    services = open_services(load_catalog())
    services.settings.tempo = "live"
    player = sit_down("keyboard", services=services)
    player.choose("Play")
    scene = player.scene
    assert isinstance(scene, LifeScene)
    player.do(Command.LEFT)
    before = scene.record.survival
    player.wait(4)
    assert scene.record.survival >= before + 5


def test_quitting_ends_the_loop(sit_down: Opener) -> None:
    player = sit_down("keyboard")
    player.choose("Quit")
    player.choose("Quit")
    assert player.app.scenes == ()
