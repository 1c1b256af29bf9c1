"""What a stream shows: the whole screen, a clean picture, or panels alone on a key colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import pygame

from hamlet_game.game.theme import Rgb

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.services import Services
    from hamlet_game.game.settings import Settings

KEY_COLOUR: Final[Rgb] = (255, 0, 255)  # nothing in the game is of it; green would key out lawns
LARGE_TEXT: Final = 1.5  # text scale that stays legible on a phone's screen
NORMAL_TEXT: Final = 1.0
_BOARD: Final = 14.0  # radius of a board's corners

Chosen = Literal["all", "clean", "panels"]
_NEXT: Final[dict[Chosen, Chosen]] = {"all": "clean", "clean": "panels", "panels": "all"}
_SAID: Final = {
    "all": "Everything is shown.",
    "clean": "Clean picture: no panels.",
    "panels": "Panels only.",
}


@dataclass(frozen=True, slots=True)
class Feed:
    """Which halves of a scene are shown. At least one of them always is."""

    picture: bool = True  # the town, the agents
    panels: bool = True  # captions, meters, charts, buttons

    @property
    def clean(self) -> bool:
        """Return whether the picture has the screen to itself."""
        return not self.panels


def feed(services: Services) -> Feed:
    """Return what a scene that knows feeds is to show now."""
    chosen = services.settings.feed
    return Feed(picture=chosen != "panels", panels=chosen != "clean")


def next_feed(services: Services) -> None:
    """Go on to the next feed, remember it and say so."""
    settings = services.settings
    settings.feed = _NEXT[settings.feed]
    services.save_settings()
    services.notify(_SAID[settings.feed])


def backdrop(painter: Painter, settings: Settings) -> None:
    """Cover the canvas: with the night, or with the key colour for a stream to cut out."""
    painter.fill(KEY_COLOUR if settings.chroma else painter.palette.night)


def under(painter: Painter, settings: Settings, box: pygame.FRect) -> None:
    """Put a board under words that would else stand on the key colour and be cut out with it."""
    if settings.chroma:
        painter.rect(box, painter.palette.night, radius=_BOARD)
