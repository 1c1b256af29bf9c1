"""What is remembered of races while the window is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hamlet_game.game.versus.strength import Strength

_Pair = tuple[str, str, str]  # level id and both words


@dataclass
class Tally:
    """How often each of two has won against the other in a level."""

    won: list[int] = field(default_factory=lambda: [0, 0])
    drawn: int = 0

    @property
    def races(self) -> int:
        """Return how many races there were."""
        return sum(self.won) + self.drawn


@dataclass
class Book:
    """All races of this session, and how strong everyone was found to be."""

    tallies: dict[_Pair, Tally] = field(default_factory=dict)
    strengths: dict[tuple[str, str], Strength] = field(default_factory=dict)  # level id, word

    def tally(self, level_id: str, words: tuple[str, str]) -> Tally:
        """Return how two stand in a level; all zero if they never met there."""
        return self.tallies.get((level_id, *words), Tally())

    def count(self, level_id: str, words: tuple[str, str], winner: int | None) -> None:
        """Count a race."""
        tally = self.tallies.setdefault((level_id, *words), Tally())
        if winner is None:
            tally.drawn += 1
        else:
            tally.won[winner] += 1
