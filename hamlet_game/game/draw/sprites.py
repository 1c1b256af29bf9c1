"""Sprites: SVG files rasterised at exactly the size they are shown at, and kept.

A name is a path under `assets/sprites` without `.svg`. A townsperson's sprite
may carry a look, `person/down_idle@2`: its source is a template whose
placeholder colours (see `looks`) are replaced by that look's own before it
is rasterised, so one drawing serves every look.
"""

from __future__ import annotations

from collections import OrderedDict
from io import BytesIO
from pathlib import Path

import pygame

from hamlet_game import paths
from hamlet_game.game.draw.looks import dress

KEEP_BYTES = 96 * 2**20  # rasterised sprites kept; the ones used longest ago go first

_Key = tuple[str, int, int, float, bool]


class Sprites:
    """Loads sprites by name and pixel size, and keeps what it made up to `keep_bytes`."""

    def __init__(self, folder: Path | None = None, *, keep_bytes: int = KEEP_BYTES) -> None:
        self._folder = folder if folder is not None else paths.assets() / "sprites"
        self._keep_bytes = keep_bytes
        self._held_bytes = 0
        self._sources: dict[str, bytes] = {}
        self._kept: OrderedDict[_Key, pygame.Surface] = OrderedDict()

    def get(
        self,
        name: str,
        width_px: int,
        height_px: int,
        *,
        angle: float = 0,
        flip: bool = False,
    ) -> pygame.Surface:
        """Return the sprite on a (width_px, height_px) surface, larger only when turned.

        `angle` is in degrees, anticlockwise; `flip` mirrors left and right. The
        surface is shared: blit it, never draw on it. Raises FileNotFoundError
        for an unknown sprite and ValueError for one that cannot be read.
        """
        width_px, height_px = max(1, int(width_px)), max(1, int(height_px))
        key = (name, width_px, height_px, round(angle % 360, 1), flip)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        surface = self._make(key)
        self._keep(key, surface)
        return surface

    def _make(self, key: _Key) -> pygame.Surface:
        name, width, height, angle, flip = key
        if angle:
            return pygame.transform.rotozoom(self.get(name, width, height, flip=flip), angle, 1)
        if flip:
            return pygame.transform.flip(self.get(name, width, height), True, False)
        return rasterise(self._source(name), width, height, name=name)

    def _keep(self, key: _Key, surface: pygame.Surface) -> None:
        self._kept[key] = surface
        self._held_bytes += _bytes(surface)
        while self._held_bytes > self._keep_bytes and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._held_bytes -= _bytes(dropped)

    def _source(self, name: str) -> bytes:
        source = self._sources.get(name)
        if source is None:
            stem, _, look = name.partition("@")
            file = self._folder / f"{stem}.svg"
            try:
                source = file.read_bytes()
            except OSError as error:
                raise FileNotFoundError(
                    f"{file}: the sprite '{stem}' is missing. Install the game again."
                ) from error
            source = dress(source, look or "0")
            self._sources[name] = source
        return source


def rasterise(source: bytes, width: int, height: int, *, name: str = "SVG") -> pygame.Surface:
    """Return an SVG drawn as large as fits, centred on a (width, height) clear surface."""
    try:
        drawn = pygame.image.load_sized_svg(BytesIO(source), (width, height))
    except pygame.error as error:
        raise ValueError(f"The sprite '{name}' cannot be read: {error}.") from error
    if drawn.get_size() != (width, height):
        room = pygame.Surface((width, height), pygame.SRCALPHA)
        room.blit(drawn, drawn.get_rect(center=room.get_rect().center))
        drawn = room
    return drawn.convert_alpha() if pygame.display.get_surface() else drawn


def _bytes(surface: pygame.Surface) -> int:
    return surface.get_width() * surface.get_height() * 4
