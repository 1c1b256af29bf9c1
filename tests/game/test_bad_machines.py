"""No screen, no sound, no home, a full disk: one sentence each, and nothing is lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pygame
import pytest
from driver import Player
from running import LEVEL, LIVE, ROOT, afresh, environment, live, run
from tour import CATALOG

from hamlet_game import files, paths
from hamlet_game.game.events import Command
from hamlet_game.game.scenes import routes
from hamlet_game.game.services import open_services
from hamlet_game.town.catalog import load_catalog

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
