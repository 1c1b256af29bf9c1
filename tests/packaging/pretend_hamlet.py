"""Stands in for a built program: does what the checks look for, or what they must catch.

What it gets wrong is named by the file `faults` beside it.
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(sys.argv[0]).resolve().parent
WORDS = sys.argv[1:]
FAULTS = (HERE / "faults").read_text() if (HERE / "faults").exists() else ""
HOME = pathlib.Path(os.environ.get("HAMLET_HOME", ""))
PAGE = b"HTTP/1.0 200 OK\r\n\r\n<!doctype html><html></html>"
CHILD = "import sys; sys.stdin.read()"  # ends when its window does
ORPHAN = "import time; time.sleep(60)"


def option(name: str) -> str:
    return WORDS[WORDS.index(name) + 1] if name in WORDS else ""


def times() -> None:
    if place := option("--screenshot"):
        pathlib.Path(place).write_bytes(b"x" * (10 if "blank" in FAULTS else 30_000))
    told = {"first_frame_s": 0.5, "frames": int(option("--frames") or 0)}
    if "train" in WORDS:
        told |= {"trainer_ready_s": 2.0, "trained_steps": 0 if "idle" in FAULTS else 5_000}
    sys.stdout.write(json.dumps(told) + "\n")


def play() -> None:
    if not os.environ.get("HAMLET_HOME"):
        return
    steps = 6 if "deaf" in FAULTS else 7
    for name in (f"replays/First Night {steps} steps.hamlet", "clips/a.gif"):
        (HOME / name).parent.mkdir(parents=True, exist_ok=True)
        (HOME / name).write_bytes(b"GIF")


def serve() -> None:
    import socket  # noqa: PLC0415

    door = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(json.dumps({"url": f"http://127.0.0.1:{door.getsockname()[1]}/"}) + "\n")
    sys.stdout.flush()
    visitor, _ = door.accept()
    visitor.recv(10_000)
    visitor.sendall(PAGE)
    visitor.close()


def train() -> None:
    if not (HERE / "_internal" / "torch").is_dir():
        sys.stderr.write("Training is for the full Hamlet: get it.\n")
        sys.exit(2)
    if option("--view") == "none":
        sys.stdout.write('{"steps": 9000}\n')
    elif "--frames" in WORDS:
        times()
    else:
        orphaned = "orphan" in FAULTS
        child = subprocess.Popen(
            [sys.executable, "-S", "-c", ORPHAN if orphaned else CHILD], stdin=subprocess.PIPE
        )
        out = pathlib.Path(option("--out"))
        out.mkdir()
        (out / "metrics.sqlite").touch()
        child.wait()


if "train" in WORDS:
    train()
elif "serve" in WORDS:
    serve()
elif "evaluate" in WORDS:
    sys.stdout.write(json.dumps({"alive_fraction": 0.1 if "mortal" in FAULTS else 0.9}) + "\n")
elif WORDS[:1] in (["play"], ["--frames"]):
    if WORDS[0] == "play":
        play()
    times()
elif "levels" in WORDS:
    sys.stdout.write(f"{pathlib.Path.cwd()}\n{os.environ['PATH'] == ''} {'HOME' in os.environ}\n")
elif "fail" in WORDS:
    sys.exit("no such thing")
elif "crash" in WORDS:
    raise RuntimeError
