"""Who can play, by word."""

from __future__ import annotations

from pathlib import Path

import pytest

from hamlet_game import paths
from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import BrainPlayer, PlanPlayer, ScriptPlayer
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.town import Town


def test_everyone_can_act() -> None:
    town = Town(load_catalog().find("3"), [5])
    words = [entry.word for entry in roster.everyone()]
    assert words[:6] == [
        "untrained", "01_first_night", "02_clean_start", "03_full_day", "04_thrive", "master",
    ]  # fmt: skip
    assert set(words[6:]) == {"planner", "sensible", "random", "idle"}
    for word in words:
        player = roster.player(word)
        player.begin(town.level, 5)
        player.act(town)
        assert player.name
        assert player.detail
    assert isinstance(roster.player("master"), BrainPlayer)
    assert isinstance(roster.player("sensible"), ScriptPlayer)
    assert isinstance(roster.player("planner"), PlanPlayer)


def test_a_brain_file_by_its_path() -> None:
    player = roster.player(str(paths.assets() / "brains" / "03_full_day.safetensors"))
    assert isinstance(player, BrainPlayer)
    assert "steps" in player.detail


def test_an_unknown_word_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(roster.RosterError, match="no run"):
        roster.player("nobody-knows-this")
    broken = tmp_path / "brain.safetensors"
    broken.write_bytes(b"not a brain")
    with pytest.raises(roster.RosterError, match="neither a run"):
        roster.player(str(broken))
