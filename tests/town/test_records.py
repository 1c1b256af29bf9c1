"""Records of a life, their stars, and replay files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from town_cases import SHIPPED, plain

from hamlet_game.town.catalog import digest, load_catalog
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action, Kind, Meter
from hamlet_game.town.record import Record
from hamlet_game.town.replay import Replay, ReplayError, encode, level_for, load_replay, replay_of

CALM = {
    name: {"start": 100, "deadly": name == "energy"}
    for name in ("energy", "hygiene", "satiation", "money")
}


def walk_to(record: Record, x: int, y: int) -> None:
    while record.last.x != x:
        record.act(Action.RIGHT if record.last.x < x else Action.LEFT)
    while record.last.y != y:
        record.act(Action.DOWN if record.last.y < y else Action.UP)


def dying(level: Level) -> Record:
    record = Record(level, 3)
    while not record.over:
        record.act(Action.INTERACT)
    return record


def test_a_record_writes_every_step_down() -> None:
    record = Record(plain(), 5)
    start = record.last
    assert (start.action, start.meters, start.points) == (None, (50, 50, 50, 50), 0)
    walk_to(record, 6, 6)
    frame = record.act(Action.INTERACT)
    assert (frame.x, frame.y, frame.used, frame.action) == (6, 6, Kind.JOB, Action.INTERACT)
    assert frame.meters[Meter.MONEY] == 80
    assert record.survival == len(record.actions) == len(record.frames) - 1
    assert record.last_use(Kind.JOB) == record.survival
    assert record.last_use(Kind.BED) is None
    assert record.total == record.survival  # one for each step


def test_the_last_use_is_the_latest() -> None:
    record = Record(plain(), 5)
    walk_to(record, 6, 6)
    for _ in range(2):
        record.act(Action.INTERACT)
    used = record.survival
    record.act(Action.LEFT)
    assert record.last_use(Kind.JOB) == used


def test_a_life_that_is_over_takes_no_more_steps() -> None:
    record = dying(plain(meters__satiation__start=2))
    assert (record.last.died, record.last.cause, record.survival) == (True, Meter.SATIATION, 4)
    with pytest.raises(ValueError, match="over"):
        record.act(Action.UP)


def test_living_again_gives_equal_frames() -> None:
    draw = np.random.default_rng(3)
    for level in SHIPPED:
        tape = bytes(draw.integers(0, 5, 500, dtype=np.uint8))
        record = Record.of(level, 77, tape)
        assert record.actions == tape[: record.survival]
        assert Record.of(level, 77, record.actions).frames == record.frames


def test_stars_need_those_before_them() -> None:
    stars = [["survival > 2"], ["survival > 900"], ["alive >= 1"]]
    record = Record(plain(steps=4, meters=CALM, stars=stars), 1)
    earned = [record.stars()]
    while not record.over:
        record.act(Action.INTERACT)
        earned.append(record.stars())
    assert earned == [0, 0, 0, 1, 1]  # alive at the end, but the second star is out of reach
    assert record.measures()["alive"] == 1


def test_a_star_needs_all_its_conditions() -> None:
    stars = [["survival > 2", "return > 3"], ["score > 999"], ["alive >= 1"]]
    record = Record(plain(steps=4, meters=CALM, stars=stars), 1)
    for _ in range(3):
        record.act(Action.INTERACT)
    assert (record.total, record.stars()) == (3, 0)
    record.act(Action.INTERACT)
    assert record.stars() == 3


def test_par_counts_only_where_it_is_known() -> None:
    stars = [["par >= 0.5"], ["par >= 0.75"], ["par >= 1"]]
    record = Record(plain(steps=4, meters=CALM, stars=stars), 1)
    for _ in range(4):
        record.act(Action.INTERACT)
    assert record.last.points == pytest.approx(1000)
    assert [record.stars(), record.stars(2000), record.stars(1250), record.stars(1000)] == [
        0,
        1,
        2,
        3,
    ]


def test_a_replay_file_is_small_and_brings_the_life_back(tmp_path: Path) -> None:
    level = plain(steps=500, meters=CALM)
    tape = bytes(np.random.default_rng(9).integers(0, 5, 500, dtype=np.uint8))
    record = Record.of(level, 2**61, tape)
    assert record.survival == 500
    replay = replay_of(record, player="Ännchen", date="2030-01-02T03:04:05")
    content = encode(replay)
    assert len(content) <= 2048
    file = tmp_path / "life.hamlet"
    file.write_bytes(content)
    again = load_replay(file)
    assert again == replay
    assert again.record(level).frames == record.frames


def saved(tmp_path: Path, **changes: object) -> Path:
    content = json.loads(encode(replay_of(Record.of(plain(), 1, [0, 1, 2]))))
    file = tmp_path / "life.hamlet"
    file.write_text(json.dumps(content | changes))
    return file


def _packed(actions: bytes) -> str:
    return str(json.loads(encode(Replay("plain", "", 1, actions)))["actions"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"what": "song"}, "not a Hamlet replay"),
        ({"format": 2}, "written in format 2, this Hamlet reads 1"),
        ({"actions": "!!"}, "damaged"),
        ({"actions": 5}, "damaged"),
        ({"actions": _packed(b"\0\5")}, "unknown actions"),
        ({"actions": _packed(b"\0" * 10_001)}, "too many"),
        ({"actions": _packed(b"\0\1")[:-5]}, "damaged"),
        ({"town": -1}, "town number"),
        ({"town": 1.5}, "town number"),
        ({"town": True}, "town number"),
        ({"level": 5}, "a name is missing"),
        ({"player": "x" * 101}, "too long"),
    ],
)
def test_a_damaged_replay_gives_a_sentence(
    tmp_path: Path, changes: dict[str, object], words: str
) -> None:
    file = saved(tmp_path, **changes)
    with pytest.raises(ReplayError, match=words) as error:
        load_replay(file)
    assert str(error.value).startswith(f"{file}: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"[]", b"\xff\xfe", b"[" * 60_000, b"0" * 70_000]
)
def test_what_is_no_replay_gives_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.hamlet"
    file.write_bytes(content)
    with pytest.raises(ReplayError, match="choose"):
        load_replay(file)


def test_a_missing_replay_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReplayError, match="check the path"):
        load_replay(tmp_path / "none.hamlet")


def test_a_replay_finds_its_level_and_notices_other_rules(tmp_path: Path) -> None:
    catalog, file = load_catalog(), tmp_path / "life.hamlet"
    level = SHIPPED[0]
    assert level_for(replay_of(Record(level, 1)), catalog, file) == level
    with pytest.raises(ReplayError, match="rules of level '01_first_night' have changed"):
        level_for(Replay(level.id, "0" * 12, 1, b""), catalog, file)
    with pytest.raises(ReplayError, match="no level 'gone'"):
        level_for(Replay("gone", "", 1, b""), catalog, file)


def test_the_digest_is_of_the_rules_not_of_the_words() -> None:
    known = digest(plain())
    assert digest(plain()) == known
    assert digest(plain(name="Other", goal="Other.", stars=[["score > 1"]] * 3)) == known
    assert digest(plain(steps=101)) != known
    assert digest(plain(buildings__bed__gives__energy=51)) != known
    assert digest(plain(rewards={"survival": 2})) != known
