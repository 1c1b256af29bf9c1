"""What a help page is: words, and a picture that moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pygame

    from hamlet_game.game.draw.painter import Painter


class Picture(Protocol):
    """Something that moves beside a page's words."""

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds."""

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw inside `box`, canvas units."""


@dataclass(frozen=True)
class Page:
    """A title, a few sentences of rich text, and a moving picture."""

    title: str
    text: str
    picture: Picture
