"""Looks at a drawn scene: where its words are, whether any is cut off or covers another."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pygame

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command, Pointer, PointerKind, Press
from hamlet_game.game.scene import Scene
from hamlet_game.game.ui.widget import Widget

SIZES = [((1280, 720), 1.0), ((1280, 720), 2.0), ((1280, 720), 0.75), ((1920, 1080), 1.5),
         ((480, 270), 1.0)]  # fmt: skip


class Eyes(Painter):
    """Notes where words are drawn; what scrolls inside a clip is left out."""

    def __init__(self, size: tuple[int, int] = (1280, 720), text_scale: float = 1.0) -> None:
        super().__init__(pygame.Surface(size), text_scale=text_scale)
        self.seen: list[tuple[str, pygame.FRect]] = []

    def text(self, text: str, *args: Any, **kwargs: Any) -> pygame.FRect:
        box = super().text(text, *args, **kwargs)
        if self.surface.get_clip().size == self.surface.get_size() and text.strip():
            self.seen.append((text, box.move(*self._origin)))
        return box

    def look_at(self, scene: Scene) -> list[str]:
        """Draw a scene twice, as widgets settle with the first; return what it says."""
        for _ in range(2):
            self.seen = []
            scene.draw(self)
        return [text for text, _ in self.seen]

    def assert_tidy(self) -> None:
        """Fail if words leave the canvas or lie on others. Equal words are one lettering."""
        whole = pygame.FRect(-1, -1, self.size[0] + 2, self.size[1] + 2)
        for text, box in self.seen:
            assert whole.contains(box), f"{text!r} at {box} is cut off"
        for (one, box), (other, place) in combinations(self.seen, 2):
            common = box.clip(place)
            covered = one != other and common.w > 3 and common.h > 0.35 * min(box.h, place.h)
            assert not covered, f"{one!r} at {box} and {other!r} at {place} overlap"


def press(*commands: Command, key: int | None = None, button: int | None = None) -> Press:
    return Press(frozenset(commands), key=key, button=button)


def click(widget: Widget) -> Pointer:
    """Return a click on the middle of a widget's box."""
    return Pointer(PointerKind.DOWN, *widget.box.center)
