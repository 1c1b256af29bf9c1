"""Highlights: moments that are worth a clip by themselves, and the few that are kept.

A scene only says what happened, with `mark`; the recorder cuts the clip a
little later, so that the moment is not its last picture.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from hamlet_game import paths
from hamlet_game.town.names import Meter
from hamlet_game.town.record import Record

if TYPE_CHECKING:
    from hamlet_game.game.services import Services

Kind = Literal["graduation", "record", "near-death"]

KEPT: Final = 20  # clips; the oldest make room
CLOSE: Final = 5.0  # of 100: a deadly meter this low was nearly the end
SAFE: Final = 25.0  # the same meter back up here: survived
_NAME = re.compile(r"\d{4}-\d\d-\d\d-\d{6}-(graduation|record|near-death)(-\d+)?\.(gif|mp4)")


@dataclass(frozen=True, slots=True)
class Highlight:
    """Something worth a clip."""

    kind: Kind
    text: str  # what to tell about it: "New record: 741"


def mark(services: Services, kind: Kind, text: str) -> None:
    """Say that something worth a clip has just happened. Nothing comes of it if switched off."""
    if services.settings.highlights and services.settings.recording:
        services.highlights.append(Highlight(kind, text))


def place_for(highlight: Highlight, suffix: str) -> Path:
    """Return a new file's place for a highlight."""
    stem = f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S}-{highlight.kind}"
    place, number = paths.highlights() / f"{stem}.{suffix}", 2
    while place.exists():
        place = paths.highlights() / f"{stem}-{number}.{suffix}"
        number += 1
    return place


def make_room() -> None:
    """Delete all but the newest highlights. Files of other names stay."""
    with suppress(OSError):
        kept = sorted(
            (file.stat().st_mtime, file.name, file)
            for file in paths.highlights().iterdir()
            if _NAME.fullmatch(file.name)
        )
        for _, _, file in kept[:-KEPT]:
            file.unlink()


class CloseCall:
    """Notices in a life that somebody nearly died and did not."""

    def __init__(self) -> None:
        self._lowest: dict[Meter, float] = {}  # of the meters that came close and are not yet safe

    def saw(self, record: Record, step: int) -> str:
        """Look at a step, each once and in order; return a sentence if danger is now past."""
        frame, told = record.frames[step], ""
        for meter in record.level.deadly:
            value = frame.meters[meter]
            if value <= CLOSE:
                self._lowest[meter] = min(value, self._lowest.get(meter, CLOSE))
            elif value >= SAFE and meter in self._lowest:
                told = f"That was close: {meter.key} was down to {self._lowest.pop(meter):.0f}"
        return "" if frame.died else told
