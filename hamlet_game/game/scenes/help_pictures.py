"""The moving pictures of the help pages, made of what the game itself draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.narration import KIND_NAMES, effects, notes
from hamlet_game.game.play.status import meter_look
from hamlet_game.game.scenes.help_demo import Demo
from hamlet_game.game.theme import mix
from hamlet_game.game.ui.meter import draw_meter, meter_height
from hamlet_game.game.ui.widget import BODY, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.town.level import Level

_GAP = 18.0


class TownLife:
    """A town in which somebody lives sensibly, with its number below."""

    def __init__(self, level: Level, town: int, *, ghost_ahead: int = 0, numbered: bool = False):
        self._demo = Demo(level, town, ghost_ahead=ghost_ahead)
        self._caption = f"Town {town}" if numbered else ""

    def update(self, dt: float) -> None:
        """Let them live on."""
        self._demo.update(dt)

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw the town as large as fits."""
        foot = painter.line_height(BODY, font="bold") + 10 if self._caption else 0.0
        side = min(box.w, box.h - foot)
        town = pygame.FRect(0, 0, side, side)
        town.midtop = (box.centerx, box.y + (box.h - foot - side) / 2)
        self._demo.draw(painter, town)
        if self._caption:
            at = (box.centerx, town.bottom + 10)
            ink = painter.palette.text
            painter.text(self._caption, at, BODY, ink, anchor="midtop", font="bold")


class Needs:
    """The meters of somebody's life as they fall and are filled again."""

    def __init__(self, level: Level, town: int) -> None:
        self._demo = Demo(level, town)

    def update(self, dt: float) -> None:
        """Let them live on."""
        self._demo.update(dt)

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw the meters one below the other, and the last house used."""
        demo, record = self._demo, self._demo.record
        high, shown = meter_height(painter), record.level.shown
        line = painter.line_height(BODY)
        gap = min(34.0, (box.h - line - len(shown) * high) / (len(shown) + 1))
        top = box.y + (box.h - line - len(shown) * (high + gap)) / 2
        for meter in shown:
            look = meter_look(painter, record, demo.step, min(1.0, demo.part), meter)
            draw_meter(painter, (box.x, top, box.w, high), look)
            top += high + gap
        said = [note.text for note in notes(record, demo.said)] if demo.said else []
        text = said[0] if said else "Walking to the next house…"
        at, ink = (box.centerx, top), painter.palette.good if said else painter.palette.muted
        painter.text(text, at, BODY, ink, anchor="midtop", fit=box.w)


class Houses:
    """Every kind of house with what it gives and takes."""

    def __init__(self, level: Level) -> None:
        self._level = level

    def update(self, dt: float) -> None:
        """Houses stand still."""

    def draw(self, painter: Painter, box: pygame.FRect) -> None:
        """Draw a tile for each kind, the house above and its effects below."""
        colors, kinds = painter.palette, self._level.kinds
        rows = (len(kinds) + 1) // 2
        wide, high = (box.w - _GAP) / 2, (box.h - _GAP * (rows - 1)) / rows
        for k, kind in enumerate(kinds):
            tile = pygame.FRect(
                box.x + k % 2 * (wide + _GAP), box.y + k // 2 * (high + _GAP), wide, high
            )
            painter.rect(tile, colors.panel_raised, radius=18)
            name = painter.line_height(BODY, font="bold")
            text = effects(self._level, kind)
            size = SMALL
            while size > 10 and painter.measure(text, size, wrap=wide - 20)[1] > high * 0.36:
                size -= 0.5
            words = painter.measure(text, size, wrap=wide - 20)[1]
            side = max(30.0, tile.h - name - words - 22)
            spot = (tile.centerx, tile.y + 6 + side / 2)
            painter.sprite(f"buildings/{kind.key}", spot, (side * 120 / 140, side))
            at = (tile.centerx, tile.y + 8 + side)
            ink = mix(colors.named(kind.key), colors.text, 0.45)
            painter.text(KIND_NAMES[kind], at, BODY, ink, anchor="midtop", font="bold")
            painter.text(
                text,
                (tile.centerx, at[1] + name),
                size,
                colors.text,
                anchor="midtop",
                wrap=wide - 20,
                align="center",
            )
