"""A life among others: written down, kept in a file, and lived again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from town_cases import plain

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action
from hamlet_game.town.outcome import Refusal
from hamlet_game.town.policies import idle, random, sensible
from hamlet_game.town.record import Record, remembered
from hamlet_game.town.replay import ReplayError, encode, load_replay, replay_of
from hamlet_game.town.town import Town

RUSH = load_catalog().find("rush_hour")


def lived(seed: int = 7, steps: int = 500) -> Record:
    record = Record(RUSH, seed, random if seed % 2 else sensible)
    for _ in range(steps):
        if record.over:
            break
        record.act(Action(int(sensible(record.town)[0])))
    return record


def test_it_is_the_first_person_of_a_shared_town() -> None:
    record, town = lived(8), Town(RUSH, [8], 4)
    for frame in record.frames[1:]:
        step = town.step(sensible(town))
        assert (frame.x, frame.y) == (town.state.x[0], town.state.y[0])
        assert frame.refused == step.refused[0]
        assert frame.points == town.state.points[0]
    for number, other in enumerate(record.others, 1):
        assert other.last.points == town.state.points[number]
        assert other.survival == town.state.age[number]
    assert any(frame.refused is Refusal.TAKEN for frame in record.frames)


def test_the_same_actions_and_company_are_the_same_life() -> None:
    record = lived(7)
    again = Record.of(RUSH, 7, record.actions, random)
    assert again.frames == record.frames
    assert again.others_actions == record.others_actions


def test_the_others_are_remembered_whoever_they_were(tmp_path: Path) -> None:
    for seed in (7, 8):
        record, file = lived(seed), tmp_path / f"{seed}.hamlet"
        file.write_bytes(encode(replay_of(record)))
        assert file.stat().st_size <= 2048
        again = load_replay(file).record(RUSH)
        assert again.frames == record.frames
        assert [other.frames for other in again.others] == [o.frames for o in record.others]


def test_who_goes_on_from_a_memory_needs_a_company() -> None:
    record = lived(7, 20)
    again = Record.of(RUSH, 7, record.actions, remembered(record.others_actions, 4, idle))
    again.act(Action.UP)
    assert again.others_actions[-3:] == bytes([Action.INTERACT] * 3)


def test_a_file_with_other_peoples_actions_missing_is_damaged(tmp_path: Path) -> None:
    record, file = lived(7, 20), tmp_path / "a.hamlet"
    replay = replay_of(record)
    cut = type(replay)(**{n: getattr(replay, n) for n in replay.__slots__} | {"others": b"\0" * 7})
    file.write_bytes(encode(cut))
    with pytest.raises(ReplayError, match="the others' actions don't fit"):
        load_replay(file)


def test_a_life_alone_has_no_company() -> None:
    record = Record.of(plain(), 3, [Action.UP] * 5)
    assert (record.others, record.others_actions) == ((), b"")
    assert b"others" not in encode(replay_of(record))
    assert np.array_equal(record.town.state.citizen, [0])
