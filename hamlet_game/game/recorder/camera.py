"""The camera: keeps the last seconds of what was drawn, at a small cost to each frame.

A picture is taken fifteen times a second. In the frame that takes it the canvas
is scaled down; the next three frames pack one colour channel each.
"""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np
import pygame

from hamlet_game.game.recorder.film import CHANNELS, Film, Planes, Shot, pack

SECONDS: Final = 15.0  # kept
RATE: Final = 15  # pictures a second
LONG_SIDE, SHORT_SIDE = 640, 360  # pixels
MOST_BYTES: Final = 96_000_000  # a scene in which everything always moves keeps fewer seconds
_EVERY: Final = 1 / RATE  # seconds
_HAIR: Final = 1e-6  # by which a sum of frame times may fall short of it


class Camera:
    """Films a canvas. Call `frame` once for each frame drawn."""

    def __init__(self) -> None:
        self.bytes = 0  # of packed pictures
        self._shots: deque[Shot] = deque()
        self._seconds = 0.0  # of all shots but the first
        self._small = pygame.Surface((0, 0))
        self._last: Planes = np.zeros((CHANNELS, 0, 0), np.uint8)  # the newest picture
        self._packed: list[bytes] = []  # of the picture being packed
        self._busy = False
        self._phase = 0.0  # seconds; a picture is due once it is `_EVERY`
        self._since = 0.0  # seconds since the last picture was taken
        self._taken = 0.0  # what that was when the picture being packed was taken

    @property
    def seconds(self) -> float:
        """Return how much has been kept."""
        return self._seconds

    def frame(self, canvas: pygame.Surface, dt: float) -> None:
        """Do one frame's share of filming; `dt` seconds have passed since the last."""
        self._since += dt
        self._phase += dt
        if self._phase >= _EVERY - _HAIR:
            self._phase = min(self._phase - _EVERY, _EVERY)  # slow frames are not caught up with
            self._finish()
            self._take(canvas)
        elif self._busy:
            self._pack_channel()

    def film(self) -> Film | None:
        """Return what is kept, None if there is nothing to see yet."""
        self._finish()
        if len(self._shots) < 2:
            return None
        return Film(self._last.copy(), tuple(self._shots))

    def clear(self) -> None:
        """Forget everything."""
        self._shots.clear()
        self._packed.clear()
        self._busy = False
        self.bytes, self._seconds = 0, 0.0
        self._last = np.zeros((CHANNELS, 0, 0), np.uint8)

    def _take(self, canvas: pygame.Surface) -> None:
        size = small_size(canvas.get_size())
        if self._last.shape[1:] != (size[1], size[0]):
            self.clear()
            self._small = pygame.Surface(size, depth=32)
            self._last = np.zeros((CHANNELS, size[1], size[0]), np.uint8)
        pygame.transform.smoothscale(canvas, size, self._small)
        self._taken, self._since = self._since, 0.0
        self._busy = True

    def _pack_channel(self) -> None:
        """Pack the next channel; the last one completes the picture."""
        channel = len(self._packed)
        now = pygame.surfarray.pixels3d(self._small)[..., channel].T
        last = self._last[channel]
        np.bitwise_xor(now, last, out=last)
        self._packed.append(pack(last))
        last[...] = now
        if len(self._packed) == CHANNELS:
            self._keep(Shot(tuple(self._packed), self._taken))
            self._packed.clear()
            self._busy = False

    def _finish(self) -> None:
        while self._busy:
            self._pack_channel()

    def _keep(self, shot: Shot) -> None:
        if self._shots:
            self._seconds += shot.seconds
        self._shots.append(shot)
        self.bytes += shot.bytes
        while len(self._shots) > 1 and (
            self._seconds - self._shots[1].seconds >= SECONDS or self.bytes > MOST_BYTES
        ):
            self.bytes -= self._shots.popleft().bytes
            self._seconds -= self._shots[0].seconds


def small_size(canvas: tuple[int, int]) -> tuple[int, int]:
    """Return the size of a canvas's pictures: 16:9, or 9:16 for an upright one."""
    wide, high = canvas
    return (LONG_SIDE, SHORT_SIDE) if wide >= high else (SHORT_SIDE, LONG_SIDE)
