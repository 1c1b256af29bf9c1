"""Who plays in the demo, and what their files say of them. Nothing here is made up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from hamlet_game import paths
from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import BrainPlayer
from hamlet_game.game.agents.roster import RosterError
from hamlet_game.game.demo.recorded import RecordedLife, load_lives
from hamlet_game.town.replay import ReplayError

if TYPE_CHECKING:
    from hamlet_game.town.level import Level

NEWBORN, MASTER = "untrained", "master"
Measures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Member:
    """A brain of one stage, and how it lives in towns that it has never seen."""

    word: str  # in the roster
    player: BrainPlayer
    step: int  # steps of practice behind it
    level: str  # id of the level it practised last
    results: dict[str, Measures]  # by level id

    @property
    def name(self) -> str:
        """Return what people call it."""
        return self.player.name

    def survival(self, level: Level) -> float:
        """Return the mean steps lived in a level."""
        return self.results[level.id]["survival"]


@dataclass(frozen=True, slots=True)
class Cast:
    """All stages of one training, the least trained first."""

    members: tuple[Member, ...]
    lives: tuple[RecordedLife, ...]  # of one training, the least practised first

    @property
    def newborn(self) -> Member:
        """Return the untrained one."""
        return self.of(NEWBORN)

    @property
    def master(self) -> Member:
        """Return the best."""
        return self.of(MASTER)

    @property
    def numbers(self) -> int:
        """Return how many numbers the master's network consists of."""
        shapes = self.master.player.brain.architecture.shapes().values()
        return sum(prod(shape) for shape in shapes)

    def of(self, word: str) -> Member:
        """Return a member. Raises KeyError."""
        for member in self.members:
            if member.word == word:
                return member
        raise KeyError(word)

    def half_way(self, level: Level) -> Member:
        """Return who lives about half as long as the master in a level."""
        half = self.master.survival(level) / 2
        return min(self.members[1:-1], key=lambda member: abs(member.survival(level) - half))

    def graduates(self, levels: list[Level]) -> list[tuple[Level, Member]]:
        """Return each level with the brain that graduated from it."""
        known = {member.word: member for member in self.members}
        return [(level, known[level.id]) for level in levels if level.id in known]


def load_cast() -> Cast:
    """Read all shipped brains and their results. Raises RosterError."""
    file = paths.assets() / "brains" / "results.json"
    try:
        results = json.loads(file.read_text(encoding="utf-8"))
        members = tuple(_member(entry, results) for entry in roster.shipped())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RosterError(
            f"{file}: the demo can't read it ({type(error).__name__}); install Hamlet again."
        ) from None
    try:
        return Cast(members, load_lives())
    except (ReplayError, OSError, ValueError, LookupError, TypeError) as error:
        raise RosterError(
            f"The recorded training can't be read ({type(error).__name__}); install Hamlet again."
        ) from None


def _member(entry: roster.Entry, results: dict[str, dict[str, Measures]]) -> Member:
    player = entry.make()
    if not isinstance(player, BrainPlayer):
        raise TypeError(f"{entry.word} is no brain")
    origin = player.brain.training
    return Member(
        entry.word, player, int(origin["step"]), str(origin["level"]), results[entry.word]
    )
