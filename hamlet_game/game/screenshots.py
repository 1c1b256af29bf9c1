"""Screenshots: of the frame on screen, as PNG files."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from hamlet_game import files, paths
from hamlet_game.game import storage

if TYPE_CHECKING:
    from hamlet_game.game.services import Services


def save(surface: pygame.Surface, place: Path) -> str:
    """Save a picture; return why it can't be, "" if it was."""
    file = io.BytesIO()
    pygame.image.save(surface, file, "picture.png")
    try:
        files.write_atomic(place, file.getvalue())
    except OSError as error:
        return storage.reason(error)
    return ""


def take(services: Services, surface: pygame.Surface) -> None:
    """Save a picture under the time of day in the user's folder, and say where."""
    name = datetime.now().astimezone().strftime("hamlet-%Y-%m-%d-%H%M%S-%f.png")
    place = paths.screenshots() / name
    why = save(surface, place)
    if why:
        services.notify(f"The screenshot can't be saved: {why}.")
    else:
        services.notify(f"Screenshot saved: {place}")
