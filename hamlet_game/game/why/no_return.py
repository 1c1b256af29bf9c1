"""The point of no return: the last step of a life from which it could still have been saved.

It is looked for backwards over snapshots, many at once, for two who might have saved it: a
policy, which always does what it thinks best, and the planner, which knows the rules and tries
errands in every order before a policy goes on. A step counts as safe if a life from there was
really found; "none" means that none was found.

In a shared town the others go on as the master would, whatever they did later in truth. There
the planner tries no errands, as each would have to be tried among them: it is the better of
the policy and the script.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hamlet_game.game.agents.company import company_of
from hamlet_game.game.why.escape import Way, latest_way
from hamlet_game.game.why.past import relive, rows_of
from hamlet_game.game.why.rollout import roll
from hamlet_game.town.policies import Policy, sensible
from hamlet_game.town.record import Record
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town

BEYOND = 100  # steps past the death that a saved life must live, or to the level's last step
_CHUNK = 48  # snapshots looked at together at first; twice as many each time


@dataclass(frozen=True, slots=True)
class NoReturn:
    """What was found for one of the two. `step` None: no life that survives, from any step."""

    step: int | None = None  # the last safe one
    way: bytes = b""  # what the life that was saved does from there, to the horizon
    others: bytes = b""  # what those who share the town do meanwhile


class Inquest:
    """Finds both points of no return of a life that ended in death, a little at a time."""

    def __init__(self, record: Record, policy: Policy) -> None:
        """Take the life and the policy that might have saved it. Raises ValueError if alive."""
        if not record.last.died:
            raise ValueError("the life did not end in death")
        self.record = record
        self.until = min(record.level.steps, record.survival + BEYOND)  # the horizon
        self.past: TownState | None = None  # all states, once worked out
        self.policy = NoReturn()
        self.planner = NoReturn()
        self.done = False
        self.progress = 0.0  # 0..1
        self._act = policy
        self._people, self._company = record.level.people, company_of(record.level)
        self._town = Town(record.level, [record.town_seed], self._people)
        self._living = self._town.snapshot()  # the states before the end

    @property
    def shared(self) -> bool:
        """Return whether the life was lived in a town with others."""
        return self._people > 1

    def run(self) -> Iterator[float]:
        """Work; yields the share done about every millisecond."""
        for _ in self._work():
            yield self.progress
        self.done, self.progress = True, 1.0

    def finish(self) -> None:
        """Work to the end at once."""
        for _ in self.run():
            pass

    def _work(self) -> Generator[None, None, None]:
        past = yield from relive(self.record)
        self.past, self._living = past, past.take(slice(self.record.survival * self._people))
        self.progress = 0.1
        found = yield from self._saved_by(self._act)
        self.policy = _told(found)
        self.progress = 0.4
        script = yield from self._saved_by(sensible, after=-1 if found is None else found.start)
        self.progress = 0.5
        known = script or found
        if not self.shared:
            known = yield from self._planned(known)
        self.planner = _told(known)

    def _saved_by(self, policy: Policy, after: int = -1) -> Generator[None, None, Way | None]:
        """Return the latest step beyond `after` from which a policy survives, and how.

        Where it would have done what was done, it fares as one step later: only the steps at
        which it would have done something else need to be tried.
        """
        past = self._living
        differs = np.flatnonzero(self._otherwise(policy))
        differs = differs[differs > after]
        for tried in _backwards(len(differs)):
            steps = differs[tried]
            start = past.take(rows_of(steps, self._people))
            out = yield from roll(
                self._town, start, policy, self.until, rank=steps, company=self._company
            )
            if out.survived.any():
                life = int(np.flatnonzero(out.survived)[-1])
                return Way(int(steps[life]), out.way(life), out.told(life))
        return None

    def _otherwise(self, policy: Policy) -> NDArray[np.bool_]:
        """Return at which steps somebody would have done something else than was done, (T,)."""
        self._town.restore(self._living)
        done = np.frombuffer(self.record.actions, dtype=np.uint8)
        differs: NDArray[np.bool_] = policy(self._town)[:: self._people] != done
        if self._company is not None:
            shape = len(done), self._people - 1
            others = np.frombuffer(self.record.others_actions, dtype=np.uint8).reshape(shape)
            would = self._company(self._town).reshape(-1, self._people)[:, 1:]
            differs |= (would != others).any(axis=1)
        return differs

    def _planned(self, known: Way | None) -> Generator[None, None, Way | None]:
        """Return the latest way out of all, given the latest that is known without a search."""
        past = self._living
        first = 0 if known is None else known.start + 1
        policies: Sequence[Policy] = (sensible, self._act)
        for tried in _backwards(len(past) - first):
            steps = np.arange(first, len(past))[tried]
            way = yield from latest_way(self._town, past.take(steps), policies, self.until)
            if way is not None:
                return Way(int(steps[way.start]), way.actions)
            self.progress = 0.5 + 0.5 * (len(past) - int(steps[0])) / max(1, len(past) - first)
        return known


def _backwards(count: int) -> Iterator[slice]:
    """Yield slices that cover 0..count from the end, each twice as long as the last."""
    size, end = _CHUNK, count
    while end > 0:
        yield slice(max(0, end - size), end)
        end, size = end - size, size * 2


def _told(way: Way | None) -> NoReturn:
    return NoReturn() if way is None else NoReturn(way.start, way.actions, way.others)
