"""A built program from outside: run it somewhere, as somebody, with little around it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

NOBODY: Final = 65534  # on Linux; may read what all may, and write nothing here
PATIENCE_S: Final = 180.0  # for one command
NAME: Final = "hamlet-game"
# Windows finds its own libraries by these; without them no program starts there.
_SYSTEM: Final = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP", "TMP", "USERPROFILE")


class SmokeError(Exception):
    """The built program doesn't do what it should; the message says what it did."""


@dataclass(frozen=True, slots=True)
class Program:
    """A built folder, with a home and a place to work in."""

    folder: Path
    home: Path  # where it keeps its files
    elsewhere: Path  # the current folder of its commands

    @property
    def file(self) -> Path:
        """Return the program itself."""
        return self.folder / (f"{NAME}.exe" if sys.platform == "win32" else NAME)

    @property
    def trains(self) -> bool:
        """Return whether this is the full edition."""
        return (self.folder / "_internal" / "torch").is_dir()

    def surroundings(self, **more: str) -> dict[str, str]:
        """Return environment variables: no PATH, no HOME, no screen, no sound."""
        system = {name: os.environ[name] for name in _SYSTEM if name in os.environ}
        drivers = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
        return {**system, **drivers, "PATH": "", "HAMLET_HOME": str(self.home), **more}

    @contextmanager
    def started(self, *words: object) -> Iterator[subprocess.Popen[str]]:
        """Start a command, yield its process, and kill it in the end."""
        with subprocess.Popen(  # noqa: S603 - the program under test
            [str(self.file), *map(str, words)],
            cwd=self.elsewhere,
            env=self.surroundings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def run(
        self,
        *words: object,
        code: int = 0,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        user: int | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end. Raises SmokeError unless it leaves with `code`."""
        somebody: dict[str, Any] = {}
        if user is not None:
            somebody = {"user": user, "group": user, "extra_groups": []}
        try:
            done = subprocess.run(  # noqa: S603 - the program under test
                [str(self.file), *map(str, words)],
                cwd=cwd or self.elsewhere,
                env=dict(env) if env is not None else self.surroundings(),
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=PATIENCE_S,
                check=False,
                **somebody,
            )
        except subprocess.TimeoutExpired:
            raise SmokeError(f"{told(words)}: not done after {PATIENCE_S:.0f} s") from None
        if done.returncode != code or "Traceback" in done.stderr:
            raise SmokeError(
                f"{told(words)}: left with {done.returncode}, not {code}\n{done.stderr[-2000:]}"
            )
        return done


def told(words: Sequence[object]) -> str:
    """Return a command as one types it."""
    return " ".join([NAME, *map(str, words)])


@contextmanager
def at_home(folder: Path) -> Iterator[Program]:
    """Yield the program of a built folder with a new home, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hamlet smoke ") as scratch:  # a space in it
        elsewhere = Path(scratch) / "elsewhere"
        elsewhere.mkdir()
        program = Program(folder.resolve(), Path(scratch) / "home", elsewhere)
        if not program.file.is_file():
            raise SmokeError(f"{program.file} is not there; name a folder that was built")
        yield program


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Forbid writing into a folder and all below it."""
    folders = [folder, *(place for place in folder.rglob("*") if place.is_dir())]
    modes = [(place, place.stat().st_mode) for place in folders if not place.is_symlink()]
    try:
        for place, mode in modes:
            place.chmod(mode & ~0o222)
        yield
    finally:
        for place, mode in modes:
            place.chmod(mode)


def open_to_all(folder: Path) -> bool:
    """Return whether others may enter a folder, as it lies."""
    return all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents))


def wait_until(done: Any, seconds: float) -> bool:
    """Ask `done` ten times a second; return whether it was true within the time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(0.1)
    return bool(done())


def descendants(process: int) -> set[int]:
    """Return the processes that a process has started, and they, and so on."""
    parents = dict(_processes())
    found, grew = {process}, True
    while grew:
        more = {child for child, parent in parents.items() if parent in found} - found
        found |= more
        grew = bool(more)
    return found - {process}


def living(processes: set[int]) -> set[int]:
    """Return those that still run; one that is only waiting to be buried does not."""
    return processes & {process for process, _ in _processes()}


def _processes() -> Iterator[tuple[int, int]]:
    """Yield every process and who started it."""
    if sys.platform == "win32":
        ask = 'Get-CimInstance Win32_Process | % { "$($_.ProcessId) $($_.ParentProcessId) R" }'
        command = ["powershell", "-NoProfile", "-Command", ask]
    else:
        command = ["ps", "-A", "-o", "pid=,ppid=,stat="]
    told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    for line in told.stdout.splitlines():
        fields = line.split()
        if len(fields) == 3 and not fields[2].startswith("Z"):
            yield int(fields[0]), int(fields[1])
