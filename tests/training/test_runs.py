"""Runs on disk: names, places, locks, and what a word may mean."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from hamlet_game.brain import files as brain_files
from hamlet_game.training import runs
from hamlet_game.training.checkpoints import CheckpointManager
from hamlet_game.training.runs import BrainFile, CheckpointFile, RunError, RunFolder

ROOT = Path(__file__).resolve().parents[2]


def test_a_new_run_has_a_folder_of_its_own(home: Path) -> None:
    first, second = runs.create("quick", "seed: 1\n"), runs.create("quick", "seed: 2\n")
    assert first.path == home / "runs" / "quick"
    assert (first.name, second.name) == ("quick", "quick-2")
    assert first.config.read_text(encoding="utf-8") == "seed: 1\n"
    assert runs.create("quick", "", home / "elsewhere").path == home / "elsewhere" / "quick"


@pytest.mark.parametrize("name", ["", "../up", "a/b", "a\\b", ".hidden", "nul", "x" * 61, "dot."])
def test_a_name_must_be_fit_for_a_folder(name: str) -> None:
    with pytest.raises(RunError, match="can't name a run"):
        runs.create(name, "")


def test_runs_are_listed_by_when_they_were_saved(tmp_path: Path) -> None:
    old, new, newest = (runs.create(name, "", tmp_path) for name in ("old", "new", "newest"))
    (tmp_path / "no run").mkdir()
    for age, run in enumerate((newest, new, old)):
        for place in (run.config, run.path):
            os.utime(place, (1e9 - age, 1e9 - age))
    assert runs.list_runs(tmp_path) == [newest, new, old]
    CheckpointManager(old.checkpoints).save(1, {})
    assert runs.newest(tmp_path) == old
    assert runs.list_runs(tmp_path / "none") == []
    with pytest.raises(RunError, match="no runs yet"):
        runs.newest(tmp_path / "none")


def test_a_word_may_be_a_run_a_checkpoint_or_a_brain(tmp_path: Path) -> None:
    run = runs.create("quick", "", tmp_path)
    assert runs.resolve("quick", tmp_path) == run
    assert runs.resolve(str(run.path), tmp_path / "none") == run
    checkpoint = CheckpointManager(run.checkpoints).save(1, {"w": np.zeros(3)})
    assert runs.resolve(str(checkpoint), tmp_path) == CheckpointFile(checkpoint)
    brain = tmp_path / "brains" / brain_files.NAME
    brain_files.write(brain, {"w": np.zeros(3, np.float32)}, {})
    assert runs.resolve(str(brain), tmp_path) == BrainFile(brain)
    assert runs.resolve(str(brain.parent), tmp_path) == BrainFile(brain)
    assert runs.find("quick", tmp_path) == run
    with pytest.raises(RunError, match="a file, not a run"):
        runs.find(str(brain), tmp_path)


def test_shipped_brains_have_names(tmp_path: Path) -> None:
    assert runs.resolve("master", tmp_path) == BrainFile(brain_files.shipped()["master"])
    with pytest.raises(RunError, match=r"^no run 'mastr'. Did you mean 'master'\?$"):
        runs.resolve("mastr", tmp_path)
    mine = runs.create("master", "", tmp_path)  # a name that somebody took comes first
    assert runs.resolve("master", tmp_path) == mine


def test_an_unknown_word_names_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"^no run 'quik'. There are none yet; train one first.$"):
        runs.resolve("quik", tmp_path)
    for name in ("quick", "long one"):
        runs.create(name, "", tmp_path)
    with pytest.raises(RunError, match=r"^no run 'quik'. Did you mean 'quick'\?$"):
        runs.resolve("quik", tmp_path)
    with pytest.raises(RunError, match=r"^no run 'zzz'. Known: .*quick.*, master,"):
        runs.resolve("zzz", tmp_path)
    for word in ("", "a\0b", "x" * 5_000, "../" * 10):
        with pytest.raises(RunError):
            runs.resolve(word, tmp_path)
    other = tmp_path / "notes.txt"
    other.write_text("hello", encoding="utf-8")
    with pytest.raises(RunError, match="neither a run nor a whole checkpoint or brain"):
        runs.resolve(str(other), tmp_path)


HOLDER = """
import sys, time
from pathlib import Path
from hamlet_game.training.runs import RunFolder

with RunFolder(Path(sys.argv[1])).writing():
    print("held", flush=True)
    time.sleep(60)
"""


def test_two_trainers_cannot_have_one_run(tmp_path: Path) -> None:
    run = runs.create("quick", "", tmp_path)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(run.path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert other.stdout is not None
    with other.stdout:
        assert other.stdout.readline() == "held\n"
        sentence = rf"run 'quick' is being trained by another Hamlet \(process {other.pid}\); stop"
        with pytest.raises(RunError, match=sentence), run.writing():
            pass
        other.kill()
        other.wait()
    with (  # what a killed trainer held is free
        run.writing(),
        pytest.raises(RunError, match=f"process {os.getpid()}"),
        run.writing(),
    ):
        pass
    with run.writing():
        pass


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(RunError, match="can't be written"):
        runs.create("quick", "", tmp_path / "file")
    with (
        pytest.raises(RunError, match="can't be written"),
        RunFolder(tmp_path / "file" / "x").writing(),
    ):
        pass
