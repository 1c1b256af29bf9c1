"""Par: what a planner that knows the rules scores in a town.

A beam search over the real simulation, in errands: walk to a building and use
it, at once or after a pause. Lives are kept in time slots and advance slot by
slot, all errands of a slot in one batch, so that the search takes a fraction
of a second and the beam always compares lives of about the same age.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hamlet_game.town.level import Level
from hamlet_game.town.names import FULL, Action, Kind, Meter
from hamlet_game.town.state import TownState
from hamlet_game.town.town import Town

BEAM = 24  # lives kept in a slot
SLOT = 6  # steps
CHOICES = 2  # buildings of a kind that an errand considers, nearest first
PAUSES = (0, 5, 15)  # steps of waiting on the way
SPARE = 60.0  # points that a full set of meters is worth to the search


@dataclass(frozen=True, slots=True)
class Plan:
    """The best life found in a town."""

    score: float  # 0..1000
    survival: int  # steps lived
    actions: NDArray[np.int8]  # (survival,)


Trail = tuple["Trail", list[int]] | None  # what a life did: an earlier trail, then an errand


@dataclass(slots=True)
class _Beam:
    """Some lives and what led each of them here."""

    state: TownState  # N lives
    trails: list[Trail]  # N

    def take(self, which: NDArray[np.intp]) -> _Beam:
        return _Beam(self.state.take(which), [self.trails[i] for i in which])


def plan(level: Level, town_seed: int, beam: int = BEAM) -> Plan:
    """Return the best life found in a town. Deterministic; takes about a second for 500 steps."""
    search = Search(level, town_seed, beam)
    for _ in search.run():
        pass
    return search.best


class Search:
    """A plan in the making, a slot of time at a go, so that a window can spread it over frames."""

    def __init__(self, level: Level, town_seed: int, beam: int = BEAM) -> None:
        self._level, self._beam = level, beam
        self._town = Town(level, [town_seed])
        self._targets: dict[Kind, list[tuple[int, int]]] = {}
        for kind, x, y in self._town.places():
            self._targets.setdefault(kind, []).append((x, y))
        start = _Beam(self._town.snapshot(), [None])
        self._slots: list[list[_Beam]] = [[] for _ in range(level.steps // SLOT + 1)]
        self._slots[0].append(start)
        self.best = Plan(0.0, 0, np.zeros(0, dtype=np.int8))

    def run(self) -> Iterator[float]:
        """Search; yields the share done about every millisecond. `best` is the best so far."""
        for number in range(len(self._slots)):
            while waiting := self._slots[number]:  # short errands may end in the same slot
                self._slots[number] = []
                lives = self._prune(waiting)
                for moved in self._errands(lives):
                    self._sort_in(moved)
                    yield number / len(self._slots)

    def _prune(self, beams: list[_Beam]) -> _Beam:
        """Keep the most promising lives, at most one of a kind."""
        state = TownState.join([b.state for b in beams])
        trails = [trail for b in beams for trail in b.trails]
        left = self._level.steps - state.age
        deadly = state.meters[np.array(self._level.deadly)]
        spare = deadly.mean(axis=0) + deadly.min(axis=0) + state.meters[Meter.MONEY]
        full_rate = 1000.0 / self._level.steps
        promise = state.points + 0.8 * full_rate * left + spare * (SPARE / (3 * FULL))
        looks = np.stack([state.x, state.y, *np.round(state.meters / 4)], axis=1)
        order = np.argsort(-promise, kind="stable")
        _, first = np.unique(looks[order], axis=0, return_index=True)
        keep = order[np.sort(first)][: self._beam]
        return _Beam(state.take(keep), [trails[i] for i in keep])

    def _errands(self, lives: _Beam) -> Iterator[_Beam]:
        """Send every life on every errand; yields, step by step, those that come back."""
        sent = [
            (program, life)
            for life in range(len(lives.state))
            for program in self._programs(int(lives.state.x[life]), int(lives.state.y[life]))
        ]
        sent.sort(key=lambda errand: len(errand[0]))
        lengths = np.array([len(program) for program, _ in sent])
        table = np.full((len(sent), lengths[-1]), Action.INTERACT, dtype=np.int8)
        for row, (program, _) in enumerate(sent):
            table[row, : len(program)] = program
        self._town.restore(lives.state.take(np.array([life for _, life in sent])))
        home = 0  # how many have come back
        for column in range(table.shape[1]):
            self._town.advance(table[home:, column])
            back = int(np.searchsorted(lengths, column + 1, side="right")) - home
            trails: list[Trail] = [
                (lives.trails[life], program) for program, life in sent[home : home + back]
            ]
            yield _Beam(self._town.state.take(slice(back)), trails)
            home += back
            if back and home < len(sent):
                self._town.restore(self._town.state.take(slice(back, None)))

    def _programs(self, x: int, y: int) -> Iterator[list[int]]:
        """Return the errands from a cell: to the nearest buildings of each kind, and pauses."""
        for cells in self._targets.values():
            nearest = sorted(cells, key=lambda cell: abs(cell[0] - x) + abs(cell[1] - y))
            for there in nearest[:CHOICES]:
                across = [Action.RIGHT if there[0] > x else Action.LEFT] * abs(there[0] - x)
                down = [Action.DOWN if there[1] > y else Action.UP] * abs(there[1] - y)
                walk = [*across, *down]
                for pause in PAUSES if walk else (0,):
                    wait = [Action.INTERACT] * pause
                    yield [*walk[:1], *wait, *walk[1:], Action.INTERACT]

    def _sort_in(self, beam: _Beam) -> None:
        """Note the best finished life; put the others into their slots."""
        state = beam.state
        for life in np.flatnonzero(state.over):
            if state.points[life] > self.best.score:
                age = int(state.age[life])
                actions = _actions(beam.trails[life])[:age]
                self.best = Plan(float(state.points[life]), age, np.array(actions, dtype=np.int8))
        slot = state.age // SLOT
        for number in np.unique(slot[~state.over]):
            which = np.flatnonzero((slot == number) & ~state.over)
            self._slots[number].append(beam.take(which))


def _actions(trail: Trail) -> list[int]:
    """Return all actions of a trail, first to last."""
    errands = []
    while trail is not None:
        trail, errand = trail
        errands.append(errand)
    return [action for errand in reversed(errands) for action in errand]
