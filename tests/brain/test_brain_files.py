"""Brain files come back as they went, and broken ones say so in a sentence."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load, save

from hamlet_game.brain import files
from hamlet_game.brain.brain import Brain
from hamlet_game.brain.files import BrainError
from hamlet_game.town.observation import WIDTH

OBS = np.random.default_rng(0).random((20, WIDTH), dtype=np.float32)


@pytest.mark.parametrize("name", ["brain.safetensors", "other.safetensors", "", "deep/er"])
def test_it_comes_back_as_it_went(brain: Brain, tmp_path: Path, name: str) -> None:
    file = brain.save(tmp_path / name)
    assert file.is_file()
    again = Brain.load(tmp_path / name)
    np.testing.assert_array_equal(again.q(OBS), brain.q(OBS))
    assert again.training == brain.training
    assert again.architecture == brain.architecture


def test_a_save_replaces_the_file_and_leaves_nothing_else(brain: Brain, tmp_path: Path) -> None:
    for _ in range(2):
        brain.save(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [files.NAME]


def rewritten(file: Path, change: dict[str, Any], **arrays: np.ndarray) -> None:
    raw = file.read_bytes()
    header = files._header(raw) | change
    file.write_bytes(save(load(raw) | arrays, {"hamlet": json.dumps(header)}))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": 99}, "written in format 99"),
        ({"what": "a cake"}, "not a Hamlet brain"),
        ({"fields": ["energy"]}, "raised in a town with other fields \\(hygiene\\)"),
        ({"actions": ["FLY"]}, "raised in a town with other actions \\(FLY\\)"),
        ({"fields": None}, "raised in a town with other fields;"),
        ({"architecture": {}}, "damaged: the architecture needs"),
        ({"architecture": 7}, "damaged"),
        ({"training": 7}, "damaged"),
    ],
)
def test_a_wrong_header_is_named(
    brain: Brain, tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    file = brain.save(tmp_path)
    rewritten(file, change)
    with pytest.raises(BrainError, match=words) as error:
        Brain.load(tmp_path)
    assert str(error.value).startswith(f"{file}: ")
    assert "\n" not in str(error.value)


def test_numbers_that_are_not_finite_are_refused(brain: Brain, tmp_path: Path) -> None:
    file = brain.save(tmp_path)
    rewritten(file, {}, **{"hidden0.bias": np.full(16, np.nan, dtype=np.float32)})
    with pytest.raises(BrainError, match="not finite"):
        Brain.load(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrainError, match=r"can't be read .* check the path"):
        Brain.load(tmp_path)


def test_a_huge_file_is_not_read(brain: Brain, tmp_path: Path) -> None:
    file = brain.save(tmp_path)
    with file.open("r+b") as stream:
        stream.truncate(files.MAX_BYTES + 1)  # sparse: takes no room
    with pytest.raises(BrainError, match="too large for a brain"):
        Brain.load(file)


def test_every_cut_and_many_flipped_bytes_are_answered(brain: Brain, tmp_path: Path) -> None:
    file, rng = brain.save(tmp_path), np.random.default_rng(0)
    raw = file.read_bytes()
    spoilt = [raw[:size] for size in range(0, len(raw), 37)]
    for _ in range(400):
        copy = bytearray(raw)
        copy[rng.integers(0, min(len(raw), 1500))] = rng.integers(0, 256)
        spoilt.append(bytes(copy))
    for content in spoilt:
        file.write_bytes(content)
        try:
            Brain.load(file)
        except BrainError as error:
            assert str(error).startswith(str(file))  # noqa: PT017


def test_a_folder_that_cannot_be_made_is_named(brain: Brain, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BrainError, match="can't be written"):
        brain.save(tmp_path / "file" / "deeper")
