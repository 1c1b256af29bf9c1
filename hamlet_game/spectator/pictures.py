"""Files that a page may ask for: exactly those that are there, by name, and nothing else."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from hamlet_game import paths
from hamlet_game.game.draw.looks import LOOKS, dress

STATIC: Final = Path(__file__).parent / "static"
KINDS: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
_PEOPLE = ("person", "scene")  # folders of sprites that are dressed
_WORTH_BYTES = 600  # packing less than this saves nothing


@dataclass(frozen=True, slots=True)
class Served:
    """A file as it is sent."""

    body: bytes
    kind: str
    packed: bytes | None  # by gzip, where that is shorter


class Shelf:
    """All that can be asked for, found once: a name that is not there leads nowhere."""

    def __init__(self) -> None:
        """Find the page's own files, sprites and fonts."""
        assets = paths.assets()
        self._files: Mapping[str, Path] = {
            **_found(STATIC, "", STATIC),
            **_found(assets / "sprites", "sprites/", assets / "sprites"),
            **_found(assets / "fonts", "fonts/", assets / "fonts"),
        }

    def get(self, name: str, look: str = "0") -> Served | None:
        """Return a file by its name, a townsperson's dressed in a look; None if there is none."""
        file = self._files.get(name)
        return None if file is None or look not in LOOKS else _served(file, look)

    @property
    def names(self) -> list[str]:
        """Return what there is."""
        return list(self._files)


def _found(folder: Path, prefix: str, root: Path) -> dict[str, Path]:
    return {
        prefix + file.relative_to(root).as_posix(): file
        for file in sorted(folder.rglob("*"))
        if file.suffix in KINDS and file.is_file()
    }


@lru_cache(maxsize=1_024)
def _served(file: Path, look: str) -> Served:
    body = file.read_bytes()
    if file.suffix == ".svg" and file.parent.name in _PEOPLE:
        body = dress(body, look)
    return packed(body, KINDS[file.suffix])


def packed(body: bytes, kind: str) -> Served:
    """Return something as it is sent."""
    if len(body) < _WORTH_BYTES:
        return Served(body, kind, None)
    return Served(body, kind, gzip.compress(body, 6, mtime=0))
