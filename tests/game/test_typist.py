"""Keys that press themselves, for programs that no test can reach into."""

from __future__ import annotations

import json
from pathlib import Path

import pygame
import pytest
from typer.testing import CliRunner

from hamlet_game.cli import app
from hamlet_game.game.typist import keys_of


def test_keys_are_read_by_name() -> None:
    assert keys_of("right*2 a F9 space") == (
        pygame.K_RIGHT, pygame.K_RIGHT, pygame.K_a, pygame.K_F9, pygame.K_SPACE,
    )  # fmt: skip
    assert keys_of("") == ()


@pytest.mark.parametrize("text", ["rigt", "right*", "right*x", "right*1001"])
def test_what_is_no_key_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"keys are named|times at most"):
        keys_of(text)
    assert CliRunner().invoke(app, ["play", "1", "--keys", text]).exit_code == 2


def test_the_game_is_played_by_them(home: Path) -> None:
    words = ["play", "1", "--town-seed", "7", "--keys", "right*2 space f5", "--size", "320x180"]
    done = CliRunner().invoke(app, [*words, "--frames", "60", "--json"])
    assert json.loads(done.stdout)["frames"] == 60
    (replay,) = (home / "replays").iterdir()
    assert "3 steps" in replay.name
