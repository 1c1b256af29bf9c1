"""Where an agent is heading: its greedy policy played on, on a copy of the town.

Greedy play has no chance in it, so what is foreseen stays true until somebody else
decides a step. Each step is worked out once, a few a frame.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from time import perf_counter

from hamlet_game.game.agents.players import Player
from hamlet_game.town.level import Level
from hamlet_game.town.names import NONE, Kind
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town

AHEAD = 48  # steps that are looked ahead at most
BUDGET_S = 0.0008  # a call


@dataclass(frozen=True, slots=True)
class Heading:
    """What comes next if the player decides all steps itself."""

    kind: Kind | None  # building used next; None: none within what was looked at
    steps: int  # before that use; where there is none, how many were looked at
    walk: int = 0  # steps that the shortest way there would take
    ends: bool = False  # the life ends first
    died: bool = False  # by an empty meter


@dataclass(frozen=True, slots=True)
class _Seen:
    """One foreseen step: where it was taken, and what it used."""

    x: int
    y: int
    meters: tuple[float, ...]
    used: int  # kind, or NONE
    died: bool
    over: bool


class Foresight:
    """Foresees one player's life in one town, with the work spread over frames."""

    def __init__(self) -> None:
        self._player: Player | None = None
        self._twin: Town | None = None
        self._seen: list[_Seen] = []  # from the present on
        self._level: Level | None = None
        self._place = (0, 0)  # town seed and episode
        self._age = 0  # of the present

    def heading(self, town: Town, player: Player, budget_s: float = BUDGET_S) -> Heading | None:
        """Return where a town's first life is heading, None until that is worked out.

        Changes nothing in the town. Only for players whose choice depends on the town alone.
        """
        if bool(town.state.over[0]):
            return None
        self._catch_up(town, player)
        end = perf_counter() + budget_s
        while (found := self._found()) is None and len(self._seen) < AHEAD:
            self._look_on(player)
            if perf_counter() > end:
                found = self._found()
                break
        if found is None and len(self._seen) >= AHEAD:
            return Heading(None, len(self._seen))
        return found

    def _catch_up(self, town: Town, player: Player) -> None:
        """Drop what has happened by now; begin anew where it was not as foreseen."""
        state = town.state
        age, place = int(state.age[0]), (int(state.seed[0]), int(state.episode[0]))
        known = player is self._player and town.level is self._level and place == self._place
        gone = age - self._age
        if known and 0 <= gone < len(self._seen):
            self._seen, self._age = self._seen[gone:], age
            if (self._seen[0].x, self._seen[0].y, self._seen[0].meters) == _present(state):
                return
        self._player, self._level, self._place = player, town.level, place
        self._age, self._seen = age, []
        twin = copy(town)  # shares what never changes
        twin.lives_per_town = 1
        twin.restore(state.take([0]))
        self._twin = twin

    def _look_on(self, player: Player) -> None:
        twin = self._twin
        if twin is None:
            return
        x, y, meters = _present(twin.state)
        out = twin.advance([player.act(twin)])
        used, over = int(out.used[0]), bool(twin.state.over[0])
        self._seen.append(_Seen(x, y, meters, used, bool(out.died[0]), over))

    def _found(self) -> Heading | None:
        for index, seen in enumerate(self._seen):
            if seen.used != NONE:
                now = self._seen[0]
                walk = abs(seen.x - now.x) + abs(seen.y - now.y)
                return Heading(Kind(seen.used), index, walk)
            if seen.over:
                return Heading(None, index + 1, ends=True, died=seen.died)
        return None


def _present(state: TownState) -> tuple[int, int, tuple[float, ...]]:
    return int(state.x[0]), int(state.y[0]), tuple(float(m) for m in state.meters[:, 0])
