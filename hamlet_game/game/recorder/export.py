"""Exporting a replay as a GIF or an MP4: what `hamlet-game export` does."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hamlet_game.game import storage
from hamlet_game.game.recorder import clips, mp4
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.planner import Search
from hamlet_game.town.replay import level_for, load_replay

if TYPE_CHECKING:
    from hamlet_game.game.recorder.minds import Idea
    from hamlet_game.game.recorder.screening import Plan, Screening
    from hamlet_game.town.record import Record

SIZES: Final = {clips.GIF: (640, 360), clips.MP4: (1280, 720)}  # unless told otherwise
RATES: Final = {clips.GIF: 12, clips.MP4: 30}
LEAST, MOST = 160, 3840  # pixels a side
_SHAPE, _OFF_SHAPE = 9 / 16, 0.02  # as all pictures are, and how far off they may be
_SAMPLES: Final = 16  # pictures that decide on a GIF's colours

Progress = Callable[[str, float], None]  # what is being done, and how much of it is, 0..1


class ExportError(Exception):
    """A film that can't be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to export. None: as is usual for the format."""

    replay: Path
    out: Path
    size: tuple[int, int] | None = None
    fps: int | None = None
    speed: float = 4.0  # times the normal live tempo
    first: int | None = None  # step
    last: int | None = None
    brain: str | None = None  # whose thoughts to show, by a word of the roster
    force: bool = False  # write over a file that is there


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it."""

    file: Path
    size: tuple[int, int]
    fps: int
    pictures: int
    seconds: float
    bytes: int


def export(wish: Wish, progress: Progress) -> Made:
    """Make the film. Raises ExportError, ReplayError and LevelError, each a sentence."""
    kind = _format(wish.out)
    _check(wish, kind)
    source = load_replay(wish.replay)
    record = source.record(level_for(source, load_catalog(), wish.replay))
    os.environ["SDL_VIDEODRIVER"] = "dummy"  # nothing is shown, so no display is needed
    from hamlet_game.game.recorder.screening import Screening  # noqa: PLC0415 - pygame

    plan = _plan(wish, kind, record)
    thoughts, thinker = _thoughts(wish, record)
    par = _par(record, progress)
    screening = Screening(record, plan, par, thinker or source.player, thoughts)
    try:
        _write(wish.out, plan, screening, progress)
    except OSError as error:
        raise ExportError(f"{wish.out}: can't be written ({storage.reason(error)}).") from None
    except mp4.VideoError as error:
        raise ExportError(f"{wish.out}: can't be written: {error}.") from None
    size = wish.out.stat().st_size
    return Made(wish.out, plan.size, plan.fps, plan.count, plan.seconds, size)


def _write(out: Path, plan: Plan, screening: Screening, progress: Progress) -> None:
    samples = screening.samples(_SAMPLES) if _format(out) == clips.GIF else []
    with clips.writing(out, plan.size, plan.fps, samples) as writer:
        for index, (picture, seconds) in enumerate(screening.pictures()):
            writer.add(picture, seconds)
            progress("Drawing", (index + 1) / plan.count)


def _format(out: Path) -> str:
    kind = out.suffix.lower().removeprefix(".")
    if kind not in clips.FORMATS:
        raise ExportError(f"{out}: no known ending; name the file *.gif or *.mp4.")
    return kind


def _check(wish: Wish, kind: str) -> None:
    """Find out what can't work before anything is drawn. Raises ExportError."""
    if kind == clips.MP4 and not mp4.available():
        raise ExportError(f"{wish.out}: {mp4.MISSING}. A *.gif needs nothing more.")
    if wish.out.is_dir():
        raise ExportError(f"{wish.out}: is a folder; name a file in it.")
    if wish.out.exists() and not wish.force:
        raise ExportError(f"{wish.out}: is there already; add --force to write over it.")
    if wish.size:
        _check_size(*wish.size)


def _check_size(wide: int, high: int) -> None:
    if not all(LEAST <= side <= MOST for side in (wide, high)):
        raise ExportError(f"Sizes go from {LEAST} to {MOST} pixels a side.")
    if abs(max(wide, high) / min(wide, high) * _SHAPE - 1) > _OFF_SHAPE:
        raise ExportError(
            f"{wide}x{high} is neither 16:9 nor 9:16; choose one such as 640x360 or 360x640."
        )


def _plan(wish: Wish, kind: str, record: Record) -> Plan:
    from hamlet_game.game.recorder.screening import Plan  # noqa: PLC0415 - pygame

    end = record.survival
    first = 0 if wish.first is None else wish.first
    last = end if wish.last is None else min(wish.last, end)
    if not 0 <= first <= last:
        raise ExportError(f"{wish.replay}: has steps 0 to {end}; choose --from and --to in order.")
    return Plan(wish.size or SIZES[kind], wish.fps or RATES[kind], wish.speed, first, last)


def _par(record: Record, progress: Progress) -> float:
    """Return what the planner scores in the life's town: the panel measures the life by it."""
    search = Search(record.level, record.town_seed)
    for share in search.run():
        progress("Par", share)
    return search.best.score


def _thoughts(wish: Wish, record: Record) -> tuple[tuple[Idea, ...], str]:
    """Return what the wished brain thinks at each step, and its name."""
    if wish.brain is None:
        return (), ""
    from hamlet_game.game.agents import roster  # noqa: PLC0415 - NumPy
    from hamlet_game.game.recorder.minds import ideas  # noqa: PLC0415 - pygame

    try:
        player = roster.player(wish.brain)
    except roster.RosterError as error:
        raise ExportError(str(error)) from None
    found = ideas(record, player)
    if not found and record.survival:
        raise ExportError(f"{player.name} has no thoughts to show; name a brain or a run.")
    return found, f"thoughts of {player.name}"
