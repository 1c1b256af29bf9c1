"""The moments of a life worth a pin: buildings used, refusals, needs in the red, the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hamlet_game.game.narration import notes
from hamlet_game.game.ui.chart_labels import Pin
from hamlet_game.town.outcome import Refusal
from hamlet_game.town.record import Frame, Record

if TYPE_CHECKING:
    from hamlet_game.game.theme import Palette

_DENIED = (Refusal.UNAFFORDABLE, Refusal.TAKEN)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened at a step."""

    step: int
    icon: str  # a name under assets/sprites/icons
    color: str  # a name of the palette
    text: str
    urgent: bool = False  # a need in the red: told on the timeline, shown by the chart itself

    def pin(self, palette: Palette) -> Pin:
        """Return it as a chart's pin."""
        text = f"Step {self.step} · {self.text}"
        return Pin(self.step, self.icon, palette.named(self.color), text)


def moments(record: Record) -> list[Moment]:
    """Return all moments of a life in order; a refusal that repeats step by step counts once."""
    found: list[Moment] = []
    denied_before = False
    for step in range(1, len(record.frames)):
        frame = record.frames[step]
        denied = frame.refused in _DENIED
        found += _of_step(record, step, frame, again=denied and denied_before)
        denied_before = denied
    return found


def _of_step(record: Record, step: int, frame: Frame, *, again: bool) -> list[Moment]:
    found = []
    for note in notes(record, step):
        if note.tone == "danger":
            found.append(Moment(step, note.icon, "danger", note.text, urgent=not frame.died))
        elif frame.used is not None:
            found.append(Moment(step, note.icon, frame.used.key, note.text))
        elif frame.refused in _DENIED and not again:
            found.append(Moment(step, note.icon, "warn", note.text))
    if frame.timed_out:
        found.append(Moment(step, "flag", "good", "Alive to the end"))
    return found
