"""Checkpoints: what is kept, and what happens to files that are cut, forged or foreign."""

from __future__ import annotations

import errno
import hashlib
import json
import math
import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file

from hamlet_game import files
from hamlet_game.training import checkpoint_file, checkpoint_read
from hamlet_game.training.checkpoint_file import CheckpointError, Manifest
from hamlet_game.training.checkpoints import CheckpointManager

STATE = {
    "step": 120,
    "rng": np.random.default_rng(3).bit_generator.state,  # integers of 128 bits
    "ε": 0.1,
    "nothing": None,
    "never": math.inf,
    "agents": [
        {"online": np.arange(6, dtype=np.float32).reshape(2, 3), "mask": np.array([True, False])},
        {"online": np.ones((2, 3), np.float32), "empty": np.zeros((0, 4), np.int64)},
    ],
    "scalar": np.float32(0.1),
    "a/b": np.array(7, np.int8),
    "a": {"b": np.array([2**63], np.uint64)},
}


def same(a: Any, b: Any) -> bool:
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, np.ndarray):
        return bool(a.dtype == b.dtype and a.shape == b.shape and (a == b).all())
    return bool(a == b)


def saved(folder: Path, *steps: int) -> list[Path]:
    """Save a small state at each step; return the files."""
    manager = CheckpointManager(folder)
    return [manager.save(step, {"step": step, "w": np.full(50, step)}) for step in steps]


def resumed_step(folder: Path) -> tuple[int | None, list[str]]:
    """Return the step that the latest whole checkpoint has, and why others were skipped."""
    loaded = CheckpointManager(folder).load_latest()
    step = loaded.checkpoint.state["step"] if loaded.checkpoint else None
    return step, [skipped.reason for skipped in loaded.skipped]


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    file = CheckpointManager(tmp_path).save(120, STATE, 3.5, {"level": "full_day"})
    loaded = CheckpointManager(tmp_path).load_latest()
    assert loaded.skipped == ()
    assert loaded.checkpoint is not None
    assert loaded.checkpoint.file == file
    assert loaded.checkpoint.manifest == Manifest("latest", 120, 3.5, {"level": "full_day"})
    assert same(loaded.checkpoint.state, STATE)
    again = loaded.checkpoint.state["agents"][0]["online"]
    again += 1  # an array of its own, free to be trained on
    assert file.name == "latest-0001-step120.safetensors"


def test_any_safetensors_reader_can_look_inside(tmp_path: Path) -> None:
    file = CheckpointManager(tmp_path).save(1, STATE)
    arrays = load_file(file)
    assert arrays["agents/0/online"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert arrays["agents/1/empty"].shape == (0, 4)


def test_tensors_are_saved_as_arrays(tmp_path: Path) -> None:
    import torch  # noqa: PLC0415 - a second that the other tests need not wait

    state = {"w": torch.ones(2, 3), "version": torch.__version__}
    CheckpointManager(tmp_path).save(1, state)
    loaded = CheckpointManager(tmp_path).load_latest().checkpoint
    assert loaded is not None
    assert loaded.state["w"].tolist() == [[1, 1, 1], [1, 1, 1]]
    assert type(loaded.state["version"]) is str


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"when": object()}, "/when: a object can't be saved"),
        ({"words": np.array(["a"])}, "/words: an array of"),
        ({"things": np.array([{}])}, "/things: an array of object"),
        ({"lives": {1: 2}}, "/lives: the key 1 is not text"),
        ({"x": {"$array": "w"}}, r"/x: the key '\$array' is taken"),
    ],
)
def test_what_cannot_be_saved_says_where_it_is(
    tmp_path: Path, state: dict[str, Any], sentence: str
) -> None:
    with pytest.raises((TypeError, ValueError), match=sentence):
        CheckpointManager(tmp_path).save(1, state)
    assert list(tmp_path.iterdir()) == []


def test_two_latest_and_the_best_few_are_kept(tmp_path: Path) -> None:
    manager = CheckpointManager(tmp_path, keep_best=2)
    for step, metric in enumerate([1.2, 1.9, 1.5, 1.1, 1.9, math.pi]):
        manager.save(step, {"step": step})
        manager.save_best(step, {"brains": [step]}, metric)
    kept = sorted(file.name.partition("-step")[2] for file in tmp_path.glob("latest-*"))
    assert kept == ["4.safetensors", "5.safetensors"]
    kept = sorted(file.name.partition("-step")[2] for file in tmp_path.glob("best-*"))
    assert kept == ["4.safetensors", "5.safetensors"], "of equals the later one"
    best = manager.load_best().checkpoint
    assert best is not None
    assert best.state == {"brains": [5]}
    assert manager.save_best(9, {"brains": [9]}, 1.8) is None
    with pytest.raises(ValueError, match="nan"):
        manager.save_best(9, {}, math.nan)


def test_the_newest_is_the_one_saved_last_though_steps_go_back(tmp_path: Path) -> None:
    _, newer = saved(tmp_path, 100, 200)
    newer.write_bytes(b"torn")
    assert resumed_step(tmp_path)[0] == 100
    saved(tmp_path, 110)
    assert resumed_step(tmp_path) == (110, [])
    saved(tmp_path, 120)
    assert not newer.exists()


def test_nothing_is_there_at_first(tmp_path: Path) -> None:
    manager = CheckpointManager(tmp_path / "none")
    assert manager.load_latest().checkpoint is None
    assert manager.load_best().checkpoint is None


# -- files that are cut, forged or foreign ------------------------------------------------------


def cut(content: bytes) -> bytes:
    return content[:-7]


def cut_in_the_header(content: bytes) -> bytes:
    return content[:300]


def emptied(_content: bytes) -> bytes:
    return b""


def lengthened(content: bytes) -> bytes:
    return content + b"\0"


def changed_in_the_data(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


def changed_in_the_manifest(content: bytes) -> bytes:
    assert b'\\"step\\": 20' in content
    return content.replace(b'\\"step\\": 20', b'\\"step\\": 99', 1)


def of_another_version(content: bytes) -> bytes:
    return content.replace(b'"format":"1"', b'"format":"2"', 1)


def with_an_endless_header(content: bytes) -> bytes:
    return (2**62).to_bytes(8, "little") + content[8:]


REASONS = {
    cut: "SHA-256 differs",
    cut_in_the_header: "damaged",
    emptied: "not a Hamlet checkpoint, or damaged",
    lengthened: "SHA-256 differs",
    changed_in_the_data: "SHA-256 differs",
    changed_in_the_manifest: "SHA-256 differs",
    of_another_version: "written in format 2, this Hamlet reads 1; use the version that saved it.",
    with_an_endless_header: "damaged",
}


@pytest.mark.parametrize("harm", REASONS, ids=lambda harm: harm.__name__)
def test_a_damaged_one_is_named_and_the_one_before_used(
    tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    _, newest = saved(tmp_path, 10, 20)
    newest.write_bytes(harm(newest.read_bytes()))
    loaded = CheckpointManager(tmp_path).load_latest()
    assert loaded.checkpoint is not None
    assert loaded.checkpoint.state["step"] == 10
    (skipped,) = loaded.skipped
    assert skipped.file == str(newest)
    assert REASONS[harm] in skipped.reason


def test_damaged_best_ones_are_named_and_make_room_first(tmp_path: Path) -> None:
    manager = CheckpointManager(tmp_path, keep_best=2)
    state = {"w": np.ones(3)}
    good, changed = (manager.save_best(step, state, step + 0.5) for step in (1, 2))
    assert good is not None
    assert changed is not None
    changed.write_bytes(changed_in_the_data(changed.read_bytes()))
    assert [skipped.file for skipped in manager.load_best().skipped] == [str(changed)]
    changed.write_bytes(b"\0" * 100)
    loaded = manager.load_best()
    assert [skipped.file for skipped in loaded.skipped] == [str(changed)]
    assert loaded.checkpoint is not None
    assert loaded.checkpoint.file == good
    assert manager.save_best(3, state, 1.0) is not None
    assert good.exists()
    assert not changed.exists()


class Bomb:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(Bomb.crater),)

    crater = Path()


def test_a_pickle_is_never_run(tmp_path: Path) -> None:
    Bomb.crater = tmp_path / "crater"
    _, newest = saved(tmp_path, 10, 20)
    bomb = pickle.dumps(Bomb())
    newest.write_bytes(bomb)
    assert resumed_step(tmp_path)[0] == 10
    newest.write_bytes(
        forged({"x": {"dtype": "PICKLE", "shape": [1], "data_offsets": [0, 1]}}, bomb)
    )
    assert resumed_step(tmp_path)[0] == 10
    assert not Bomb.crater.exists()


def forged(table: dict[str, Any], data: bytes = b"", told: object = None, text: str = "") -> bytes:
    """Return a file whose digest is right, as anyone can make one."""
    zero = checkpoint_file.NO_DIGEST
    manifest = {"kind": "latest", "step": 20, "metric": None, "metadata": {}, "tree": {"step": 20}}
    metadata = {
        "what": checkpoint_file.WHAT,
        "format": "1",
        "sha256": zero,
        "manifest": text or json.dumps(manifest if told is None else told),
    }
    header = json.dumps({"__metadata__": metadata} | table, separators=(",", ":")).encode()
    digest = hashlib.sha256(header + data).hexdigest()
    header = header.replace(zero.encode(), digest.encode(), 1)
    return len(header).to_bytes(8, "little") + header + data


def entry(dtype: str, shape: list[Any], start: int, end: int) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}


FORGERIES = {
    "a shape that lies": forged({"x": entry("F32", [100], 0, 4)}, bytes(4)),
    "an endless array": forged({"x": entry("F64", [2**60], 0, 8)}, bytes(8)),
    "an endless empty array": forged({"x": entry("F64", [2**70, 0], 0, 0)}),
    "negative sides": forged({"x": entry("F32", [-1, -1], 0, 4)}, bytes(4)),
    "too many sides": forged({"x": entry("F32", [1] * 99, 0, 4)}, bytes(4)),
    "a side that is no number": forged({"x": entry("F32", [True], 0, 4)}, bytes(4)),
    "overlapping arrays": forged(
        {"x": entry("I8", [4], 0, 4), "y": entry("I8", [4], 0, 4)}, bytes(8)
    ),
    "bytes left over": forged({"x": entry("I8", [4], 0, 4)}, bytes(5)),
    "bytes missing": forged({"x": entry("I8", [4], 0, 4)}, bytes(3)),
    "an unknown dtype": forged({"x": entry("O", [1], 0, 8)}, bytes(8)),
    "no table": forged({"x": 3}),
    "a manifest that is none": forged({}, told=[]),
    "a manifest without a tree": forged({}, told={"kind": "latest"}),
    "a step that is no number": forged(
        {}, told={"kind": "l", "step": "x", "metric": None, "metadata": {}, "tree": {}}
    ),
    "a tree that names no array": forged(
        {}, told={"kind": "l", "step": 1, "metric": None, "metadata": {}, "tree": {"$array": "x"}}
    ),
    "a tree without end": forged({}, text="[" * 100_000),
    "a number without end": forged({}, text='{"step":' + "9" * 100_000 + "}"),
}


@pytest.mark.parametrize("content", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forgery_with_a_right_digest_is_skipped_too(tmp_path: Path, content: bytes) -> None:
    _, newest = saved(tmp_path, 10, 20)
    newest.write_bytes(content)
    step, reasons = resumed_step(tmp_path)
    assert step == 10
    assert "damaged" in reasons[0]
    assert CheckpointManager(tmp_path).load_best().checkpoint is None


def test_a_forger_gets_it_right(tmp_path: Path) -> None:
    """The forgeries above fail for their faults, not for how they are made."""
    _, newest = saved(tmp_path, 10, 20)
    newest.write_bytes(forged({"x": entry("I8", [4], 0, 4)}, bytes(4)))
    assert resumed_step(tmp_path) == (20, [])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return saved(tmp_path_factory.mktemp("whole"), 20)[0].read_bytes()


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(place=st.integers(0, 2_000), value=st.binary(min_size=1, max_size=8))
def test_no_change_goes_unnoticed(tmp_path: Path, whole: bytes, place: int, value: bytes) -> None:
    place %= len(whole)
    content = whole[:place] + value + whole[place + len(value) :]
    file = tmp_path / "latest-0002-step20.safetensors"
    file.write_bytes(content)
    if content == whole:
        assert checkpoint_read.read(file).state["step"] == 20
    else:
        with pytest.raises(CheckpointError):
            checkpoint_read.read(file)


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes in the file system")
def test_what_is_no_file_is_turned_down_at_once(tmp_path: Path) -> None:
    saved(tmp_path, 10)
    os.mkfifo(tmp_path / "latest-0002-step20.safetensors")
    (tmp_path / "latest-0003-step30.safetensors").mkdir()
    step, reasons = resumed_step(tmp_path)
    assert step == 10
    assert len(reasons) == 2
    assert all("not a file" in reason for reason in reasons)


@pytest.mark.skipif(sys.platform == "win32", reason="needs files with holes")
def test_a_huge_file_costs_neither_memory_nor_time(tmp_path: Path) -> None:
    saved(tmp_path, 10)
    huge = tmp_path / "latest-0002-step20.safetensors"
    with huge.open("wb") as stream:
        stream.truncate(checkpoint_file.MAX_BYTES + 1)
    step, reasons = resumed_step(tmp_path)
    assert step == 10
    assert "larger than" in reasons[0]


# -- disks that are full, and processes that are killed while they write --------------------------


def test_a_full_disk_is_a_sentence_and_the_last_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(tmp_path, 10)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CheckpointError, match=r"no space left on device\); make room") as caught:
        saved(tmp_path, 20)
    assert caught.value.file.name in str(caught.value)
    monkeypatch.undo()
    assert resumed_step(tmp_path) == (10, [])
    assert len(list(tmp_path.iterdir())) == 1, "no half file stays"


def full(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_half_written_one_is_never_used_and_is_cleared_away(tmp_path: Path) -> None:
    (file,) = saved(tmp_path, 10)
    half = tmp_path / f".latest-0002-step20.safetensors.x1{files.TEMPORARY}"
    half.write_bytes(file.read_bytes()[:-9])
    assert resumed_step(tmp_path) == (10, [])
    saved(tmp_path, 30)
    assert not half.exists()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CheckpointError, match="can't be written"):
        saved(tmp_path / "file", 10)
