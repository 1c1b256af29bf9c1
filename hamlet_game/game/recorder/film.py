"""Film: a stretch of pictures, each kept as its difference to the one before.

Most of a scene stands still, so a difference is nearly all zeros and packs
into a few kilobytes. Only the newest picture is kept whole: XOR works both
ways, so the oldest is found from it by undoing every difference. Thus the
front of a film can be cut off without rewriting the rest.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CHANNELS = 3  # red, green, blue, each a plane of its own: planes pack better than pixels

Plane = NDArray[np.uint8]  # (H, W)
Planes = NDArray[np.uint8]  # (3, H, W)
Picture = NDArray[np.uint8]  # (H, W, 3)


def pack(difference: Plane) -> bytes:
    """Return a plane of a difference in few bytes, fast: runs are all it looks for."""
    packer = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS, 9, zlib.Z_RLE)
    return packer.compress(difference.tobytes()) + packer.flush()


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of a film."""

    packed: tuple[bytes, ...]  # a plane's difference to the picture before, for each channel
    seconds: float  # since the picture before

    @property
    def bytes(self) -> int:
        """Return how much memory it takes."""
        return sum(map(len, self.packed))

    def difference(self, shape: tuple[int, ...]) -> Planes:
        """Return what XOR turns the picture before into this one with, (3, H, W)."""
        raw = b"".join(zlib.decompress(plane) for plane in self.packed)
        return np.frombuffer(raw, np.uint8).reshape(shape)


@dataclass(frozen=True, slots=True)
class Film:
    """Pictures in order, each shown for some seconds."""

    newest: Planes
    shots: Sequence[Shot]

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height in pixels."""
        _, high, wide = self.newest.shape
        return wide, high

    @property
    def seconds(self) -> float:
        """Return how long it is from the first picture to the last."""
        return sum(shot.seconds for shot in self.shots[1:])

    def pictures(self) -> Iterator[tuple[Picture, float]]:
        """Yield each picture, and the seconds until the next; the last stays as long as usual."""
        shape, planes = self.newest.shape, self.newest.copy()
        for shot in self.shots[1:]:
            planes ^= shot.difference(shape)
        for index, shot in enumerate(self.shots):
            if index:
                planes ^= shot.difference(shape)
            following = self.shots[index + 1] if index + 1 < len(self.shots) else shot
            yield np.ascontiguousarray(np.moveaxis(planes, 0, -1)), following.seconds

    def samples(self, count: int) -> list[Picture]:
        """Return about so many pictures, spread evenly over the film."""
        every = max(1, len(self.shots) // count)
        return [picture for k, (picture, _) in enumerate(self.pictures()) if k % every == 0]
