"""Try a built folder as a user's machine would: `python -m hamlet_game.packaging.smoke FOLDER`.

Needs nothing but Python: what is tried is the program, not this checkout.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from hamlet_game.packaging import slim
from hamlet_game.packaging.program import (
    NOBODY,
    Program,
    SmokeError,
    at_home,
    descendants,
    living,
    open_to_all,
    read_only,
    wait_until,
)

MOST_MIB: Final = {True: 520, False: 125}  # of a folder that trains, and one that doesn't
FIRST_FRAME_S: Final = 1.0  # wished for; a busy machine may miss it
TRAINER_S: Final = 5.0
OPENINGS: Final = 3
BEGINNING_S: Final = 90.0
ORPHANS_S: Final = 3.0  # from the death of a window to the end of its trainer
_KEYS: Final = "right*3 down*3 space f5 f9"  # walk, wait, save the replay and a clip
_PICTURE: Final = 20_000  # bytes of a screenshot that shows something
_LEARN_MINUTES: Final = 0.17

Facts = dict[str, Any]


def small(program: Program) -> Facts:
    """Measure the folder."""
    mib = slim.size(program.folder) / 2**20
    most = MOST_MIB[program.trains]
    _expect(mib <= most, f"{mib:.0f} MiB are more than {most}")
    return {"mib": round(mib, 1)}


def opens(program: Program) -> Facts:
    """Open the title screen; the first time it still comes from the disk."""
    runs = [json.loads(program.run("--frames", 30, "--json").stdout) for _ in range(OPENINGS)]
    seconds = [times["first_frame_s"] for times in runs]
    return {
        "coldest_s": seconds[0],
        "first_frame_s": min(seconds),
        "in_time": min(seconds) <= FIRST_FRAME_S,
    }


def plays(program: Program) -> Facts:
    """Play a level by keys, save a replay and a clip, and see both again."""
    picture = program.elsewhere / "life.png"
    seen = ["--frames", 300, "--screenshot", picture, "--json"]
    times = json.loads(program.run("play", 1, "--town-seed", 7, "--keys", _KEYS, *seen).stdout)
    _expect(times["frames"] == 300, f"{times['frames']} frames, not 300")
    _expect(picture.stat().st_size > _PICTURE, "the screenshot looks empty")
    replay = _only(program.home / "replays", "*.hamlet")
    steps = int(re.findall(r"(\d+) steps", replay.name)[-1])
    _expect(steps == 7, f"seven keys made {steps} steps")
    clip = _only(program.home / "clips", "*.gif")
    program.run("replay", replay, "--frames", 60)
    program.run("export", replay, program.elsewhere / "life.gif")
    return {"steps": steps, "clip_bytes": clip.stat().st_size}


def watches(program: Program) -> Facts:
    """Watch a shipped brain, race two, and judge one."""
    program.run("watch", "master", "--level", 3, "--frames", 120)
    program.run("versus", "master", "--player", "sensible", "--frames", 120)
    judged = program.run("evaluate", _brain(program), "--level", 3, "--episodes", 50,
                         "--par-towns", 0, "--json")  # fmt: skip
    alive = json.loads(judged.stdout)["alive_fraction"]
    _expect(alive > 0.5, f"the shipped master lives in {alive:.0%} of towns only")
    return {"master_alive": alive}


def serves(program: Program) -> Facts:
    """Show the town in a browser's place."""
    with program.started("serve", "master", "--port", 0, "--json") as server:
        line = server.stdout.readline() if server.stdout else ""
        _expect(bool(line), "nothing is served")
        with urllib.request.urlopen(json.loads(line)["url"], timeout=30) as page:  # noqa: S310
            _expect(b"<html" in page.read().lower(), "what is served is no page")
    return {}


def anywhere(program: Program) -> Facts:
    """Run from a folder that can't be written, without a home, as somebody else."""
    bare = program.surroundings()
    del bare["HAMLET_HOME"]
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    somebody = NOBODY if root and open_to_all(program.folder) else None
    with read_only(program.folder):
        program.run("play", 1, "--frames", 60, cwd=program.folder, env=bare, user=somebody)
        program.run("levels", "list", cwd=program.folder, env=bare, user=somebody)
    return {"as_another_user": somebody is not None}


def declines(program: Program) -> Facts:
    """Say in one sentence that the small edition can't train."""
    for words in (("train",), ("train", "--view", "window", "--frames", 60)):
        said = program.run(*words, code=2).stderr.strip()
        _expect("full Hamlet" in said and "\n" not in said, f"says {said!r}")
    _expect(not (program.home / "runs").exists(), "leaves a run's folder behind")
    return {}


def trains(program: Program) -> Facts:
    """Learn for ten seconds, first unseen, then in the window; draw the figures."""
    run = program.elsewhere / "run"
    short = ("--config", "quick", "--max-minutes", _LEARN_MINUTES, "--json")
    summary = json.loads(program.run("train", *short, "--view", "none", "--out", run).stdout)
    program.run("report", run, "--episodes", 20)
    picture = program.elsewhere / "watch.png"
    seen = ("--view", "window", "--frames", 1800, "--screenshot", picture)
    times = json.loads(program.run("train", *short, *seen, "--out", f"{run}-seen").stdout)
    _expect(times.get("trained_steps", 0) > 0, "the window saw nobody train")
    _expect(picture.stat().st_size > _PICTURE, "the screenshot looks empty")
    return {
        "steps_unseen": summary.get("steps", summary.get("step")),
        "steps_seen": times["trained_steps"],
        "trainer_ready_s": times["trainer_ready_s"],
        "trainer_in_time": times["trainer_ready_s"] <= TRAINER_S,
    }


def leaves_nobody_behind(program: Program) -> Facts:
    """Kill the window while it trains: its trainer must end, too."""
    run = program.elsewhere / "killed"
    words = ("train", "--config", "quick", "--view", "window", "--out", run)
    with program.started(*words) as window:
        metrics = run / "metrics.sqlite"
        begun = wait_until(lambda: metrics.exists() or window.poll() is not None, BEGINNING_S)
        _expect(begun and window.poll() is None, "the training doesn't begin")
        started = descendants(window.pid)
        _expect(bool(started), "there is no trainer process")
    died = time.monotonic()
    gone = wait_until(lambda: not living(started), ORPHANS_S)
    _expect(gone, f"{len(living(started))} processes outlive the window")
    return {"processes": len(started), "gone_after_s": round(time.monotonic() - died, 1)}


def checks(program: Program) -> list[Callable[[Program], Facts]]:
    """Return what is to be tried."""
    both = [small, opens, plays, watches, serves, anywhere]
    return [*both, *((trains, leaves_nobody_behind) if program.trains else (declines,))]


def main(arguments: list[str] | None = None) -> int:
    """Try everything; print one line each, or one JSON object. Return an exit code."""
    parser = argparse.ArgumentParser(prog="smoke", description=__doc__)
    parser.add_argument("folder", type=Path, help="what was built, such as dist/hamlet")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args(arguments)
    facts: dict[str, Facts] = {}
    try:
        with at_home(asked.folder) as program:
            for check in checks(program):
                facts[check.__name__] = found = check(program)
                if not asked.json:
                    sys.stdout.write(f"{check.__doc__}  {_listed(found)}\n")
                    sys.stdout.flush()
    except SmokeError as trouble:
        sys.stderr.write(f"{asked.folder}: {trouble}\n")
        return 1
    if asked.json:
        sys.stdout.write(f"{json.dumps(facts)}\n")
    return 0


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise SmokeError(otherwise)


def _only(folder: Path, pattern: str) -> Path:
    found = list(folder.glob(pattern))
    _expect(len(found) == 1, f"{len(found)} files {pattern} in {folder.name}, not one")
    return found[0]


def _brain(program: Program) -> Path:
    return program.folder / "_internal" / "assets" / "brains" / "master.safetensors"


def _listed(facts: Facts) -> str:
    return ", ".join(f"{name} {value}" for name, value in facts.items()) or "yes"


if __name__ == "__main__":
    sys.exit(main())
