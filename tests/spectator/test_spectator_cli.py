"""The commands, as people type them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from hamlet_game.spectator.options import listen
from hamlet_game.spectator.sources import DeskSource
from hamlet_game.training.runs import RunFolder

COMMAND = [sys.executable, "-m", "hamlet_game"]


def run(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={**os.environ, **env},
    )


def test_serve_until_ctrl_c() -> None:
    server = subprocess.Popen(
        [*COMMAND, "serve", "sensible", "--level", "1", "--port", "0", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        told = json.loads(server.stdout.readline())
        assert told["control_url"].startswith(told["url"] + "#token=")
        with urllib.request.urlopen(told["url"], timeout=10) as page:  # noqa: S310 - our own
            assert b"Hamlet" in page.read()
        server.send_signal(signal.SIGINT)
        _, complaints = server.communicate(timeout=30)
    finally:
        server.kill()
        server.communicate()
    assert (server.returncode, complaints) == (0, "")


def test_a_folder_that_cannot_be_written_is_told_once_here_too(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    server = subprocess.Popen(
        [*COMMAND, "serve", "--train", "--port", "0", "--json"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"HAMLET_HOME": str(tmp_path / "file" / "home")},
    )
    try:
        assert server.stderr is not None
        told = server.stderr.readline()
        time.sleep(2.5)  # it looks every second
        server.send_signal(signal.SIGINT)
        _, more = server.communicate(timeout=30)
    finally:
        server.kill()
        server.communicate()
    assert "can't be written" in told
    assert told.endswith("choose another folder.\n")
    assert (server.returncode, more) == (0, "")


def test_a_port_that_is_taken_is_one_sentence() -> None:
    with listen("127.0.0.1", 0) as door:
        done = run("serve", "--port", str(door.getsockname()[1]))
    assert done.returncode == 2
    assert done.stdout == ""
    assert "taken; choose another with --port" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_run_that_is_not_there_is_one_sentence() -> None:
    done = run("serve", "no-such-run", "--port", "0")
    assert done.returncode == 2
    assert "no run 'no-such-run'" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_configuration_that_is_not_there_is_one_sentence() -> None:
    done = run("serve", "--train", "--config", "quik", "--port", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "quik: no such preset or file. Did you mean 'quick'?\n"


def test_a_taken_port_is_told_by_the_option_that_chose_it() -> None:
    with listen("127.0.0.1", 0) as door:
        done = run("train", "--broadcast-at", f"127.0.0.1:{door.getsockname()[1]}")
    assert done.returncode == 2
    assert "choose another with --broadcast-at, or --broadcast-at 127.0.0.1:0 for" in done.stderr


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    """A stand-in for an installation without the extra: a path that hides it."""
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\nfind = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'uvicorn' else find(name, *a)\n"
    )
    for words in (["serve"], ["train", "--broadcast"]):
        done = run(*words, PYTHONPATH=str(tmp_path))
        assert done.returncode == 2
        assert done.stderr == 'The browser page needs more: pip install "hamlet-game[web]"\n'


@pytest.mark.parametrize("where", ["nowhere", "127.0.0.1:99999"])
def test_an_address_that_is_none(where: str) -> None:
    done = run("train", "--broadcast-at", where)
    assert done.returncode == 2
    assert "write HOST:PORT" in done.stderr


def test_a_training_that_is_broadcast(tmp_path: Path) -> None:
    """Seen while it runs, followed from its files afterwards."""
    folder = tmp_path / "run"
    done = run(
        "train", "--config", "quick", "--max-steps", "30000", "--view", "none",
        "--out", str(folder), "--broadcast-at", "127.0.0.1:0", "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Look on:     http://127.0.0.1:" in done.stderr
    assert "stopped" not in done.stderr
    assert json.loads(done.stdout)["steps"] >= 30_000
    _follow(folder)


def _follow(folder: Path) -> None:
    source = DeskSource(run=RunFolder(folder))
    assert source.state == "ended"
    assert source.history.newest is not None
    assert source.history.evaluations
    assert source.can == ("start",)
    source.close()
