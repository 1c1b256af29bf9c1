"""Python, Hamlet and its libraries: what is there, what is missing, what gets in the way."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from typing import Final

from hamlet_game import __version__
from hamlet_game.doctor.facts import frozen
from hamlet_game.doctor.finding import Finding, ok, trouble, warning
from hamlet_game.doctor.libraries import EXTRAS, FOR, LIBRARIES, PROJECT, installed, missing_of

OLDEST: Final = (3, 11)
TO_TRAIN: Final = ("torch", "matplotlib")  # what the player edition does without
INSTALL: Final = f"pip install --upgrade {PROJECT}"


def program() -> Iterator[Finding]:
    """Yield which Python runs which Hamlet."""
    edition = "executable" if frozen() else f"from {sys.prefix}"
    yield ok("Hamlet", f"{__version__}, {edition}")
    said = f"{platform.python_version()} ({platform.python_implementation()})"
    if sys.version_info[:2] < OLDEST:
        remedy = f"Install Python {'.'.join(map(str, OLDEST))} or newer."
        yield trouble("Python", f"{said} is too old", remedy)
    else:
        yield ok("Python", f"{said}, {platform.system()} {platform.machine()}")


def libraries() -> Iterator[Finding]:
    """Yield what Hamlet is made with."""
    for library in LIBRARIES:
        needed = library.name not in TO_TRAIN
        if not library.there:
            yield _missing(library.name, needed=needed)
        elif not library.fits:
            said = f"{library.version}, but Hamlet needs {library.wanted}"
            yield trouble(library.name, said, f"pip install '{library.name}{library.wanted}'")
        else:
            yield ok(library.name, library.version or "there")


def _missing(name: str, *, needed: bool) -> Finding:
    if needed:
        return trouble(name, "is missing", INSTALL)
    if frozen():
        return ok(name, "left out of the player edition, which plays and does not train")
    return warning(name, "is missing: Hamlet plays but can't train", INSTALL)


def pygames() -> Iterator[Finding]:
    """Yield whether two kinds of pygame overwrite each other's files."""
    if installed("pygame") and installed("pygame-ce"):
        yield trouble(
            "two pygames",
            "pygame and pygame-ce are both installed and overwrite each other",
            "pip uninstall -y pygame pygame-ce && pip install pygame-ce",
        )
    elif installed("pygame"):
        yield trouble(
            "pygame",
            "is installed where Hamlet needs pygame-ce",
            "pip uninstall -y pygame && pip install pygame-ce",
        )


def extras() -> Iterator[Finding]:
    """Yield what can be added."""
    for extra in EXTRAS:
        missing = list(missing_of(extra))
        if not missing:
            yield ok(f"[{extra}]", f"{FOR[extra]}: installed")
        elif frozen():
            yield ok(f"[{extra}]", f"{FOR[extra]}: not part of the executable")
        else:
            yield ok(
                f"[{extra}]",
                f"{FOR[extra]}: without {' and '.join(missing)}. To add: "
                f'pip install "{PROJECT}[{extra}]"',
            )
