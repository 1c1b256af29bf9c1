"""What tests of the life scene share: events as the app sends them, and eyes for what is drawn."""

from __future__ import annotations

import pygame
from driver import CATALOG

from hamlet_game.game.draw.painter import CANVAS, Painter
from hamlet_game.game.events import Command, Pointer, PointerKind, Press
from hamlet_game.town.names import Action
from hamlet_game.town.policies import sensible
from hamlet_game.town.record import Record

NIGHT, _, DAY, THRIVE = CATALOG.levels[:4]
SEED = 83


def press(*commands: Command, repeat: bool = False, key: int | None = None) -> Press:
    return Press(frozenset(commands), repeat=repeat, key=key)


def click(at: tuple[float, float]) -> Pointer:
    return Pointer(PointerKind.DOWN, *at)


def run(scene, seconds: float):
    for _ in range(round(seconds * 60)):
        if change := scene.update(1 / 60):
            return change
    return None


class Watching(Painter):
    """Remembers where text was drawn, and which words."""

    def __init__(self, **options) -> None:
        super().__init__(pygame.Surface(CANVAS), **options)
        self.seen: list[tuple[str, pygame.FRect]] = []

    def text(self, text, at, size, color, **options):
        box = super().text(text, at, size, color, **options)
        self.seen.append((text, box.move(*self._origin)))
        return box

    @property
    def words(self) -> str:
        return "\n".join(text for text, _ in self.seen)


def drawn(scene, scale: float = 1.0) -> Watching:
    painter = Watching(text_scale=scale)
    scene.draw(painter)
    return painter


def sensible_life(level, seed: int) -> Record:
    record = Record(level, seed)
    while not record.over:
        record.act(Action(int(sensible(record.town)[0])))
    return record
