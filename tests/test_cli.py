"""The real command, run as people run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer
from typer.testing import CliRunner

from hamlet_game import paths
from hamlet_game.cli import app
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record
from hamlet_game.town.replay import encode, replay_of

PROGRAM = typer.main.get_command(app)


def hamlet(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hamlet_game", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | environment,
    )


def commands(group: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield every command and group by its words, the whole program first."""
    yield path
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*path, name))


def found(path: tuple[str, ...]) -> click.Command:
    command = PROGRAM
    for name in path:
        command = command.commands[name]
    return command


def test_help_names_every_command() -> None:
    done = hamlet("--help")
    assert done.returncode == 0
    for path in commands(PROGRAM):
        assert not path or path[0] in done.stdout


@pytest.mark.parametrize(
    "path", list(commands(PROGRAM)), ids=lambda path: " ".join(path) or "hamlet"
)
def test_every_command_explains_itself_and_its_options(path: tuple[str, ...]) -> None:
    command = found(path)
    done = CliRunner().invoke(app, [*path, "--help"], env={"COLUMNS": "200", "TERM": "dumb"})
    assert done.exit_code == 0
    assert command.help
    assert command.help.split()[0] in done.output
    for option in command.params:
        assert getattr(option, "help", None), f"{path}: nothing is said of {option.name}"
        assert option.opts[0].lower() in done.output.lower() or getattr(option, "hidden", False)
    refused = CliRunner().invoke(app, [*path, "--no-such-option"])
    assert refused.exit_code == 2


def test_version() -> None:
    assert hamlet("--version").stdout.startswith("Hamlet ")


def test_play_reports_timings_and_saves_the_last_frame(tmp_path: Path) -> None:
    picture = tmp_path / "last.png"
    done = hamlet(
        "play", "full_day", "--town-seed", "7", "--frames", "30", "--json",
        "--screenshot", str(picture), "--size", "640x360",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["frames"] == 30
    assert set(told["frame_ms"]) == {"median", "p99", "worst"}
    assert 0 < told["first_frame_s"] < 60
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_title_opens_without_a_command() -> None:
    done = hamlet("--frames", "5")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("play", "9"), "There is no level '9'. Known: 01_first_night"),
        (("replay", "missing.hamlet"), "missing.hamlet: can't be read"),
    ],
)
def test_wrong_words_get_one_sentence(words: tuple[str, ...], sentence: str) -> None:
    done = hamlet(*words)
    assert done.returncode == 2
    assert done.stderr.startswith(sentence)
    assert len(done.stderr.splitlines()) == 1


def test_a_wrong_size_or_town_is_refused() -> None:
    assert "write it like 1920x1080" in hamlet("play", "--size", "big").stderr
    assert hamlet("play", "--town-seed", "0").returncode == 2


def test_no_display_is_one_sentence() -> None:
    bare = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"), "")
    done = hamlet("--frames", "1", **bare)
    if done.returncode == 0:
        pytest.skip("this system has a screen that needs no DISPLAY")
    assert done.returncode == 2
    assert done.stderr.startswith("No display was found")
    assert len(done.stderr.splitlines()) == 1


def test_levels_list_and_check(tmp_path: Path) -> None:
    listed = json.loads(hamlet("levels", "list", "--json").stdout)
    assert [row["id"] for row in listed][:4] == [
        "01_first_night", "02_clean_start", "03_full_day", "04_thrive",
    ]  # fmt: skip
    broken = tmp_path / "broken.yaml"
    text = (paths.levels() / "01_first_night.yaml").read_text()
    broken.write_text(text.replace("hygiene: 5}", "hygeine: 5}"))
    done = hamlet("levels", "check", str(broken))
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"{broken}: buildings.bed.gives.hygeine: no such meter. Did you mean 'hygiene'?"
    )
    fine = hamlet("levels", "check", str(paths.levels() / "04_thrive.yaml"))
    assert fine.returncode == 0
    assert "fine" in fine.stdout


def test_a_saved_life_plays_back(tmp_path: Path) -> None:
    record = Record.of(load_catalog().find("1"), 7, [Action.LEFT, Action.UP, Action.INTERACT])
    file = tmp_path / "life.hamlet"
    file.write_bytes(encode(replay_of(record)))
    done = hamlet("replay", str(file), "--frames", "20")
    assert (done.returncode, done.stderr) == (0, "")
    file.write_bytes(file.read_bytes()[:-30])
    done = hamlet("replay", str(file), "--frames", "20")
    assert done.returncode == 2
    assert done.stderr == f"{file}: damaged or not a replay; choose another file.\n"
