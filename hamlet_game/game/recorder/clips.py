"""Clip files: pictures into a GIF or an MP4, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from hamlet_game import files
from hamlet_game.game.recorder.film import Picture
from hamlet_game.game.recorder.mp4 import Mp4Writer

GIF, MP4 = "gif", "mp4"
FORMATS = (GIF, MP4)

Pictures = Iterable[tuple[Picture, float]]  # each with the seconds it is shown


class Writer(Protocol):
    """Takes pictures one by one."""

    def add(self, picture: Picture, seconds: float) -> None:
        """Show a picture for so long."""


@contextmanager
def writing(
    path: Path, size: tuple[int, int], fps: int, samples: Sequence[Picture]
) -> Iterator[Writer]:
    """Yield a writer for a clip; its format is told by the end of its name.

    `samples` decide on a GIF's colours, `fps` is an MP4's even rate. The file is there
    once all went well. Raises OSError, VideoError, or ImportError without Pillow.
    """
    make = _mp4 if path.suffix.lower() == f".{MP4}" else _gif
    with files.replacing(path) as temporary, make(temporary, size, fps, samples) as writer:
        yield writer


@contextmanager
def _gif(path: Path, size: tuple[int, int], _: int, samples: Sequence[Picture]) -> Iterator[Writer]:
    from hamlet_game.game.recorder.gif import GifWriter  # noqa: PLC0415 - Pillow may be missing
    from hamlet_game.game.recorder.palette import shared_palette  # noqa: PLC0415

    with path.open("xb") as stream:
        writer = GifWriter(stream, size, shared_palette(samples))
        yield writer
        writer.close()
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def _mp4(path: Path, size: tuple[int, int], fps: int, _: Sequence[Picture]) -> Iterator[Writer]:
    writer = Mp4Writer(path, size, fps)
    try:
        yield writer
    except BaseException:
        writer.abandon()
        raise
    writer.close()
