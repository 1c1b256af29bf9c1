"""A match: one race, or the best of five, each in a town of its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from hamlet_game.game.scenes.routes import MAX_TOWN
from hamlet_game.game.versus.contestants import PERSON, Contestant, invite_all
from hamlet_game.town.level import Level

BEST_OF = (1, 5)  # races a match may have at most


@dataclass
class Match:
    """Who races whom, where, and how it stands."""

    level: Level
    town_seed: int  # of the race that is next or under way
    words: tuple[str, str] = (PERSON, "master")
    best_of: int = 1
    winners: list[int | None] = field(default_factory=list)  # of the races so far; None: drawn

    def contestants(self) -> tuple[Contestant, ...]:
        """Return both, newly invited. Raises RosterError."""
        return invite_all(self.words)

    @property
    def score(self) -> tuple[int, int]:
        """Return the races won by each."""
        return self.winners.count(0), self.winners.count(1)

    @property
    def decided(self) -> bool:
        """Return whether nobody can catch up any more."""
        left = self.best_of - len(self.winners)
        one, other = self.score
        return left <= 0 or abs(one - other) > left

    @property
    def champion(self) -> int | None:
        """Return who won a decided match, None for a draw."""
        one, other = self.score
        return None if one == other else int(other > one)

    @property
    def race(self) -> int:
        """Return the number of the race that is next or under way, from 1."""
        return len(self.winners) + 1

    def count(self, winner: int | None) -> None:
        """Count a finished race."""
        self.winners.append(winner)

    def next_town(self) -> int:
        """Return the town of the race after this one."""
        return self.town_seed % MAX_TOWN + 1

    def onward(self) -> Match:
        """Return the match with its next race, or the same pairing anew in the next town."""
        kept = [] if self.decided else list(self.winners)
        return Match(self.level, self.next_town(), self.words, self.best_of, kept)

    def again(self) -> Match:
        """Return the same pairing anew, from this very town."""
        return Match(self.level, self.town_seed, self.words, self.best_of)
