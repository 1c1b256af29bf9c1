"""What can go wrong around the game, tried with the real command: nothing is lost, no traceback."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest
from driver import Player
from tour import CATALOG, SCENES, TOWN, fill_shelf, lived

from hamlet_game import files, paths
from hamlet_game.game.events import Command
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.life import LifeScene
from hamlet_game.game.scores import Scores
from hamlet_game.game.services import Services, open_services
from hamlet_game.town.catalog import MAX_CUSTOM, load_catalog

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


# Screen and sound.


def test_no_display(home: Path) -> None:
    gone = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "SDL_VIDEODRIVER": None}
    if sys.platform != "linux":
        pytest.skip("elsewhere there always is a display")
    done = run(env=environment(home, **gone))
    assert done.returncode == 2
    assert done.stderr.startswith("No display was found")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("driver", [None, "alsa", "no such driver"])
def test_no_sound_device_is_not_a_word_on_the_terminal(home: Path, driver: str | None) -> None:
    done = run("--frames", "5", env=environment(home, SDL_AUDIODRIVER=driver))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# The home.


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("I was here first")
    said = live(environment(home))
    for what in ("Scores can't be saved", "Settings can't be saved", "The replay can't be saved",
                 "The screenshot can't be saved"):  # fmt: skip
        assert sum(sentence.startswith(what) for sentence in said) == 1, said
    assert home.read_text() == "I was here first"


def test_a_home_that_cannot_be_made() -> None:
    if not Path("/proc/self").exists():
        pytest.skip("needs a place where nobody can make folders")
    done = run("play", "1", "--frames", "5", env=environment("/proc/nowhere"))
    assert (done.returncode, done.stderr) == (0, "")


def mounts() -> bool:
    """Return whether a process can have file systems of its own here."""
    if not shutil.which("unshare"):
        return False
    tried = subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False)
    return tried.returncode == 0


def test_a_read_only_home_loses_nothing(home: Path) -> None:
    if not mounts():
        pytest.skip("needs unshare")
    home.mkdir()
    (home / "settings.yaml").write_text("muted: true\n")
    shell = f"mount --bind '{home}' '{home}' && mount -o remount,ro,bind '{home}' && exec \"$@\""
    said = live(environment(home), "unshare", "-rm", "sh", "-c", shell, "sh")
    assert any("Scores can't be saved: read-only file system" in s for s in said), said
    assert [file.name for file in home.iterdir()] == ["settings.yaml"]
    assert (home / "settings.yaml").read_text() == "muted: true\n"


def test_a_full_disk_loses_nothing(home: Path) -> None:
    if not mounts():
        pytest.skip("needs unshare")
    home.mkdir()
    shell = (
        f"mount -t tmpfs -o size=16k tmpfs '{home}' "
        f"&& printf 'muted: true' > '{home}/settings.yaml'; "
        f"head -c 99999 /dev/zero > '{home}/full' 2>/dev/null; \"$@\"; "
        f"cat '{home}/settings.yaml'"
    )
    env = environment(home, PYTHONPATH=f"{ROOT}{os.pathsep}{Path(__file__).parent}")
    command = ["unshare", "-rm", "sh", "-c", shell, "sh", sys.executable]
    done = run("-c", LIVE, env=env, command=command)
    *_, answer, kept = done.stdout.splitlines()
    said = json.loads(answer)[1]
    assert sum("no space left on device" in sentence for sentence in said) == 4, said
    assert kept == "muted: true"


def test_a_disk_that_fills_up_while_writing_keeps_the_old_scores(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = open_services(CATALOG)
    services.save_settings()
    before = paths.settings_file().read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    services.settings.muted = True
    services.save_settings()
    assert paths.settings_file().read_bytes() == before
    assert services.notices == ["Settings can't be saved: no space left on device."]
    assert [file.name for file in home.iterdir()] == ["settings.yaml"], "a scrap was left behind"


def test_a_home_with_a_name_in_any_script(tmp_path: Path) -> None:
    home = tmp_path / "Ünï cödé 家 🏠"
    said = live(environment(home, LC_ALL="C"))
    assert not any("can't" in sentence for sentence in said)
    assert (home / "scores.json").is_file()
    assert len(list((home / "replays").iterdir())) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every file name is text")
def test_names_that_are_no_text_are_shown_and_played_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = os.fsdecode(b"odd\xff")
    home = tmp_path / odd
    monkeypatch.setenv("HAMLET_HOME", str(home))
    (home / "custom").mkdir(parents=True)
    (home / "custom" / f"{odd}.yaml").write_bytes(LEVEL)
    (home / "custom" / ("n" * 200 + ".yaml")).write_bytes(LEVEL)
    (home / "custom" / f"broken{odd}.yaml").write_bytes(b"- 1")
    for entry in load_catalog().entries:
        player = Player(lambda s, e=entry: (routes.level_map(s, e.id),), services=afresh())
        player.services.settings.unlock_all = True
        for _ in range(9):
            player.do(Command.RIGHT)
        if entry.custom and entry.level is not None:
            player.close()
            player = Player(lambda s, e=entry: (routes.level_map(s, e.id),), services=afresh())
            player.do(Command.CONFIRM, Command.CONFIRM)
            assert player.name == "LifeScene"
            player.key(pygame.K_F5)
        player.close()
    assert run("levels", "list", env=environment(home)).returncode == 0


# Broken files.

SETTINGS = {
    "empty": b"",
    "binary": bytes(range(256)) * 20,
    "half written": b"muted: true\nfullscreen: fal",
    "a list": b"- 1\n- 2\n",
    "wrong types": b"muted: true\nspeed: fast\ntext_scale: 900\nkeys: 7\npad: {UP: [1, 2]}\n",
    "huge": b"a: " + b"x" * 9_000_000,
    "deep": b"[" * 100_000,
    "a bomb": b"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n",
    "code": b"!!python/object/apply:os.system ['exit 1']",
    "no numbers": b"text_scale: .nan\nwindow_scale: .inf\n",
    "unknown level": b"last_level: nowhere\n",
}
SCORES = {
    "empty": b"",
    "binary": bytes(range(256)) * 20,
    "half written": b'{"version": 1, "levels": {"01_first_night": {"plays": 3',
    "a list": b"[]",
    "wrong types": b'{"version": 1, "levels": {"01_first_night": {"plays": "x", "towns": 3}}}',
    "huge": b" " * 9_000_000,
    "deep": b"[" * 100_000,
    "no numbers": b'{"version": 1, "levels": {"01_first_night": {"plays": 1, "best": NaN}}}',
    "from the future": b'{"version": 99, "levels": {}}',
}


@pytest.mark.parametrize(
    ("file", "content"),
    [("settings.yaml", content) for content in SETTINGS.values()]
    + [("scores.json", content) for content in SCORES.values()],
    ids=[f"settings {word}" for word in SETTINGS] + [f"scores {word}" for word in SCORES],
)
def test_a_broken_file_is_kept_aside_and_the_game_opens(
    home: Path, file: str, content: bytes
) -> None:
    home.mkdir()
    (home / file).write_bytes(content)
    player = Player(lambda services: (routes.title(services),), size=(320, 180))
    said = list(player.app.toasts.sentences)
    player.choose("Settings")
    player.close()
    stem, suffix = file.split(".")
    kept = [f for f in home.iterdir() if f.name.startswith(f"{stem}.") and f.suffix == f".{suffix}"]
    assert [f.read_bytes() for f in kept] == [content], "the old content is lost"
    if kept[0].name != file:
        assert any("broken" in sentence for sentence in said)


def test_the_real_command_opens_with_both_files_broken(home: Path) -> None:
    home.mkdir()
    (home / "settings.yaml").write_bytes(SETTINGS["binary"])
    (home / "scores.json").write_bytes(SCORES["half written"])
    done = run("--frames", "30", env=environment(home))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list(home.glob("*.broken-*"))) == 2


def test_folders_and_pipes_in_place_of_files(home: Path) -> None:
    for name in ("settings.yaml", "scores.json"):
        (home / name).mkdir(parents=True)
    for name in ("custom", "replays", "screenshots"):
        (home / name).write_text("a file")
    said = live(environment(home))
    assert any("Scores can't be read" in sentence for sentence in said)
    if hasattr(os, "mkfifo"):
        (home / "settings.yaml").rmdir()
        os.mkfifo(home / "settings.yaml")  # opening it would wait for ever
        assert run("--frames", "5", env=environment(home)).returncode == 0


# Levels of one's own.

BROKEN_LEVELS = {
    "empty": b"",
    "binary": bytes(range(256)),
    "utf16": LEVEL.decode().encode("utf-16"),
    "half": LEVEL[:300],
    "list": b"- 1",
    "deep": b"[" * 5_000,
    "huge": b"#" * 5_000_000,
    "alias": b"a: &a [x]\nb: [*a, *a]",
    "code": b"!!python/name:os.system x",
    "typo": LEVEL.replace(b"steps:", b"stepz:"),
    "no number": LEVEL.replace(b"steps: 50", b"steps: .nan"),
    "negative": LEVEL.replace(b"steps: 50", b"steps: -1"),
    "twice": LEVEL + LEVEL,
    "01_first_night": LEVEL,
}


def test_broken_levels_are_greyed_with_their_reasons(home: Path) -> None:
    folder = home / "custom"
    folder.mkdir(parents=True)
    for name, content in BROKEN_LEVELS.items():
        (folder / f"{name}.yaml").write_bytes(content)
    (folder / "folder.yaml").mkdir()
    (folder / "dangling.yaml").symlink_to("nowhere")
    (folder / "mine.yaml").write_bytes(LEVEL)
    player = Player(
        lambda services: (routes.level_map(services),), size=(320, 180), services=afresh()
    )
    own = [entry for entry in player.services.catalog.entries if entry.custom]
    assert len(own) == len(BROKEN_LEVELS) + 3
    assert [entry.id for entry in own if entry.level] == ["mine"]
    for entry in own:
        assert entry.level or entry.trouble.count("\n") == 0 < len(entry.trouble)
    for _ in range(len(own) + 4):
        player.do(Command.RIGHT, Command.CONFIRM)
        if player.name == "LevelCardScene":
            player.do(Command.BACK)
        assert player.name == "LevelMapScene"
    player.close()


def test_five_hundred_levels(home: Path) -> None:
    folder = home / "custom"
    folder.mkdir(parents=True)
    for number in range(500):
        (folder / f"own_{number:03}.yaml").write_bytes(LEVEL)
    started = time.monotonic()
    player = Player(
        lambda services: (routes.level_map(services),), size=(320, 180), services=afresh()
    )
    player.frames(30)
    own = [entry for entry in player.services.catalog.entries if entry.custom]
    assert len(own) == MAX_CUSTOM
    player.close()
    assert time.monotonic() - started < 15


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


# The game's own files.


@pytest.mark.parametrize("missing", ["fonts/hamlet-sans-600.ttf", "sprites/backdrop", "sounds"])
def test_a_missing_part_is_named(home: Path, tmp_path: Path, missing: str) -> None:
    copy = tmp_path / "copy"
    for part in ("hamlet_game", "assets", "levels"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    gone = copy / "assets" / missing
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    env = environment(home, PYTHONPATH=str(copy))
    done = subprocess.run(
        [*GAME, "--frames", "5"], env=env, cwd=copy, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    if missing == "sounds":
        assert (done.returncode, done.stderr) == (0, "")
        return
    assert done.returncode == 1
    assert done.stderr.startswith("A part of Hamlet is missing: ")
    assert missing in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_was_lived_is_kept_although_scores_were_pulled_away(home: Path) -> None:
    services = open_services(CATALOG)
    record = lived("1", well=False)
    player = Player(lambda s: (routes.results(s, record),), services=services, size=(320, 180))
    player.wait(1)
    (home / "scores.json").unlink()
    shutil.rmtree(home)
    player.choose("Save replay")
    player.close()
    assert len(list((home / "replays").iterdir())) == 1
    assert TOWN in services.scores.best("01_first_night").towns
