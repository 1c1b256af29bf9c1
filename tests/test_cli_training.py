"""The real training commands, run as people run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import pytest
import typer

from hamlet_game import cli, cli_training
from hamlet_game.game.app import FirstScene
from hamlet_game.game.services import open_services
from hamlet_game.town.catalog import load_catalog


def hamlet(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hamlet_game", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )


def test_help_names_the_commands_and_their_options() -> None:
    overview = hamlet("--help").stdout
    for command in ("train", "evaluate", "report"):
        assert command in overview
    options = hamlet("train", "--help").stdout
    for option in (
        "--levels", "--config", "--seed", "--out", "--resume", "--view", "--max-steps",
        "--max-minutes", "--json",
    ):  # fmt: skip
        assert option in options


def test_train_evaluate_report(home: Path) -> None:
    done = hamlet(
        "train",
        "--config",
        "quick",
        "--levels",
        "1",
        "--seed",
        "3",
        "--max-steps",
        "6400",
        "--json",
    )
    assert done.returncode == 0, done.stderr
    trained = json.loads(done.stdout)
    assert (trained["run"], trained["steps"], trained["seed"]) == ("quick", 6_400, 3)
    assert "First Night begins" in done.stderr

    again = hamlet("train", "--resume", "--max-steps", "9600", "--view", "none", "--json")
    assert json.loads(again.stdout)["steps"] == 9_600, again.stderr
    assert again.stderr == ""

    # The first evaluation comes after 20,000 steps; a run must have had one to be judged.
    early = hamlet("evaluate", "quick")
    assert early.returncode == 2
    assert "was saved before the first evaluation; train longer." in early.stderr
    hamlet("train", "--resume", "--max-steps", "22400", "--view", "none")

    judged = hamlet(
        "evaluate", "quick", "--episodes", "50", "--town-seed", "7", "--par-towns", "1", "--json"
    )
    assert judged.returncode == 0, judged.stderr
    told = json.loads(judged.stdout)
    assert (told["level"], told["episodes"], told["town_seed"]) == ("01_first_night", 50, 7)

    drawn = hamlet("report", "quick", "--episodes", "20")
    assert drawn.returncode == 0, drawn.stderr
    page = Path(drawn.stdout.strip())
    assert page == home / "runs" / "quick" / "report" / "report.html"
    assert page.is_file()


def test_wrong_words_get_one_sentence() -> None:
    for words, sentence in (
        (("train", "--config", "quik"), "Did you mean 'quick'?"),
        (("evaluate", "nobody"), "no run 'nobody'"),
        (("report", "nobody"), "no run 'nobody'"),
    ):
        done = hamlet(*words)
        assert done.returncode == 2
        assert sentence in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_training_can_be_watched_in_the_window(home: Path, tmp_path: Path) -> None:
    out, picture = tmp_path / "run", tmp_path / "last.png"
    done = hamlet(
        "train", "--view", "window", "--config", "quick", "--levels", "1", "--seed", "3",
        "--out", str(out), "--frames", "400", "--screenshot", str(picture), "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["frames"] == 400
    assert picture.stat().st_size > 10_000
    assert (out / "config.yaml").is_file()
    assert not (home / "runs").exists()


def test_the_window_goes_on_with_a_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    out = str(tmp_path / "run")
    quick = ("train", "--config", "quick", "--levels", "1", "--max-steps", "6400", "--out", out)
    assert hamlet(*quick, "--view", "none").returncode == 0
    services = open_services(load_catalog())

    def opened(first_scene: FirstScene, *_options: object) -> NoReturn:
        assert len(first_scene(services)) == 2
        raise typer.Exit(0)

    monkeypatch.setattr(cli_training, "open_window", opened)
    words = ["train", "--resume", "--view", "window", "--out", out, "--max-steps", "12800"]
    with pytest.raises(SystemExit) as left:
        cli.app(words)
    assert left.value.code == 0
    desk, deadline = services.training, time.monotonic() + 60
    while desk.state != "ended":
        assert time.monotonic() < deadline, desk.problem
        desk.poll()
        time.sleep(0.01)
    assert desk.history.ended is not None
    assert (desk.history.ended.step, desk.history.ended.reason) == (12_800, "limit")
    desk.close()


def test_what_the_window_cannot_train_is_a_sentence(tmp_path: Path) -> None:
    for words, sentence in (
        (("--view", "window", "--config", "quik"), "Did you mean 'quick'?"),
        (("--view", "window", "--resume", "--out", str(tmp_path)), "holds no run to go on with"),
        (("--view", "none", "--frames", "3"), "go with --view window"),
    ):
        done = hamlet("train", *words)
        assert done.returncode == 2
        assert sentence in " ".join(done.stderr.split())
