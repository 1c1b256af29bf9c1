"""Building: what is said before minutes are spent, and what PyInstaller is asked."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hamlet_game.cli import app
from hamlet_game.packaging import build, slim

FOUND = importlib.util.find_spec
TOOLS = dict.fromkeys(("PyInstaller", "fastapi", "uvicorn"), build.ROOT)  # pretend only


def pretend(monkeypatch: pytest.MonkeyPatch, **modules: Path | None) -> None:
    """Pretend that these modules are installed at a place, or are not."""

    def find(name: str, package: str | None = None) -> ModuleSpec | None:
        if name not in modules:
            return FOUND(name, package)
        place = modules[name]
        return place and ModuleSpec(name, None, origin=str(place))

    monkeypatch.setattr(importlib.util, "find_spec", find)


def test_a_wheel_says_that_building_takes_a_checkout(tmp_path: Path) -> None:
    with pytest.raises(build.BuildError, match="from a checkout"):
        build.check("player", tmp_path)


def test_missing_pyinstaller_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, PyInstaller=None)
    done = CliRunner().invoke(app, ["build", "--player"])
    assert done.exit_code == 2
    assert done.stderr == "Building needs PyInstaller: pip install -e '.[build,web]'\n"


def test_a_torch_for_graphics_cards_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lib").mkdir()
    torch = tmp_path / "__init__.py"
    pretend(monkeypatch, **TOOLS, torch=torch)
    build.check("full", build.ROOT)
    (tmp_path / "lib" / "libtorch_cuda.so").touch()
    with pytest.raises(build.BuildError, match="CPU build of torch"):
        build.check("full", build.ROOT)
    build.check("player", build.ROOT)
    pretend(monkeypatch, **TOOLS, torch=None)
    with pytest.raises(build.BuildError, match="--player"):
        build.check("full", build.ROOT)


def test_a_build_is_measured_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "checkout"
    root.mkdir()
    (root / build.SPEC).touch()
    (root / "PyInstaller.py").write_text(
        "import os, pathlib, sys\n"
        "out = pathlib.Path(sys.argv[sys.argv.index('--distpath') + 1])\n"
        "folder = out / 'hamlet-player'\n"
        "folder.mkdir(parents=True)\n"
        "(folder / os.environ['HAMLET_EDITION']).write_bytes(b'x' * 1000)\n"
        "print('12 INFO: Looking around', flush=True)\n",
        encoding="utf-8",
    )
    pretend(monkeypatch, **TOOLS)
    said: list[str] = []
    made = build.build("player", tmp_path / "out", said.append, root)
    assert made.bytes == 1000
    assert (made.folder / "player").is_file()
    assert said[0] == "Looking around"
    (root / "PyInstaller.py").write_text("raise SystemExit('no room')", encoding="utf-8")
    with pytest.raises(build.BuildError, match=r"no room.*build\.log"):
        build.build("player", tmp_path / "out", said.append, root)


def test_the_command_prints_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = build.Built("player", tmp_path, 3 * 2**20, 0, 1.5)
    monkeypatch.setattr(build, "build", lambda *_: built)
    done = CliRunner().invoke(app, ["build", "--player", "--json"])
    assert json.loads(done.stdout)["folder"] == str(tmp_path)
    assert "3 MiB, built in 2 s" in CliRunner().invoke(app, ["build", "--player"]).stdout


def test_a_built_program_does_not_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hamlet_game.packaging.build", None)
    done = CliRunner().invoke(app, ["build"])
    assert done.exit_code == 2
    assert "use a checkout" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="symbols are stripped on Linux only")
def test_only_what_survives_it_is_stripped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "strip"
    tool.write_text('#!/bin/sh\nprintf x > "$2"\n', encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    folder = tmp_path / "built"
    folder.mkdir()
    for name in ("libtorch_cpu.so", "libpython3.11.so.1.0", "libscipy_openblas64.so"):
        (folder / name).write_bytes(b"x" * 100)
    assert slim.strip(folder) == 2 * 99
    assert (folder / "libscipy_openblas64.so").stat().st_size == 100
