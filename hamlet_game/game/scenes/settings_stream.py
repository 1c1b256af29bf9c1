"""The settings' page for streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game import stream
from hamlet_game.game.events import Command
from hamlet_game.game.scenes.settings_recording import recording_rows
from hamlet_game.game.scenes.settings_rows import BoundToggle, Preset, choice

if TYPE_CHECKING:
    from hamlet_game.game.services import Services
    from hamlet_game.game.ui.widget import Widget


def stream_rows(services: Services) -> list[Widget]:
    """Return the rows: what is shown, on what ground, in which window, how large."""
    feeds = [("all", "Everything"), ("clean", "Clean picture"), ("panels", "Panels only")]
    key = services.input.label(Command.FEED, "keyboard")
    return [
        choice(
            services,
            "feed",
            "Feed",
            feeds,
            f"What lives, races and replays show. {key} changes it there.",
        ),
        BoundToggle(
            services,
            "chroma",
            "Key colour",
            "Plain magenta behind panels, for a stream to cut out.",
        ),
        BoundToggle(
            services,
            "key_overlay",
            "Show keys",
            "What is pressed appears at the bottom for a second.",
        ),
        BoundToggle(
            services, "portrait", "Upright window", "9:16, for phones. Scenes to watch fill it."
        ),
        Preset(
            services,
            "text_scale",
            "Large text",
            "One and a half times as large, to be read on a small screen.",
            on=stream.LARGE_TEXT,
            off=stream.NORMAL_TEXT,
        ),
        Preset(
            services,
            "palette",
            "Capture-safe colours",
            "Tones that survive the way a video stream saves on colour.",
            on="capture-safe",
            off="standard",
        ),
        *recording_rows(services),
    ]
