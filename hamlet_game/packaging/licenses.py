"""The licence texts of what the executable carries along: Python and the libraries."""

from __future__ import annotations

import re
import sysconfig
from collections.abc import Collection, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from typing import Final

FOLDER: Final = "licenses"
CARRIED: Final = ("web",)  # extras of ours that are built in
_WORDED: Final = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(r"(l?gpl|licen[cs]e|copying)(\.(txt|md|rst))?", re.IGNORECASE)


def of_everything(project: str, without: Collection[str] = ()) -> Iterator[tuple[Path, str]]:
    """Yield licence files and the folder each goes to, of Python and all `project` requires."""
    for library in _required(project, {normal(name) for name in without}):
        place = PurePosixPath(FOLDER, normal(library.metadata["Name"]))
        for file in library.files or ():
            found = Path(str(file.locate()))
            if _is_text(file) and found.is_file():
                yield found, (place / _below(file)).as_posix()
    for folder in (sysconfig.get_path("stdlib"), sysconfig.get_config_var("installed_base")):
        text = Path(folder) / "LICENSE.txt"
        if text.is_file():
            yield text, f"{FOLDER}/python"
            return


def normal(name: str) -> str:
    """Return a project's name in its normal form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _is_text(file: PurePosixPath) -> bool:
    if ".dist-info" in str(file):
        return bool(_WORDED.search(file.name))
    return bool(_ELSEWHERE.fullmatch(file.name))


def _below(file: PurePosixPath) -> PurePosixPath:
    """Return the folder of a file without what only an installer cares about."""
    kept = [part for part in file.parent.parts if not part.endswith(".dist-info")]
    return PurePosixPath(*(part for part in kept if part not in {"licenses", ".."}))


def _required(project: str, left_out: set[str]) -> Iterator[Distribution]:
    """Yield what a project requires, directly or not, and what its built-in extras do."""
    seen, wanted = {normal(project)}, [project]
    while wanted:
        name = wanted.pop()
        try:
            found = distribution(name)
        except PackageNotFoundError:  # for another system, or an extra that is not there
            continue
        if name != project:
            yield found
        extras = CARRIED if name == project else ()
        for requirement in found.requires or ():
            other = normal(re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0])
            extra = re.search(r"extra == ['\"](\w+)", requirement)
            if (extra is None or extra[1] in extras) and other not in seen | left_out:
                seen.add(other)
                wanted.append(other)
