"""Files that are broken, missing or strange: one sentence each, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from driver import Player
from running import GAME, LEVEL, ROOT, afresh, environment, live, run
from tour import CATALOG, TOWN, lived

from hamlet_game.game.events import Command
from hamlet_game.game.scenes import routes
from hamlet_game.game.services import open_services
from hamlet_game.town.catalog import MAX_CUSTOM

# Broken files.

ANYTHING = {"empty": b"", "binary": bytes(range(256)) * 20, "deep": b"[" * 100_000}
SETTINGS = ANYTHING | {
    "half written": b"muted: true\nfullscreen: fal",
    "a list": b"- 1\n- 2\n",
    "wrong types": b"muted: true\nspeed: fast\ntext_scale: 900\nkeys: 7\npad: {UP: [1, 2]}\n",
    "huge": b"a: " + b"x" * 9_000_000,
    "a bomb": b"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n",
    "code": b"!!python/object/apply:os.system ['exit 1']",
    "no numbers": b"text_scale: .nan\nwindow_scale: .inf\n",
    "unknown level": b"last_level: nowhere\n",
}
SCORES = ANYTHING | {
    "half written": b'{"version": 1, "levels": {"01_first_night": {"plays": 3',
    "a list": b"[]",
    "wrong types": b'{"version": 1, "levels": {"01_first_night": {"plays": "x", "towns": 3}}}',
    "huge": b" " * 9_000_000,
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
