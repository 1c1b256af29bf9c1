"""Rewards that pop up in the town: what each term pays, as it pays it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.lab.terms import BY_NAME, signed
from hamlet_game.game.ui.look import icon_sprite

if TYPE_CHECKING:
    from hamlet_game.game.draw.effects import Effects
    from hamlet_game.game.theme import Palette
    from hamlet_game.town.record import Record

_LEAST = 0.5  # of a reward: less is not worth a number, unless it is of the term looked at
_CONSTANT = ("survival", "wellbeing")  # paid every step: they would hide everything else


def pop_rewards(
    record: Record, step: int, effects: Effects, palette: Palette, term: str = ""
) -> None:
    """Let a step's rewards rise above the person, that of `term` brightest."""
    frame = record.frames[step]
    for name, value in frame.terms.items():
        looked_at = name == term
        small = abs(value) < (0.05 if looked_at else _LEAST)
        if small or (name in _CONSTANT and not looked_at):
            continue
        color = palette.star if looked_at else palette.good if value > 0 else palette.danger
        text = f"{signed(round(value, 1))} {BY_NAME[name].label.lower()}"
        icon = icon_sprite(BY_NAME[name].icon)
        effects.spawn("text", frame.x, frame.y, text, color, icon=icon)


def paid(record: Record, step: int) -> dict[str, float]:
    """Return what each term has paid up to a step."""
    sums: dict[str, float] = {}
    for frame in record.frames[1 : step + 1]:
        for name, value in frame.terms.items():
            sums[name] = sums.get(name, 0.0) + value
    return sums
