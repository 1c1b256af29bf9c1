"""One run of a study: a `hamlet-game train` of its own, begun, gone on with, or done already."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hamlet_game.files import write_atomic
from hamlet_game.learn.config import ConfigError
from hamlet_game.training.config import load_config, plain_values
from hamlet_game.training.runs import RunFolder
from hamlet_game.training.studies.plan import Job

LOG = "train.log"
Files = dict[str, bytes]  # by their place in a run's folder

_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
_OF_NO_ACCOUNT = ("experiment", "outputs", "checkpoint", "report")  # for what is learned
_BROUGHT = ("config.yaml", "summary.json", "metrics.sqlite", LOG)  # from another machine
_BROUGHT_LIKE = ("checkpoints/best-*", "brains/*", "replays/*", "tensorboard/*")


def is_done(run: RunFolder) -> bool:
    """Return whether a run came to its end: its target or its limit."""
    return _summary(run).get("reason") in {"finished", "limit"}


def summary_of(run: RunFolder) -> dict[str, Any]:
    """Return what a run that is done came to."""
    return _summary(run)


def check(job: Job, run: RunFolder) -> None:
    """Raise ConfigError if a folder holds a run with other settings than the study asks for."""
    if not run.config.is_file():
        return
    if _what_counts(plain_values(load_config(run.config))) != _what_counts(
        plain_values(job.config)
    ):
        raise ConfigError(
            f"{run.path}: was trained with other settings; remove it, or choose another --out."
        )


def start(text: str, run: RunFolder) -> subprocess.Popen[bytes]:
    """Begin or go on with a run in a process of its own, which writes into the run's folder."""
    run.path.mkdir(parents=True, exist_ok=True)
    words = ["train", "--out", str(run.path), "--view", "none", "--json"]
    if run.config.is_file():
        words.append("--resume")
    else:
        wanted = run.path.with_name(run.name + ".yaml")
        write_atomic(wanted, text.encode())
        words += ["--config", str(wanted)]
    frozen = getattr(sys, "frozen", False)
    program = [sys.executable] if frozen else [sys.executable, "-m", "hamlet_game"]
    with (run.path / LOG).open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - ourselves
            [*program, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            env={**os.environ, **dict.fromkeys(_THREADS, "1"), "PYTHONIOENCODING": "utf-8"},
            start_new_session=True,  # Ctrl-C is for the study, which tells them one by one
        )


def trouble(run: RunFolder, code: int) -> str:
    """Return why a run's process failed: its last words."""
    try:
        lines = (run.path / LOG).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    words = [line.strip() for line in lines if line.strip()]
    return words[-1][:300] if words else f"its process ended with code {code}"


def train_elsewhere(name: str, text: str) -> tuple[Files, str]:
    """Train a whole run in a folder that goes away; return its files and what went wrong.

    For machines that share no disk with whoever asks.
    """
    with tempfile.TemporaryDirectory(prefix="hamlet-") as folder:
        run = RunFolder(Path(folder) / name)
        code = start(text, run).wait()
        wanted = [run.path / file for file in _BROUGHT]
        wanted += [file for like in _BROUGHT_LIKE for file in sorted(run.path.glob(like))]
        files = {
            file.relative_to(run.path).as_posix(): file.read_bytes()
            for file in wanted
            if file.is_file()
        }
        return files, "" if is_done(run) else trouble(run, code)


def unpack(files: Mapping[str, bytes], run: RunFolder) -> None:
    """Write a run's files, its summary last: it says that the run is done. Raises OSError."""
    for place in sorted(files, key=lambda place: place == "summary.json"):
        write_atomic(run.path / place, files[place])


def _summary(run: RunFolder) -> dict[str, Any]:
    try:
        found = json.loads(run.summary.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _what_counts(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in _OF_NO_ACCOUNT}
