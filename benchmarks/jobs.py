"""What the measuring scripts share: a process for each run, results that are kept, plain facts.

A script calls `run_jobs` with itself as the file to start; each job comes back to it as
`--worker FILE`, which `worker` recognises. Every process has one thread of its own.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "build" / "benchmarks"
ONE_THREAD = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
WORKER = "--worker"

Result = dict[str, Any]  # JSON values


@dataclass(frozen=True, slots=True)
class Job:
    """One run in a process of its own."""

    name: str  # of its result's file, too
    settings: dict[str, Any]  # JSON values; a result is used again only for the same ones
    limit_s: float  # then it is ended and counts as failed


@dataclass(frozen=True, slots=True)
class Order:
    """A job as its process gets it."""

    name: str
    settings: dict[str, Any]
    folder: Path  # for files that the job wants to keep
    launched: float  # `time.time()` before its process started

    @property
    def seconds(self) -> float:
        """Return the time since the process was started, loading Python and torch included."""
        return time.time() - self.launched

    def say(self, line: str) -> None:
        """Print a line of progress."""
        say(f"  {self.name:<24} {self.seconds:6.0f} s  {line}")


def say(line: str) -> None:
    """Print a line on standard error, at once."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def run_jobs(
    script: str, jobs: Sequence[Job], out: Path, *, count: int = 1, fresh: bool = False
) -> dict[str, Result]:
    """Return each job's result by name, `count` processes at a time.

    Results that `out` holds for the same settings are used again, unless `fresh`. A job that
    fails has the result `{"failed": reason}`, which is not kept.
    """
    out.mkdir(parents=True, exist_ok=True)
    results: dict[str, Result] = {}
    waiting = []
    for job in jobs:
        kept = None if fresh else _kept(job, out)
        if kept is None:
            waiting.append(job)
        else:
            results[job.name] = kept
    if results:
        say(f"{len(results)} of {len(jobs)} results were measured before (--fresh: anew).")
    with ThreadPoolExecutor(count) as pool, suppress(KeyboardInterrupt):
        done = pool.map(lambda job: _run(script, job, out), waiting)
        for number, (job, result) in enumerate(zip(waiting, done, strict=True), 1):
            results[job.name] = result
            end = result.get("failed") or "done"
            say(f"[{number}/{len(waiting)}] {job.name}: {end}")
    return {job.name: results.get(job.name, {"failed": "interrupted"}) for job in jobs}


def worker(arguments: Sequence[str], work: Callable[[Order], Result]) -> bool:
    """Do the job that the arguments name and keep its result; return False if they name none."""
    if len(arguments) != 2 or arguments[0] != WORKER:
        return False
    told = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
    place = Path(told["place"])
    folder = place.with_suffix("")
    order = Order(place.stem, told["settings"], folder, told["launched"])
    result = work(order)
    kept = {"settings": told["settings"], "code": code(), "machine": machine(), "result": result}
    write_json(place, kept)
    return True


def numbers(text: str) -> list[int]:
    """Return the numbers that `0-4` or `0,3,7` means. Exits with a sentence for anything else."""
    try:
        parts = [part.split("-") for part in text.split(",")]
        return [n for part in parts for n in range(int(part[0]), int(part[-1]) + 1)]
    except ValueError:
        sys.exit(f"{text!r} are no seeds; write them like 0-4 or 0,3,7.")


def change(pairs: Sequence[str]) -> dict[str, Any]:
    """Return `limits.max_steps=5000` and the like as values by key."""
    changes = {}
    for pair in pairs:
        key, _, value = pair.partition("=")
        changes[key] = yaml.safe_load(value)
    return changes


def write_json(file: Path, value: object) -> None:
    """Write JSON whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(json.dumps(value, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    part.replace(file)


def fill_in(file: Path, name: str, text: str) -> None:
    """Replace what stands between a page's two marks called `name`."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, found, rest = file.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        sys.exit(f"{file.name}: has no marks '{begin}' and '{end}' to write between.")
    file.write_text(f"{before}{begin}\n{text.strip()}\n{end}{after}", encoding="utf-8")


def _kept(job: Job, out: Path) -> Result | None:
    try:
        kept = json.loads((out / f"{job.name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(kept, dict) or kept.get("settings") != _plain(job.settings):
        return None
    if kept.get("code") != code():
        say(f"  {job.name}: measured before the code changed (--fresh: anew)")
    return dict(kept["result"])


def _plain(settings: Mapping[str, Any]) -> Any:
    return json.loads(json.dumps(settings))


def _run(script: str, job: Job, out: Path) -> Result:
    """Start the job's process, wait for it, and read its result."""
    place = out / f"{job.name}.json"
    place.unlink(missing_ok=True)
    environment = {**os.environ, **dict.fromkeys(ONE_THREAD, "1"), "PYTHONHASHSEED": "0"}
    descriptor, name = tempfile.mkstemp(suffix=".json", prefix="job-", dir=out)
    file = Path(name)
    say(f"  {job.name}: started")
    try:
        told = {"settings": job.settings, "place": str(place), "launched": time.time()}
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(told, stream)
        command = [sys.executable, script, WORKER, name]
        ended = subprocess.run(command, env=environment, timeout=job.limit_s, check=False)
        if ended.returncode:
            return {"failed": f"its process ended with code {ended.returncode}"}
        return dict(json.loads(place.read_text(encoding="utf-8"))["result"])
    except subprocess.TimeoutExpired:
        return {"failed": f"not done after {job.limit_s / 60:.0f} minutes"}
    finally:
        file.unlink(missing_ok=True)


_lock = threading.Lock()
_codes: list[str] = []


def code() -> str:
    """Return a fingerprint of what is measured: the package and the levels."""
    with _lock:
        if not _codes:
            parts = ("town", "brain", "learn", "training", "envs")
            files = [f for p in parts for f in (ROOT / "hamlet_game" / p).rglob("*.py")]
            files += [*(ROOT / "hamlet_game").rglob("*.yaml"), *(ROOT / "levels").rglob("*.yaml")]
            digest = hashlib.sha256()
            for file in sorted(files):
                digest.update(file.read_bytes())
            _codes.append(digest.hexdigest()[:12])
        return _codes[0]


def machine() -> dict[str, Any]:
    """Return what a reader must know of the machine."""
    versions = {}
    for name in ("numpy", "torch", "gymnasium", "stable-baselines3"):
        with suppress(importlib.metadata.PackageNotFoundError):
            versions[name] = importlib.metadata.version(name)
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "system": platform.system(),
        "python": platform.python_version(),
        **versions,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_CORETYPE": os.environ.get("OPENBLAS_CORETYPE", "not set"),
    }


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def machine_line() -> str:
    """Return the machine in one line."""
    m = machine()
    load = "" if m["load"] is None else f", load {m['load']:.1f}"
    return (
        f"{m['processor']}, {m['cores']} cores{load}; Python {m['python']}, "
        f"NumPy {m.get('numpy')}, torch {m.get('torch')}; one thread a process; "
        f"OPENBLAS_CORETYPE {m['OPENBLAS_CORETYPE']}"
    )
