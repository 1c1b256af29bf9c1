"""A brain's numbers over a whole life: read a little at a time, then at hand for every step."""

from __future__ import annotations

from collections.abc import Generator
from time import perf_counter

from hamlet_game.game.agents.players import BrainPlayer, Thought
from hamlet_game.game.insight.thought_text import thought_text
from hamlet_game.game.why.blunders import Blunder, blunders, thoughts
from hamlet_game.game.why.past import relive, rows
from hamlet_game.town.record import Record
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town

_BUDGET_S = 0.004  # of work, a frame


class Reading:
    """What `player` thinks before each step of a life; nothing is known until `done`."""

    def __init__(self, record: Record, player: BrainPlayer) -> None:
        self.record, self.player = record, player
        self.thoughts: list[Thought] = []  # by the frame each was thought in
        self.blunders: list[Blunder] = []  # the largest loss first
        self.done = False
        self._past: TownState | None = None
        self._town = Town(record.level, [record.town_seed], record.level.people)
        self._said: tuple[int, str] = (-1, "")  # a frame and its words
        self._run = self._read()

    def work(self, budget_s: float = _BUDGET_S) -> None:
        """Read on for about so long."""
        end = perf_counter() + budget_s
        while not self.done and perf_counter() < end:
            next(self._run, None)

    def _read(self) -> Generator[None, None, None]:
        past = yield from relive(self.record)
        self.thoughts = thoughts(self.record, past, self.player)
        self.blunders = blunders(self.thoughts)
        self._past, self.done = past, True

    def at(self, frame: int) -> Thought | None:
        """Return what it thinks in a frame; None at the end of a life and while it reads."""
        return self.thoughts[frame] if 0 <= frame < len(self.thoughts) else None

    def words(self, frame: int) -> str:
        """Return in plain words what it would do in a frame, "" where it thinks nothing."""
        thought = self.at(frame)
        if thought is None or self._past is None:
            return ""
        if self._said[0] != frame:
            self._town.restore(self._past.take(rows(self.record, frame)))
            own = Thought(thought.values, thought.measures, thought.best, thought.best)
            self._said = frame, thought_text(self._town, own)
        return self._said[1]

    def blunder_at(self, frame: int) -> Blunder | None:
        """Return the blunder decided in a frame, None if there was none."""
        return next((one for one in self.blunders if one.step == frame), None)

    def next_blunder(self, frame: int, by: int) -> int | None:
        """Return the nearest blunder's frame after (`by` 1) or before (−1) a frame, if any."""
        places = [one.step for one in self.blunders if (one.step - frame) * by > 0]
        return min(places, key=lambda place: abs(place - frame), default=None)
