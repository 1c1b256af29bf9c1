"""The settings' rows for recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.events import Command
from hamlet_game.game.recorder import highlights, mp4
from hamlet_game.game.recorder.camera import SECONDS
from hamlet_game.game.recorder.clips import GIF, MP4
from hamlet_game.game.scenes.settings_rows import BoundToggle, choice

if TYPE_CHECKING:
    from hamlet_game.game.services import Services
    from hamlet_game.game.ui.widget import Widget

RECORDING = ("recording", "clip_format", "highlights")  # their fields


def recording_rows(services: Services) -> list[Widget]:
    """Return the rows: whether the last seconds are kept, and what becomes of them."""
    key = services.input.label(Command.CLIP, "keyboard")
    formats = [(GIF, "GIF"), (MP4, "MP4")]
    hint = "GIF plays everywhere; MP4 has all colours and is smaller."
    return [
        BoundToggle(
            services,
            "recording",
            f"Keep the last {SECONDS:.0f} seconds",
            f"{key} saves them as a clip. Off: no memory and no time is spent on it.",
        ),
        choice(
            services,
            "clip_format",
            "Clips",
            formats,
            hint if mp4.available() else f"{mp4.MISSING}.",
        ),
        BoundToggle(
            services,
            "highlights",
            "Keep highlights",
            f"Graduations, records and close calls save themselves; the last {highlights.KEPT}.",
        ),
    ]
