"""The list of levels: shipped ones, and the user's own, broken or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hamlet_game import paths
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level_file import LevelError

IDS = ["01_first_night", "02_clean_start", "03_full_day", "04_thrive", "05_rush_hour"]


@pytest.fixture
def custom(home: Path) -> Path:
    folder = home / "custom"
    folder.mkdir(parents=True)
    return folder


def shipped_text(name: str) -> str:
    return (paths.levels() / f"{name}.yaml").read_text(encoding="utf-8")


def test_the_shipped_levels_come_in_order() -> None:
    catalog = load_catalog()
    assert [entry.id for entry in catalog.entries] == IDS
    assert [level.id for level in catalog.levels] == IDS
    assert not any(entry.custom or entry.trouble for entry in catalog.entries)


@pytest.mark.parametrize("word", ["03_full_day", "03", "3", "full_day", "Full Day", "full-day "])
def test_a_level_is_found_by_id_number_and_name(word: str) -> None:
    assert load_catalog().find(word).id == "03_full_day"


@pytest.mark.parametrize(
    ("word", "remedy"),
    [("full_dya", "Did you mean '03_full_day'"), ("zzz", "Known: 01_first_night"), ("", "Known")],
)
def test_an_unknown_level_is_answered_with_what_there_is(word: str, remedy: str) -> None:
    with pytest.raises(LevelError, match=remedy):
        load_catalog().find(word)


def test_own_levels_come_last_and_are_found(custom: Path) -> None:
    text = shipped_text("01_first_night").replace("First Night", "Sunny Side")
    (custom / "my-town.yaml").write_text(text, encoding="utf-8")
    (custom / "notes.txt").write_text("not a level", encoding="utf-8")
    catalog = load_catalog()
    assert [entry.id for entry in catalog.entries] == [*IDS, "my-town"]
    assert catalog.entries[-1].custom
    for word in ("my-town", "my town", "Sunny Side"):
        assert catalog.find(word).id == "my-town"


def test_a_broken_level_keeps_its_place_and_its_reason(custom: Path) -> None:
    text = shipped_text("01_first_night")
    (custom / "broken.yaml").write_text(text.replace("steps:", "stepz:"), encoding="utf-8")
    (custom / "works.yaml").write_text(text, encoding="utf-8")
    catalog = load_catalog()
    broken = catalog.entries[-2]
    assert (broken.id, broken.level) == ("broken", None)
    assert broken.trouble == (
        f"{custom / 'broken.yaml'}: stepz: no such key. Did you mean 'steps'?"
    )
    assert catalog.levels[-1].id == "works"
    with pytest.raises(LevelError, match="stepz"):
        catalog.find("broken")


@pytest.mark.parametrize("name", ["01_first_night", "01_First_Night"])
def test_a_shipped_level_cannot_be_replaced(custom: Path, name: str) -> None:
    (custom / f"{name}.yaml").write_text(shipped_text("02_clean_start"), encoding="utf-8")
    catalog = load_catalog()
    assert catalog.find("1").name == "First Night"
    clash = catalog.entries[-1]
    assert clash.level is None
    assert "rename the file" in clash.trouble


def test_a_custom_folder_that_is_a_file_is_no_trouble(home: Path) -> None:
    home.mkdir()
    (home / "custom").write_text("", encoding="utf-8")
    assert [entry.id for entry in load_catalog().entries] == IDS


def test_only_so_many_own_levels_are_read(custom: Path) -> None:
    for number in range(103):
        (custom / f"{number:03}.yaml").write_text("", encoding="utf-8")
    entries = load_catalog().entries
    assert len(entries) == len(IDS) + 100
