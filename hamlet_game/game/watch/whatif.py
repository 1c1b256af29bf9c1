"""What the agent would think in the same place if a meter stood elsewhere."""

from __future__ import annotations

from copy import copy

import numpy as np

from hamlet_game.game.agents.players import Player, Thought
from hamlet_game.town.names import FULL, Meter
from hamlet_game.town.record import Record
from hamlet_game.town.town import Town

NUDGE = 10.0  # points that a key moves a meter


class WhatIf:
    """Meters as somebody imagines them. The life itself never hears of it."""

    def __init__(self) -> None:
        self.values: dict[Meter, float] = {}
        self._town: Town | None = None
        self._key: object = None
        self._thought: tuple[object, Thought | None] = (None, None)

    @property
    def on(self) -> bool:
        """Return whether anything is imagined."""
        return bool(self.values)

    @property
    def text(self) -> str:
        """Say what is imagined: "What if energy were 10?"."""
        told = [f"{meter.key} were {value:.0f}" for meter, value in self.values.items()]
        return f"What if {' and '.join(told)}?"

    def imagine(self, meter: Meter, value: float) -> None:
        """Let a meter stand at a value of 0..100."""
        self.values = {**self.values, meter: min(FULL, max(0.0, value))}

    def forget(self, meter: Meter | None = None) -> None:
        """Go back to the true value of one meter, or of all."""
        self.values = {} if meter is None else {m: v for m, v in self.values.items() if m != meter}

    def value(self, record: Record, meter: Meter) -> float:
        """Return what a meter shows."""
        return self.values.get(meter, record.last.meters[meter])

    def town(self, record: Record) -> Town:
        """Return the town as imagined; the true one while nothing is."""
        if not self.on or record.over:
            return record.town
        key = self._moment(record)
        if self._town is None or key != self._key:
            self._town, self._key = self._imagined(record), key
        return self._town

    def thought(self, record: Record, player: Player) -> Thought | None:
        """Return what the player would think there."""
        key = (self._moment(record), player)
        if self._thought[0] != key:
            self._thought = key, player.think(self.town(record))
        return self._thought[1]

    def _moment(self, record: Record) -> tuple[object, ...]:
        return record, record.survival, tuple(self.values.items())

    def _imagined(self, record: Record) -> Town:
        state = record.town.snapshot()
        for meter, value in self.values.items():
            state.meters[meter, 0] = np.float32(value)
        town = copy(record.town)  # shares what never changes
        town.restore(state)
        return town
