"""One palette for a whole film: chosen from samples, rare colours included."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from hamlet_game.game.recorder.film import Picture

COLORS = 255  # one of the 256 is kept for "as before"
_FIXED = 48  # of them are the commonest colours, exactly as they are
_APART = 14  # of 255, in one channel at least, between those
_TRIED = 4_000  # of the commonest colours, to find them among
_ROUNDS = 3  # of moving the others to the middle of what they stand for
_BITS = 6  # a channel keeps of its 8 when colours are counted

Rgb = NDArray[np.uint8]  # (n, 3)


class Palette:
    """Up to 255 colours, and for any picture the nearest of them."""

    def __init__(self, colors: Rgb) -> None:
        """Take the colours, up to 255."""
        spare = np.repeat(colors[:1], COLORS + 1 - len(colors), axis=0)
        self.colors = np.concatenate([colors, spare])
        self._image = Image.new("P", (1, 1))
        self._image.putpalette(self.colors[:COLORS].tobytes())

    def nearest(self, picture: Picture) -> NDArray[np.uint8]:
        """Return the index of the nearest colour for each pixel, (H, W), below 255."""
        image = Image.fromarray(picture)
        return np.asarray(image.quantize(palette=self._image, dither=Image.Dither.NONE))


def shared_palette(samples: Sequence[Picture]) -> Palette:
    """Return the palette that serves these pictures best.

    The commonest colours are taken as they are: panels and meters are flat, and people
    tell them by their hue. Pillow's median cut finds the others, for which a colour counts
    by the root of how often it occurs, so that a meadow does not take every shade; a few
    rounds of Lloyd's algorithm (k-means) then put them where they err least.
    """
    found, counts = _counted(samples)
    fixed, weights = _commonest(found, counts), np.sqrt(counts)
    repeated = np.repeat(found, np.ceil(weights).astype(int), axis=0)
    cut = Image.fromarray(repeated[None]).quantize(COLORS - len(fixed), Image.Quantize.MEDIANCUT)
    others = np.asarray(cut.getpalette("RGB"), np.uint8).reshape(-1, 3)
    colors = np.concatenate([fixed, others[: COLORS - len(fixed)]])
    for _ in range(_ROUNDS):
        colors[len(fixed) :] = _centred(colors, found, weights)[len(fixed) :]
    return Palette(colors)


def _counted(samples: Sequence[Picture]) -> tuple[Rgb, NDArray[np.int64]]:
    """Return the colours of some pictures, much the same ones as one, and how often each occurs."""
    pixels = np.concatenate([sample.reshape(-1, 3) for sample in samples])
    red, green, blue = (pixels >> (8 - _BITS)).astype(np.uint32).T
    codes = red << (2 * _BITS) | green << _BITS | blue
    _, first, counts = np.unique(codes, return_index=True, return_counts=True)
    return pixels[first], counts


def _commonest(colors: Rgb, counts: NDArray[np.int64]) -> Rgb:
    """Return the commonest colours that are not much the same."""
    fixed = colors[np.argsort(-counts, kind="stable")][:_TRIED].astype(np.int16)
    taken = fixed[:1]
    for color in fixed[1:]:
        if len(taken) < _FIXED and np.abs(taken - color).max(axis=1).min() >= _APART:
            taken = np.concatenate([taken, color[None]])
    return taken.astype(np.uint8)


def _centred(centers: Rgb, colors: Rgb, weights: NDArray[np.float64]) -> Rgb:
    """Return each centre moved to the middle of the colours nearest to it."""
    far, near = colors.astype(np.float32), centers.astype(np.float32)
    owner = ((near**2).sum(1) - 2 * far @ near.T).argmin(axis=1)
    total = np.bincount(owner, weights, len(near))
    sums = [np.bincount(owner, weights * channel, len(near)) for channel in far.T]
    middle = np.stack(sums, axis=1) / np.maximum(total, 1e-9)[:, None]
    moved = np.where(total[:, None] > 0, middle, near)
    return np.clip(moved.round(), 0, 255).astype(np.uint8)
