"""A fault in a scene: the crash screen, its report, and how the game goes on or ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest
from driver import DT, Player
from eyes import SIZES, Eyes
from tour import CATALOG, TOWN, fill_shelf, lived

from hamlet_game import cli, paths
from hamlet_game.game import app as apps
from hamlet_game.game import crash, crash_report, rescue
from hamlet_game.game.app import WindowOptions
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command
from hamlet_game.game.scene import Scene
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.crash import CrashScene
from hamlet_game.game.scenes.title import TitleScene
from hamlet_game.game.services import Services, open_services
from hamlet_game.town.names import Action
from hamlet_game.town.replay import load_replay

ROOT = Path(__file__).parents[2]


class Faulty(Scene):
    """Fails in the middle of drawing, once it is told to."""

    def __init__(self, *, locked: bool = False, at_once: bool = True) -> None:
        self.locked, self.failing = locked, at_once

    def handle(self, event: object) -> None:
        """Hear nothing."""

    def draw(self, painter: Painter) -> None:
        """Leave a painter behind that is clipped and shifted, as a fault does."""
        painter.fill((10, 20, 30))
        if self.failing:
            painter.surface.set_clip((0, 0, 5, 5))
            raise ZeroDivisionError("a *fault* of [its] own")


class Turning(Player):
    """A player whose app survives faults, as in the real loop."""

    def frames(self, count: int = 1) -> None:
        for _ in range(count):
            if not self.app.turn(DT):
                return


@pytest.fixture
def sit(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Turning]]:
    players: list[Turning] = []

    def opened(*scenes: Scene | Callable[[Services], Scene], device: str = "keyboard") -> Turning:
        def first(services: Services) -> tuple[Scene, ...]:
            return tuple(s if isinstance(s, Scene) else s(services) for s in scenes)

        players.append(Turning(first, device=device, size=(320, 180)))
        return players[-1]

    yield opened
    for player in players:
        player.close()
    capsys.readouterr()


def reports() -> list[Path]:
    return sorted(paths.crashes().glob("*.zip")) if paths.crashes().exists() else []


# The window.


@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_a_fault_leads_to_the_crash_screen_and_back_to_the_title(
    device: str, sit: Callable[..., Turning], capsys: pytest.CaptureFixture[str]
) -> None:
    player = sit(routes.title, Faulty(), device=device)
    assert player.name == "CrashScene"
    assert player.app.canvas.get_clip().size == player.app.canvas.get_size()
    said = capsys.readouterr().err
    assert said.startswith("Hamlet met a fault of its own, ZeroDivisionError")
    assert said.count("\n") == 1
    assert "Traceback" not in said
    player.wait(1)
    player.choose("Back to the title")
    assert [type(scene) for scene in player.app.scenes] == [TitleScene]
    assert player.app.report() == 1, "what happened is told to whoever started it"


def test_quit_ends_the_game(sit: Callable[..., Turning]) -> None:
    player = sit(Faulty())
    player.choose("Quit")
    assert player.app.scenes == ()


def test_the_report_holds_what_helps(sit: Callable[..., Turning], home: Path) -> None:
    home.mkdir()
    (home / "settings.yaml").write_text("muted: true\n")

    def life(services: Services) -> Scene:
        return routes.life(services, CATALOG.find("3"), TOWN)

    player = sit(life)
    player.do(Command.LEFT, Command.LEFT)
    player.until(lambda: player.scene.lived().survival == 2, 3)  # type: ignore[union-attr]
    player.app.start((*player.app.scenes, Faulty()))
    player.frames(2)
    (report,) = reports()
    with zipfile.ZipFile(report) as bundle:
        names = set(bundle.namelist())
        assert {"README.txt", "traceback.txt", "facts.json", "hamlet.log", "settings.yaml"} < names
        assert "ZeroDivisionError: a *fault*" in bundle.read("traceback.txt").decode()
        assert "ZeroDivisionError" in bundle.read("hamlet.log").decode()
        assert json.loads(bundle.read("facts.json"))["hamlet"]
        assert bundle.read("settings.yaml") == b"muted: true\n"
        bundle.extract("last.hamlet", home)
    kept = load_replay(home / "last.hamlet")
    assert (kept.town_seed, kept.actions) == (TOWN, bytes([Action.LEFT, Action.LEFT]))


def test_another_fault_right_after_is_raised(sit: Callable[..., Turning]) -> None:
    player = sit(Faulty())
    player.app.start((Faulty(),))
    with pytest.raises(ZeroDivisionError):
        player.frames()
    assert len(reports()) == 1


def test_a_fault_on_the_crash_screen_is_raised(
    sit: Callable[..., Turning], monkeypatch: pytest.MonkeyPatch
) -> None:
    player = sit(Faulty())

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(CrashScene, "draw", fail)
    player.app.rescue.wait(rescue.CALM_S, None)
    with pytest.raises(ZeroDivisionError):
        player.frames()


def test_a_fault_much_later_is_survived_again(sit: Callable[..., Turning]) -> None:
    player = sit(Faulty())
    player.wait(rescue.CALM_S)  # on the crash screen nothing counts
    player.choose("Back to the title")
    player.app.rescue.wait(rescue.CALM_S, player.scene)
    player.app.start((Faulty(),))
    player.frames()
    assert player.name == "CrashScene"


def test_where_nobody_watches_a_fault_ends_it(capsys: pytest.CaptureFixture[str]) -> None:
    code = apps.run(lambda _: (Faulty(),), WindowOptions(frames=5, size=(320, 180)), CATALOG)
    assert code == 1
    assert capsys.readouterr().err.startswith("Hamlet had to stop because of a fault of its own")


def test_a_kiosk_begins_its_show_anew(sit: Callable[..., Turning]) -> None:
    player = sit(Faulty(locked=True))
    scene = player.scene
    assert isinstance(scene, CrashScene)
    assert scene.locked
    assert player.form.widgets == []
    player.do(Command.CONFIRM, Command.BACK)
    assert player.scene is scene
    player.wait(16)
    assert player.name == "DemoScene"
    assert player.scene.locked


def test_training_beside_goes_on_and_is_closed_at_the_end(
    sit: Callable[..., Turning], monkeypatch: pytest.MonkeyPatch
) -> None:
    player = sit(Faulty())
    scene = player.scene
    assert isinstance(scene, CrashScene)
    assert not any("training" in told for told in scene.told)
    desk, closed = player.services.training, []
    monkeypatch.setattr(type(desk), "state", property(lambda _: "running"))
    assert any("training goes on" in told for told in scene.told)
    monkeypatch.setattr(desk, "close", lambda: closed.append(True))
    player.app.close()
    assert closed == [True]


@pytest.mark.parametrize("place", ["", "/somewhere/" + "very/" * 30 + "crash.zip"])
@pytest.mark.parametrize("unattended", [False, True])
@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_its_words_are_neither_cut_off_nor_covered(
    size: tuple[int, int], scale: float, unattended: bool, place: str
) -> None:
    pygame.font.init()
    services = open_services(CATALOG)
    what = "SomeRatherLongNamedError: " + "word " * 25
    eyes = Eyes(size, scale)
    eyes.look_at(CrashScene(services, what, place, unattended=unattended))
    eyes.assert_tidy()


# Reports.


def fault() -> ZeroDivisionError:
    try:
        return 1 / 0  # type: ignore[return-value]
    except ZeroDivisionError as error:
        return error


def test_ten_reports_are_kept() -> None:
    folder = paths.crashes()
    folder.mkdir(parents=True)
    for day in range(10, 25):
        (folder / f"crash-2020-01-{day}-000000.zip").write_bytes(b"")
    (folder / "mine.zip").write_bytes(b"")
    newest = Path(crash_report.keep(fault()))
    kept = reports()
    assert len(kept) == crash_report.MOST + 1
    assert kept[-1].name == "mine.zip"
    assert newest in kept
    assert kept[0].name == "crash-2020-01-16-000000.zip"


def test_the_users_name_stays_out(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setattr(Path, "home", lambda: home.parent)
    report = crash_report.keep(RuntimeError(f"{home.parent}/secret"), lived("1", steps=3))
    with zipfile.ZipFile(report) as bundle:
        for name in bundle.namelist():
            assert str(home.parent).encode() not in bundle.read(name), name
        assert "~/secret" in bundle.read("traceback.txt").decode()


def test_without_a_life_the_last_replay_goes_in() -> None:
    fill_shelf()
    with zipfile.ZipFile(crash_report.keep(fault())) as bundle:
        assert bundle.read("last.hamlet") == (paths.replays() / "one.hamlet").read_bytes()


def test_a_home_that_cannot_be_written_is_no_second_fault(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write_text("a file")
    monkeypatch.setattr(crash.tempfile, "gettempdir", lambda: str(tmp_path / "other"))
    assert Path(crash_report.keep(fault())).parent == tmp_path / "other"
    monkeypatch.setattr(crash.tempfile, "gettempdir", lambda: str(home))
    assert crash_report.keep(fault()) == ""
    assert crash.log_crash(fault()).endswith("ZeroDivisionError: division by zero")


def test_an_error_in_a_line() -> None:
    assert crash_report.brief(ValueError()) == "ValueError"
    assert crash_report.brief(ValueError("two\nlines")) == "ValueError: two\\nlines"
    assert len(crash_report.brief(ValueError("x" * 999))) < 200


# The command line.


def test_a_command_that_fails_says_so_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(cli, "app", broken)
    with pytest.raises(SystemExit) as left:
        cli.main()
    said = capsys.readouterr().err
    assert left.value.code == 1
    assert said.count("\n") == 1
    assert "ZeroDivisionError: division by zero" in said
    assert str(reports()[0]) in said
    monkeypatch.setenv("HAMLET_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.main()


def test_a_real_command_shows_no_traceback_unless_asked(home: Path) -> None:
    code = (
        "import hamlet_game.training.commands as c\n"
        "c.report = lambda *a, **k: 1 / 0\n"
        "import sys; sys.argv = ['hamlet-game', 'report', 'mine']\n"
        "from hamlet_game.__main__ import main; main()\n"
    )
    env = {**os.environ, "HAMLET_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "The report is " in done.stderr
    env["HAMLET_DEBUG"] = "1"
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert "Traceback" in done.stderr
