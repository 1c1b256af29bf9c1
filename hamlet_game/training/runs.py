"""Runs on disk: one folder each, found by name or path, written by one trainer at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from hamlet_game import paths
from hamlet_game.brain import files as brain_files
from hamlet_game.brain.files import BrainError
from hamlet_game.files import write_atomic
from hamlet_game.town.sentences import brief, closest, meant
from hamlet_game.training.checkpoint_read import is_checkpoint
from hamlet_game.training.run_lock import Held, RunLock

CONFIG = "config.yaml"
LOCK = "run.lock"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_. -]{0,59}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # by Windows


class RunError(Exception):
    """A run that can't be found, made or written; the message says what to do."""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Where the files of a run are. They need not exist yet."""

    path: Path

    @property
    def name(self) -> str:
        """Return the run's name."""
        return self.path.name

    @property
    def config(self) -> Path:
        """Return the file of its configuration, which makes a folder a run."""
        return self.path / CONFIG

    @property
    def checkpoints(self) -> Path:
        """Return the folder of its checkpoints."""
        return self.path / "checkpoints"

    @property
    def metrics(self) -> Path:
        """Return the database of its numbers."""
        return self.path / "metrics.sqlite"

    @property
    def summary(self) -> Path:
        """Return the file of its results."""
        return self.path / "summary.json"

    @property
    def replays(self) -> Path:
        """Return the folder of recorded lives."""
        return self.path / "replays"

    @property
    def brains(self) -> Path:
        """Return the folder of brains of earlier moments."""
        return self.path / "brains"

    @property
    def changed(self) -> float:
        """Return when it was last saved or made, in seconds since 1970."""
        places = (self.checkpoints, self.config, self.path)
        return max((place.stat().st_mtime for place in places if place.exists()), default=0.0)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the run against other trainers. Raises RunError if one is at it."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = RunLock(self.path / LOCK)
        except Held as held:
            holder = f" (process {held})" if str(held).isdigit() else ""
            raise RunError(
                f"run '{self.name}' is being trained by another Hamlet{holder}; "
                "stop that one or choose another name."
            ) from None
        except OSError as error:
            raise _refused(self.path, error) from None
        try:
            yield
        finally:
            lock.release()


@dataclass(frozen=True, slots=True)
class CheckpointFile:
    """A checkpoint outside any run."""

    path: Path


@dataclass(frozen=True, slots=True)
class BrainFile:
    """A brain outside any run."""

    path: Path


def folder_of_runs() -> Path:
    """Return where runs are kept unless said otherwise. It may not exist yet."""
    return paths.data() / "runs"


def create(name: str, config: str, root: Path | None = None) -> RunFolder:
    """Make a run's folder and write its configuration's text; return it.

    A name that is taken gets a number: `quick`, `quick-2`, `quick-3`. Raises RunError.
    """
    if not _NAME.fullmatch(name) or _RESERVED.fullmatch(name) or name[-1] in " .":
        raise RunError(f"{brief(name)} can't name a run; use up to 60 letters, digits and hyphens.")
    root = root or folder_of_runs()
    try:
        root.mkdir(parents=True, exist_ok=True)
        run = RunFolder(_new_folder(root, name))
        write_atomic(run.config, config.encode())
    except OSError as error:
        raise _refused(root, error) from None
    return run


def _new_folder(root: Path, name: str) -> Path:
    for number in count(1):
        folder = root / (name if number == 1 else f"{name}-{number}")
        with suppress(FileExistsError):
            folder.mkdir()  # fails if another trainer was faster
            return folder
    raise AssertionError("numbers never end")


def list_runs(root: Path | None = None) -> list[RunFolder]:
    """Return the runs in a folder, the one changed last first."""
    try:
        runs = [RunFolder(path) for path in (root or folder_of_runs()).iterdir() if _is_run(path)]
    except OSError:
        return []
    return sorted(runs, key=lambda run: (run.changed, run.name), reverse=True)


def newest(root: Path | None = None) -> RunFolder:
    """Return the run that changed last. Raises RunError if there is none."""
    runs = list_runs(root)
    if not runs:
        raise RunError(f"{root or folder_of_runs()}: holds no runs yet; train one first.")
    return runs[0]


def find(word: str, root: Path | None = None) -> RunFolder:
    """Return a run by its name or by its folder. Raises RunError, which names the known ones."""
    found = resolve(word, root)
    if not isinstance(found, RunFolder):
        raise RunError(f"{found.path}: a file, not a run; choose a run or its folder.")
    return found


def resolve(word: str, root: Path | None = None) -> RunFolder | CheckpointFile | BrainFile:
    """Return what a word means: a run or a shipped brain by name, or any of them by path.

    Raises RunError, which names the known ones.
    """
    named = (root or folder_of_runs()) / word
    if _NAME.fullmatch(word) and _is_run(named):
        return RunFolder(named)
    path = Path(word).expanduser()
    if _is_run(path):
        return RunFolder(path.resolve())
    try:
        if path.is_file() or brain_files.place(path).is_file():
            return _file(path)
    except (OSError, ValueError):
        pass  # such as a word with a null character: no path either
    shipped = brain_files.shipped()
    if word in shipped:
        return BrainFile(shipped[word])
    runs = [run.name for run in list_runs(root)]
    if runs or closest(word, shipped):
        remedy = meant(word, [*runs, *shipped])
    else:
        remedy = "There are none yet; train one first."
    raise RunError(f"no run {brief(word)}. {remedy}")


def _file(path: Path) -> CheckpointFile | BrainFile:
    if path.is_file() and is_checkpoint(path):
        return CheckpointFile(path)
    try:
        brain_files.read(brain_files.place(path))
    except BrainError:
        raise RunError(
            f"{path}: neither a run nor a whole checkpoint or brain; choose another file."
        ) from None
    return BrainFile(brain_files.place(path))


def _is_run(path: Path) -> bool:
    try:
        return (path / CONFIG).is_file()
    except (OSError, ValueError):  # a closed folder, a name too long, a null character
        return False


def _refused(path: Path, error: OSError) -> RunError:
    reason = (error.strerror or type(error).__name__).lower()
    return RunError(f"{path}: can't be written ({reason}); choose another folder.")
