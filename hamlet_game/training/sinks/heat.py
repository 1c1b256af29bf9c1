"""Counts on a grid as a picture, dark to light, without a drawing library."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CELL = 24  # pixels
_LINE = 12  # brightness of the lines between cells
_STOPS = np.array(  # from never to most, each as lighter than the one before
    [[24, 26, 48], [58, 44, 110], [146, 62, 116], [228, 106, 78], [250, 186, 96], [255, 244, 206]],
    dtype=np.float64,
)


def heat_map(counts: NDArray[np.integer]) -> NDArray[np.uint8]:
    """Return counts (rows, columns) as a picture (height, width, 3), the highest brightest."""
    share = counts / max(int(counts.max(initial=0)), 1) * (len(_STOPS) - 1)
    lower = np.minimum(share.astype(np.intp), len(_STOPS) - 2)
    part = (share - lower)[..., None]
    colors = _STOPS[lower] * (1 - part) + _STOPS[lower + 1] * part
    cell = max(CELL * 8 // max(*counts.shape, 8), 4)  # a large town in a picture as large
    picture: NDArray[np.uint8] = colors.round().astype(np.uint8).repeat(cell, 0).repeat(cell, 1)
    picture[::cell], picture[:, ::cell] = _LINE, _LINE
    return picture
