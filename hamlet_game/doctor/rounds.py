"""The doctor's rounds: every look in order. A look that fails is a finding, never the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from hamlet_game.doctor import devices, places, speed, versions
from hamlet_game.doctor.finding import Finding, trouble
from hamlet_game.town.sentences import one_line

Look = Callable[[], Iterable[Finding]]

LOOKS: Final[tuple[tuple[str, Look], ...]] = (
    ("Program", versions.program),
    ("Libraries", versions.libraries),
    ("pygame", versions.pygames),
    ("Extras", versions.extras),
    ("Screen and sound", devices.devices),
    ("Folders", places.data),
    ("Levels", places.levels),
    ("Brains", places.brains),
    ("Runs", places.runs),
    ("Town", speed.town),
    ("torch", speed.torch),
)


def rounds(
    before: Callable[[str], None] = lambda _: None, looks: Sequence[tuple[str, Look]] = LOOKS
) -> Iterator[Finding]:
    """Yield all findings; `before` hears what is looked at next."""
    for name, look in looks:
        before(name)
        yield from _tried(name, look)


def _tried(name: str, look: Look) -> Iterator[Finding]:
    try:
        yield from look()
    except Exception as error:
        said = f"could not be looked at: {type(error).__name__}: {one_line(str(error))[:160]}"
        yield trouble(name.lower(), said, "Install Hamlet again; if that is no help, report this.")
