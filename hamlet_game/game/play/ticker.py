"""The ticker: the last happenings of a life, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from hamlet_game.game.narration import Note, notes
from hamlet_game.town.record import Record


@dataclass(frozen=True, slots=True)
class Line:
    """A note, and how often it came in a row."""

    note: Note  # of the newest step it stands for
    times: int = 1

    @property
    def text(self) -> str:
        """Return what to write."""
        return f"{self.note.text} ×{self.times}" if self.times > 1 else self.note.text


class Ticker:
    """Remembers the notes of a record that may still grow."""

    def __init__(self, record: Record, *, yours: bool = True) -> None:
        """Take a life; `yours`: it is told to whoever lives it."""
        self._record, self._yours = record, yours
        self._notes: list[list[Note]] = [[]]  # by step; frame 0 has none

    def lines(self, step: int, count: int) -> list[Line]:
        """Return the last `count` lines at a step, newest first; repeats in a row are one."""
        while len(self._notes) <= step:
            self._notes.append(notes(self._record, len(self._notes), yours=self._yours))
        found: list[Line] = []
        for index in range(step, 0, -1):
            for note in reversed(self._notes[index]):
                if found and found[-1].note.text == note.text:
                    found[-1] = Line(found[-1].note, found[-1].times + 1)
                elif len(found) == count:
                    return found
                else:
                    found.append(Line(note))
        return found
