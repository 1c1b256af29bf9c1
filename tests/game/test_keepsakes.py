"""Saved replays: names, no doubles, listing and deleting."""

from __future__ import annotations

import os
import re
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from hamlet_game import paths
from hamlet_game.game import keepsakes
from hamlet_game.game.services import Services
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record
from hamlet_game.town.replay import ReplayError, load_replay


def life(actions: list[Action], seed: int = 4711) -> Record:
    return Record.of(load_catalog().find("1"), seed, actions)


def listener() -> tuple[Services, list[str]]:
    told: list[str] = []
    return cast("Services", SimpleNamespace(notify=told.append)), told


def test_a_kept_life_can_be_lived_again() -> None:
    record = life([Action.INTERACT] * 7)
    file = keepsakes.keep(record)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d First Night town 4711 7 steps\.hamlet", file.name)
    assert file.parent == paths.replays()
    replay = load_replay(file)
    assert replay.record(record.level).frames == record.frames
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", replay.date)


def test_the_same_life_is_kept_once_and_another_gets_a_number() -> None:
    first = keepsakes.keep(life([Action.INTERACT] * 3))
    assert keepsakes.keep(life([Action.INTERACT] * 3)) == first
    other = keepsakes.keep(life([Action.LEFT] * 3))
    assert other.name == first.name.replace(".hamlet", " (2).hamlet")


def test_a_level_name_never_leaves_the_folder() -> None:
    record = life([Action.UP])
    record.level = record.level.model_copy(update={"name": "../a:b?"})
    file = keepsakes.keep(record)
    assert file.parent == paths.replays()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d -a-b- town 4711 1 step\.hamlet", file.name)


def test_files_are_listed_newest_first() -> None:
    files = [keepsakes.keep(life([Action.UP] * n)) for n in (1, 2, 3)]
    for age, file in enumerate(files):
        os.utime(file, (1000 - age, 1000 - age))
    (paths.replays() / "notes.txt").write_text("not a replay")
    (paths.replays() / ".2026.hamlet.x1.hamlet").write_text("half written")
    assert keepsakes.listed() == files


def test_a_missing_folder_is_empty() -> None:
    assert keepsakes.listed() == []


def test_saving_tells_the_name() -> None:
    services, told = listener()
    sentence = keepsakes.save(services, life([Action.UP]))
    assert told == [sentence]
    assert sentence == f"Replay saved: {keepsakes.listed()[0].name}"


def test_a_folder_that_cant_be_made_gives_a_sentence(home: Path) -> None:
    home.mkdir()
    (home / "replays").write_text("a file where the folder should be")
    services, told = listener()
    keepsakes.save(services, life([Action.UP]))
    assert told[0].startswith("The replay can't be saved: ")
    assert told[0].endswith(f"({home / 'replays'}).")


def test_deleting_removes_the_file() -> None:
    file = keepsakes.keep(life([Action.UP]))
    assert keepsakes.discard(file) == f"Deleted {file.name}"
    assert not file.exists()
    assert keepsakes.discard(file) == f"Deleted {file.name}"


def test_an_error_beside_its_file_drops_the_path(tmp_path: Path) -> None:
    file = tmp_path / "x.hamlet"
    file.write_text("{")
    with pytest.raises(ReplayError) as caught:
        load_replay(file)
    assert keepsakes.short(caught.value, file).startswith("Damaged or not a replay;")
