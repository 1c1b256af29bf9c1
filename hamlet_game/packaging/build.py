"""Building the executable: what must be there first, PyInstaller, then what it can't do itself."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from hamlet_game.packaging import slim
from hamlet_game.packaging.recipe import EDITION, Recipe

ROOT: Final = Path(__file__).resolve().parent.parent.parent
SPEC: Final = "build_exe.spec"
_NICER: Final = 5  # of 19; it takes minutes, and other work comes first


class BuildError(Exception):
    """The executable can't be built; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Built:
    """What came of it."""

    edition: str
    folder: Path  # of the application
    bytes: int
    stripped: int  # bytes of symbols that were taken out
    seconds: float


def build(edition: str, out: Path | None, say: Callable[[str], None], root: Path = ROOT) -> Built:
    """Build an edition into a folder below `out`, `dist` if not given. Raises BuildError.

    `say` is told what goes on, in words.
    """
    started = time.monotonic()
    check(edition, root)
    recipe = Recipe(edition, root)
    out = (out or root / "dist").resolve()
    scratch = root / "build" / "executable" / edition
    scratch.mkdir(parents=True, exist_ok=True)
    _pyinstaller(recipe, out, scratch, say)
    folder = out / recipe.folder
    say("Stripping symbols")
    stripped = slim.strip(folder)
    return Built(edition, folder, slim.size(folder), stripped, time.monotonic() - started)


def check(edition: str, root: Path) -> None:
    """Raise BuildError where something is missing, before minutes are spent."""
    if not (root / SPEC).is_file():
        raise BuildError(f"{SPEC} is not here: build from a checkout of Hamlet, not from a wheel.")
    for needed in ("PyInstaller", "fastapi", "uvicorn"):
        if importlib.util.find_spec(needed) is None:
            raise BuildError(f"Building needs {needed}: pip install -e '.[build,web]'")
    if edition == "player":
        return
    torch = importlib.util.find_spec("torch")
    if torch is None or torch.origin is None:
        raise BuildError("The full edition needs PyTorch, or build the small one with --player.")
    if list((Path(torch.origin).parent / "lib").glob("*torch_cuda*")):
        raise BuildError(
            f"This PyTorch ({version('torch')}) is for graphics cards and would make the program "
            "several gigabytes large: install a CPU build of torch first, see docs/building.md."
        )


def _pyinstaller(recipe: Recipe, out: Path, scratch: Path, say: Callable[[str], None]) -> None:
    """Run PyInstaller in a process of its own; its words go to a log. Raises BuildError."""
    log = scratch / "build.log"
    command = [sys.executable, "-m", "PyInstaller", str(recipe.root / SPEC), "--noconfirm"]
    command += ["--distpath", str(out), "--workpath", str(scratch)]
    environment = {**os.environ, EDITION: recipe.edition, "PYTHONPATH": str(recipe.root)}
    with (
        log.open("w", encoding="utf-8", buffering=1) as words,
        subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            command,
            cwd=recipe.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        _yield_to_others(process.pid)
        last = ""
        for line in process.stdout or ():
            words.write(line)
            if line.strip():
                last = line.strip()
                say(last.partition("INFO: ")[2] or last)
    if process.returncode:
        raise BuildError(f"PyInstaller failed ({last:.200}); all it said is in {log}.")


def _yield_to_others(process: int) -> None:
    if sys.platform != "win32":
        os.setpriority(os.PRIO_PROCESS, process, _NICER)
