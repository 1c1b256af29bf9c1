"""GIF files, written picture by picture: one palette, and only what changes.

Pillow finds the colours and packs the pixels. The file around them is put
together here, because Pillow alone would hold a whole film in memory.
GIF89a, see https://www.w3.org/Graphics/GIF/spec-gif89a.txt
"""

from __future__ import annotations

import io
import struct
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from hamlet_game.game.recorder.film import Picture
from hamlet_game.game.recorder.palette import COLORS, Palette

SAME = COLORS  # the index that lets the picture before show through
TOLERANCE = 9  # of 255: a channel this close to what is shown already stays as it is
_SHORTEST, _LONGEST = 2, 0xFFFF  # hundredths of a second; many viewers show 1 as 10
_TABLE_256 = 0x80 | 0x70 | 0x07  # a colour table of 256 entries, 8 bits a channel
_KEEP_BELOW = 1 << 2  # disposal: the next picture is drawn over this one
_TRANSPARENT = 1
_LOOP = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"  # for ever
_END = b"\x3b"


class GifWriter:
    """Writes a GIF to a binary stream. Raises OSError where that can't be written."""

    def __init__(self, stream: BinaryIO, size: tuple[int, int], palette: Palette) -> None:
        self._stream, self._palette = stream, palette
        self._shown: NDArray[np.uint8] | None = None  # (H, W) indices
        self._waiting: tuple[bytes, bytes] | None = None  # descriptor and pixels, not yet written
        self._seconds = 0.0  # of all pictures
        self._written = 0  # hundredths of a second of them that are in the file
        stream.write(b"GIF89a" + struct.pack("<HHBBB", *size, _TABLE_256, 0, 0))
        stream.write(palette.colors.tobytes() + _LOOP)

    def add(self, picture: Picture, seconds: float) -> None:
        """Show a picture for so long; one that looks like the last lets that one stay."""
        new = self._palette.nearest(picture)
        if self._shown is None:
            self._shown = new.copy()
            self._waiting = _image((0, 0), new)
        else:
            self._change(self._shown, picture, new)
        self._seconds += seconds

    def close(self) -> None:
        """Write what is left."""
        self._flush()
        self._stream.write(_END)

    def _change(self, shown: NDArray[np.uint8], picture: Picture, new: NDArray[np.uint8]) -> None:
        """Replace what no longer looks right by new indices."""
        seen = self._palette.colors[shown].astype(np.int16)
        changed = (np.abs(seen - picture).max(axis=-1) > TOLERANCE) & (new != shown)
        rows, columns = np.flatnonzero(changed.any(1)), np.flatnonzero(changed.any(0))
        if not rows.size:
            return
        self._flush()
        box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        shown[changed] = new[changed]
        pixels = np.where(changed[box], new[box], np.uint8(SAME))
        self._waiting = _image((int(columns[0]), int(rows[0])), pixels)

    def _flush(self) -> None:
        """Write the picture before, now that it is known how long it stays."""
        if self._waiting is None:
            return
        due = round(self._seconds * 100) - self._written
        delay = min(max(_SHORTEST, due), _LONGEST)
        self._written += delay
        flags = _KEEP_BELOW | _TRANSPARENT
        self._stream.write(b"\x21\xf9\x04" + struct.pack("<BHBB", flags, delay, SAME, 0))
        self._stream.write(b"".join(self._waiting))
        self._waiting = None


def _image(corner: tuple[int, int], pixels: NDArray[np.uint8]) -> tuple[bytes, bytes]:
    """Return the descriptor and the packed pixels of a picture at `corner`."""
    high, wide = pixels.shape
    return b"\x2c" + struct.pack("<HHHHB", *corner, wide, high, 0), _packed(pixels)


def _packed(pixels: NDArray[np.uint8]) -> bytes:
    """Return indices packed as LZW in blocks, which is what Pillow writes into a GIF of its own."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "GIF", optimize=False, interlace=0)
    return _pixels_of(file.getvalue())


def _pixels_of(gif: bytes) -> bytes:
    """Return the packed pixels of a GIF's first picture."""
    at = 13 + _table_bytes(gif[10])
    while gif[at] == 0x21:  # an extension: two bytes, then blocks
        at = _after_blocks(gif, at + 2)
    start = at + 10 + _table_bytes(gif[at + 9])
    return gif[start : _after_blocks(gif, start + 1)]


def _table_bytes(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(gif: bytes, at: int) -> int:
    """Return the place after a row of blocks, each led by its length, the last of length 0."""
    while gif[at]:
        at += gif[at] + 1
    return at + 1
