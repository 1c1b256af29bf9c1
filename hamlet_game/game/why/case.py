"""A death under inquest: the life, who judges it, and what has been found so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter

from hamlet_game.game.why import words
from hamlet_game.game.why.judge import Judge
from hamlet_game.game.why.no_return import Inquest
from hamlet_game.game.why.past import branch
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record

_BUDGET_S = 0.004  # of work, a frame
_BEYOND = 12  # steps past the death for which the way out is lived again, to be seen


@dataclass
class Case:
    """Works on an inquest a few milliseconds a frame; then lives the way out again."""

    record: Record
    judge: Judge
    kicker: str  # where this was, and who lived it
    look: int = 0  # how they were dressed
    way: Record | None = None  # the life that was saved, as far as it was lived again
    inquest: Inquest = field(init=False)
    _run: Iterator[float] = field(init=False)

    def __post_init__(self) -> None:
        self.inquest = Inquest(self.record, self.judge.policy)
        self._run = self.inquest.run()

    @property
    def safe(self) -> int | None:
        """Return the last step from which the planner still found a way out."""
        return self.inquest.planner.step

    @property
    def ready(self) -> bool:
        """Return whether all is known, the way out included."""
        if not self.inquest.done or self.safe is None:
            return self.inquest.done
        return self.way is not None and self.way.survival >= self._shown_until

    @property
    def _shown_until(self) -> int:
        found = self.inquest.planner
        safe = found.step or 0
        return min(self.record.survival + _BEYOND, safe + len(found.way))

    @property
    def advice(self) -> str:
        """Return one sentence that helps, once all is known."""
        return words.advice(self.record, self.safe, self.way)

    def work(self, budget_s: float = _BUDGET_S) -> None:
        """Go on for about so long."""
        end = perf_counter() + budget_s
        while not self.ready and perf_counter() < end:
            if not self.inquest.done:
                next(self._run, None)
            else:
                self._live_on()

    def _live_on(self) -> None:
        """Live the way out one step further."""
        found, past = self.inquest.planner, self.inquest.past
        if found.step is None or past is None:
            return
        if self.way is None:
            self.way = branch(self.record, past, found.step, found.others)
            return
        self.way.act(Action(found.way[self.way.survival - found.step]))
