"""A sample of the game's words and meters, to judge text size and colours by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.ui.meter import MeterLook, draw_meter, meter_height
from hamlet_game.game.ui.widget import BODY, PAD, RADIUS, Widget

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter

_SENTENCE = "Fridge: +45 satiation, −$4. Hygiene is running out!"
_VALUES = {"energy": 72.0, "hygiene": 14.0, "satiation": 55.0, "money": 38.0}
_GAP = 14.0
_ALL_IN_A_ROW_UP_TO = 1.0  # text scale


class Preview(Widget):
    """Shows; can't be pressed."""

    focusable = False

    def preferred(self, painter: Painter) -> tuple[float, float]:
        """Return room for a sentence and the meters."""
        width = self.box.w - 2 * PAD if self.box.w else 800.0
        words = painter.measure(_SENTENCE, BODY, wrap=width)[1]
        rows = len(_VALUES) // self._columns(painter)
        return width, words + rows * (meter_height(painter) + _GAP) + 2 * PAD

    def _columns(self, painter: Painter) -> int:
        return 4 if painter.text_scale <= _ALL_IN_A_ROW_UP_TO else 2

    def draw(self, painter: Painter, *, focused: bool, hot: bool) -> None:  # noqa: ARG002
        """Draw the sentence and the four meters in the current palette."""
        colors = painter.palette
        painter.rect(self.box, colors.panel, radius=RADIUS)
        inner = self.box.inflate(-2 * PAD, -2 * PAD)
        text = painter.text(_SENTENCE, inner.topleft, BODY, colors.text, wrap=inner.w)
        columns = self._columns(painter)
        high, wide = meter_height(painter), (inner.w - (columns - 1) * 2 * _GAP) / columns
        for k, (name, value) in enumerate(_VALUES.items()):
            x = inner.x + k % columns * (wide + 2 * _GAP)
            y = text.bottom + _GAP + k // columns * (high + _GAP)
            number = f"${value:.0f}" if name == "money" else ""
            look = MeterLook(name.capitalize(), name, colors.named(name), value, number=number)
            draw_meter(painter, pygame.FRect(x, y, wide, high), look)
