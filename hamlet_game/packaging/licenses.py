"""The licence texts of the libraries that the executable carries along."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

FOLDER: Final = "licenses"
_TEXTS: Final = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)


def of_requirements(name: str, without: Collection[str] = ()) -> Iterator[tuple[Path, str]]:
    """Yield licence files and the folder each goes to, of all that `name` requires."""
    left_out = {normal(other) for other in without}
    for library in _required(name, left_out):
        place = f"{FOLDER}/{normal(library.metadata['Name'])}"
        for file in library.files or ():
            if ".dist-info" in str(file) and _TEXTS.search(file.name):
                found = Path(str(file.locate()))
                if found.is_file():
                    yield found, place


def normal(name: str) -> str:
    """Return a project's name in its normal form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _required(name: str, left_out: Collection[str]) -> Iterator[Distribution]:
    """Yield what a project requires without its extras, directly or not."""
    seen, wanted = {normal(name)}, [name]
    while wanted:
        try:
            found = distribution(wanted.pop())
        except PackageNotFoundError:  # for another system
            continue
        if normal(found.metadata["Name"]) != normal(name):
            yield found
        for requirement in found.requires or ():
            project = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
            if "extra ==" in requirement or normal(project) in seen | set(left_out):
                continue
            seen.add(normal(project))
            wanted.append(project)
