"""Sprites: SVG files rasterised at exactly the size they are shown at, and kept.

A name is a path under `assets/sprites` without `.svg`. A townsperson's sprite
may carry a look, `person/down_idle@2`: its source is a template whose
placeholder colours (`PLACEHOLDERS`) are replaced by that look's own before it
is rasterised, so one drawing serves every look.
"""

from __future__ import annotations

from collections import OrderedDict
from io import BytesIO
from pathlib import Path

import pygame

from hamlet_game import paths

KEEP_BYTES = 96 * 2**20  # rasterised sprites kept; the ones used longest ago go first

PLACEHOLDERS = {  # what a look colours: the placeholder in the SVG source
    "shirt": "#ff00a0",
    "shirt_shade": "#ff00a1",
    "hair": "#ff00b0",
    "hair_shade": "#ff00b1",
    "skin": "#ff00c0",
    "skin_shade": "#ff00c1",
    "trousers": "#ff00d0",
    "shoes": "#ff00d1",
    "accent": "#ff00e0",
}
_PARTS = tuple(PLACEHOLDERS)
LOOKS: dict[str, dict[str, str]] = {
    name: dict(zip(_PARTS, colors.split(), strict=True))
    for name, colors in {
        # shirt, its shade, hair, its shade, skin, its shade, trousers, shoes, accent
        "0": "#e8593c #c9432b #5b3a29 #442a1d #f7cfa6 #e8b287 #3f5175 #4a3328 #ffd166",
        "1": "#3f8fd9 #2f74b8 #e3b04b #c79334 #fbdcb8 #edc094 #6b4f3f #3b2f2a #fff1c9",
        "2": "#48a868 #378a53 #2b2a33 #1d1c24 #b97d52 #9f673f #4d4b6e #2c2b35 #ffe08a",
        "3": "#9a63c9 #7e4cab #c4562f #a24321 #f9d3b3 #e6b38d #37506b #5a3b2e #ffc7dd",
        "4": "#f2a93b #d68c22 #3a2a22 #281c16 #8d5a3b #754829 #3d6673 #2e2522 #fff4d6",
        "5": "#2fb3a8 #22918a #d9d4cf #b8b1aa #f5cdb0 #e0ae8c #705a7c #40333f #ffb26b",
        "ghost": "#dfe9ff #c4d3f5 #cfdcf9 #b6c6ee #f3f7ff #d9e4fb #bccbef #a9bbe6 #ffffff",
        "ghost-gold": "#ffe39a #efc76a #f7d582 #e2b958 #fff3d2 #f5deaa #e4c06b #d0aa55 #fffbe8",
        "ghost-mint": "#b5f0cb #90d9ac #a2e4ba #80ca9d #e4faec #c0ebd0 #8fd0a8 #79bd93 #ffffff",
        "ghost-rose": "#ffc2d6 #ec9cb6 #f4adc4 #df8dab #ffe9f0 #f6c8d8 #e39bb5 #cf85a0 #ffffff",
    }.items()
}

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


def dress(source: bytes, look: str) -> bytes:
    """Return the SVG source with its placeholder colours replaced by the look's."""
    colors = LOOKS.get(look)
    if colors is None:
        raise ValueError(f"'{look}' is no look of a townsperson. Known: {', '.join(LOOKS)}.")
    if b"#ff00" not in source:
        return source
    for part, placeholder in PLACEHOLDERS.items():
        source = source.replace(placeholder.encode(), colors[part].encode())
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
