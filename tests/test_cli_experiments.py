"""The commands `study`, `compare` and `replay export`, as people run them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action
from hamlet_game.town.policies import sensible
from hamlet_game.town.record import Record
from hamlet_game.town.replay import encode, replay_of

STUDY = """
base:
  preset: quick
  levels: "1"
  towns: 8
  algorithm: {hidden: [8], batch: 16, warm_up: 64}
  curriculum: {evaluate_every: 800, towns: 5}
  final: {towns: 10}
  limits: {max_steps: 1600}
grid:
  algorithm.target: [double, plain]
seeds: 0-1
"""


def hamlet(*words: str, timeout: float = 170) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hamlet_game", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )


def test_a_study_runs_goes_on_and_its_runs_compare(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "targets.yaml"
    file.write_text(STUDY)
    done = hamlet("study", str(file), "--workers", "2", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    folder = Path(found["folder"])
    assert folder == home / "studies" / "targets"
    assert [arm["arm"] for arm in found["arms"]] == ["target=double", "target=plain"]
    assert [arm["seeds"] for arm in found["arms"]] == [[0, 1], [0, 1]]
    assert found["arms"][0]["values"]["steps"] == [1_600, 1_600]
    assert {path.name for path in folder.glob("results.*")} == {
        "results.json", "results.md", "results.png",
    }  # fmt: skip

    lost = folder / "runs" / "target=plain-seed1" / "summary.json"
    lost.unlink()  # as if it had been cut off
    again = hamlet("study", str(file), "--workers", "1")
    assert again.returncode == 0, again.stderr
    assert "3 of 4 runs are done already." in again.stderr
    assert "[4/4] target=plain-seed1: done" in again.stderr
    assert "target=double" in again.stdout

    other = file.with_name("other.yaml")
    other.write_text("name: targets\n" + STUDY.replace("[8]", "[4]"))
    refused = hamlet("study", str(other))
    assert refused.returncode == 2
    assert "was trained with other settings" in refused.stderr

    one, two = (str(folder / "runs" / f"target={target}-seed0") for target in ("double", "plain"))
    compared = hamlet("compare", one, two, "--episodes", "40", "--json")
    assert compared.returncode == 0, compared.stderr
    answer = json.loads(compared.stdout)
    assert answer["towns"] == 40
    assert Path(answer["figure"]).stat().st_size > 10_000
    said = hamlet("compare", one, two, "--episodes", "40", "--out", str(tmp_path / "gap.PDF"))
    assert answer["sentence"] in said.stdout
    assert (tmp_path / "gap.PDF").read_bytes().startswith(b"%PDF-")


def test_what_cannot_be_compared_or_studied_is_one_sentence(tmp_path: Path) -> None:
    assert hamlet("compare", "nobody", "noone").stderr.startswith("no run 'nobody'.")
    file = tmp_path / "wrong.yaml"
    file.write_text("base: quick\nseeds: 0-2\ngrid: {algorithm.targt: [double]}\n")
    done = hamlet("study", str(file))
    assert done.returncode == 2
    assert "arm 'targt=double'" in done.stderr
    assert "targt: no such key. Did you mean 'target'?" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.fixture
def replay(tmp_path: Path) -> Path:
    record = Record(load_catalog().find("3"), 7)
    while not record.over:
        record.act(Action(int(sensible(record.town)[0])))
    file = tmp_path / "life.hamlet"
    file.write_bytes(encode(replay_of(record)))
    return file


def export(replay: Path, *words: str) -> tuple[subprocess.CompletedProcess[str], Path]:
    out = replay.with_suffix(".jsonl")
    return hamlet("replay", "export", str(replay), "--full", str(out), *words), out


def test_a_replay_is_written_out_in_full(replay: Path) -> None:
    done, out = export(replay, "--brain", "master", "--json")
    assert done.returncode == 0, done.stderr
    header, *steps, end = map(json.loads, out.read_text().splitlines())
    assert json.loads(done.stdout)["steps"] == header["steps"] == len(steps) == end["survival"]
    assert set(steps[0]["q"]) == {"UP", "DOWN", "LEFT", "RIGHT", "INTERACT"}
    assert sum(step["reward"] for step in steps) == pytest.approx(end["total_reward"])
    for step in steps:
        assert sum(step["terms"].values()) == pytest.approx(step["reward"], abs=1e-5)
    assert not steps[0]["died"]
    again, _ = export(replay)
    assert (again.returncode, again.stderr) == (
        2, f"{out}: is there already; add --force or choose another file.\n",
    )  # fmt: skip


def test_replay_still_shows_a_file(replay: Path) -> None:
    for words in ((str(replay), "--frames", "2"), ("--frames", "2", str(replay))):
        done = hamlet("replay", *words, "--json")
        assert done.returncode == 0, done.stderr
        shown: dict[str, Any] = json.loads(done.stdout)
        assert shown["frames"] == 2
    assert "export" in hamlet("replay", "--help").stdout


def test_a_brain_that_is_not_there_is_one_sentence(replay: Path) -> None:
    done, out = export(replay, "--brain", "nobody")
    assert (done.returncode, out.exists()) == (2, False)
    assert done.stderr.startswith("no run 'nobody'.")


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send")
def test_ctrl_c_saves_the_runs_and_the_same_command_goes_on(tmp_path: Path) -> None:
    file, out = tmp_path / "long.yaml", tmp_path / "out"
    file.write_text(STUDY.replace("1600", "100000000"))
    words = [sys.executable, "-m", "hamlet_game", "study", str(file), "--out", str(out)]
    process = subprocess.Popen(
        [*words, "--workers", "1"], stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    run = out / "runs" / "target=double-seed0"
    until = time.monotonic() + 60
    while not (run / "metrics.sqlite").exists() and time.monotonic() < until:
        time.sleep(0.2)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=90)
    assert process.returncode == 130
    assert told.endswith("Stopped; the same command goes on from here.\n")
    assert json.loads((run / "summary.json").read_text())["reason"] == "stopped"
    assert list((run / "checkpoints").glob("latest-*"))
