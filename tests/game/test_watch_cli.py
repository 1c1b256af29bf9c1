"""`hamlet-game watch`, as people type it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hamlet_game.cli import app


def test_it_opens_on_a_shipped_brain_and_saves_a_picture(tmp_path: Path) -> None:
    picture = tmp_path / "last.png"
    words = ["watch", "master", "--level", "2", "--town-seed", "7", "--frames", "4", "--json"]
    done = CliRunner().invoke(app, [*words, "--screenshot", str(picture), "--size", "640x360"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["frames"] == 4
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("word", ["no-such-run", "nowhere/brain.safetensors"])
def test_who_is_not_there_is_one_sentence(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = CliRunner().invoke(app, ["watch", word])
    assert done.exit_code == 2
    said = (done.stderr + capsys.readouterr().err).strip()
    assert said.startswith("no run")
    assert len(said.splitlines()) == 1


def test_without_a_training_it_asks_what_to_train() -> None:
    done = CliRunner().invoke(app, ["watch", "--frames", "3", "--size", "640x360"])
    assert done.exit_code == 0, done.output
