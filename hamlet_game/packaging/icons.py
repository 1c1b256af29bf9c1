"""The program's icon in each system's format, from our own drawing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from PIL import Image

SIZES: Final = (16, 24, 32, 48, 64, 128, 256)  # pixels, of a Windows icon
LARGEST: Final = 1024  # of a macOS icon
FORMATS: Final = {"win32": "ico", "darwin": "icns"}  # elsewhere programs carry no icon


def write_for(platform: str, drawing: Path, folder: Path) -> Path | None:
    """Write the icon for a system into a folder; return the file, None where there is no such."""
    kind = FORMATS.get(platform)
    if kind is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    return write(drawing, folder / f"hamlet.{kind}")


def write(drawing: Path, file: Path) -> Path:
    """Write an SVG as .ico, .icns or .png, each size drawn for itself."""
    if file.suffix == ".ico":
        images = [picture(drawing, side) for side in SIZES]
        sizes = [(side, side) for side in SIZES]
        images[-1].save(file, sizes=sizes, append_images=images[:-1])
    else:
        picture(drawing, LARGEST).save(file)
    return file


def picture(drawing: Path, side: int) -> Image.Image:
    """Return an SVG drawn `side` pixels wide and high."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    import pygame  # noqa: PLC0415 - says hello unless told not to

    surface = pygame.image.load_sized_svg(str(drawing), (side, side))
    pixels = pygame.image.tobytes(surface, "RGBA")
    return Image.frombytes("RGBA", surface.get_size(), pixels)
