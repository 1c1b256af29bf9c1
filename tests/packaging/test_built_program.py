"""The tools that try out a built program, held to a program made of a few lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hamlet_game.packaging import program, smoke
from hamlet_game.packaging.program import Program, SmokeError, at_home

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a script is no program on Windows")
HAMLET = Path(__file__).with_name("pretend_hamlet.py")


def made(folder: Path, *, full: bool = False, faults: str = "") -> Path:
    """Make a built folder whose program is pretended."""
    (folder / "_internal" / ("torch" if full else "numpy")).mkdir(parents=True)
    file = folder / "hamlet-game"
    file.write_text(f"#!{sys.executable} -S\n{HAMLET.read_text()}", encoding="utf-8")
    file.chmod(0o755)
    (folder / "faults").write_text(faults, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made(tmp_path / "built")


@POSIX
def test_it_runs_elsewhere_with_nothing_around_it(folder: Path) -> None:
    with at_home(folder) as built:
        where, around = built.run("levels").stdout.splitlines()
        assert Path(where).samefile(built.elsewhere)
        assert around == "True False"
        assert not built.trains
        assert not built.home.exists()
    assert not built.elsewhere.exists()


@POSIX
def test_what_goes_wrong_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with at_home(folder) as built:
        with pytest.raises(SmokeError, match=r"hamlet-game fail: left with 1, not 0\nno such"):
            built.run("fail")
        with pytest.raises(SmokeError, match="Traceback"):
            built.run("crash", code=1)
        monkeypatch.setattr(program, "PATIENCE_S", 0.0)
        with pytest.raises(SmokeError, match="not done after 0 s"):
            built.run("levels")


def test_a_folder_without_the_program_is_told(tmp_path: Path) -> None:
    with pytest.raises(SmokeError, match="name a folder that was built"), at_home(tmp_path):
        pass
    assert smoke.main([str(tmp_path)]) == 1


@POSIX
def test_a_folder_can_be_made_read_only_and_is_given_back(folder: Path) -> None:
    before = folder.stat().st_mode
    with program.read_only(folder):
        assert not (folder / "_internal").stat().st_mode & 0o222
    assert folder.stat().st_mode == before
    folder.chmod(0o700)
    assert not program.open_to_all(folder / "_internal")
    assert program.open_to_all(Path("/"))


def test_those_whom_a_process_leaves_behind_are_found() -> None:
    sleeper = "import time; time.sleep(60)"
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{sleeper}'])",
        ]
    )
    try:
        assert program.wait_until(lambda: bool(program.descendants(parent.pid)), 20)
        left = program.descendants(parent.pid)
        parent.kill()
        parent.wait()
        assert program.living(left) == left
    finally:
        parent.kill()
        parent.wait()
        for process in left:
            os.kill(process, 9)
    assert program.wait_until(lambda: not program.living(left), 5)


@POSIX
def test_the_player_must_be_small_open_and_decline_to_train(folder: Path) -> None:
    with at_home(folder) as built:
        assert smoke.small(built)["mib"] < 1
        assert smoke.opens(built) == {"coldest_s": 0.5, "first_frame_s": 0.5, "in_time": True}
        assert smoke.declines(built) == {}
        (built.home / "runs").mkdir(parents=True)
        with pytest.raises(SmokeError, match="run's folder"):
            smoke.declines(built)


@POSIX
def test_it_tells_each_check_or_all_as_json(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(smoke, "checks", lambda _: [smoke.opens])
    assert smoke.main([str(folder)]) == 0
    assert capsys.readouterr().out.startswith("Open the title screen; ")
    assert smoke.main([str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["opens"]["in_time"]


def test_the_full_edition_is_asked_for_more(tmp_path: Path) -> None:
    built = Program(tmp_path, tmp_path, tmp_path)
    assert smoke.checks(built)[-1] is smoke.declines
    (tmp_path / "_internal" / "torch").mkdir(parents=True)
    assert smoke.leaves_nobody_behind in smoke.checks(built)


@POSIX
@pytest.mark.parametrize("full", [False, True])
def test_a_good_program_passes_every_check(
    tmp_path: Path, full: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = made(tmp_path / "a folder", full=full)
    assert smoke.main([str(folder), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["plays"]["steps"] == 7
    assert facts["watches"]["master_alive"] == 0.9
    if full:
        assert facts["trains"]["trainer_ready_s"] == 2.0
        assert facts["leaves_nobody_behind"]["processes"] == 1


@POSIX
@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("blank", "the screenshot looks empty"),
        ("deaf", "seven keys made 6 steps"),
        ("mortal", "lives in 10% of towns only"),
        ("idle", "the window saw nobody train"),
        ("orphan", "1 processes outlive the window"),
    ],
)
def test_what_a_bad_program_does_is_told(
    tmp_path: Path,
    fault: str,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(smoke, "ORPHANS_S", 0.3)
    orphans: set[int] = set()
    monkeypatch.setattr(smoke, "living", lambda those: orphans.update(those) or those)
    if fault != "orphan":
        monkeypatch.setattr(smoke, "living", lambda _: set())
    assert smoke.main([str(made(tmp_path / "built", full=True, faults=fault))]) == 1
    assert sentence in capsys.readouterr().err
    for process in orphans:
        os.kill(process, 9)
