"""A Hamlet without torch: it plays, and says how to get one that trains."""

from __future__ import annotations

import importlib.util
import sys
import time
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hamlet_game.cli import app
from hamlet_game.game.desk.desk import TrainingDesk
from hamlet_game.training import edition

FOUND = importlib.util.find_spec


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be the small executable."""

    def find(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name in {"torch", "matplotlib"} else FOUND(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", find)
    monkeypatch.setattr(sys, "frozen", True, raising=False)


def test_here_all_is_there() -> None:
    assert edition.cannot_train() == edition.cannot_draw() == ""


@pytest.mark.usefixtures("player")
@pytest.mark.parametrize(
    "words",
    [
        ["train"],
        ["train", "--view", "none", "--json"],
        ["train", "--view", "window", "--frames", "5"],
        ["report", "anything"],
    ],
)
def test_the_player_says_in_a_sentence_how_to_get_the_full_one(
    home: Path, words: list[str]
) -> None:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2
    assert "get the one named 'hamlet'" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (home / "runs").exists()


@pytest.mark.usefixtures("player")
def test_a_desk_of_the_player_fails_with_that_sentence(home: Path) -> None:
    desk = TrainingDesk()
    try:
        desk.start("quick")
        end = time.monotonic() + 20
        while desk.state == "loading" and time.monotonic() < end:
            desk.poll()
            time.sleep(0.01)
        assert desk.state == "failed"
        assert desk.problem is not None
        assert desk.problem.sentence == edition.cannot_train()
        assert not desk.problem.details
    finally:
        desk.close()
    assert not (home / "runs").exists()


@pytest.mark.usefixtures("player")
def test_without_an_executable_it_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(sys, "frozen")
    assert edition.cannot_train().endswith("pip install 'torch>=2.13,<2.14'")
    assert edition.cannot_draw().endswith("pip install matplotlib")
